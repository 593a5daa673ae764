"""Corrections: what waits for whom, who is told, and what became of them."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dialogi.commons.actors import Actor
from dialogi.commons.messages import Receiver
from dialogi.people.models import Holding, Person, Role, Unit
from dialogi.people.queries import holders
from dialogi.systems.models import Correction, CorrectionState, System
from dialogi.systems.rules import TEAM, is_of_team

PAGE_SIZE = 25
SHOWN_ON_PAGE = 5
MOST_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Corrections:
    """How many wait, and the newest that were decided: what everybody reads of them, never anybody's words."""

    waiting: int
    decided: list[Correction]


def corrections_of(system: System) -> Corrections:
    """Read what the page of a system says of its corrections."""
    decided = system.corrections.exclude(state=CorrectionState.OPEN).select_related("decided_by").order_by("-decided_at", "-pk")[:SHOWN_ON_PAGE]
    return Corrections(system.corrections.filter(state=CorrectionState.OPEN).count(), list(decided))


def corrections_for(actor: Actor, *, view: str) -> QuerySet[Correction]:
    """Return the corrections that the actor decides, the oldest first; "decided" shows those that are done, the newest first."""
    rows = Correction.objects.visible_to(actor).select_related("system__subject", "system__unit", "decided_by", "store")
    if not is_of_team(actor):
        posts, units = Holding.objects.current().filter(person=actor.person_id).values("post"), actor.units(Role.HEAD)
        ours = Q(system__post__in=posts) | Q(system__deputy__in=posts)
        rows = rows.filter(ours | (Q(system__unit__isnull=False) if units is None else Q(system__unit__subject__in=sorted(units))))
    if view == "decided":
        return rows.exclude(state=CorrectionState.OPEN).order_by("-decided_at", "-pk")
    return rows.filter(state=CorrectionState.OPEN).order_by("given_at", "pk")


def deciders_of(system: System) -> list[Person]:
    """Return who is told of a correction: who holds the responsible post and its deputy's, else the heads of the unit, else the team."""
    posts = [pk for pk in (system.post_id, system.deputy_id) if pk is not None]
    held = Holding.objects.current().filter(post__in=posts, person__account__isnull=False).select_related("person__account", "person__subject").order_by("pk")
    return list(dict.fromkeys(holding.person for holding in held)) or _heads(system.unit) or holders(*TEAM)


def _heads(unit: Unit | None) -> list[Person]:
    for _level in range(MOST_LEVELS):
        if unit is None:
            return []
        if found := holders(Role.HEAD, unit=unit):
            return found
        unit = unit.parent
    return []


def asker_of(correction: Correction) -> Receiver | None:
    """Return where whoever said it is told: the e-mail they left, their account, or the postal address; None when nowhere."""
    contact, person = correction.contact, correction.given_by
    account = person.account if person and person.account and person.account.is_active else None
    language = person.language if person else correction.language
    if contact and contact.email:
        return Receiver("email", contact.email, language, account.pk if account else None)
    if account is not None:
        return Receiver("email", account.email, language, account.pk)
    if contact and contact.postal_address:
        return Receiver("letter", f"{contact.name}\n{contact.postal_address}".strip(), language)
    return None
