"""A document of LibreOffice, from its first paragraph to its last."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dialogi.consultations.drafts.building import MOST_CELLS, Builder
from dialogi.consultations.drafts.counting import BULLET
from dialogi.consultations.drafts.inline import Run
from dialogi.consultations.drafts.odt.styles import LEVELS, Styles, marker, whole
from dialogi.consultations.drafts.odt.words import Words
from dialogi.consultations.drafts.package import Package
from dialogi.consultations.drafts.refusals import Flaw, UnreadableDraft
from dialogi.consultations.drafts.remarks import RemarkKind

_AUTOMATIC = "office_automatic-styles"
_INDEXES = {"text_table-of-content", "text_illustration-index", "text_table-index", "text_object-index", "text_user-index", "text_alphabetical-index"}
_WRAPPERS = {"text_bibliography", "text_index-body", "text_index-title", "text_numbered-paragraph", "text_list-item", "text_list-header"}
_MARGINS = ("style_header", "style_footer")


def read_odt(data: bytes, builder: Builder) -> None:
    """Hand everything that a reader of the document would read to the builder."""
    package = Package(data)
    if any(entry.find("manifest_encryption-data") is not None for _container, entry in package.children("META-INF/manifest.xml", {"manifest_manifest"})):
        raise UnreadableDraft(Flaw.LOCKED)
    styles = Styles()
    for container, element in package.children("styles.xml", {"office_styles", _AUTOMATIC, "office_master-styles"}):
        styles.take(element, is_automatic=container == _AUTOMATIC)
        # More than a number of the page.
        if any(sign.isalpha() for margin in element if str(margin.tag).startswith(_MARGINS) for sign in "".join(margin.itertext())):
            builder.remark_whole(RemarkKind.MARGINS)
    reader = _Reader(styles, builder)
    for container, element in package.children("content.xml", {_AUTOMATIC, "office_text"}):
        if container == _AUTOMATIC:
            styles.take(element, is_automatic=True)
        else:
            reader.read(element)


class _Reader:
    def __init__(self, styles: Styles, builder: Builder) -> None:
        self._styles = styles
        self._builder = builder
        self._words = Words(styles, builder)
        self._counts: dict[str, dict[int, int]] = {}
        self._outline: dict[int, int] = {}

    def read(self, element: Element) -> None:
        """Read whatever stands in the body."""
        tag = str(element.tag)
        if tag == "text_p":
            self._paragraph(element)
        elif tag == "text_h":
            self._heading(element, self._outlined(element))
        elif tag == "text_list":
            self._list(element, 1, "")
        elif tag == "table_table":
            self._table(element)
        elif tag == "text_section":
            self._section(element)
        elif tag in _INDEXES:
            self._builder.remark(RemarkKind.CONTENTS)
            self._builder.settle()
        elif tag in _WRAPPERS:
            for child in element:
                self.read(child)
        elif tag.startswith("draw_"):
            self._words.drawn(element)
            self._builder.settle()

    def _section(self, element: Element) -> None:
        if element.get("text_display") == "none":
            self._builder.remark(RemarkKind.HIDDEN)
            self._builder.settle()
            return
        for child in element:
            self.read(child)

    def _paragraph(self, element: Element) -> None:
        style = element.get("text_style-name", "")
        runs = self._words.of(element)
        if self._styles.is_title(style):
            self._builder.title(runs)
        elif self._styles.is_quote(style):
            self._builder.quote(runs)
        else:
            self._builder.paragraph(runs)

    def _heading(self, element: Element, before: str) -> None:
        runs = self._words.of(element)
        has_number = before not in {"", BULLET} and any(run.text.strip() for run in runs)
        self._builder.heading([Run(f"{before} "), *runs] if has_number else runs, level=max(whole(element.get("text_outline-level"), 1), 1))

    def _outlined(self, element: Element) -> str:
        """Return the number that the program puts before a heading, and count it."""
        place = max(min(whole(element.get("text_outline-level"), 1), LEVELS), 1)
        level = self._styles.outline.get(place)
        is_left_out = element.get("text_is-list-header") == "true" or not self._styles.is_numbered(element.get("text_style-name", ""))
        if level is None or not level.shape or is_left_out:
            return ""
        _count(self._outline, place, level.start, element.get("text_start-value") if element.get("text_restart-numbering") == "true" else None)
        return marker(self._styles.outline, self._outline, place)

    def _list(self, element: Element, place: int, style: str) -> None:
        style = element.get("text_style-name", style)
        levels = self._styles.lists.get(style, {})
        counts = self._counts.setdefault(style, {})
        if element.get("text_continue-numbering") != "true" and element.get("text_continue-list") is None:
            counts.pop(place, None)
        for item in element:
            first = next((str(child.tag) for child in item if child.tag != "text_number"), "")
            before = ""
            if item.tag == "text_list-item" and first in {"text_p", "text_h"}:
                level = levels.get(place)
                _count(counts, place, level.start if level else 1, item.get("text_start-value"))
                before = marker(levels, counts, place)
            self._item(item, place, style, before)

    def _item(self, item: Element, place: int, style: str, before: str) -> None:
        for child in item:
            if child.tag == "text_p" and before:
                self._builder.item(self._words.of(child), level=place, marker=before)
                before = ""
            elif child.tag == "text_h":
                self._heading(child, before or self._outlined(child))
                before = ""
            elif child.tag == "text_list":
                self._list(child, place + 1, style)
            elif child.tag != "text_number":
                self.read(child)

    def _table(self, element: Element) -> None:
        rows = list(_rows(element))
        cells = _cells(rows[0]) if len(rows) == 1 else []
        if len(cells) == 1:
            # A frame around some paragraphs, no table.
            for child in cells[0]:
                self.read(child)
        else:
            self._builder.table(cells for row in rows for cells in self._row(row))

    def _row(self, row: Element) -> Iterator[list[list[Run]]]:
        """Yield the row as often as the file says, an empty one once."""
        found: list[list[Run]] = []
        empty = 0
        for cell in _cells(row):
            if whole(cell.get("table_number-columns-spanned"), 1) > 1 or whole(cell.get("table_number-rows-spanned"), 1) > 1:
                self._builder.remark(RemarkKind.MERGED_CELLS)
            words = self._cell(cell) if cell.tag == "table_table-cell" else []
            times = min(whole(cell.get("table_number-columns-repeated"), 1), MOST_CELLS + 1)
            if not any(run.text.strip() for run in words):
                empty += times
                continue
            found += [[] for _place in range(min(empty, MOST_CELLS))] + [words] * times
            empty = 0
            if len(found) > MOST_CELLS:
                break
        times = min(whole(row.get("table_number-rows-repeated"), 1), MOST_CELLS + 1) if found else 1
        for _time in range(times):
            yield found

    def _cell(self, element: Element) -> list[Run]:
        runs: list[Run] = []
        for child in element:
            tag = str(child.tag)
            if tag in {"text_p", "text_h"}:
                runs += [*self._words.of(child), Run("\n")]
            elif tag == "table_table":
                self._builder.remark(RemarkKind.NESTED_TABLES)
                runs += [run for row in _rows(child) for cell in _cells(row) for run in self._cell(cell)]
            elif tag.startswith("draw_"):
                self._words.drawn(child)
            elif tag in _WRAPPERS or tag in {"text_list", "text_section"}:
                runs += self._cell(child)
        return runs


def _count(counts: dict[int, int], place: int, start: int, restart: str | None) -> None:
    counts[place] = whole(restart, start) if restart else counts.get(place, start - 1) + 1
    for deeper in [key for key in counts if key > place]:
        del counts[deeper]


def _rows(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == "table_table-row":
            yield child
        elif child.tag in {"table_table-header-rows", "table_table-rows", "table_table-row-group"}:
            yield from _rows(child)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in {"table_table-cell", "table_covered-table-cell"}]
