"""What would happen if systems were merged: cost, functions, integrations, people, data. Reads only; saving is opening a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from dialogi.commons import clock
from dialogi.services.models import Service
from dialogi.systems.models import Contract, Function, FunctionState, InformationStore, Integration, System, SystemUse, UserBand
from dialogi.systems.queries.harmonising_facts import known_run_costs

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class SystemCost:
    """A system and its running costs a year; None is unknown, not nothing."""

    system: System
    euros: Decimal | None
    year: int | None
    stays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What is known of a merger. `lost` are confirmed functions that only the systems that go have."""

    costs: list[SystemCost]
    known: Decimal
    known_going: Decimal
    unknown: int
    kept: list[Function]
    lost: list[Function]
    unconfirmed: int
    integrations: list[Integration]
    services: list[Service]
    uses: list[SystemUse]
    resident_uses: int
    contracts: list[Any]
    stores: list[InformationStore]


def what_if(systems: Sequence[System], survivor: System | None) -> WhatIf:
    """Return what is known if all but one of the systems went; without a survivor, all of them."""
    together = list(dict.fromkeys([*systems, *([survivor] if survivor else [])]))
    going = [each for each in systems if each != survivor]
    costs = _costs(together, survivor)
    uses = list(SystemUse.objects.current().filter(system__in=together).select_related("system__subject", "unit__subject", "function__subject").order_by("pk"))
    own = {use.function_id: use.function for use in uses if survivor and use.system_id == survivor.pk and use.function_state == FunctionState.CONFIRMED}
    others = {use.function_id: use.function for use in uses if use.system in going and use.function_state == FunctionState.CONFIRMED}
    ends = Integration.objects.filter(Q(system__in=going) | Q(target__in=going), is_active=True).exclude(system__in=together, target__in=together)
    going_uses = [use for use in uses if use.system in going]
    return WhatIf(
        costs=costs,
        known=sum((each.euros for each in costs if each.euros is not None), Decimal(0)),
        known_going=sum((each.euros for each in costs if each.euros is not None and not each.stays), Decimal(0)),
        unknown=sum(1 for each in costs if each.euros is None),
        kept=_by_code(own[pk] for pk in own.keys() & others.keys()),
        lost=_by_code(others[pk] for pk in others.keys() - own.keys()),
        unconfirmed=sum(1 for use in going_uses if use.function_state == FunctionState.UNCONFIRMED),
        integrations=list(ends.select_related("system__subject", "target__subject").order_by("pk")[:MOST_ROWS]),
        services=list(Service.objects.filter(systems__in=going).select_related("subject").distinct().order_by("name_sv")[:MOST_ROWS]),
        uses=going_uses,
        resident_uses=sum(1 for use in going_uses if use.user_band == UserBand.RESIDENTS),
        contracts=list(Contract.objects.active().filter(systems__in=going).select_related("subject", "vendor").distinct().order_by("ends_on")[:MOST_ROWS]),
        stores=list(InformationStore.objects.active().filter(places__system__in=going).select_related("subject").distinct().order_by("name_sv")[:MOST_ROWS]),
    )


def _costs(systems: list[System], survivor: System | None) -> list[SystemCost]:
    known = known_run_costs([each.subject_id for each in systems])
    rows = []
    for each in systems:
        year, euros = known.get(each.subject_id, (None, None))
        rows.append(SystemCost(each, euros, year, each == survivor))
    return rows


def _by_code(functions: Any) -> list[Function]:
    return sorted((each for each in functions if each is not None), key=lambda each: each.code)


def baseline_of(systems: Sequence[System]) -> dict[str, Any]:
    """Return what is known of the systems today, as it is frozen at a decision: plain values, nothing of security."""
    known = what_if(systems, None)
    return {
        "on": clock.today().isoformat(),
        "systems": [
            {
                "code": each.system.subject.code,
                "name": str(each.system.name),
                "run_cost": str(each.euros) if each.euros is not None else None,
                "year": each.year,
            }
            for each in known.costs
        ],
        "functions": [each.code for each in known.lost],
        "integrations": len(known.integrations),
        "uses": len(known.uses),
    }
