"""Joined views across rooms: how much is said, how fast it is answered, which promises are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
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
    voices = _within(Voice.objects.all(), year)
    duties = _duties(year)
    done = duties.aggregate(done=Count("id"), kept=Count("id", filter=Q(done_at__lte=F("due_at"))))
    totals = voices.aggregate(total=Count("id"), answered=Count("id", filter=Q(answered_at__isnull=False)))
    return Statistics(
        total=totals["total"],
        answered=totals["answered"],
        kept=share(done["kept"], done["done"]),
        breakdowns=[
            _by(voices, duties, "channel", _("By channel"), dict(Channel.choices)),
            _by(voices, duties, "language", _("By language"), dict(LANGUAGE_CHOICES)),
            _by(voices, duties, "kind", _("By kind"), dict(Kind.choices)),
            _by(voices, duties, "area__subject", _("By area"), _titles("people.area"), most=40),
        ],
        months=_months(voices) if year else [],
        counted_at=clock.now(),
    )


def _duties(year: str) -> QuerySet[Duty]:
    duties = Duty.objects.filter(what=ANSWER_DUTY, done_at__isnull=False)
    if not year:
        return duties
    zone = timezone.get_default_timezone()
    return duties.filter(started_at__gte=datetime(int(year), 1, 1, tzinfo=zone), started_at__lt=datetime(int(year) + 1, 1, 1, tzinfo=zone))


def _titles(kind: str) -> dict[int, str]:
    return {subject.pk: str(subject.title) for subject in Subject.objects.of_kind(kind)}


def _by(voices: QuerySet[Voice], duties: QuerySet[Duty], field: str, title: str | Lazy, labels: Mapping[Any, object], most: int = 20) -> Breakdown:
    took = ExpressionWrapper(F("answered_at") - F("arrived_at"), output_field=DurationField())
    rows = voices.values(field).annotate(n=Count("id"), answered=Count("id", filter=Q(answered_at__isnull=False)), took=Avg(took)).order_by("-n", field)
    listed = list(rows[:most])
    path = f"subject__as_voice__{field}"
    kept = {r[path]: (r["kept"], r["done"]) for r in duties.values(path).annotate(done=Count("id"), kept=Count("id", filter=Q(done_at__lte=F("due_at"))))}
    counts, answers = suppressed([r["n"] for r in listed]), suppressed([r["answered"] for r in listed])
    lines = []
    for row, count, answered in zip(listed, counts, answers, strict=True):
        told = count is not None and answered is not None and answered > 0
        days = row["took"] / timedelta(days=1) if told and row["took"] is not None else None
        name = str(labels.get(row[field]) or _("Not known"))
        lines.append(Line(name, count, answered, days, share(*kept.get(row[field], (0, 0))) if told else None))
    return Breakdown(field.split("__")[0], str(title), lines)


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
