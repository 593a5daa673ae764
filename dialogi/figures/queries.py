"""Reads of figures: sums by year with how much of them is known from what."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from dialogi.commons.models import Subject
from dialogi.figures.models import Amount, Certainty


def sums_by_year(subject: Subject) -> list[tuple[int, dict[str, Decimal]]]:
    """Return the sums about a Subject: (year, {kind of number: euro}), newest first."""
    rows = Amount.objects.about(subject).values_list("year", "certainty").annotate(total=Sum("euros")).order_by("-year")
    years: dict[int, dict[str, Decimal]] = {}
    for year, certainty, total in rows:
        years.setdefault(year, {})[certainty] = total
    return list(years.items())


def best_known(subjects: Iterable[int], *, year: int) -> dict[int, Decimal]:
    """Return {id of a Subject: what it costs in the year}: the actual sum, else the budget, else the estimate; without one it is left out."""
    found: dict[int, dict[str, Decimal]] = {}
    rows = Amount.objects.of_year(year).filter(subject__in=list(subjects)).values_list("subject", "certainty").annotate(total=Sum("euros"))
    for subject_id, certainty, total in rows.order_by("subject", "certainty"):
        found.setdefault(subject_id, {})[certainty] = total
    order = (Certainty.ACTUAL, Certainty.BUDGET, Certainty.ESTIMATE)
    return {subject_id: next(sums[kind] for kind in order if kind in sums) for subject_id, sums in found.items()}
