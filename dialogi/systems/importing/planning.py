"""What an import would do: rows gathered to systems and their uses, each row's fate, questions to decide and errors in words. Writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dialogi.systems.importing.mapping import Mapping, folded
from dialogi.systems.importing.rows import Row, missing_columns, rows_of
from dialogi.systems.importing.tables import Table
from dialogi.systems.importing.world import World

# Of a system, as the file may say them; the first row that says something is believed, of the purpose the longest.
SIMPLE = ("kind", "product", "state", "personal_data", "hosting", "data_location", "uses_ai", "taken_into_use", "end_of_support")
OF_USE = ("local_name", "user_band", "criticality")


@dataclass(slots=True)
class PlannedUse:
    """A use that the file knows of: by which unit, for which function."""

    unit: str
    function_id: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class PlannedSystem:
    """One system out of one or several rows."""

    key: str
    name: str
    known_id: int | None
    rows: list[int]
    fields: dict[str, Any] = field(default_factory=dict)
    owner: str = ""
    vendor: str = ""
    main_key: str = ""
    main_id: int | None = None
    uses: list[PlannedUse] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Question:
    """What a person decides: which of several answers is right. Without an answer it stays open and the field empty."""

    key: str
    field: str
    words: str
    options: tuple[str, ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one row: new, use, known, left_out or error."""

    number: int
    fate: str
    name: str
    words: str


