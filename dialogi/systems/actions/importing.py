"""Bringing systems in from a table: the file is kept until it is imported, then all of it is written or nothing."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import Happening, bring_in, change, draft, record, record_many, save_clean
from dialogi.commons.permissions import require
from dialogi.people import actions as people
from dialogi.people.models import Unit
from dialogi.systems.actions.classification import create_vendor
from dialogi.systems.importing.mapping import Mapping, folded, mapping_from
from dialogi.systems.importing.planning import Plan, PlannedSystem
from dialogi.systems.kinds import Happened
from dialogi.systems.models import FunctionState, ImportRun, ImportSource, RunState, SourceKey, System, SystemUse, Vendor
from dialogi.systems.rules import IMPORT

BATCH = 500
WAITS_DAYS = 30
# A question about the spelling of a unit is answered once for the whole list.
UNIT_QUESTION = "|unit:"


def keep_file(*, source: str, file_name: str, content: bytes, by: Actor) -> ImportRun:
    """Keep a file that somebody wants to import; nothing is written from it yet."""
    with transaction.atomic():
        require(by, IMPORT)
        known = ImportSource.objects.filter(slug=source).first() or save_clean(ImportSource(slug=source))
        return save_clean(ImportRun(source=known, file_name=file_name[:200], content=content))


def remember_mapping(source: ImportSource, *, mapping: MappingType[str, Any], by: Actor) -> ImportSource:
    """Remember how the columns of a source are understood; raises ValidationError for what is not understood."""
    with transaction.atomic():
        require(by, IMPORT)
        source = ImportSource.objects.select_for_update().get(pk=source.pk)
        mapping_from({**mapping, "source": source.slug})
        source.mapping = dict(mapping)
        source.save(update_fields=["mapping"])
    return source


def decide_questions(source: ImportSource, *, answers: MappingType[str, str], by: Actor) -> ImportSource:
    """Remember answers to questions, by "key|field"; an empty one takes an answer back."""
    with transaction.atomic():
        require(by, IMPORT)
        source = ImportSource.objects.select_for_update().get(pk=source.pk)
        units = {name.removeprefix(UNIT_QUESTION): unit for name, unit in answers.items() if name.startswith(UNIT_QUESTION) and unit}
        told = {name: answer for name, answer in answers.items() if not name.startswith(UNIT_QUESTION)}
        source.decisions = {name: answer for name, answer in (source.decisions | told).items() if answer}
        if units:
            rules = dict(source.mapping.get("units", {}))
            source.mapping = source.mapping | {"units": rules | {"names": dict(rules.get("names", {})) | units}}
        source.save(update_fields=["decisions", "mapping"])
    return source


def finish_run(run: ImportRun, *, plan: Plan, mapping: Mapping, by: Actor) -> ImportRun:
    """Import a file that was kept, and let go of its content."""
    with change(run) as run:
        require(by, IMPORT)
        if run.state == RunState.DONE:
            return run
        run.outcome = import_systems(plan, mapping=mapping, by=by)
        run.state, run.done_at, run.content = RunState.DONE, clock.now(), b""
        run.save(update_fields=["outcome", "state", "done_at", "content"])
    return run


def let_go_of_files(*, by: Actor) -> int:
    """Empty the files that have waited for a month; returns how many."""
    require(by, IMPORT)
    waiting = ImportRun.objects.filter(state=RunState.WAITING, made_at__lt=clock.now() - timedelta(days=WAITS_DAYS)).exclude(content=b"")
    return waiting.update(content=b"")


@dataclass(slots=True)
class _Writing:
    """What an import holds in its hands."""

    mapping: Mapping
    by: Actor
    units: dict[str, Unit] = field(default_factory=dict)
    vendors: dict[str, Vendor] = field(default_factory=dict)
    systems: dict[str, System] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def unit(self, text: str) -> Unit | None:
        """Return the unit that a spelling means."""
        return self.units.get(folded(self.mapping.units.get(folded(text), text))) if text else None


def import_systems(plan: Plan, *, mapping: Mapping, by: Actor) -> dict[str, int]:
    """Write everything that a plan says, or nothing; returns how much of what."""
    if plan.errors:
        raise ValidationError(plan.errors)
    with transaction.atomic():
        require(by, IMPORT)
        source = ImportSource.objects.filter(slug=mapping.source).first() or save_clean(ImportSource(slug=mapping.source))
        writing = _Writing(mapping, by)
        _prepare(plan, writing)
        known = _known(plan)
        for level in _levels(plan.systems):
            _bring_in(level, writing)
        for each in plan.systems:
            if each.known_id:
                writing.systems[each.key] = known[each.known_id]
        touched = _write_uses(plan, writing)
        for each in plan.systems:
            if each.known_id:
                _bring_up_to_date(each, writing, uses_changed=each.key in touched)
        _remember_keys(plan, source, writing)
    questions = sum(not question.chosen for question in plan.questions)
    left_out = sum(fate.fate == "left_out" for fate in plan.fates)
    told = {"rows": plan.rows_read, "systems": len(plan.systems), "uses": plan.uses, "questions": questions, "errors": 0, "left_out": left_out}
    return told | {name: writing.counts[name] for name in ("created", "updated", "unchanged", "uses_created", "uses_updated", "units_created")}


def _known(plan: Plan) -> dict[int, System]:
    wanted = [each.known_id for each in plan.systems if each.known_id]
    return cast(dict[int, System], System.objects.select_related("subject").in_bulk(wanted))


def _prepare(plan: Plan, writing: _Writing) -> None:
    """Units and vendors that the systems point to."""
    for unit in Unit.objects.active():
        for name in (unit.name_sv, unit.name_fi, unit.name_en):
            if name:
                writing.units.setdefault(folded(name), unit)
    under = writing.mapping.units_under
    if plan.new_units and under and folded(under) not in writing.units:
        writing.units[folded(under)] = people.create_unit(by=writing.by, name_sv=under, name_fi=under)
    for name in plan.new_units:
        parent = writing.units.get(folded(under)) if under else None
        meant = writing.mapping.units.get(folded(name), name)
        writing.units[folded(meant)] = people.create_unit(by=writing.by, name_sv=meant, name_fi=meant, parent=parent)
        writing.counts["units_created"] += 1
    writing.vendors = {folded(vendor.name): vendor for vendor in Vendor.objects.all()}
    for each in plan.systems:
        if each.vendor and folded(each.vendor) not in writing.vendors:
            writing.vendors[folded(each.vendor)] = create_vendor(name=each.vendor, by=writing.by)


def _levels(systems: list[PlannedSystem]) -> Iterator[list[PlannedSystem]]:
    """Yield new systems in such an order that main systems come before their parts."""
    waiting = [each for each in systems if not each.known_id]
    new = {each.key for each in waiting}
    placed: set[str] = set()
    while waiting:
        level = [each for each in waiting if each.main_key not in new or each.main_key in placed]
        yield level
        placed |= {each.key for each in level}
        waiting = [each for each in waiting if each.key not in placed]


def _bring_in(level: list[PlannedSystem], writing: _Writing) -> None:
    now = clock.now()
    for start in range(0, len(level), BATCH):
        part = level[start : start + BATCH]
        drafts = [draft(_new(each, writing), address="/systems/{code}/", since=now) for each in part]
        bring_in(drafts)
        record_many([Happening(kind=Happened.BROUGHT_IN, on=each.noun, by=writing.by, at=now) for each in drafts])
        for planned, made in zip(part, drafts, strict=True):
            writing.systems[planned.key] = made.noun
    writing.counts["created"] += len(level)


def _new(each: PlannedSystem, writing: _Writing) -> System:
    # What a product is called is the same in both languages, until somebody writes otherwise.
    return System(name_sv=each.name[:200], name_fi=each.name[:200], **_fields(each, writing))


def _fields(each: PlannedSystem, writing: _Writing) -> dict[str, Any]:
    fields = dict(each.fields)
    if unit := writing.unit(each.owner):
        fields["unit"] = unit
    if each.vendor:
        fields["vendor"] = writing.vendors[folded(each.vendor)]
    main = writing.systems.get(each.main_key) if each.main_key else System.objects.filter(pk=each.main_id).first() if each.main_id else None
    if main is not None:
        fields["main_system"] = main
    return fields


def _bring_up_to_date(each: PlannedSystem, writing: _Writing, *, uses_changed: bool) -> None:
    system, fields = writing.systems[each.key], _fields(each, writing)
    changed = [name for name, value in fields.items() if getattr(system, f"{name}_id", getattr(system, name, None)) != getattr(value, "pk", value)]
    if not changed and not uses_changed:
        writing.counts["unchanged"] += 1
        return
    with change(system) as system:
        for name in changed:
            setattr(system, name, fields[name])
        save_clean(system)
        record(Happened.BROUGHT_UP_TO_DATE, on=system, by=writing.by, data={"fields": sorted(changed)})
    writing.counts["updated"] += 1


def _write_uses(plan: Plan, writing: _Writing) -> set[str]:
    """Add the uses that are new, fill those that are there; returns the keys of systems whose uses changed."""
    systems = [system.pk for system in writing.systems.values()]
    there: dict[tuple[int, int], list[SystemUse]] = {}
    for known in SystemUse.objects.filter(system__in=systems):
        there.setdefault((known.system_id, known.unit_id), []).append(known)
    fresh: list[SystemUse] = []
    touched: set[str] = set()
    for each in plan.systems:
        system = writing.systems[each.key]
        for planned in each.uses:
            unit = writing.unit(planned.unit)
            if unit is None:
                continue
            same = there.setdefault((system.pk, unit.pk), [])
            use = next((mine for mine in same if mine.function_id in {planned.function_id, None} or planned.function_id is None), None)
            if use is None:
                use = SystemUse(system=system, unit=unit, function_id=planned.function_id, **planned.fields)
                same.append(use)
                fresh.append(use)
                touched.add(each.key)
            elif _fill(use, planned.function_id, planned.fields, is_new=use.pk is None):
                touched.add(each.key)
                writing.counts["uses_updated"] += 1
    SystemUse.objects.bulk_create(fresh, batch_size=BATCH)
    writing.counts["uses_created"] = len(fresh)
    return touched


def _fill(use: SystemUse, function_id: int | None, fields: MappingType[str, Any], *, is_new: bool) -> bool:
    """Write into a use what the list says now; a function that a person has confirmed stays."""
    changed = [name for name, value in fields.items() if getattr(use, name) != value]
    for name in changed:
        setattr(use, name, fields[name])
    if function_id is not None and use.function_id is None:
        use.function_id, use.function_state = function_id, FunctionState.UNCONFIRMED
        changed.append("function")
    if changed and not is_new:
        use.save()
    return bool(changed) and not is_new


def _remember_keys(plan: Plan, source: ImportSource, writing: _Writing) -> None:
    known = set(SourceKey.objects.filter(source=source).values_list("key", flat=True))
    keys = [SourceKey(source=source, key=each.key, system=writing.systems[each.key]) for each in plan.systems if each.key not in known]
    SourceKey.objects.bulk_create(keys, batch_size=BATCH)
