"""Joined views across rooms: how much is said, how fast it is answered, which promises are kept."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.languages import current_language
from dialogi.commons.models import Duty, Subject
from dialogi.people.models import LANGUAGE_CHOICES
from dialogi.reports.rules import share, suppressed
from dialogi.voices.models import Channel, Kind, Voice
from dialogi.voices.rules import ANSWER_DUTY

KEPT_SECONDS = 900
FIRST_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: how many, how many answered, days to the answer on average, per cent kept. None: too few to tell."""

    label: str
    count: int | None
    answered: int | None
    days: float | None
    kept: int | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The lines by one property of the voices."""

    key: str
    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that the page of statistics shows for one period."""

    total: int
    answered: int
    kept: int | None
    breakdowns: list[Breakdown]
    months: list[tuple[str, int | None]]
    counted_at: datetime


def periods() -> list[str]:
    """Return the periods that can be asked for: the whole time and each year. Free dates are not offered: their differences tell on people."""
    return ["", *(str(year) for year in range(clock.today().year, FIRST_YEAR - 1, -1))]


def statistics(period: str) -> Statistics:
    """Count the voices of a period; kept for a quarter of an hour, so that the page does not count the town at each reading."""
    year = period if period in periods() else ""
    name = f"reports:statistics:{year}:{current_language()}"
    found: Statistics | None = cache.get(name)
    if found is None:
        found = _count(year)
        cache.set(name, found, KEPT_SECONDS)
    return found


def _within(voices: QuerySet[Voice], year: str, field: str = "arrived_at") -> QuerySet[Voice]:
    if not year:
        return voices
    zone = timezone.get_default_timezone()
    start, end = datetime(int(year), 1, 1, tzinfo=zone), datetime(int(year) + 1, 1, 1, tzinfo=zone)
    return voices.filter(**{f"{field}__gte": start, f"{field}__lt": end})


def _count(year: str) -> Statistics:
    cells = _cells(year)
    answered, done = sum(cell.answered for cell in cells), sum(cell.done for cell in cells)
    return Statistics(
        total=sum(cell.count for cell in cells),
        answered=answered,
        kept=share(sum(cell.kept for cell in cells), done),
        breakdowns=[
            _by(cells, "channel", _("By channel"), dict(Channel.choices)),
            _by(cells, "language", _("By language"), dict(LANGUAGE_CHOICES)),
            _by(cells, "kind", _("By kind"), dict(Kind.choices)),
            _by(cells, "area", _("By area"), _titles("people.area"), most=40),
        ],
        months=_months(_within(Voice.objects.all(), year)) if year else [],
        counted_at=clock.now(),
    )


@dataclass(slots=True)
class Cell:
    """The voices that are alike in every property that the page breaks down by. `kept` of `done` promises that were due in the period."""

    count: int = 0
    answered: int = 0
    took: timedelta = timedelta()
    done: int = 0
    kept: int = 0
    key: tuple[Any, ...] = ()


PROPERTIES = {"channel": "channel", "language": "language", "kind": "kind", "area": "area__subject"}


def _cells(year: str) -> list[Cell]:
    """Read the period once, and its promises once, whatever the page breaks them down by; the same in every language."""
    name = f"reports:cells:{year}"
    found: list[Cell] | None = cache.get(name)
    if found is not None:
        return found
    took = Sum(ExpressionWrapper(F("answered_at") - F("arrived_at"), output_field=DurationField()))
    cells: dict[tuple[Any, ...], Cell] = defaultdict(Cell)
    columns = list(PROPERTIES.values())
    for *key, count, answered, spent in (
        _within(Voice.objects.order_by(), year)
        .values_list(*columns)
        .annotate(n=Count("id"), answered=Count("id", filter=Q(answered_at__isnull=False)), took=took)
    ):
        cell = cells[tuple(key)]
        cell.count, cell.answered, cell.took = count, answered, spent or timedelta()
    paths = [f"subject__as_voice__{column}" for column in columns]
    for *key, done, kept in _duties(year).order_by().values_list(*paths).annotate(done=Count("id"), kept=Count("id", filter=Q(done_at__lte=F("due_at")))):
        cell = cells[tuple(key)]
        cell.done, cell.kept = done, kept
    for key, cell in cells.items():
        cell.key = key
    found = list(cells.values())
    cache.set(name, found, KEPT_SECONDS)
    return found


