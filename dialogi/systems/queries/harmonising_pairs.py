"""Two systems beside each other: what they share, what only one has, what people have said about the pair."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Q

from dialogi.systems.harmonising.signals import compare
from dialogi.systems.models import (
    FIT_KINDS,
    Assessment,
    AssessmentKind,
    Candidate,
    Contract,
    DataGroup,
    Dismissal,
    Function,
    FunctionState,
    HarmonisationCase,
    Integration,
    System,
    SystemUse,
)  # fmt: skip
from dialogi.systems.queries.harmonising import Reason, reasons_of, voices_of
from dialogi.systems.queries.harmonising_facts import ENOUGH_ASSESSORS, facts_of, known_run_costs

MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Fit:
    """How a system was assessed on one axis: the middle, the range, by how many."""

    middle: float | None
    low: int | None
    high: int | None
    assessors: int

    @property
    def is_sure(self) -> bool:
        """Whether at least two people assessed it."""
        return self.assessors >= ENOUGH_ASSESSORS


@dataclass(frozen=True, slots=True)
class Parted:
    """What both have, only the first, only the second."""

    shared: list[Any]
    only_first: list[Any]
    only_second: list[Any]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    system: System
    euros: Any
    year: int | None
    uses: list[SystemUse]
    unsure: list[SystemUse]
    contracts: list[Contract]
    integrations: list[Integration]
    functional: Fit
    technical: Fit
    voices: Reason


@dataclass(frozen=True, slots=True)
class Pair:
    """Everything that a pair's page shows."""

    sides: list[Side]
    functions: Parted
    groups: Parted
    reasons: list[Reason]
    is_candidate: bool
    dismissal: Dismissal | None
    cases: list[HarmonisationCase]


def fits(systems: Iterable[System]) -> dict[tuple[int, str], Fit]:
    """Return {(system, kind): how it was assessed}; of each assessor the newest mark counts."""
    newest: dict[tuple[int, str], dict[int, int]] = {}
    rows = Assessment.objects.filter(system__in=list(systems), kind__in=FIT_KINDS, score__isnull=False).order_by("assessed_on", "pk")
    for system, kind, assessor, score in rows.values_list("system", "kind", "assessor", "score"):
        newest.setdefault((system, kind), {})[assessor or 0] = score or 0
    return {key: Fit(median(marks.values()), min(marks.values()), max(marks.values()), len(marks)) for key, marks in newest.items()}


NOT_ASSESSED = Fit(None, None, None, 0)


def pair(first: System, second: System) -> Pair:
    """Read a pair; as many queries for one use as for a hundred."""
    one, other = facts_of(first, second)
    found = compare(one, other)
    functions = Function.objects.select_related("subject").in_bulk(list(one.functions.keys() | other.functions.keys()))
    groups = DataGroup.objects.in_bulk(list(one.data_groups | other.data_groups))
    costs = known_run_costs([first.subject_id, second.subject_id])
    days = sorted([*one.days, *other.days])
    both = [costs[each.subject_id][1] for each in (first, second) if each.subject_id in costs]
    row = Candidate(first=first, second=second, signals=int(found.signals), window_on=days[0] if days else None, cost=sum(both) if len(both) > 1 else None)
    row.details = {"functions": found.functions, "groups": found.data_groups, "words": found.words}
    return Pair(
        sides=_sides(first, second, costs),
        functions=_parted(one.functions, other.functions, functions),
        groups=_parted(one.data_groups, other.data_groups, groups),
        reasons=[each for each in reasons_of(row, functions, groups) if each.number != "S9"],
        is_candidate=found.is_candidate,
        dismissal=Dismissal.objects.filter(first=first, second=second).select_related("post", "by").first(),
        cases=list(HarmonisationCase.objects.filter(systems=first).filter(systems=second).select_related("subject").order_by("-opened_at")[:10]),
    )


def _parted(one: Iterable[int], other: Iterable[int], known: dict[int, Any]) -> Parted:
    first, second = set(one), set(other)
    return Parted(*([known[pk] for pk in sorted(some) if pk in known] for some in (first & second, first - second, second - first)))


def _sides(first: System, second: System, costs: dict[int, Any]) -> list[Side]:
    both = (first, second)
    uses = list(SystemUse.objects.current().filter(system__in=both).select_related("unit__subject", "function").order_by("unit__name_sv", "pk")[:MOST_ROWS])
    contracts = list(Contract.systems.through.objects.filter(system__in=both, contract__is_active=True).select_related("contract__subject")[:MOST_ROWS])
    ends = Integration.objects.filter(Q(system__in=both) | Q(target__in=both), is_active=True)
    integrations = list(ends.select_related("system__subject", "target__subject").order_by("pk")[:MOST_ROWS])
    marks = fits(both)
    return [
        Side(
            system=each,
            euros=costs[each.subject_id][1] if each.subject_id in costs else None,
            year=costs[each.subject_id][0] if each.subject_id in costs else None,
            uses=[use for use in uses if use.system_id == each.pk],
            unsure=[use for use in uses if use.system_id == each.pk and use.function_id and use.function_state == FunctionState.UNCONFIRMED],
            contracts=[row.contract for row in contracts if row.system_id == each.pk],
            integrations=[row for row in integrations if each.pk in (row.system_id, row.target_id)],
            functional=marks.get((each.pk, AssessmentKind.FUNCTIONAL_FIT), NOT_ASSESSED),
            technical=marks.get((each.pk, AssessmentKind.TECHNICAL_FIT), NOT_ASSESSED),
            voices=voices_of(each),
        )
        for each in both
    ]
