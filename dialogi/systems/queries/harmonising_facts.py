"""What the register tells the method of harmonisation: some statements for all systems, no rows of models, nothing of security."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dialogi.commons import clock
from dialogi.figures.models import Amount, Certainty, Spending
from dialogi.people.models import Unit
from dialogi.systems.harmonising.signals import SystemFacts
from dialogi.systems.models import Assessment, AssessmentKind, Contract, Integration, StorePlace, System, SystemQuerySet, SystemUse

WORD = re.compile(r"[^\W\d_]{5,}")
CERTAINTIES = (Certainty.ACTUAL, Certainty.BUDGET, Certainty.ESTIMATE)
YEARS_BACK = 1
ENOUGH_ASSESSORS = 2


def sectors_of_units() -> dict[int, int]:
    """Return {unit: the sector that it lies in}."""
    parents = dict(Unit.objects.values_list("pk", "parent"))
    return {unit: _top(unit, parents) for unit in parents}


def _top(unit: int, parents: dict[int, int | None]) -> int:
    seen = {unit}
    while (parent := parents.get(unit)) is not None and parent not in seen:
        seen.add(parent)
        unit = parent
    return unit


def facts_of(first: System, second: System) -> tuple[SystemFacts, SystemFacts]:
    """Return what the method may know of two systems, retired or not."""
    found = {each.pk: each for each in _facts(System.objects.filter(pk__in=[first.pk, second.pk]), Q(system__in=[first.pk, second.pk]))}
    return found[first.pk], found[second.pk]


def all_facts() -> list[SystemFacts]:
    """Return what the method may know of each system that is not retired."""
    return _facts(System.objects.current(), Q())


def _facts(systems: SystemQuerySet, among: Q) -> list[SystemFacts]:
    sector_of = sectors_of_units()
    functions, units = _confirmed_functions(among), _units(among)
    groups, days = _data_groups(among), _days(systems)
    columns = ("pk", "product", "vendor", "main_system", "name_sv", "name_fi", "purpose_sv", "purpose_fi")
    return [
        SystemFacts(
            pk=pk,
            product=" ".join(product.lower().split()),
            vendor=vendor,
            main=main,
            functions={function: frozenset(used_by) for function, used_by in functions[pk].items()},
            sectors=frozenset(sector_of[unit] for unit in units[pk]),
            data_groups=frozenset(groups[pk]),
            days=tuple(sorted(days[pk])),
            words=frozenset(WORD.findall(" ".join(texts).lower())),
        )
        for pk, product, vendor, main, *texts in systems.order_by("pk").values_list(*columns)
    ]


def _confirmed_functions(among: Q) -> dict[int, dict[int, set[int]]]:
    found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for system, function, unit in SystemUse.objects.current().confirmed().filter(among).values_list("system", "function", "unit"):
        found[system][function].add(unit)
    return found


def _units(among: Q) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for system, unit in SystemUse.objects.current().filter(among).values_list("system", "unit"):
        found[system].add(unit)
    return found


def _data_groups(among: Q) -> dict[int, set[int]]:
    """Groups in the stores that a system holds, and in what goes in or out of it."""
    found: dict[int, set[int]] = defaultdict(set)
    live = Integration.objects.filter(is_active=True, data_groups__isnull=False)
    inward = Q(**{name.replace("system", "target"): value for name, value in among.children})  # type: ignore[misc]
    rows = (
        StorePlace.objects.filter(among, store__is_active=True, store__data_groups__isnull=False).values_list("system", "store__data_groups"),
        live.filter(among).values_list("system", "data_groups"),
        live.filter(inward, target__isnull=False).values_list("target", "data_groups"),
    )
    for some in rows:
        for system, group in some:
            found[system].add(group)
    return found


def _days(systems: SystemQuerySet) -> dict[int, set[date]]:
    """Days to come on which something can be changed: ends of contracts, notices and ends of support."""
    today = clock.today()
    found: dict[int, set[date]] = defaultdict(set)
    for system, *days in Contract.objects.active().filter(systems__in=systems).values_list("systems", "ends_on", "notice_by"):
        found[system].update(day for day in days if day is not None and day >= today)
    for system, day in systems.filter(end_of_support__gte=today).values_list("pk", "end_of_support"):
        if day is not None:
            found[system].add(day)
    return found


def known_run_costs(subjects: Iterable[int] | None = None) -> dict[int, tuple[int, Decimal]]:
    """Return {id of a Subject: (year, running costs)}: this year's or else last year's; actual before budget before estimate. Unknown is left out."""
    this_year = clock.today().year
    rows = Amount.objects.filter(year__range=(this_year - YEARS_BACK, this_year), spending=Spending.RUN)
    # Above some hundreds it is faster to read all than to name each.
    rows = rows.filter(subject__kind="systems.system") if subjects is None else rows.filter(subject__in=list(subjects))
    sums: dict[int, dict[tuple[int, str], Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for subject, year, certainty, euros in rows.values_list("subject", "year", "certainty", "euros"):
        sums[subject][year, certainty] += euros
    return {subject: _best(of_one) for subject, of_one in sums.items()}


def _best(sums: dict[tuple[int, str], Decimal]) -> tuple[int, Decimal]:
    order = [(year, certainty) for certainty in CERTAINTIES for year in sorted({year for year, _certainty in sums}, reverse=True)]
    year, certainty = next(each for each in order if each in sums)
    return year, sums[year, certainty]


def systems_with_two_assessors() -> int:
    """Count the systems whose fit at least two people have assessed, both for the work and technically."""
    return rated(System.objects.current()).filter(for_work__gte=ENOUGH_ASSESSORS, for_technique__gte=ENOUGH_ASSESSORS).count()


def rated(systems: SystemQuerySet) -> QuerySet[Any]:
    """Add to each system by how many its fit was assessed: `for_work` and `for_technique`."""
    return systems.annotate(for_work=_assessors(AssessmentKind.FUNCTIONAL_FIT), for_technique=_assessors(AssessmentKind.TECHNICAL_FIT))


def _assessors(kind: str) -> Coalesce:
    own = Assessment.objects.filter(system=OuterRef("pk"), kind=kind, score__isnull=False).order_by().values("system")
    return Coalesce(Subquery(own.annotate(number=Count("assessor", distinct=True)).values("number"), output_field=IntegerField()), 0)


def anything_new(seen: int) -> Q:
    """Return the condition on entries of the ledger after which candidates are looked for again."""
    return Q(id__gt=seen) & (Q(kind__startswith="systems.system.") | Q(kind__startswith="systems.contract.") | Q(kind__startswith="systems.informationstore."))
