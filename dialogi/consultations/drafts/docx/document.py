"""A document of Word, from its first paragraph to its last."""

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from dialogi.consultations.drafts.building import MOST_CELLS, Builder
from dialogi.consultations.drafts.counting import BULLET
from dialogi.consultations.drafts.docx.lists import Lists
from dialogi.consultations.drafts.docx.styles import NO_LIST, Style, Styles, number_at, value_of
from dialogi.consultations.drafts.docx.words import GONE, WRAPPERS, Words
from dialogi.consultations.drafts.inline import Run
from dialogi.consultations.drafts.package import Package
from dialogi.consultations.drafts.remarks import RemarkKind

MAIN = "word/document.xml"
_NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
_MARGINS = ("word/header", "word/footer")
_CONTENTS = "table of contents"
WIDEST = 64


def read_docx(data: bytes, builder: Builder) -> None:
    """Hand everything that a reader of the document would read to the builder."""
    package = Package(data)
    reader = _Reader(package, builder)
    for _container, element in package.children(MAIN, {"body"}):
        reader.read(element)
    reader.end()
    if any(_has_words(package, name) for name in sorted(package.names) if name.startswith(_MARGINS) and name.endswith(".xml")):
        builder.remark_whole(RemarkKind.MARGINS)


def _has_words(package: Package, name: str) -> bool:
    """Return whether there is more than a number of the page."""
    found = "".join(text.text or "" for _container, element in package.children(name, {"hdr", "ftr"}) for text in element.iter("t"))
    return any(sign.isalpha() for sign in found)


def _links(package: Package, name: str) -> dict[str, str]:
    folder, _slash, file = name.rpartition("/")
    found = package.children(f"{folder}/_rels/{file}.rels", {"package_Relationships"})
    return {link.get("plain_Id", ""): link.get("plain_Target", "") for _container, link in found if link.get("plain_TargetMode") == "External"}


