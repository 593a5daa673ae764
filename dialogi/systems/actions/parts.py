"""What belongs to a system: its uses, integrations and assessments. All is told on the history of the system."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.permissions import NotPossible, require
from dialogi.people.models import Holding, Person, Unit
from dialogi.systems.kinds import Happened
from dialogi.systems.models import Assessment, DataGroup, Function, FunctionState, Integration, System, SystemUse
from dialogi.systems.rules import ASSESS, KEEP, KEEP_USES
from dialogi.systems.writing import in_all, write

USE_FIELDS = frozenset({"coverage", "local_name", "user_band", "criticality", "since", "until", "opt_out_reason", "post"})
INTEGRATION_FIELDS = in_all("data") | {"target", "other_end", "kind", "frequency", "is_active"}
ASSESSMENT_FIELDS = frozenset({"kind", "score", "summary", "assessed_on", "expires_on"})


def add_use(system: System, *, unit: Unit, function: Function | None = None, by: Actor, **fields: Any) -> SystemUse:
    """Say that a unit uses the system. A function that a person chose is confirmed; one that a program proposed waits for a person."""
    with change(system) as system:
        use = SystemUse(system=system, unit=unit)
        write(use, fields, known=USE_FIELDS)
        require(by, KEEP_USES, use)
        _choose(use, function, by=by)
        save_clean(use)
        record(Happened.USE_ADDED, on=system, by=by, data={"unit_id": unit.subject_id})
    return use


def edit_use(use: SystemUse, *, by: Actor, function: Function | None = None, expecting: int | None = None, **fields: Any) -> SystemUse:
    """Change a use; unit and system stay. `function` is the one that holds from now on."""
    with change(use.system, expecting=expecting) as system:
        use = SystemUse.objects.select_for_update().select_related("unit", "function").get(pk=use.pk)
        use.system = system
        require(by, KEEP_USES, use)
        changed = write(use, fields, known=USE_FIELDS)
        if use.function != function:
            _choose(use, function, by=by)
            changed.append("function")
        save_clean(use)
        record(Happened.USE_CHANGED, on=system, by=by, data={"fields": changed, "unit_id": use.unit.subject_id})
    return use


def confirm_function(use: SystemUse, *, by: Actor) -> SystemUse:
    """Confirm the function that was proposed for a use."""
    with change(use.system) as system:
        use = SystemUse.objects.select_for_update().select_related("unit", "function").get(pk=use.pk)
        use.system = system
        require(by, KEEP_USES, use)
        if use.function is None or by.is_machine:
            raise NotPossible(_("A person confirms a function, and only one that was chosen."))
        use.function_state = FunctionState.CONFIRMED
        use.save(update_fields=["function_state"])
        record(Happened.FUNCTION_CONFIRMED, on=system, by=by, data={"unit_id": use.unit.subject_id})
    return use


def end_use(use: SystemUse, *, by: Actor) -> SystemUse:
    """Let today be the last day of a use; it stays in the register."""
    return edit_use(use, by=by, function=use.function, until=max(clock.today(), use.since or clock.today()))


def add_integration(system: System, *, by: Actor, data_groups: Iterable[DataGroup] = (), **fields: Any) -> Integration:
    """Say where data of the system goes; fields: target or other_end, kind, frequency, data_*."""
    with change(system) as system:
        require(by, KEEP, system)
        integration = Integration(system=system)
        write(integration, fields, known=INTEGRATION_FIELDS)
        save_clean(integration)
        integration.data_groups.set(data_groups)
        record(Happened.INTEGRATION_ADDED, on=system, by=by)
    return integration


def edit_integration(
    integration: Integration, *, by: Actor, data_groups: Iterable[DataGroup] | None = None, expecting: int | None = None, **fields: Any
) -> Integration:
    """Change an integration; the system that the data comes from stays."""
    with change(integration.system, expecting=expecting) as system:
        require(by, KEEP, system)
        integration = Integration.objects.select_for_update().get(pk=integration.pk)
        changed = write(integration, fields, known=INTEGRATION_FIELDS)
        save_clean(integration)
        if data_groups is not None:
            integration.data_groups.set(data_groups)
        record(Happened.INTEGRATION_CHANGED, on=system, by=by, data={"fields": changed})
    return integration


def end_integration(integration: Integration, *, by: Actor) -> Integration:
    """Say that no data goes over any more."""
    with change(integration.system) as system:
        require(by, KEEP, system)
        integration.is_active = False
        integration.save(update_fields=["is_active"])
        record(Happened.INTEGRATION_ENDED, on=system, by=by)
    return integration


def assess(system: System, *, by: Actor, **fields: Any) -> Assessment:
    """Write down what one assessor found; fields: kind, score (0-4), summary, assessed_on, expires_on."""
    with change(system) as system:
        require(by, ASSESS, system)
        made = Assessment(system=system, assessor=Person.objects.filter(pk=by.person_id).first() if by.person_id else None)
        held = Holding.objects.current().filter(person=by.person_id).select_related("post").order_by("pk").first() if by.person_id else None
        made.post = held.post if held else None
        write(made, fields, known=ASSESSMENT_FIELDS)
        save_clean(made)
        record(Happened.ASSESSED, on=system, by=by, data={"assessment_key": made.kind})
    return made


def _choose(use: SystemUse, function: Function | None, *, by: Actor) -> None:
    use.function = function
    use.function_state = FunctionState.UNCONFIRMED if function is None or by.is_machine else FunctionState.CONFIRMED
