"""Due days. Service promises count working days, statutes count calendar days; the two are distinct types and never mix.

Days are those of the municipality (Europe/Helsinki), whatever the clock of the server says, and a due day ends with
its last microsecond there, in summer time and in winter time.

Working days: Monday to Friday, without the holidays of Finland. The library `holidays` counts Christmas Eve and
Midsummer Eve among them, which suits both counts.

Statutory time: Act on the calculation of statutory time limits (150/1930). The day from which one counts is not
itself counted (section 2); months end on the day with the same number, or on the last day of a shorter month
(section 3); and when the last day is a holy day, Independence Day, the first of May, Christmas Eve, Midsummer Eve
or an ordinary Saturday, the thing may be done on the first weekday after it (section 5).
"""

import calendar as months_of_year
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.utils.functional import Promise as Lazy
from django.utils.translation import ngettext
from holidays.countries.finland import Finland

ZONE = ZoneInfo("Europe/Helsinki")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A service promise: so many working days."""

    count: int

    def __post_init__(self) -> None:
        _refuse_negative(self.count)

    @property
    def words(self) -> str:
        """The promise in the reader's language: "5 working days"."""
        return ngettext("%(count)s working day", "%(count)s working days", self.count) % {"count": self.count}

    def due(self, from_: date) -> datetime:
        """Return the end of the due day for what arrived at `from_` (a day or an aware moment)."""
        return end_of_day(add_working_days(from_, self.count))

    def resumed(self, due: datetime, *, paused: date, resumed: date) -> datetime:
        """Return the due moment moved on by the working days that passed between the two moments of a pause."""
        return end_of_day(add_working_days(due, max(0, working_days_between(paused, resumed))))


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """A statutory time limit in calendar days, with the section of law that sets it."""

    count: int
    section: str | Lazy

    def __post_init__(self) -> None:
        _refuse_negative(self.count)
        _demand_section(self.section)

    @property
    def words(self) -> str:
        """The limit in the reader's language, with its section: "14 days (Act 306/2019, section 9)"."""
        return ngettext("%(count)s day (%(section)s)", "%(count)s days (%(section)s)", self.count) % {"count": self.count, "section": self.section}

    def due(self, from_: date) -> datetime:
        """Return the end of the due day for what began at `from_` (a day or an aware moment)."""
        return end_of_day(statutory_due(from_, days=self.count))

    def resumed(self, due: datetime, *, paused: date, resumed: date) -> datetime:
        """Return the due moment moved on by the calendar days of a pause, then by section 5 of Act 150/1930."""
        return _resume_statute(due, paused, resumed)


@dataclass(frozen=True, slots=True)
class Months:
    """A statutory time limit in months, with the section of law that sets it."""

    count: int
    section: str | Lazy

    def __post_init__(self) -> None:
        _refuse_negative(self.count)
        _demand_section(self.section)

    @property
    def words(self) -> str:
        """The limit in the reader's language, with its section: "6 months (Act 410/2015, section 23)"."""
        return ngettext("%(count)s month (%(section)s)", "%(count)s months (%(section)s)", self.count) % {"count": self.count, "section": self.section}

    def due(self, from_: date) -> datetime:
        """Return the end of the due day for what began at `from_` (a day or an aware moment)."""
        return end_of_day(statutory_due(from_, months=self.count))

    def resumed(self, due: datetime, *, paused: date, resumed: date) -> datetime:
        """Return the due moment moved on by the calendar days of a pause, then by section 5 of Act 150/1930."""
        return _resume_statute(due, paused, resumed)


Clock: TypeAlias = WorkingDays | CalendarDays | Months


def local_day(moment: date) -> date:
    """Return the municipality's day of an aware moment, or the day itself; raises ValueError for a moment without a zone."""
    if not isinstance(moment, datetime):
        return moment
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone has no day")
    return moment.astimezone(ZONE).date()


def end_of_day(day: date) -> datetime:
    """Return the last microsecond of the day in the municipality, aware."""
    return datetime.combine(local_day(day), time.max, tzinfo=ZONE)


def is_working_day(day: date) -> bool:
    """Tell whether the offices work that day: not on Saturdays, Sundays, holidays, Christmas Eve or Midsummer Eve."""
    day = local_day(day)
    return day.weekday() < 5 and day not in _holidays(day.year)


def next_working_day(day: date) -> date:
    """Return the day itself when it is a working day, else the first one after it (Act 150/1930 section 5)."""
    day = local_day(day)
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def add_working_days(start: date, days: int) -> date:
    """Return the last day of so many working days. The day of arrival is not counted, so what arrives on a Saturday counts from Monday.

    No days at all give the day itself, or the first working day after it.
    """
    _refuse_negative(days)
    day = local_day(start)
    for _day in range(days):
        day = next_working_day(day + _ONE_DAY)
    return next_working_day(day)


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and with `end`, the way `add_working_days` counts; negative when `end` comes first."""
    first, last = local_day(start), local_day(end)
    if last < first:
        return -working_days_between(last, first)
    return sum(is_working_day(first + timedelta(days=step)) for step in range(1, (last - first).days + 1))


def statutory_due(start: date, *, days: int | None = None, months: int | None = None) -> date:
    """Return the last day of a statutory time limit of days or of months (exactly one of them): Act 150/1930 sections 2, 3 and 5."""
    if (days is None) == (months is None):
        raise ValueError("give either days or months")
    day = local_day(start)
    if days is not None:
        _refuse_negative(days)
        return next_working_day(day + timedelta(days=days))
    return next_working_day(_same_day_later(day, months or 0))


def extend(due: date, paused_days: int) -> datetime:
    """Return the due moment moved on by so many calendar days of pause, then to the next working day when it would be closed."""
    _refuse_negative(paused_days)
    return end_of_day(next_working_day(local_day(due) + timedelta(days=paused_days)))


def _resume_statute(due: datetime, paused: date, resumed: date) -> datetime:
    return extend(due, max(0, (local_day(resumed) - local_day(paused)).days))


def _same_day_later(day: date, months: int) -> date:
    _refuse_negative(months)
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, months_of_year.monthrange(years, month + 1)[1]))


def _refuse_negative(count: int) -> None:
    if count < 0:
        raise ValueError("a time limit cannot be negative")


def _demand_section(section: str | Lazy) -> None:
    if not section:
        raise ValueError("a statutory time limit names its section of law")


@lru_cache(maxsize=256)
def _holidays(year: int) -> frozenset[date]:
    # A year's own set: the library's object grows while it is asked and is not made for several threads.
    return frozenset(Finland(years=year))