def _duties(year: str) -> QuerySet[Duty]:
    duties = Duty.objects.filter(what=ANSWER_DUTY, done_at__isnull=False)
    if not year:
        return duties
    zone = timezone.get_default_timezone()
    return duties.filter(started_at__gte=datetime(int(year), 1, 1, tzinfo=zone), started_at__lt=datetime(int(year) + 1, 1, 1, tzinfo=zone))


def _titles(kind: str) -> dict[int, str]:
    return {subject.pk: str(subject.title) for subject in Subject.objects.of_kind(kind)}


def _by(cells: Sequence[Cell], key: str, title: str | Lazy, labels: Mapping[Any, object], most: int = 20) -> Breakdown:
    place = list(PROPERTIES).index(key)
    sums: dict[Any, Cell] = defaultdict(Cell)
    for cell in cells:
        line = sums[cell.key[place]]
        line.count, line.answered, line.took = line.count + cell.count, line.answered + cell.answered, line.took + cell.took
        line.done, line.kept = line.done + cell.done, line.kept + cell.kept
    listed = sorted(((value, line) for value, line in sums.items() if line.count), key=lambda pair: (-pair[1].count, str(pair[0] or "")))[:most]
    counts, answers = suppressed([line.count for _value, line in listed]), suppressed([line.answered for _value, line in listed])
    lines = []
    for (value, line), count, answered in zip(listed, counts, answers, strict=True):
        told = count is not None and answered is not None and answered > 0
        days = line.took / timedelta(days=1) / line.answered if told else None
        lines.append(Line(str(labels.get(value) or _("Not known")), count, answered, days, share(line.kept, line.done) if told else None))
    return Breakdown(key, str(title), lines)


def _months(voices: QuerySet[Voice]) -> list[tuple[str, int | None]]:
    rows = (
        voices.annotate(year=ExtractYear("arrived_at"), month=ExtractMonth("arrived_at"))
        .values("year", "month")
        .annotate(n=Count("id"))
        .order_by("year", "month")
    )
    listed = list(rows)
    return [(f"{row['month']}/{row['year']}", count) for row, count in zip(listed, suppressed([row["n"] for row in listed]), strict=True)]


@dataclass(frozen=True, slots=True)
class Kept:
    """Promises of one group: how many were due, per cent kept, how many wait past their day."""

    label: str
    done: int | None
    kept: int | None
    overdue: int | None


def promises(days: int = 365) -> dict[str, list[Kept]]:
    """Return how promises were kept in the last year by unit, language and channel; kept for a quarter of an hour."""
    name = f"reports:promises:{days}:{current_language()}"
    found: dict[str, list[Kept]] | None = cache.get(name)
    if found is None:
        found = {
            "unit": _kept("unit", _titles("people.unit"), days),
            "language": _kept("subject__as_voice__language", {code: str(label) for code, label in LANGUAGE_CHOICES}, days),
            "channel": _kept("subject__as_voice__channel", {code: str(label) for code, label in Channel.choices}, days),
        }
        cache.set(name, found, KEPT_SECONDS)
    return found


def _kept(field: str, labels: Mapping[Any, str], days: int) -> list[Kept]:
    now = clock.now()
    done, in_time, late = Q(done_at__isnull=False), Q(done_at__lte=F("due_at")), Q(done_at__isnull=True, due_at__lt=now)
    duties = Duty.objects.filter(what=ANSWER_DUTY).filter(Q(done_at__gte=now - timedelta(days=days)) | ~done)
    rows = list(duties.values(field).annotate(done=Count("id", filter=done), kept=Count("id", filter=in_time), late=Count("id", filter=late)).order_by(field))
    shown, waiting = suppressed([row["done"] for row in rows]), suppressed([row["late"] for row in rows])
    lines = []
    for row, count, overdue in zip(rows, shown, waiting, strict=True):
        label = labels.get(row[field]) or str(_("Nobody yet"))
        lines.append(Kept(label, count, share(row["kept"], row["done"]) if count is not None else None, overdue))
    return sorted(lines, key=lambda line: -(line.done or 0))
