"""What stands before headings and items of lists that the word processor numbers by itself."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from dialogi.consultations.drafts.counting import BULLET, shaped
from dialogi.consultations.drafts.docx.styles import number_at, value_of
from dialogi.consultations.drafts.package import Package

PART = "word/numbering.xml"
LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    shape: str = "decimal"
    text: str = ""
    start: int = 1
    style: str = ""
    is_plain: bool = False  # the numbers above it are shown as 1, 2, 3 whatever their own shape


class Lists:
    """The numbered and marked lists of one document, counted as the paragraphs come."""

    def __init__(self, package: Package) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}  # of a definition, to the style that defines it
        self._styled: dict[str, str] = {}  # of such a style, to its definition
        self._definitions: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for _container, element in package.children(PART, {"numbering"}):
            if element.tag == "abstractNum":
                self._define(element)
            elif element.tag == "num":
                self._use(element)

    def _define(self, element: Element) -> None:
        identifier = element.get("abstractNumId", "")
        self._levels[identifier] = {_place(level): _level(level) for level in element.findall("lvl")}
        if link := value_of(element, "numStyleLink"):
            self._links[identifier] = link
        if style := value_of(element, "styleLink"):
            self._styled[style] = identifier

    def _use(self, element: Element) -> None:
        identifier = element.get("numId", "")
        self._definitions[identifier] = value_of(element, "abstractNumId")
        starts = {_place(one): number_at(one, "startOverride") for one in element.findall("lvlOverride")}
        self._restarts[identifier] = {place: start for place, start in starts.items() if start is not None}

    def level_of_style(self, list_id: str, style: str) -> int:
        """Return the level of a list that belongs to a style of paragraphs."""
        levels = self._levels.get(self._definition(list_id), {})
        return next((place for place, level in levels.items() if level.style == style), 0)

    def marker(self, list_id: str, place: int) -> str:
        """Return what stands before the next paragraph at a level of a list, and count it: "•", "3.", "4.2"; empty for nothing."""
        definition = self._definition(list_id)
        levels = self._levels.get(definition)
        place = min(place, LEVELS - 1)
        if levels is None:
            return BULLET
        counts = self._counts.setdefault(definition, {})
        start = self._restarts.get(list_id, {}).pop(place, None)
        level = levels.get(place, _Level())
        counts[place] = start if start is not None else counts.get(place, level.start - 1) + 1
        for deeper in [key for key in counts if key > place]:
            del counts[deeper]
        if level.shape == "bullet":
            return BULLET
        return _PLACE.sub(lambda match: self._count(levels, counts, int(match[1]) - 1, level), level.text).strip()

    @staticmethod
    def _count(levels: dict[int, _Level], counts: dict[int, int], place: int, shown_in: _Level) -> str:
        level = levels.get(place, _Level())
        return shaped(counts.get(place, level.start), "decimal" if shown_in.is_plain else level.shape)

    def _definition(self, list_id: str) -> str:
        definition = self._definitions.get(list_id, "")
        return self._styled.get(self._links.get(definition, ""), definition)


def _place(element: Element) -> int:
    value = element.get("ilvl", "0")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 3 else 0


def _level(element: Element) -> _Level:
    start = number_at(element, "start")
    return _Level(
        shape=value_of(element, "numFmt", default="decimal"),
        text=value_of(element, "lvlText"),
        start=start if start is not None else 1,
        style=value_of(element, "pStyle"),
        is_plain=element.find("isLgl") is not None,
    )
