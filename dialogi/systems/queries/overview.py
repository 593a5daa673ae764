"""The register as a whole: what is mine, what each sector lacks, what ends, who carries how much."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models import Duty
from dialogi.figures.models import Amount, Certainty, Spending
from dialogi.people.models import Holding, Post, Unit
from dialogi.systems.models import Contract, System, SystemUse
from dialogi.systems.queries.contracts import HORIZON_DAYS
from dialogi.systems.rules import CONFIRM_DUTY

SHOWN = 50
HUNDRED = Decimal(100)
# Costs that rise by less are not worth a line.
RISE_PER_CENT = Decimal(10)


@dataclass(frozen=True, slots=True)
class SectorRow:
    """One sector, or the systems that no sector answers for (`unit` is None)."""

    unit: Unit | None
    systems: int
    no_purpose: int
    no_function: int
    no_post: int
    never_confirmed: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Ending:
    """A day that must not be missed: the end of a contract, its last day for notice, the end of support."""

    day: date
    what: str
    title: Any


@dataclass(frozen=True, slots=True)
class Rise:
    """A system that costs more than the year before."""

    system: System
    before: Decimal
    now: Decimal
    per_cent: int


def mine(actor: Actor) -> list[System]:
    """Return the systems that the actor answers for, those that nobody has confirmed for the longest first."""
    if actor.person_id is None:
        return []
    held = Holding.objects.current().filter(person=actor.person_id).values("post")
    rows = System.objects.current().filter(Q(post__in=held) | Q(deputy__in=held)).select_related("subject").prefetch_related("uses")
    return list(rows.order_by(F("confirmed_at").asc(nulls_first=True), "name_sv")[:SHOWN])  # type: ignore[arg-type]


def by_sector() -> list[SectorRow]:
    """Return what each sector's systems lack; three queries, whatever the size of the register."""
    is_late = Exists(Duty.objects.overdue().filter(subject=OuterRef("subject"), what=CONFIRM_DUTY))
    has_function = Exists(SystemUse.objects.confirmed().filter(system=OuterRef("pk")))
    sector = Coalesce("unit__parent", "unit")
    rows = System.objects.current().annotate(sector=sector, late=Case(When(is_late, then=1)), known=Case(When(has_function, then=1)))
    counted = rows.values("sector").annotate(
        systems=Count("pk"),
        no_purpose=Count("pk", filter=Q(purpose_sv="", purpose_fi="", purpose_en="")),
        no_function=Count("pk", filter=Q(known=None)),
        no_post=Count("pk", filter=Q(post=None)),
        never_confirmed=Count("pk", filter=Q(confirmed_at=None)),
        overdue=Count("pk", filter=Q(late=1)),
    )
    units = Unit.objects.in_bulk(each["sector"] for each in counted if each["sector"])
    made = [SectorRow(unit=units.get(each.pop("sector")), **each) for each in [dict(row) for row in counted]]
    return sorted(made, key=lambda row: (row.unit is None, str(row.unit.name) if row.unit else ""))


def endings(today: date | None = None) -> list[Ending]:
    """Return the days within 18 months that must not be missed, the nearest first."""
    start = today or clock.today()
    until = start + timedelta(days=HORIZON_DAYS)
    found: list[Ending] = []
    contracts: Any = Contract.objects.ending(before=until).select_related("subject").order_by("ends_on")[: SHOWN * 4]
    for contract in contracts:
        for what, day in (("end", contract.ends_on), ("notice", contract.notice_by)):
            if day is not None and start <= day <= until:
                found.append(Ending(day, what, contract.name))
    supported: Any = System.objects.current().filter(end_of_support__range=(start, until)).select_related("subject")
    found += [Ending(system.end_of_support, "support", system.name) for system in supported.order_by("end_of_support")[: SHOWN * 4]]
    return sorted(found, key=lambda each: each.day)


def workload() -> list[Any]:
    """Return the posts that answer for most systems, with how many."""
    current = Q(systems__in=System.objects.current())
    return list(Post.objects.annotate(number=Count("systems", filter=current)).filter(number__gt=0).select_related("unit").order_by("-number", "pk")[:10])


def rising(year: int) -> list[Rise]:
    """Return the systems whose running costs rise most from last year's actual sum to this year's budget, else to its estimate."""
    run = Amount.objects.filter(spending=Spending.RUN, subject__kind="systems.system")
    sums: QuerySet[Any, Any] = run.filter(year__in=[year - 1, year]).values_list("subject", "year", "certainty").annotate(total=Sum("euros"))
    known: dict[int, dict[tuple[int, str], Decimal]] = {}
    for subject_id, of_year, certainty, total in sums:
        known.setdefault(subject_id, {})[of_year, certainty] = total
    risen: list[tuple[int, Decimal, Decimal]] = []
    for subject_id, each in known.items():
        before = each.get((year - 1, Certainty.ACTUAL))
        now = next((each[year, kind] for kind in (Certainty.ACTUAL, Certainty.BUDGET, Certainty.ESTIMATE) if (year, kind) in each), None)
        if before and now is not None and (now - before) * HUNDRED >= before * RISE_PER_CENT:
            risen.append((subject_id, before, now))
    risen = sorted(risen, key=lambda row: row[1] - row[2])[:10]
    rows: Any = System.objects.filter(subject__in=[row[0] for row in risen]).select_related("subject")
    systems = {system.subject_id: system for system in rows}
    return [Rise(systems[pk], before, now, int((now - before) * HUNDRED / before)) for pk, before, now in risen if pk in systems]
