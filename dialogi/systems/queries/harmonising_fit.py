"""The TIME picture: how well systems serve the work and how good they are technically, with ranges; what nobody assessed stays visible."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.languages import current_language
from dialogi.systems.models import AssessmentKind, System
from dialogi.systems.queries.harmonising_facts import known_run_costs, rated
from dialogi.systems.queries.harmonising_pairs import NOT_ASSESSED, Fit, fits

MIDDLE = 2
PLACES = {
    (True, True): pgettext_lazy("TIME", "Invest"),
    (True, False): pgettext_lazy("TIME", "Migrate"),
    (False, True): pgettext_lazy("TIME", "Tolerate"),
    (False, False): pgettext_lazy("TIME", "Eliminate"),
}


@dataclass(frozen=True, slots=True)
class Dot:
    """A system in the picture; `euros` is None when its cost is not known."""

    system: System
    functional: Fit
    technical: Fit
    euros: Decimal | None

    @property
    def is_sure(self) -> bool:
        """Whether at least two people assessed both axes."""
        return self.functional.is_sure and self.technical.is_sure

    @property
    def corner(self) -> str:
        """The corner it lies in: a place, not a decision."""
        if not self.is_sure or self.functional.middle is None or self.technical.middle is None:
            return str(_("Too few assessors to say"))
        return str(PLACES[self.functional.middle >= MIDDLE, self.technical.middle >= MIDDLE])


def assessed() -> QuerySet[Any]:
    """Return the systems of which somebody assessed both, by name."""
    return _by_name(rated(System.objects.current()).filter(for_work__gt=0, for_technique__gt=0))


def unknown() -> QuerySet[Any]:
    """Return the systems of which nobody assessed one or the other: the tray beside the picture."""
    return _by_name(rated(System.objects.current()).exclude(for_work__gt=0, for_technique__gt=0))


def dots(systems: Sequence[System]) -> list[Dot]:
    """Return the places of systems: two queries, however many."""
    marks, costs = fits(systems), known_run_costs([each.subject_id for each in systems])
    return [
        Dot(
            each,
            marks.get((each.pk, AssessmentKind.FUNCTIONAL_FIT), NOT_ASSESSED),
            marks.get((each.pk, AssessmentKind.TECHNICAL_FIT), NOT_ASSESSED),
            costs[each.subject_id][1] if each.subject_id in costs else None,
        )
        for each in systems
    ]


def _by_name(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("subject").order_by(f"name_{current_language()}", "name_sv", "pk")
