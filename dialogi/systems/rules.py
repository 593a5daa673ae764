"""Who keeps the register, who answers for what, and what must be there before a system moves on."""

from typing import Any

from django.db import models
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.actors import Actor
from dialogi.commons.permissions import SIGN_IN_FIRST, YES, Permission, Verdict, when
from dialogi.people.models import Holding, Role, Unit
from dialogi.systems.models import (
    AssessmentKind,
    Contract,
    Correction,
    Description,
    Destination,
    InformationStore,
    Integration,
    StorePlace,
    System,
    SystemState,
    SystemUse,
)

TEAM = (Role.ICT_TEAM, Role.ADMINISTRATOR)
CONFIRM_DUTY = "systems.confirm"
CORRECT_DUTY = "systems.correct"
# Working days in which somebody who says that the register is wrong gets to know what was found.
CORRECT_PROMISE_DAYS = 10
# Months that we can still reach whoever gave a correction, after it was decided.
CORRECTION_CONTACT_MONTHS = 6
# The descriptions are kept up to date: once a year somebody says so; whoever is asked for the first time has a month.
KEPT_UP_TO_DATE = _("Act 906/2019, section 5")
YEAR_DAYS, FIRST_DAYS = 365, 30


class Lacking(models.TextChoices):
    """What a system in the register should say and does not; what is missing is counted, never hidden."""

    NAME = "name", pgettext_lazy("a system lacks", "The name in both languages")
    PURPOSE = "purpose", pgettext_lazy("a system lacks", "What it is for")
    FUNCTION = "function", pgettext_lazy("a system lacks", "A function")
    CONFIRMED_FUNCTION = "confirmed_function", pgettext_lazy("a system lacks", "A confirmed function")
    UNIT = "unit", pgettext_lazy("a system lacks", "A responsible unit")
    POST = "post", pgettext_lazy("a system lacks", "A responsible post")
    PERSONAL_DATA = "personal_data", pgettext_lazy("a system lacks", "Whether it holds personal data")
    CONFIRMATION = "confirmation", pgettext_lazy("a system lacks", "That somebody has confirmed it")


def is_of_team(actor: Actor) -> bool:
    """The ICT team and the administrator keep the whole register."""
    return actor.is_machine or actor.holds(*TEAM, anywhere=True)


def heads(actor: Actor, unit: Unit | None) -> bool:
    """Whether the actor heads the unit or the sector above it."""
    return unit is not None and actor.holds(Role.HEAD, unit_id=unit.subject_id)


def answers_for(actor: Actor, *post_ids: int | None) -> bool:
    """Whether the actor holds one of the posts today."""
    wanted = [pk for pk in post_ids if pk is not None]
    return bool(wanted) and actor.person_id is not None and Holding.objects.current().filter(person=actor.person_id, post__in=wanted).exists()


def _keeps_classes(actor: Actor, obj: Any) -> Verdict:
    return when(is_of_team(actor), _("Only the ICT team and the administrator change this."))


def _keeps_system(actor: Actor, obj: System | Integration | StorePlace | None) -> Verdict:
    """What belongs to a system is kept by whoever keeps the system."""
    system = obj.system if isinstance(obj, Integration | StorePlace) else obj
    if is_of_team(actor):
        return YES
    if system is None:
        return when(actor.holds(Role.HEAD, anywhere=True), _("Systems are added by the ICT team and by heads of units."))
    return when(
        heads(actor, system.unit) or answers_for(actor, system.post_id, system.deputy_id),
        _("The system is kept by its responsible post, by the head of the responsible unit and by the ICT team."),
    )


def _keeps_use(actor: Actor, use: SystemUse | None) -> Verdict:
    if use is None or is_of_team(actor) or heads(actor, use.unit) or answers_for(actor, use.post_id):
        return YES if use is not None else _keeps_system(actor, None)
    return _keeps_system(actor, use.system)


def _names(actor: Actor, obj: Any) -> Verdict:
    return when(is_of_team(actor), _("The ICT team names who answers for a system."))


def _confirms(actor: Actor, system: System) -> Verdict:
    """Whoever answers; while nobody does, the team."""
    may = answers_for(actor, system.post_id, system.deputy_id) or heads(actor, system.unit) or (system.post_id is None and is_of_team(actor))
    return when(may or actor.is_machine, _("Only those who answer for the system confirm what the register says."))


def _overrides(actor: Actor, obj: Any) -> Verdict:
    return when(is_of_team(actor), _("Something is still missing. Only the ICT team lets a system move on without it, with a reason."))


