"""What everybody reads about systems: the list with its filters, one system, and what runs behind a service."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django.db.models import QuerySet

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.languages import LANGUAGES, current_language
from dialogi.commons.models import Subject
from dialogi.commons.search import matching
from dialogi.people.models import Unit
from dialogi.people.queries import units_below
from dialogi.services.models import Service
from dialogi.systems.describing.documents import build
from dialogi.systems.describing.fields import Sees
from dialogi.systems.describing.reading import Entry, sections
from dialogi.systems.models import DescriptionKind, DescriptionState, DescriptionVersion, FunctionState, System, SystemState, SystemUse

PAGE_SIZE = 20
MOST_HITS = 400
SHOWN_IN_PANEL = 8
# What was confirmed longer ago than this is called out of date.
CONFIRMED_FOR_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemFilter:
    """What the list of systems shows; every part lies in the address."""

    words: str = ""
    unit: Unit | None = None
    service: Service | None = None
    function: str = ""
    state: str = ""
    personal_data: str = ""
    uses_ai: str = ""


def public_systems(wanted: SystemFilter) -> QuerySet[Any]:
    """Return the systems that everybody may know and that the filter lets through, by name; retired ones only when asked for."""
    systems = System.objects.published()
    systems = systems.filter(state=wanted.state) if wanted.state else systems.exclude(state=SystemState.RETIRED)
    if wanted.unit is not None:
        units = units_below(wanted.unit)
        systems = systems.filter(pk__in=SystemUse.objects.current().filter(unit__subject__in=units).values("system"))
    if wanted.service is not None:
        systems = systems.filter(services=wanted.service)
    if wanted.function:
        uses = SystemUse.objects.current().filter(function__code=wanted.function, function_state=FunctionState.CONFIRMED)
        systems = systems.filter(pk__in=uses.values("system"))
    if wanted.personal_data:
        systems = systems.filter(personal_data=wanted.personal_data)
    if wanted.uses_ai:
        systems = systems.filter(uses_ai=wanted.uses_ai)
    if wanted.words:
        systems = systems.filter(subject__in=_found(wanted.words))
    return systems.select_related("subject", "unit__subject", "post").order_by(f"name_{current_language()}", "name_sv", "pk")


def _found(words: str) -> list[int]:
    languages = [current_language(), *(code for code in LANGUAGES if code != current_language())]
    return matching(words, languages=languages, actor=ANONYMOUS, kinds=["systems.system"], across_languages=True, limit=MOST_HITS)


def systems_behind(subject: Subject) -> list[System]:
    """Return the systems that everybody may know and that run behind a service."""
    found = System.objects.published().current().filter(services__subject=subject)
    shown = found.select_related("subject", "unit", "post").order_by(f"name_{current_language()}", "pk")[:SHOWN_IN_PANEL]
    return cast(list[System], list(shown))


@dataclass(frozen=True, slots=True)
class SystemFacts:
    """One system as everybody reads it: its card from the register of today, and the versions that were approved."""

    card: Entry | None
    published: list[DescriptionVersion]
    is_stale: bool


def facts_of(system: System, *, sees: Sees) -> SystemFacts:
    """Read the card of a system from the register as it is today; a constant number of queries."""
    found = sections(DescriptionKind.CARD, build(DescriptionKind.CARD, sees=sees, system=system))[0].entries
    versions = DescriptionVersion.objects.filter(description__system=system, state=DescriptionState.PUBLISHED).defer("snapshot", "free")
    published = versions.select_related("description__subject", "approved_by").order_by("description__kind")
    is_stale = system.confirmed_at is not None and system.confirmed_at < clock.now() - timedelta(days=CONFIRMED_FOR_DAYS)
    return SystemFacts(found[0] if found else None, list(published), is_stale)
