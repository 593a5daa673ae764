"""The ledger of savings: what was decided, what was expected, what invoices say came of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.figures.models import Amount, Certainty, SourceKind, Spending
from dialogi.systems.harmonising.savings import Saving, realised
from dialogi.systems.models import HarmonisationCase


@dataclass(frozen=True, slots=True)
class Line:
    """A case with the cost before it, frozen at the decision, and what was saved."""

    case: HarmonisationCase
    before: Decimal | None
    saving: Saving


def cases(*, actor: Actor, state: str = "") -> QuerySet[HarmonisationCase]:
    """Return the cases that the actor sees, opened last first."""
    rows = HarmonisationCase.objects.visible_to(actor)
    rows = rows.filter(state=state) if state else rows
    return rows.select_related("subject", "decision__subject", "survivor__subject").order_by("-opened_at", "-pk")


def lines(rows: Sequence[HarmonisationCase]) -> list[Line]:
    """Return what came of cases: two queries, however many."""
    pairs = HarmonisationCase.systems.through.objects.filter(harmonisationcase__in=rows).values_list("harmonisationcase", "system__subject")
    subjects: dict[int, set[int]] = defaultdict(set)
    for case, subject in pairs:
        subjects[case].add(subject)
    invoices = Amount.objects.filter(
        subject__in={subject for some in subjects.values() for subject in some},
        certainty=Certainty.ACTUAL,
        spending=Spending.RUN,
        source_kind=SourceKind.INVOICE,
    )
    paid: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for subject, year, euros in invoices.values_list("subject", "year").annotate(euros=Sum("euros")).values_list("subject", "year", "euros"):
        paid[subject][year] = euros
    return [_line(case, [paid[subject] for subject in subjects[case.pk]]) for case in rows]


def _line(case: HarmonisationCase, paid: Sequence[dict[int, Decimal]]) -> Line:
    invoiced: dict[int, Decimal] = defaultdict(Decimal)
    for of_one in paid:
        for year, euros in of_one.items():
            invoiced[year] += euros
    before = cost_before(case.baseline)
    saving = realised(
        before=before,
        realised_in=case.realised_from.year if case.realised_from else None,
        this_year=clock.today().year,
        invoiced=dict(invoiced),
        migration_cost=case.migration_cost,
    )
    return Line(case, before, saving)


def cost_before(baseline: dict[str, Any]) -> Decimal | None:
    """Return what the systems cost on the day of the decision; None when that of any of them was not known."""
    costs = [each.get("run_cost") for each in baseline.get("systems", ())]
    return sum((Decimal(cost) for cost in costs), Decimal(0)) if costs and None not in costs else None