def _sees_technical(actor: Actor, system: System | None) -> Verdict:
    if system is None:
        return when(is_of_team(actor), _("Technical details are seen by those who answer for the system and by the ICT team."))
    return when(
        is_of_team(actor) or answers_for(actor, system.post_id, system.deputy_id),
        _("Technical details are seen by those who answer for the system and by the ICT team."),
    )


def _is_staff(actor: Actor, obj: Any) -> Verdict:
    return when(actor.is_staff or actor.is_machine, SIGN_IN_FIRST)


def _keeps_store(actor: Actor, store: InformationStore | None) -> Verdict:
    if is_of_team(actor) or actor.holds(Role.REGISTRAR, anywhere=True):
        return YES
    may = actor.holds(Role.HEAD, anywhere=True) if store is None else heads(actor, store.unit) or answers_for(actor, store.post_id)
    return when(may, _("Information stores are kept by the responsible unit, by the registrar and by the ICT team."))


def _keeps_contract(actor: Actor, contract: Contract | None) -> Verdict:
    if is_of_team(actor):
        return YES
    may = actor.holds(Role.HEAD, anywhere=True) if contract is None else heads(actor, contract.unit) or answers_for(actor, contract.post_id)
    return when(may, _("Contracts are kept by the responsible unit and by the ICT team."))


def _harmonises(actor: Actor, obj: Any) -> Verdict:
    """The team and the management look at what could be shared; a body decides."""
    return when(is_of_team(actor) or actor.holds(Role.HEAD, anywhere=True), _("Only the ICT team and the management work on harmonisation."))


def _rewords(actor: Actor, noun: Any) -> Verdict:
    return when(is_of_team(actor) or actor.holds(Role.COMMUNICATIONS, anywhere=True), _("Only communications and the ICT team change texts."))


def _describes(actor: Actor, description: Description | None) -> Verdict:
    """The team makes them all; whoever answers for a system, those of that system."""
    if is_of_team(actor):
        return YES
    system = description.system if description is not None else None
    may = answers_for(actor, system.post_id, system.deputy_id) or heads(actor, system.unit) if system is not None else False
    return when(may, _("Descriptions are made and approved by the ICT team, and those of one system also by whoever answers for it."))


def _decides_corrections(actor: Actor, about: System | Correction) -> Verdict:
    system = about.system if isinstance(about, Correction) else about
    may = is_of_team(actor) or answers_for(actor, system.post_id, system.deputy_id) or heads(actor, system.unit)
    return when(may, _("Corrections are decided by those who answer for the system and by the ICT team."))


def _anyone(actor: Actor, obj: Any) -> Verdict:
    return YES


READ = Permission("systems.read", _anyone)
SEE_REGISTERS = Permission("systems.see_registers", _is_staff)
CLASSIFY = Permission("systems.classify", _keeps_classes)
KEEP = Permission("systems.keep", _keeps_system)
KEEP_USES = Permission("systems.keep_uses", _keeps_use)
NAME_RESPONSIBLE = Permission("systems.name_responsible", _names)
CONFIRM = Permission("systems.confirm", _confirms)
OVERRIDE = Permission("systems.override", _overrides)
SEE_TECHNICAL = Permission("systems.see_technical", _sees_technical)
ASSESS = Permission("systems.assess", _is_staff)
KEEP_STORES = Permission("systems.keep_stores", _keeps_store)
KEEP_CONTRACTS = Permission("systems.keep_contracts", _keeps_contract)
PUBLISH = Permission("systems.publish", _keeps_classes)
IMPORT = Permission("systems.import", _keeps_classes)
REWORD = Permission("systems.reword", _rewords)
DESCRIBE = Permission("systems.describe", _describes)
SAY_WRONG = Permission("systems.say_wrong", _anyone)
DECIDE_CORRECTION = Permission("systems.decide_correction", _decides_corrections)
SEE_HARMONISATION = Permission("systems.see_harmonisation", _is_staff)
HARMONISE = Permission("systems.harmonise", _harmonises)
PUBLISH_CASE = Permission("systems.publish_case", _keeps_classes)


def closed_gates(system: System, to: str) -> list[str | Lazy]:
    """Return what is still missing before the system may move on to the state, as sentences."""
    if to == SystemState.IN_USE and not system.assessments.filter(kind=AssessmentKind.CHANGE_IMPACT).exists():
        return [_("The effects of the change have not been assessed (Act 906/2019, section 5).")]
    if to == SystemState.RETIRED and system.store_places.filter(destination=Destination.UNDECIDED).exists():
        return [_("It has not been decided where all the data of the system goes.")]
    return []
