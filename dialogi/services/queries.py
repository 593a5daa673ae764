"""Reads of services and promises."""

from django.db.models import Q

from dialogi.people.models import Unit
from dialogi.services.models import Promise

DEFAULT_WORKING_DAYS = 10


def promised_days(*, kind: str, unit: Unit | None) -> int:
    """Return the promise in working days: for the unit and kind, else the unit, else the kind, else the municipality's own."""
    unit_id = unit.pk if unit else None
    found = Promise.objects.filter(Q(unit=unit_id) | Q(unit__isnull=True), Q(kind=kind) | Q(kind=""))
    best = sorted(found, key=lambda promise: (promise.unit_id is None, promise.kind == ""))
    return best[0].working_days if best else DEFAULT_WORKING_DAYS
