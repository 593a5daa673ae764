"""One system as those who work with the register see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise as Lazy

from dialogi.commons.actors import Actor
from dialogi.commons.models import LedgerEntry
from dialogi.commons.permissions import may
from dialogi.commons.timeline import TimelineEntry, sentences
from dialogi.figures.models import Certainty
from dialogi.figures.queries import sums_by_year
from dialogi.systems.models import SYSTEM_FLOW, Assessment, Integration, StorePlace, System, SystemState, SystemUse, TechnicalDetails
from dialogi.systems.queries.completeness import what_lacks
from dialogi.systems.rules import ASSESS, SEE_TECHNICAL, closed_gates

HISTORY = 30
SHOWN_PARTS = 50


@dataclass(frozen=True, slots=True)
class Step:
    """A state that may follow, and what is still missing for it."""

    state: str
    label: str | Lazy
    missing: Sequence[str | Lazy]


@dataclass(frozen=True, slots=True)
class YearSums:
    """What a system costs in a year, by kind of number; None is not known."""

    year: int
    budget: Decimal | None
    actual: Decimal | None
    estimate: Decimal | None


@dataclass(frozen=True, slots=True)
class SystemDesk:
    """Everything that the desk page of a system shows; what the reader may not see is None."""

    lacks: list[str]
    uses: list[SystemUse]
    places: list[StorePlace]
    data_out: list[Integration]
    data_in: list[Integration]
    contracts: list[Any]
    parts: list[Any]
    sums: list[YearSums]
    assessments: list[Assessment] | None
    technical: TechnicalDetails | None
    told: list[TimelineEntry]


def system_desk(system: System, *, actor: Actor) -> SystemDesk:
    """Read a system with all its parts; as many queries for one part as for fifty."""
    uses: list[Any] = list(system.uses.select_related("unit", "function", "post").order_by("unit__name_sv", "pk")[:SHOWN_PARTS])
    ends = Integration.objects.filter(is_active=True).select_related("system__subject", "target__subject").order_by("pk")
    assessments = system.assessments.select_related("post", "assessor").order_by("kind", "-assessed_on", "-pk")
    history = LedgerEntry.objects.filter(subject=system.subject).order_by("-id")[:HISTORY]
    return SystemDesk(
        lacks=what_lacks(system, uses),
        uses=uses,
        places=list(system.store_places.select_related("store__subject", "moved_to__subject").order_by("pk")[:SHOWN_PARTS]),
        data_out=list(ends.filter(system=system)[:SHOWN_PARTS]),
        data_in=list(ends.filter(target=system)[:SHOWN_PARTS]),
        contracts=list(system.contracts.active().select_related("subject", "vendor").order_by("ends_on")[:SHOWN_PARTS]),
        parts=list(system.parts.current().select_related("subject").order_by("name_sv")[:SHOWN_PARTS]),
        sums=_sums(system),
        assessments=list(assessments[:SHOWN_PARTS]) if may(actor, ASSESS, system) else None,
        technical=TechnicalDetails.objects.filter(system=system).first() if may(actor, SEE_TECHNICAL, system) else None,
        told=sentences(history, actor=actor),
    )


def steps_from(system: System) -> list[Step]:
    """Return the states that may follow, each with what is missing for it."""
    following = SYSTEM_FLOW.following(system.state)
    return [Step(state.value, state.label, closed_gates(system, state)) for state in SystemState if state.value in following]


def _sums(system: System) -> list[YearSums]:
    return [
        YearSums(year, sums.get(Certainty.BUDGET), sums.get(Certainty.ACTUAL), sums.get(Certainty.ESTIMATE)) for year, sums in sums_by_year(system.subject)[:5]
    ]
