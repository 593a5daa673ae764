"""Systems: adding, changing, moving on, who answers, confirming, showing to everybody."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, new_subject, record, save_clean, set_state
from dialogi.commons.permissions import NotPossible, require
from dialogi.decisions.models import Decision
from dialogi.people.models import Post
from dialogi.services.models import Service
from dialogi.systems.actions.confirming import ask_again
from dialogi.systems.actions.parts import add_use
from dialogi.systems.kinds import Happened
from dialogi.systems.models import SYSTEM_FLOW, Function, System, SystemState, TechnicalDetails
from dialogi.systems.queries.acting import post_of
from dialogi.systems.rules import CONFIRM, FIRST_DAYS, KEEP, NAME_RESPONSIBLE, OVERRIDE, PUBLISH, REWORD, SEE_TECHNICAL, closed_gates
from dialogi.systems.writing import in_all, leads_back, write

TEXTS = ("name", "purpose", "energy", "hardware_life", "reuse")
FIELDS = in_all(*TEXTS) | {
    "identifier", "kind", "product", "vendor", "main_system", "unit", "personal_data", "hosting", "data_location", "taken_into_use", "end_of_support",
    "uses_ai", "makes_automated_decisions",
}  # fmt: skip
# Given once, when a system is added; later by verbs of their own.
FIRST = FIELDS | {"state", "post", "deputy"}
TECHNICAL = frozenset({"version", "network", "sign_in", "backup", "recovery_hours", "confidentiality", "integrity", "availability", "notes"})


def create_system(*, by: Actor, services: Iterable[Service] = (), function: Function | None = None, **fields: Any) -> System:
    """Add a system; fields: those of System. With a unit its first use is added, for the function if one is given."""
    with transaction.atomic():
        system = System()
        write(system, fields, known=FIRST)
        require(by, KEEP, system if system.unit_id else None)
        system.subject = new_subject("systems.system", address="/systems/{code}/")
        save_clean(system)
        system.services.set(services)
        record(Happened.CREATED, on=system, by=by)
        if system.unit is not None:
            add_use(system, unit=system.unit, function=function, by=by)
            system.subject.refresh_from_db()
    return system


def edit_system(system: System, *, by: Actor, services: Iterable[Service] | None = None, expecting: int | None = None, **fields: Any) -> System:
    """Change what the register says; `services` replaces the services that the system carries."""
    with change(system, expecting=expecting) as system:
        require(by, KEEP, system)
        changed = write(system, fields, known=FIELDS)
        if "main_system" in changed and leads_back(system, system.main_system, "main_system"):
            raise ValidationError({"main_system": _("This goes round in a circle: the main system is itself a part of this one.")})
        require(by, KEEP, system)
        save_clean(system)
        if services is not None:
            system.services.set(services)
        record(Happened.CHANGED, on=system, by=by, data={"fields": changed})
    return system


def reword_system(system: System, *, texts: Mapping[str, Mapping[str, str]], by: Actor, expecting: int | None = None) -> None:
    """Write texts of a system in some languages: {"purpose": {"fi": ...}}."""
    with change(system, expecting=expecting) as system:
        require(by, REWORD, system)
        fields = {f"{name}_{language}": text for name, languages in texts.items() for language, text in languages.items()}
        changed = write(system, fields, known=in_all(*TEXTS))
        save_clean(system)
        record(Happened.CHANGED, on=system, by=by, data={"fields": changed})


def move_system(system: System, *, to: str, by: Actor, reason: str = "", expecting: int | None = None) -> System:
    """Move a system on. What is missing keeps it where it is, unless the ICT team gives a reason, which stays with its name."""
    with change(system, expecting=expecting) as system:
        require(by, KEEP, system)
        SYSTEM_FLOW.require(system.state, to)
        data = {"system_state_key": str(to)}
        gates = closed_gates(system, to)
        if not gates:
            set_state(system, to)
            record(Happened.MOVED_ON, on=system, by=by, data=data)
            _ask_no_more(system)
            return system
        if not reason.strip():
            raise NotPossible(" ".join([*(str(gate) for gate in gates), _("The ICT team may let it pass with a reason.")]))
        require(by, OVERRIDE, system)
        set_state(system, to)
        record(Happened.MOVED_PAST_GATE, on=system, by=by, data=data, note={"told": {"reason": reason.strip()}})
        _ask_no_more(system)
    return system


def name_responsible(
    system: System,
    *,
    post: Post | None,
    deputy: Post | None = None,
    decision: Decision | None = None,
    since: date | None = None,
    by: Actor,
    expecting: int | None = None,
) -> System:
    """Say which post answers for a system and which one stands in, by which decision."""
    with change(system, expecting=expecting) as system:
        require(by, NAME_RESPONSIBLE, system)
        system.post, system.deputy, system.named_by = post, deputy, decision
        system.post_since = (since or clock.today()) if post is not None else None
        save_clean(system)
        record(Happened.NAMED, on=system, by=by)
        ask_again(system, days=FIRST_DAYS)
    return system


def confirm_system(system: System, *, by: Actor, expecting: int | None = None) -> System:
    """Say that what the register says is still true; the page shows when, and by which post."""
    with change(system, expecting=expecting) as system:
        require(by, CONFIRM, system)
        if system.state == SystemState.RETIRED:
            raise NotPossible(_("A retired system needs no confirmation."))
        system.confirmed_at, system.confirmed_by = clock.now(), post_of(by, system)
        system.save(update_fields=["confirmed_at", "confirmed_by"])
        record(Happened.CONFIRMED, on=system, by=by)
        ask_again(system)
    return system


def show_to_everybody(system: System, *, by: Actor) -> System:
    """Let everybody read the system's card; name and purpose stand in both languages."""
    with change(system) as system:
        require(by, PUBLISH, system)
        system.is_public = True
        save_clean(system)
        record(Happened.SHOWN, on=system, by=by)
    return system


def hide_from_public(system: System, *, reason: str, by: Actor) -> System:
    """Take a system's card from public view."""
    with change(system) as system:
        require(by, PUBLISH, system)
        if not reason.strip():
            raise ValidationError({"reason": _("Say why.")})
        system.is_public = False
        save_clean(system)
        record(Happened.HIDDEN, on=system, by=by, note={"told": {"reason": reason.strip()}})
    return system


def write_technical_details(system: System, *, by: Actor, expecting: int | None = None, **fields: Any) -> TechnicalDetails:
    """Write what never leaves the building: version, network, backup, needs of protection."""
    with change(system, expecting=expecting) as system:
        require(by, SEE_TECHNICAL, system)
        details = TechnicalDetails.objects.select_for_update().filter(system=system).first() or TechnicalDetails(system=system)
        write(details, fields, known=TECHNICAL)
        save_clean(details)
        record(Happened.TECHNICAL_CHANGED, on=system, by=by)
    return details


def _ask_no_more(system: System) -> None:
    if system.state == SystemState.RETIRED:
        ask_again(system)
