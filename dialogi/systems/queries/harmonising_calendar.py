"""Thirty-six months of days on which something can or must be changed: notices, ends of contracts, ends of support."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from dialogi.commons import clock
from dialogi.systems.models import Contract, DayKind, System

MONTHS = 36


@dataclass(frozen=True, slots=True)
class Event:
    """A day, what happens, to what."""

    day: date
    kind: str
    noun: Any

    @property
    def label(self) -> str:
        """What happens, in words."""
        return str(DayKind(self.kind).label)


def period() -> tuple[date, date]:
    """Return the first day, today, and the last one."""
    today = clock.today()
    year, month = divmod(today.year * 12 + today.month - 1 + MONTHS, 12)
    return today, date(year, month + 1, 1)


def days_ahead() -> QuerySet[Any, tuple[date, str, int]]:
    """Return (day, kind, number of the contract or system), soonest first; the database sorts and pages."""
    start, end = period()
    parts = (
        _part(Contract.objects.active().filter(notice_by__range=(start, end)), "notice_by", DayKind.NOTICE),
        _part(Contract.objects.active().filter(ends_on__range=(start, end)), "ends_on", DayKind.END),
        _part(System.objects.current().filter(end_of_support__range=(start, end)), "end_of_support", DayKind.SUPPORT),
    )
    together: QuerySet[Any, tuple[date, str, int]] = parts[0].union(*parts[1:], all=True).order_by("day", "what", "row_id")
    return together


def _part(rows: QuerySet[Any], column: str, kind: str) -> QuerySet[Any, Any]:
    return rows.order_by().annotate(day=F(column), what=Value(str(kind), output_field=CharField()), row_id=F("pk")).values_list("day", "what", "row_id")


def events(rows: list[tuple[date, str, int]]) -> list[Event]:
    """Return what the days of a page are about: two queries, however many."""
    contracts = Contract.objects.select_related("subject").in_bulk([number for _day, kind, number in rows if kind != DayKind.SUPPORT])
    systems = System.objects.select_related("subject").in_bulk([number for _day, kind, number in rows if kind == DayKind.SUPPORT])
    found = [(day, kind, (systems if kind == DayKind.SUPPORT else contracts).get(number)) for day, kind, number in rows]
    return [Event(day, kind, noun) for day, kind, noun in found if noun is not None]
