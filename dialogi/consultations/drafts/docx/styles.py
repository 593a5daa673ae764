"""What the styles of a document mean: which are headings, titles, quotations, lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from dialogi.consultations.drafts.package import Package

PART = "word/styles.xml"
# The names in the file are English whatever the language of Word; only the identifiers of styles are translated.
_HEADING = re.compile(r"(?i)(?:heading|rubrik|otsikko|överskrift|overskrift) ?([1-9])")
_CONTENTS = re.compile(r"(?i)(?:toc|innehåll|sisluet) ?[1-9]|toc heading")
_QUOTES = {"quote", "intense quote", "quotations", "block text"}
_OFF = {"0", "false", "off", "none"}
NO_LIST = "0"


@dataclass(frozen=True, slots=True)
class Style:
    """What a style of paragraphs means."""

    heading: int = 0
    is_title: bool = False
    is_quote: bool = False
    is_contents: bool = False
    list_id: str = ""
    list_level: int | None = None


@dataclass(frozen=True, slots=True)
class _Written:
    """A style as it is written in the file."""

    name: str
    parent: str
    outline: int | None
    list_id: str
    list_level: int | None
    strong: bool | None
    em: bool | None


def value_of(element: Element, path: str, *, default: str = "") -> str:
    """Return the value of the property at a path."""
    found = element.find(path)
    return found.get("val", default) if found is not None else default


def is_on(properties: Element | None, name: str) -> bool | None:
    """Return whether a property of letters is on or off; None when nothing is said."""
    found = properties.find(name) if properties is not None else None
    return found.get("val", "1").lower() not in _OFF if found is not None else None


def number_at(element: Element, path: str) -> int | None:
    """Return the number that is the value of the property at a path, when there is one."""
    value = value_of(element, path)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else None


class Styles:
    """The styles of one document."""

    def __init__(self, package: Package) -> None:
        self._written: dict[str, _Written] = {}
        self._known: dict[str, Style] = {}
        self.default = ""
        for _container, element in package.children(PART, {"styles"}):
            if element.tag == "style":
                identifier = element.get("styleId", "")
                self._written[identifier] = _written(element)
                if element.get("type") == "paragraph" and element.get("default", "0").lower() not in _OFF:
                    self.default = identifier

    def paragraph(self, identifier: str) -> Style:
        """Return what a style of paragraphs means, with what it takes from the styles it is based on."""
        if identifier not in self._known:
            self._known[identifier] = self._resolved(identifier)
        return self._known[identifier]

    def letters(self, identifier: str) -> tuple[bool, bool]:
        """Return whether a style of letters is strong, and whether it is stressed."""
        chain = list(self._chain(identifier))
        strong = next((style.strong for style in chain if style.strong is not None), False)
        em = next((style.em for style in chain if style.em is not None), False)
        return bool(strong), bool(em)

    def _resolved(self, identifier: str) -> Style:
        chain = list(self._chain(identifier))
        names = [style.name for style in chain] or [identifier]
        headings = [_HEADING.fullmatch(name) for name in names]
        heading = next((int(match[1]) for match in headings if match), 0)
        outline = next((style.outline for style in chain if style.outline is not None), None)
        listed = next((style for style in chain if style.list_id), None)
        level = next((style.list_level for style in chain if style.list_level is not None), None)
        return Style(
            heading=heading or (outline + 1 if outline is not None and outline < 9 else 0),
            is_title="title" in names,
            is_quote=bool(_QUOTES & set(names)),
            is_contents=any(_CONTENTS.fullmatch(name) for name in names),
            list_id=listed.list_id if listed else "",
            list_level=level,
        )

    def _chain(self, identifier: str) -> Iterator[_Written]:
        seen: set[str] = set()
        while identifier in self._written and identifier not in seen:
            seen.add(identifier)
            yield self._written[identifier]
            identifier = self._written[identifier].parent


def _written(element: Element) -> _Written:
    letters = element.find("rPr")
    return _Written(
        name=value_of(element, "name").lower(),
        parent=value_of(element, "basedOn"),
        outline=number_at(element, "pPr/outlineLvl"),
        list_id=value_of(element, "pPr/numPr/numId"),
        list_level=number_at(element, "pPr/numPr/ilvl"),
        strong=is_on(letters, "b"),
        em=is_on(letters, "i"),
    )
