"""How large the sheets of a workbook say they are, looked at before a library makes room for them.

A few bytes are enough to name the last cell of a sheet of 17 thousand million; the reader makes room for every cell before it.
"""

import re
import zipfile
from io import BytesIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

import defusedxml.sax
from defusedxml.common import DefusedXmlException

ODS_CONTENT = "content.xml"
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,9})")
FILLED = frozenset({"v", "is", "f"})


def extent_of(data: bytes, *, most_rows: int, most_columns: int) -> tuple[int, int]:
    """Return rows and columns of the largest sheet of an XLSX or ODS file, filled cells alone; ValueError when it cannot be read.

    Looking stops where there are more than so many.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            is_ods = ODS_CONTENT in package.namelist()
            found: _Extent = _OdsExtent(most_rows, most_columns) if is_ods else _XlsxExtent(most_rows, most_columns)
            for name in [ODS_CONTENT] if is_ods else filter(SHEETS.fullmatch, package.namelist()):
                with package.open(name) as part:
                    defusedxml.sax.parse(part, found)
            return found.rows, found.columns
    except _Enough:
        return found.rows, found.columns
    except (zipfile.BadZipFile, KeyError, SAXException, DefusedXmlException, OSError) as error:
        raise ValueError("the workbook cannot be read") from error


class _Enough(Exception):
    """More than anybody takes; the rest need not be looked at."""


class _Extent(ContentHandler):
    """The last row and the last column in which anything stands."""

    def __init__(self, most_rows: int, most_columns: int) -> None:
        super().__init__()
        self.rows = self.columns = 0
        self._most = most_rows, most_columns

    def _filled(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        if self.rows > self._most[0] or self.columns > self._most[1]:
            raise _Enough


class _XlsxExtent(_Extent):
    """Cells bear their address; those that are only painted hold nothing."""

    _at = (0, 0)

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        """A cell begins, or what stands in it."""
        local = name.rpartition(":")[2]
        if local == "c" and (found := CELL.fullmatch(attrs.get("r", ""))):
            self._at = int(found[2]), _number_of(found[1])
        elif local in FILLED:
            self._filled(*self._at)


class _OdsExtent(_Extent):
    """Rows and cells bear how often they are repeated; only what is filled makes a sheet larger."""

    _row = _column = _repeats = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        """A table begins, a row, or a cell."""
        if name == "table:table":
            self._row = 0
        elif name == "table:table-row":
            self._repeats, self._column = _times(attrs, "table:number-rows-repeated"), 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._column += _times(attrs, "table:number-columns-repeated")
            if "office:value-type" in attrs:
                self._filled(self._row + self._repeats, self._column)

    def endElement(self, name: str) -> None:
        """A row is over."""
        if name == "table:table-row":
            self._row += self._repeats


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _times(attrs: AttributesImpl, name: str) -> int:
    text = attrs.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 1
