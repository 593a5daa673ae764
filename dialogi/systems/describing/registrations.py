"""How descriptions and corrections plug into the house; read by the room's registrations."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.actors import machine
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import Audience, Duty, Subject
from dialogi.commons.permissions import may
from dialogi.commons.registry import DutyKind, NavItem, NounPlug, Panel, Retention, SubjectFacts, registry
from dialogi.people.models import Role
from dialogi.people.rules import SWEEPER
from dialogi.systems import actions, messages  # noqa: F401 - plugs the messages in
from dialogi.systems.describing.words import in_each
from dialogi.systems.models import Description, DescriptionState, System
from dialogi.systems.queries.reading import systems_behind
from dialogi.systems.rules import CORRECT_DUTY, CORRECTION_CONTACT_MONTHS, DESCRIBE, TEAM


def describe_description(description: Description) -> SubjectFacts:
    """Say what a description looks like to the house. That of one system is read under the system, and seen by whoever sees that."""
    system, label = description.system, in_each(description.get_kind_display)
    named = {language: f"{getattr(system, f'name_{language}') or system.name}: {label[language]}" for language in LANGUAGES} if system else label
    is_public = system is None and description.versions.filter(state=DescriptionState.PUBLISHED).exists()
    return SubjectFacts(
        title=named,
        audience=Audience.PUBLIC if is_public else Audience.STAFF,
        state="open",
        unit_id=system.unit.subject_id if system and system.unit else None,
        post_id=system.post.subject_id if system and system.post else None,
        part_of_id=system.subject_id if system else None,
    )


def _behind(request: HttpRequest, subject: Subject) -> dict[str, Any] | None:
    found = systems_behind(subject)
    return {"systems": found} if found else None


def _at_the_desk(request: HttpRequest, subject: Subject) -> dict[str, Any] | None:
    system = cast(System | None, System.objects.filter(subject=subject).select_related("subject", "unit").first())
    actor = request.actor  # type: ignore[attr-defined]
    if system is None or not may(actor, DESCRIBE, Description(kind="card", system=system)):
        return None
    return {"system": system, "waiting": system.corrections.filter(state="open").count(), "descriptions": list(system.descriptions.select_related("subject"))}


def _with_system(act: Callable[[System], None]) -> Callable[[Duty], None]:
    def run(duty: Duty) -> None:
        system = System.objects.filter(subject=duty.subject_id).first()
        if system is not None:
            act(cast(System, system))

    return run


registry.add_noun(
    NounPlug(
        "systems.description",
        Description,
        pgettext_lazy("noun", "Description"),
        pgettext_lazy("noun", "Descriptions"),
        describe_description,
        retention="systems.register",
        read_along=("system__subject", "system__unit", "system__post"),
        changed_by=("published", "withdrawn"),
        wordings=lambda description: {},
    )
)
registry.duties[CORRECT_DUTY] = DutyKind(
    CORRECT_DUTY,
    _("Decide on a correction of the register"),
    lambda subject: "/desk/corrections/",
    on_due_soon=_with_system(actions.remind_of_corrections),
    on_overdue=_with_system(actions.mark_correction_late),
)
registry.retentions["systems.correction_contact"] = Retention(
    "systems.correction_contact",
    _("How to reach somebody who said that the register looks wrong"),
    _("A task in the public interest (Regulation (EU) 2016/679, article 6(1)(e)): to tell what was found. Erased six months after the decision."),
    CORRECTION_CONTACT_MONTHS,
    lambda: actions.expire_correction_contacts(by=machine(SWEEPER)),
)
registry.panels += [
    Panel("services.service", "systems/_panel_behind.html", _behind, order=30),
    Panel("systems.system", "systems/_panel_descriptions.html", _at_the_desk, order=30, place="desk"),
]
registry.nav += [
    NavItem("footer", _("Information systems"), "/systems/", order=34),
    NavItem("desk", _("Descriptions of systems"), "/desk/descriptions/", 76, lambda actor: actor.holds(*TEAM, anywhere=True)),
    NavItem("desk", _("Corrections of the register"), "/desk/corrections/", 77, lambda actor: actor.holds(*TEAM, Role.HEAD, anywhere=True)),
]
