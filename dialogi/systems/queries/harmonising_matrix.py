"""The matrix of functions and sectors: how many systems, how sure, how many products. Proposed functions are told apart from confirmed ones."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet

from dialogi.commons.languages import current_language
from dialogi.people.models import Unit
from dialogi.systems.models import Contract, Function, FunctionState, System, SystemState, SystemUse
from dialogi.systems.queries.harmonising_facts import known_run_costs, sectors_of_units

MOST_SYSTEMS = 200
CURRENT_USE = ~Q(uses__system__state=SystemState.RETIRED) & Q(uses__isnull=False)


@dataclass(slots=True)
class Cell:
    """What is used for a function in a sector."""

    sector: Unit
    confirmed: set[int] = field(default_factory=set)
    proposed: set[int] = field(default_factory=set)
    products: set[str] = field(default_factory=set)

    @property
    def number(self) -> int:
        """How many systems, confirmed and proposed together."""
        return len(self.confirmed | self.proposed)

    @property
    def unsure(self) -> int:
        """How many of them nobody has confirmed."""
        return len(self.proposed - self.confirmed)

    @property
    def several(self) -> bool:
        """Whether there is more than one product."""
        return len(self.products) > 1


@dataclass(frozen=True, slots=True)
class Row:
    """A function with a cell for each sector."""

    function: Function
    cells: list[Cell]


def used_functions(*, words: str = "", several: bool = False, unsure: bool = False) -> QuerySet[Function]:
    """Return the functions that systems are used for, by code; `several`: more than one system; `unsure`: something is not confirmed."""
    rows = Function.objects.filter(CURRENT_USE).annotate(systems=Count("uses__system", distinct=True))
    if several:
        rows = rows.filter(systems__gt=1)
    if unsure:
        rows = rows.filter(pk__in=SystemUse.objects.current().filter(function_state=FunctionState.UNCONFIRMED, function__isnull=False).values("function"))
    if words:
        rows = rows.filter(Q(code__istartswith=words) | Q(name_sv__icontains=words) | Q(name_fi__icontains=words))
    return rows.select_related("subject").order_by("code", "pk")


def sectors() -> list[Unit]:
    """Return the sectors, by name."""
    return list(Unit.objects.active().filter(parent=None).select_related("subject").order_by(f"name_{current_language()}", "name_sv"))


def matrix(functions: Sequence[Function], columns: Sequence[Unit]) -> list[Row]:
    """Return a row for each function: two queries, however many rows."""
    sector_of = sectors_of_units()
    cells: dict[tuple[int, int], Cell] = {(function.pk, sector.pk): Cell(sector) for function in functions for sector in columns}
    uses = SystemUse.objects.current().filter(function__in=functions).exclude(system__state=SystemState.RETIRED)
    for function, unit, state, system, vendor, product in uses.values_list("function", "unit", "function_state", "system", "system__vendor", "system__product"):
        cell = cells.get((function, sector_of.get(unit, 0)))
        if cell is not None:
            (cell.confirmed if state == FunctionState.CONFIRMED else cell.proposed).add(system)
            cell.products.add(f"{vendor} {product.lower()}" if product else f"system {system}")
    by_function: dict[int, list[Cell]] = defaultdict(list)
    for (function, _sector), cell in cells.items():
        by_function[function].append(cell)
    return [Row(function, by_function[function.pk]) for function in functions]


def systems_in_cell(function: Function, sector: Unit | None) -> QuerySet[SystemUse]:
    """Return the uses behind a cell, by system."""
    uses = SystemUse.objects.current().filter(function=function).exclude(system__state=SystemState.RETIRED)
    if sector is not None:
        inside = [unit for unit, top in sectors_of_units().items() if top == sector.pk]
        uses = uses.filter(unit__in=inside)
    return uses.select_related("system__subject", "system__vendor", "unit__subject").order_by("system__name_sv", F("system").asc(), "unit__name_sv", "pk")


def contract_ends(systems: Sequence[System]) -> dict[int, list[Contract]]:
    """Return {system: its contracts in force}, those that end first first."""
    found: dict[int, list[Contract]] = defaultdict(list)
    rows = System.contracts.through.objects.filter(system__in=systems, contract__is_active=True).select_related("contract").order_by("contract__ends_on")
    for row in rows:
        found[row.system_id].append(row.contract)
    return found


@dataclass(frozen=True, slots=True)
class CellRow:
    """A system behind a cell."""

    system: System
    uses: list[SystemUse]
    euros: Decimal | None
    contracts: list[Contract]


def cell_rows(uses: Sequence[SystemUse]) -> list[CellRow]:
    """Gather uses by system, with cost and contracts: two queries, however many."""
    by_system: dict[int, list[SystemUse]] = defaultdict(list)
    for use in uses:
        by_system[use.system_id].append(use)
    systems = [some[0].system for some in by_system.values()]
    costs, contracts = known_run_costs([each.subject_id for each in systems]), contract_ends(systems)
    return [CellRow(each, by_system[each.pk], costs[each.subject_id][1] if each.subject_id in costs else None, contracts[each.pk]) for each in systems]
