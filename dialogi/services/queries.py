"""Reads of services and promises."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dialogi.commons.languages import current_language
from dialogi.people.models import Unit
from dialogi.services.models import Promise, Service, ServicePoint

DEFAULT_WORKING_DAYS = 10


def promised_days(*, kind: str, unit: Unit | None) -> int:
    """Return the promise in working days: for the unit and kind, else the unit, else the kind, else the municipality's own."""
    return promised_days_by_kind([kind], unit=unit)[kind]


def promised_days_by_kind(kinds: Sequence[str], *, unit: Unit | None) -> dict[str, int]:
    """Return the promise for each of these kinds, as `promised_days` does, in one query."""
    unit_id = unit.pk if unit else None
    found = list(Promise.objects.filter(Q(unit=unit_id) | Q(unit__isnull=True), kind__in=[*kinds, ""]))
    found.sort(key=lambda promise: (promise.unit_id is None, promise.kind == ""))
    return {kind: next((promise.working_days for promise in found if promise.kind in {kind, ""}), DEFAULT_WORKING_DAYS) for kind in kinds}


@dataclass(frozen=True, slots=True)
class ServiceGroup:
    """The services of one sector or of one other provider, as the public list shows them."""

    name: object
    services: list[Service]
    is_ours: bool


def services_by_sector() -> list[ServiceGroup]:
    """Return the services in use under the sector that answers for them; those of others last. Two queries, however many."""
    units = {unit.pk: unit for unit in Unit.objects.select_related("subject")}
    groups: dict[tuple[bool, int], ServiceGroup] = {}
    for service in Service.objects.active().select_related("subject", "provider__subject").order_by(f"name_{current_language()}", "name_sv"):
        if service.unit_id:
            sector = _sector(units[service.unit_id], units)
            group = groups.setdefault((True, sector.pk), ServiceGroup(sector.name, [], is_ours=True))
        else:
            provider = service.provider
            group = groups.setdefault((False, service.provider_id or 0), ServiceGroup(provider.name if provider else "", [], is_ours=False))
        group.services.append(service)
    return sorted(groups.values(), key=lambda each: (not each.is_ours, str(each.name)))


def _sector(unit: Unit, units: dict[int, Unit]) -> Unit:
    while unit.parent_id is not None and unit.parent_id in units:
        unit = units[unit.parent_id]
    return unit


def points() -> QuerySet[ServicePoint]:
    """Return the service points in use, by name."""
    return ServicePoint.objects.active().select_related("subject", "unit__subject").order_by(f"name_{current_language()}", "name_sv")
