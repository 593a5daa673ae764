"""A table out of a file: XLSX, ODS or CSV, within bounds, every cell as plain text or a day."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import charset_normalizer
import python_calamine
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dialogi.systems.importing.extents import extent_of

MOST_BYTES = 20_000_000
MOST_UNPACKED = 400_000_000
MOST_ROWS = 60_000
MOST_COLUMNS = 200
MOST_CELL = 5_000
WORKBOOK = b"PK\x03\x04"
DELIMITERS = ",;\t|"
SAMPLE = 100_000
OUR_LETTERS = "åäöÅÄÖ"
# What a spreadsheet writes where a formula went wrong.
FORMULA_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
SPACES = re.compile(r"[^\S\n]+")

Cell = str | date


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: its heads, its rows under them, and the number of the first row in the file."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    first_row: int
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    encoding: str = ""


def read_table(content: bytes, *, sheet: str = "") -> Table:
    """Read a file; raises ValidationError with what is wrong with it, and what to do."""
    if not content.strip():
        raise ValidationError(_("The file is empty."))
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is too large: at most 20 megabytes. Leave out what is not needed, or divide it."))
    if content.startswith(WORKBOOK):
        return _workbook(content, sheet)
    if content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff")):
        raise ValidationError(_("This is no table. Save it as XLSX, ODS or CSV."))
    return _text(content)


def _workbook(content: bytes, wanted: str) -> Table:
    try:
        unpacked = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist())
        if unpacked > MOST_UNPACKED:
            raise ValidationError(_("The workbook unpacks to more than we take. Divide it."))
        _refuse_vast(content)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = tuple(book.sheet_names)
        if wanted and wanted not in names:
            raise ValidationError(_("There is no sheet called “%(sheet)s”. There are: %(names)s."), params={"sheet": wanted, "names": ", ".join(names)})
        name = wanted or names[0]
        page = book.get_sheet_by_name(name)
        if page.total_height > MOST_ROWS + 1:
            raise _too_many(page.total_height)
        rows = page.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, zipfile.BadZipFile, IndexError, ValueError) as error:
        raise ValidationError(_("The workbook cannot be read. Open it in a spreadsheet, save it anew as XLSX or ODS, and try again.")) from error
    return _table(rows, sheets=names, sheet=name)


def _refuse_vast(content: bytes) -> None:
    rows, columns = extent_of(content, most_rows=MOST_ROWS + 1, most_columns=MOST_COLUMNS)
    if rows > MOST_ROWS + 1:
        raise _too_many(rows)
    if columns > MOST_COLUMNS:
        raise ValidationError(_("The table has more than %(most)s columns. Leave out what is not needed."), params={"most": MOST_COLUMNS})


def _text(content: bytes) -> Table:
    text, encoding = _decoded(content)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:SAMPLE], delimiters=DELIMITERS)
        # The sniffer may take a doubled quotation mark for an escaped one.
        dialect.doublequote = True
    except csv.Error:
        dialect = "excel"
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), dialect):
            rows.append(row)
            if len(rows) > MOST_ROWS + 1:
                raise _too_many(text.count("\n"))
    except csv.Error as error:
        raise ValidationError(_("The rows of the file cannot be told apart. Open it in a spreadsheet, save it anew as XLSX or ODS, and try again.")) from error
    return _table(rows, encoding=encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding
    try:
        return content.decode(), "utf-8"
    except UnicodeDecodeError:
        guesses = charset_normalizer.from_bytes(content[:SAMPLE], cp_isolation=["cp1252", "mac_roman", "cp850", "utf_16_le", "utf_16_be"])
    # Many tables of signs make something of the same bytes; the right one makes our letters of them.
    guess = max(guesses, key=lambda each: sum(str(each).count(letter) for letter in OUR_LETTERS), default=None)
    encoding = guess.encoding if guess is not None else "cp1252"
    return content.decode(encoding, errors="replace"), encoding


def _table(rows: Iterable[Sequence[Any]], *, sheets: tuple[str, ...] = (), sheet: str = "", encoding: str = "") -> Table:
    heads: tuple[str, ...] = ()
    kept: list[tuple[Cell, ...]] = []
    first = 1
    for number, row in enumerate(rows, start=1):
        if len(row) > MOST_COLUMNS and any(str(value).strip() for value in row[MOST_COLUMNS:]):
            raise ValidationError(_("The table has more than %(most)s columns. Leave out what is not needed."), params={"most": MOST_COLUMNS})
        if not heads:
            if sum(bool(str(value).strip()) for value in row) > 1:
                heads, first = _heads(row), number + 1
            continue
        kept.append(tuple(plain(value) for value in row[: len(heads)]))
    if not heads:
        raise ValidationError(_("No row of headings was found. The first row with words in several cells is taken for it."))
    while kept and not any(kept[-1]):
        kept.pop()
    return Table(heads, tuple(row + ("",) * (len(heads) - len(row)) for row in kept), first, sheets, sheet, encoding)


def _heads(row: Sequence[Any]) -> tuple[str, ...]:
    """Each heading on one line; one that comes twice gets a number, an empty one its letter."""
    found: list[str] = []
    for index, value in enumerate(row[:MOST_COLUMNS]):
        name = one_line(str(value)) or f"({index + 1})"
        twins = sum(1 for each in found if each == name or each.startswith(f"{name} ("))
        found.append(f"{name} ({twins + 1})" if twins else name)
    while found and found[-1] == f"({len(found)})":
        found.pop()
    return tuple(found)


def plain(value: Any) -> Cell:
    """Return a cell as text without needless blanks, or as a day; nothing for a formula that went wrong."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = SPACES.sub(" ", str(value).replace("\x00", "").replace("\r\n", "\n")).strip()[:MOST_CELL]
    return "" if text in FORMULA_ERRORS else text


def one_line(text: str) -> str:
    """Return the text with every stretch of blanks and line breaks as one blank."""
    return " ".join(text.split())


def _too_many(rows: int) -> ValidationError:
    return ValidationError(
        _("The table has %(rows)s rows, and at most %(most)s are taken at a time. Divide it, or leave out the empty ones."),
        params={"rows": rows, "most": MOST_ROWS},
    )
