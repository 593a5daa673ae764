"""The XML inside an office document: read piece by piece, bounded in depth and number, with no entities and nothing fetched from elsewhere."""

import zipfile
import zlib
from collections.abc import Collection, Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from dialogi.consultations.drafts.refusals import Flaw, UnreadableDraft

LARGEST_PART = 40_000_000
MOST_DEPTH = 200
MOST_ELEMENTS = 2_000_000
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_OOXML = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
# Names of ODF keep their prefix; those of Word's own text have none.
_PREFIXES = {
    f"{_OOXML}wordprocessingml/2006/main": "",
    f"{_STRICT}wordprocessingml/main": "",
    f"{_OOXML}officeDocument/2006/relationships": "r_",
    f"{_STRICT}officeDocument/relationships": "r_",
    f"{_OOXML}package/2006/relationships": "package_",
    f"{_OOXML}officeDocument/2006/math": "m_",
    f"{_STRICT}officeDocument/math": "m_",
    f"{_OOXML}markup-compatibility/2006": "mc_",
    f"{_OFFICE}office:1.0": "office_",
    f"{_OFFICE}text:1.0": "text_",
    f"{_OFFICE}table:1.0": "table_",
    f"{_OFFICE}style:1.0": "style_",
    f"{_OFFICE}drawing:1.0": "draw_",
    f"{_OFFICE}xsl-fo-compatible:1.0": "fo_",
    f"{_OFFICE}manifest:1.0": "manifest_",
    "http://www.w3.org/1999/xlink": "xlink_",
}


class Package:
    """The parts of a package that has already been measured."""

    def __init__(self, data: bytes) -> None:
        self._files = zipfile.ZipFile(BytesIO(data))
        self._short: dict[str, str] = {}
        self._left = MOST_ELEMENTS
        self.names = frozenset(self._files.namelist())

    def children(self, name: str, containers: Collection[str]) -> Iterator[tuple[str, Element]]:
        """Yield each child of the named containers of a part, with the container's name, and forget it afterwards; nothing when there is no such part.

        Names are short: `p` for Word's, `text_p` for ODF's. Raises UnreadableDraft for what is not well-formed, too deep or too much.
        """
        if name not in self.names:
            return
        if self._files.getinfo(name).file_size > LARGEST_PART:
            raise UnreadableDraft(Flaw.TOO_MUCH)
        try:
            with self._files.open(name) as part:
                yield from self._children(iterparse(part, events=("start", "end"), forbid_dtd=True), containers)
        except (ParseError, DefusedXmlException, zipfile.BadZipFile, zlib.error, ValueError, LookupError, OSError, EOFError) as error:
            raise UnreadableDraft(Flaw.DAMAGED) from error

    def _children(self, events: Iterator[tuple[str, Element]], containers: Collection[str]) -> Iterator[tuple[str, Element]]:
        container: Element | None = None
        name, depth, inside = "", 0, 0
        for event, element in events:
            if event == "start":
                depth += 1
                self._count(depth)
                if container is None and (short := self._short_of(element.tag)) in containers:
                    container, name, inside = element, short, depth
                continue
            if container is element:
                container = None
            elif container is not None and depth == inside + 1:
                yield name, self._shortened(element)
                container.clear()
            depth -= 1

    def _count(self, depth: int) -> None:
        self._left -= 1
        if depth > MOST_DEPTH:
            raise UnreadableDraft(Flaw.TOO_DEEP, most=MOST_DEPTH)
        if self._left < 0:
            raise UnreadableDraft(Flaw.TOO_MUCH)

    def _shortened(self, element: Element) -> Element:
        for inner in element.iter():
            inner.tag = self._short_of(inner.tag)
            if inner.attrib:
                named = {self._short_of(key): value for key, value in inner.attrib.items()}
                inner.attrib.clear()
                inner.attrib.update(named)
        return element

    def _short_of(self, tag: str) -> str:
        short = self._short.get(tag)
        if short is None:
            space, _brace, name = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
            # A name of its own kind in an unknown space must not pass for one of ours.
            short = self._short[tag] = _PREFIXES.get(space, "x_" if space else "plain_") + name
        return short
