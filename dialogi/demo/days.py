"""When things happen in the demo: months by season, hours by channel, working days without holidays."""

from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from dialogi.demo.story import BEGINS, ENDS, HELSINKI

OFFICE_CHANNELS = frozenset({"phone", "counter", "letter", "paper"})
HOURS = (6, 7, 7, 8, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 16, 17, 18, 18, 19, 19, 20, 20, 20, 21, 21, 21, 22, 22, 23, 0, 5)
ALL_MONTHS = tuple(range(1, 13))
SCHOOL_YEAR = (1, 2, 3, 4, 5, 8, 9, 10, 11, 12)
SEASONS = {
    "snow-ploughing": (1, 2, 3, 12),
    "ski-tracks": (1, 2, 3),
    "ice-rinks": (1, 2, 12),
    "parks-green": (5, 6, 7, 8, 9),
    "playgrounds": (4, 5, 6, 7, 8, 9, 10),
    "beaches": (6, 7, 8),
    "schools-sv": SCHOOL_YEAR,
    "schools-fi": SCHOOL_YEAR,
    "school-meals": SCHOOL_YEAR,
    "school-transport": SCHOOL_YEAR,
    "after-school": SCHOOL_YEAR,
    "sports-halls": SCHOOL_YEAR,
}


def season_of(service: str, kind: str) -> tuple[int, ...]:
    """The months in which people speak of a service from what they just met; questions and ideas come at any time."""
    return SEASONS.get(service, ALL_MONTHS) if kind in {"thanks", "feedback"} else ALL_MONTHS


@cache
def days_of(months: tuple[int, ...], since: date = BEGINS, until: date = ENDS) -> tuple[date, ...]:
    """The days of these months between two days, both included; all the days when none fits."""
    span = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    return tuple(day for day in span if day.month in months) or tuple(span)


def some_day(rng: Random, *, months: tuple[int, ...] = ALL_MONTHS, since: date = BEGINS, until: date = ENDS) -> date:
    """A day in season."""
    days = days_of(months, since, until)
    return days[int(rng.random() * len(days))]


def at_some_hour(rng: Random, day: date, channel: str) -> datetime:
    """A time of that day when the channel is open. Counter and phone keep office hours, so a weekend moves to the Friday before."""
    if channel in OFFICE_CHANNELS:
        day -= timedelta(days=max(0, day.weekday() - 4))
        hour = 8 + int(rng.random() * 8)
    elif channel == "meeting":
        hour = 18 + int(rng.random() * 3)
    else:
        hour = HOURS[int(rng.random() * len(HOURS))]
    return datetime(day.year, day.month, day.day, hour, int(rng.random() * 60), tzinfo=HELSINKI)


def weekdays_later(moment: datetime | date, count: int) -> date:
    """The day so many weekdays later. Holidays are left to the product's own calendar, so keep a margin."""
    day = moment.date() if isinstance(moment, datetime) else moment
    day -= timedelta(days=max(0, day.weekday() - 4))
    return day + timedelta(days=count + (day.weekday() + count) // 5 * 2)
