"""Who answers, and by when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from dialogi.commons import clock
from dialogi.commons.calendar import CalendarDays, WorkingDays
from dialogi.commons.models import Subject
from dialogi.people.models import Area, Unit
from dialogi.people.queries import holders
from dialogi.services.models import Service
from dialogi.services.queries import promised_days
from dialogi.voices.models import Kind, ModerationRule, Route
from dialogi.voices.rules import HANDLING, STATUTORY_CLOCKS


def route_for(*, service: Service | None, kind: str, area: Area | None, about: Subject | None, language: str) -> Unit | None:
    """Return the responsible unit: the most exact route, else the service's own unit, else the unit of what it is about.

    None when nobody is named; the registrar then sees it as unrouted.
    """
    service_id, area_id = service.pk if service else None, area.pk if area else None
    general = (
        Route.objects.filter(
            Q(service=service_id) | Q(service__isnull=True),
            Q(kind=kind) | Q(kind=""),
            Q(area=area_id) | Q(area__isnull=True),
            Q(language=language) | Q(language=""),
            unit__is_active=True,
        )
        .select_related("unit__subject")
        # What is named comes before what fits all.
        .order_by(F("service").desc(nulls_last=True), "-kind", F("area").desc(nulls_last=True), "-language", "order")
        .first()
    )
    if general is not None and general.service_id is not None:
        return general.unit
    if service is not None and service.unit is not None:
        return service.unit
    if about is not None and about.unit_id is not None:
        owner = Unit.objects.filter(subject=about.unit_id, is_active=True).select_related("subject").first()
        if owner is not None:
            return owner
    return general.unit if general is not None else None


def handlers_of(unit: Unit) -> frozenset[int]:
    """Return ids of the persons who handle a unit's voices: those seated in it, or in a unit that it is part of."""
    above: Unit | None = unit
    found: set[int] = set()
    while above is not None:
        found |= {person.pk for person in holders(*HANDLING, unit=above)}
        above = above.parent
    return frozenset(found)


def term_for(*, kind: str, unit: Unit | None) -> WorkingDays | CalendarDays:
    """Return how long an answer may take: the clock of a statute where one binds, else the unit's promise. Never both."""
    statute = STATUTORY_CLOCKS.get(Kind(kind))
    if statute is not None:
        return statute
    return WorkingDays(promised_days(kind=kind, unit=unit))


@dataclass(frozen=True, slots=True)
class PromisedAnswer:
    """Who will answer and by when, as told before sending and on the receipt."""

    unit: Unit | None
    due_at: datetime
    days: int
    is_statute: bool
    section: str


def promise_for(*, service: Service | None, kind: str, area: Area | None, about: Subject | None, language: str) -> PromisedAnswer:
    """Return the promise that a voice would get if it were given now."""
    unit = route_for(service=service, kind=kind, area=area, about=about, language=language)
    term = term_for(kind=kind, unit=unit)
    is_statute = isinstance(term, CalendarDays)
    return PromisedAnswer(unit, term.due(clock.now()), term.count, is_statute, str(term.section) if isinstance(term, CalendarDays) else "")


def rule_name(code: str) -> str:
    """Return a moderation rule's name in the language of the page, or its code when the rule is gone."""
    rule = ModerationRule.objects.filter(code=code).first()
    return str(rule.name) if rule else code
