"""Reading one cell: days of several kinds, choices in any language or by their code."""

from datetime import date, datetime, timedelta
from functools import cache

from django.db import models
from django.utils.translation import override

from dialogi.commons.languages import LANGUAGES
from dialogi.systems.importing.mapping import folded
from dialogi.systems.importing.tables import Cell
from dialogi.systems.models import Criticality, DataLocation, Hosting, Known, SystemState, UserBand

CHOICES: dict[str, type[models.TextChoices]] = {
    "state": SystemState,
    "personal_data": Known,
    "hosting": Hosting,
    "data_location": DataLocation,
    "uses_ai": Known,
    "user_band": UserBand,
    "criticality": Criticality,
}
DAYS = frozenset({"taken_into_use", "end_of_support"})
PATTERNS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d.%m.%y")
# Spreadsheets count days from here; what lies far outside is a number of something else.
EPOCH, EARLIEST, LATEST = date(1899, 12, 30), 20_000, 80_000


def read_day(cell: Cell) -> date | None:
    """Return a day written in one of the ways people and spreadsheets write it; None for what is none."""
    if isinstance(cell, date):
        return cell
    text = cell.strip()
    if text.isascii() and text.isdigit() and EARLIEST <= int(text) <= LATEST:
        return EPOCH + timedelta(days=int(text))
    for pattern in PATTERNS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


@cache
def _spellings(target: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for member in CHOICES[target]:
        found[folded(member.value)] = member.value
        for language in LANGUAGES:
            with override(language):
                found[folded(str(member.label))] = member.value
    return found


def read_choice(target: str, text: str) -> str | None:
    """Return the value of a choice by its code or by its words in any language; None for what is no choice."""
    return _spellings(target).get(folded(text))