@dataclass(slots=True)
class Plan:
    """Everything that an import would do."""

    systems: list[PlannedSystem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    new_units: list[str] = field(default_factory=list)
    rows_read: int = 0

    @property
    def uses(self) -> int:
        """How many uses the file knows of."""
        return sum(len(system.uses) for system in self.systems)

    @property
    def may_run(self) -> bool:
        """Nothing is wrong that must be mended first."""
        return not self.errors and bool(self.systems)


def plan_import(table: Table, mapping: Mapping, world: World, *, decided: MappingType[str, str]) -> Plan:
    """Plan an import; `decided` answers questions by "key|field"."""
    plan = Plan(rows_read=len(table.rows))
    if missing := missing_columns(table, mapping):
        plan.errors.append(_("The file has no column with the heading: %(names)s.") % {"names": "; ".join(missing)})
        return plan
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(table, mapping):
        _sort_in(row, mapping, groups, plan)
    shared = _shared_identifiers(groups)
    for key, rows in groups.items():
        plan.systems.append(_system(key, rows, mapping, world, plan, decided, shared))
    _tie_parts(plan, groups, world)
    plan.new_units = _unknown_units(plan, mapping, world)
    plan.fates.sort(key=lambda fate: fate.number)
    return plan


def _sort_in(row: Row, mapping: Mapping, groups: dict[str, list[Row]], plan: Plan) -> None:
    if row.errors:
        plan.errors += [_("Row %(row)s: %(words)s") % {"row": row.number, "words": words} for words in row.errors]
        plan.fates.append(Fate(row.number, "error", row.get("name"), " ".join(row.errors)))
    elif not row.get("name"):
        words = _("Left out: it names no system.") if row.values else _("Left out: it is empty.")
        plan.fates.append(Fate(row.number, "left_out", "", words))
    else:
        key = row.get(mapping.group_by) or row.get("name")
        groups[folded(key)[:250]].append(row)


def _shared_identifiers(groups: MappingType[str, list[Row]]) -> set[str]:
    """Identifiers that several systems bear, so that they name none of them."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for key, rows in groups.items():
        for row in rows:
            if row.get("identifier"):
                bearers[folded(row.get("identifier"))].add(key)
    return {identifier for identifier, keys in bearers.items() if len(keys) > 1}


def _system(key: str, rows: list[Row], mapping: Mapping, world: World, plan: Plan, decided: MappingType[str, str], shared: set[str]) -> PlannedSystem:
    name = rows[0].get("name")
    identifiers = list(dict.fromkeys(row.get("identifier") for row in rows if row.get("identifier") and folded(row.get("identifier")) not in shared))
    known = world.system(key, identifier=identifiers[0] if len(identifiers) == 1 else "", name=name)
    made = PlannedSystem(key, name, known, [row.number for row in rows])
    for target in SIMPLE:
        values = [row.get(target) for row in rows if row.get(target)]
        if values:
            made.fields[target] = values[0]
    if len(identifiers) == 1:
        made.fields["identifier"] = identifiers[0]
    elif identifiers:
        _ask(plan, made, "identifier", _("Which identifier is right?"), identifiers, decided)
    if purposes := [row.get("purpose") for row in rows if row.get("purpose")]:
        made.fields[f"purpose_{mapping.language}"] = max(purposes, key=len)
    made.vendor = next((row.get("vendor") for row in rows if row.get("vendor")), "")
    made.main_key = next((folded(row.get("main_system")) for row in rows if row.get("main_system")), "")
    _owner(made, rows, mapping, plan, decided, world)
    _uses(made, rows, mapping, world)
    _fates(made, rows, plan)
    return made


def _owner(made: PlannedSystem, rows: list[Row], mapping: Mapping, plan: Plan, decided: MappingType[str, str], world: World) -> None:
    target = "owner" if "owner" in mapping.columns else "unit"
    spelt: dict[str, str] = {}
    for row in rows:
        for unit in row.units(target)[:1]:
            spelt.setdefault(world.unit_key(unit, mapping), unit)
    if len(spelt) == 1:
        made.owner = next(iter(spelt.values()))
    elif spelt:
        _ask(plan, made, "owner", _("The rows name different owners. Who answers for the system?"), list(spelt.values()), decided)


def _ask(plan: Plan, made: PlannedSystem, name: str, words: str, options: list[str], decided: MappingType[str, str]) -> None:
    chosen = decided.get(f"{made.key}|{name}", "")
    if chosen in options:
        if name == "owner":
            made.owner = chosen
        else:
            made.fields[name] = chosen
    plan.questions.append(Question(made.key, name, f"{made.name}: {words}", tuple(options), chosen if chosen in options else ""))


def _uses(made: PlannedSystem, rows: list[Row], mapping: Mapping, world: World) -> None:
    found: dict[tuple[str, int | None], PlannedUse] = {}
    for row in rows:
        function = world.function(row.get("function"))
        for unit in dict.fromkeys([*row.units("unit"), *row.units("owner")]):
            use = found.setdefault((world.unit_key(unit, mapping), function), PlannedUse(unit, function))
            for target in OF_USE:
                if row.get(target):
                    use.fields.setdefault(target, row.get(target))
    made.uses = list(found.values())


def _fates(made: PlannedSystem, rows: list[Row], plan: Plan) -> None:
    for index, row in enumerate(rows):
        if index == 0:
            fate, words = ("known", _("Brings a system up to date.")) if made.known_id else ("new", _("Adds a system."))
        else:
            fate, words = "use", _("Tells more of the system in row %(row)s.") % {"row": rows[0].number}
        plan.fates.append(Fate(row.number, fate, row.get("name"), words))


def _tie_parts(plan: Plan, groups: MappingType[str, list[Row]], world: World) -> None:
    """Find each main system in the file or in the register; one that leads round in a circle is an error."""
    by_key = {system.key: system for system in plan.systems}
    by_name = {folded(system.name): system.key for system in plan.systems}
    for system in plan.systems:
        wanted = by_name.get(system.main_key, system.main_key)
        if not wanted or wanted == system.key:
            system.main_key = ""
        elif wanted in by_key:
            system.main_key = wanted
        else:
            system.main_id, system.main_key = world.named(wanted), ""
    for system in plan.systems:
        seen, onward = {system.key}, system.main_key
        while onward and onward not in seen:
            seen.add(onward)
            onward = by_key[onward].main_key
        if onward == system.key:
            words = _("Row %(row)s: the main systems go round in a circle: %(name)s is a part of itself.")
            plan.errors.append(words % {"row": system.rows[0], "name": system.name})


def _unknown_units(plan: Plan, mapping: Mapping, world: World) -> list[str]:
    wanted = Counter(unit for system in plan.systems for unit in dict.fromkeys([system.owner, *(use.unit for use in system.uses)]) if unit)
    unknown: dict[str, str] = {}
    for unit in wanted:
        if world.unit(unit, mapping) is None:
            unknown.setdefault(world.unit_key(unit, mapping), unit)
    if mapping.unknown_units == "ask":
        for unit in unknown.values():
            words = _("No unit of ours is called “%(unit)s” (%(count)s systems). Which one is meant?") % {"unit": unit, "count": wanted[unit]}
            plan.questions.append(Question("", f"unit:{folded(unit)}", words, ()))
        return []
    return sorted(unknown.values())