class _Reader:
    def __init__(self, package: Package, builder: Builder) -> None:
        self._builder = builder
        self._styles = Styles(package)
        self._lists = Lists(package)
        self._words = Words(self._styles, builder, _links(package, MAIN), self._notes(package))
        self._held: list[Run] = []

    def _notes(self, package: Package) -> Mapping[tuple[str, str], Sequence[Run]]:
        found: dict[tuple[str, str], Sequence[Run]] = {}
        for kind, name in _NOTES.items():
            words = Words(self._styles, self._builder, _links(package, name))
            for _container, note in package.children(name, {f"{kind}s"}):
                if note.tag == kind and note.get("type", "normal") == "normal":
                    found[kind, note.get("id", "")] = [run for paragraph in note.iter("p") for run in [*words.of(paragraph), Run(" ")]]
        return found

    def read(self, element: Element) -> None:
        """Read whatever stands in the body."""
        for block in self._blocks(element):
            if block.tag == "p":
                self._paragraph(block)
            else:
                self._table(block)

    def end(self) -> None:
        """Hand over what was waiting for a paragraph to join."""
        if self._held:
            self._builder.paragraph(self._held)
            self._held = []

    def _blocks(self, element: Element) -> Iterator[Element]:
        """Yield the paragraphs and tables in an element, through the wrappers around them."""
        if element.tag in {"p", "tbl"}:
            yield element
        elif element.tag in GONE:
            self._left_out(RemarkKind.TRACKED)
        elif element.tag == "altChunk":
            self._left_out(RemarkKind.EMBEDDED)
        elif element.tag == "sdt" and value_of(element, "sdtPr/docPartObj/docPartGallery").lower() == _CONTENTS:
            self._left_out(RemarkKind.CONTENTS)
        elif element.tag in WRAPPERS or element.tag == "sdt":
            for child in element:
                yield from self._blocks(child)

    def _left_out(self, kind: RemarkKind) -> None:
        self._builder.remark(kind)
        self._builder.settle()

    def _paragraph(self, element: Element) -> None:
        identifier = value_of(element, "pPr/pStyle") or self._styles.default
        style = self._styles.paragraph(identifier)
        if style.is_contents:
            self._left_out(RemarkKind.CONTENTS)
            return
        runs = self._held + self._words.of(element)
        self._held = []
        letters = element.find("pPr/rPr")
        if letters is not None and any(letters.find(tag) is not None for tag in GONE):
            # The end of this paragraph is deleted: it goes on in the next one.
            self._builder.remark(RemarkKind.TRACKED)
            self._held = runs
            return
        self._place(runs, element, style, identifier)

    def _place(self, runs: list[Run], element: Element, style: Style, identifier: str) -> None:
        outline = number_at(element, "pPr/outlineLvl")
        heading = style.heading if outline is None else outline + 1 if outline < 9 else 0
        listed = self._listed(element, style, identifier)
        if style.is_title:
            self._builder.title(runs)
        elif heading:
            marker = listed[1] if listed else ""
            has_number = marker not in {"", BULLET} and any(run.text.strip() for run in runs)
            self._builder.heading([Run(f"{marker} "), *runs] if has_number else runs, level=heading)
        elif listed:
            self._builder.item(runs, level=listed[0] + 1, marker=listed[1])
        elif style.is_quote:
            self._builder.quote(runs)
        else:
            self._builder.paragraph(runs)

    def _listed(self, element: Element, style: Style, identifier: str) -> tuple[int, str] | None:
        """Return the level of the paragraph in its list and what stands before it."""
        own = value_of(element, "pPr/numPr/numId")
        list_id = own or style.list_id
        if not list_id or list_id == NO_LIST:
            return None
        level = number_at(element, "pPr/numPr/ilvl")
        if level is None:
            level = style.list_level if style.list_level is not None else self._lists.level_of_style(list_id, identifier)
        return level, self._lists.marker(list_id, level)

    def _table(self, element: Element) -> None:
        self.end()
        rows = [row for row in _inside(element, "tr") if not self._is_gone(row)]
        cells = list(_inside(rows[0], "tc")) if len(rows) == 1 else []
        if len(cells) == 1:
            # A frame around some paragraphs, no table.
            for child in cells[0]:
                self.read(child)
            self.end()
        else:
            self._builder.table(self._row(row) for row in rows)

    def _is_gone(self, row: Element) -> bool:
        is_gone = row.find("trPr/del") is not None
        if is_gone:
            self._builder.remark(RemarkKind.TRACKED)
        return is_gone

    def _row(self, row: Element) -> list[list[Run]]:
        before = number_at(row, "trPr/gridBefore") or 0
        cells: list[list[Run]] = [[] for _place in range(min(before, WIDEST))]
        for cell in _inside(row, "tc"):
            merge = cell.find("tcPr/vMerge")
            span = min(number_at(cell, "tcPr/gridSpan") or 1, WIDEST)
            is_continued = merge is not None and merge.get("val", "continue") == "continue"
            if span > 1 or merge is not None:
                self._builder.remark(RemarkKind.MERGED_CELLS)
            cells.append([] if is_continued else self._cell(cell))
            cells += [[] for _place in range(span - 1)]
            if len(cells) > MOST_CELLS:
                break
        return cells

    def _cell(self, cell: Element) -> list[Run]:
        runs: list[Run] = []
        for child in cell:
            for block in self._blocks(child):
                if block.tag == "tbl":
                    self._builder.remark(RemarkKind.NESTED_TABLES)
                    nested = [self._cell(inner) for row in _inside(block, "tr") for inner in _inside(row, "tc")]
                    runs += [run for words in nested for run in [*words, Run("\n")]]
                else:
                    style = value_of(block, "pPr/pStyle") or self._styles.default
                    words = self._words.of(block)
                    listed = self._listed(block, self._styles.paragraph(style), style) if words else None
                    runs += [Run(f"{listed[1]} "), *words, Run("\n")] if listed else [*words, Run("\n")]
        return runs


def _inside(element: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, through the wrappers around them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS or child.tag == "sdt":
            yield from _inside(child, tag)
