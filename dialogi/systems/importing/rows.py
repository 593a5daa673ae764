"""One row of a table as its mapping understands it: values by target, and what is wrong with them in words."""

from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dialogi.systems.importing.mapping import TARGETS, Mapping
from dialogi.systems.importing.tables import Cell, Table, one_line
from dialogi.systems.importing.values import CHOICES, DAYS, read_choice, read_day

LONGEST = {"name": 200, "identifier": 60, "kind": 80, "product": 200, "vendor": 200, "local_name": 200}


@dataclass(slots=True)
class Row:
    """A row: its number in the file, what it says, what is wrong."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def get(self, target: str) -> Any:
        """Return a value, or nothing."""
        return self.values.get(target, "")

    def units(self, target: str) -> list[str]:
        """Return the names of units that a cell holds."""
        found = self.values.get(target, [])
        return found if isinstance(found, list) else [found]


def missing_columns(table: Table, mapping: Mapping) -> list[str]:
    """Return the headings that the mapping names and the file lacks."""
    return [head for head in mapping.columns.values() if head not in table.heads]


def rows_of(table: Table, mapping: Mapping) -> Iterator[Row]:
    """Yield the rows as the mapping understands them."""
    places = {target: table.heads.index(head) for target, head in mapping.columns.items() if head in table.heads}
    above: dict[str, Cell] = {}
    for number, cells in enumerate(table.rows, start=table.first_row):
        row = Row(number)
        for target, place in places.items():
            cell = cells[place]
            if target in mapping.fill_down:
                # A merged cell holds its words in the first row alone.
                cell = above[target] = cell or above.get(target, "")
            _read(row, target, cell, mapping)
        yield row


def _read(row: Row, target: str, cell: Cell, mapping: Mapping) -> None:
    text = cell.isoformat() if isinstance(cell, date) else cell
    if mapping.is_empty(text):
        return
    text = mapping.means(target, text)
    if mapping.is_empty(text):
        return
    if target in DAYS:
        day = read_day(cell if isinstance(cell, date) else text)
        _keep(row, target, day, text, _("a day such as 31.12.2026 or 2026-12-31"))
    elif target in CHOICES:
        _keep(row, target, read_choice(target, text), text, ", ".join(str(label) for label in CHOICES[target].labels))
    elif target in mapping.splits or target in {"unit", "owner"}:
        row.values[target] = _parts(target, text, mapping)
    else:
        row.values[target] = _line(target, text)


def _keep(row: Row, target: str, value: Any, text: str, wanted: str) -> None:
    if value is None:
        told = _("“%(text)s” is not understood as %(target)s. It can be: %(wanted)s.")
        row.errors.append(told % {"text": one_line(text)[:80], "target": str(TARGETS[target]).lower(), "wanted": wanted})
    else:
        row.values[target] = value


def _line(target: str, text: str) -> str:
    if target == "purpose":
        return text
    return one_line(text)[: LONGEST.get(target, 200)]


def _parts(target: str, text: str, mapping: Mapping) -> Any:
    rule = mapping.splits.get(target)
    parts = [one_line(part) for part in (text.split(rule.at) if rule else [text])]
    parts = [part for part in parts if not mapping.is_empty(part)]
    if rule and rule.take != "all":
        parts = parts[:1] if rule.take == "first" else parts[-1:]
    parts = [mapping.means(target, part) for part in parts]
    return parts if target in {"unit", "owner"} else (parts[0] if parts else "")


def said_of(values: MappingType[str, Any], target: str) -> str:
    """Return a value as a line of text."""
    value = values.get(target, "")
    return ", ".join(value) if isinstance(value, list) else str(value)
