"""Verbs of the room: services, service points, promises."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from dialogi.commons.actors import Actor
from dialogi.commons.door import record, save_clean
from dialogi.commons.keeping import Keeping, close_kept, create_kept, edit_kept, reword_kept
from dialogi.commons.permissions import require
from dialogi.people.actions import the_municipality
from dialogi.people.models import Unit
from dialogi.services.kinds import Happened
from dialogi.services.models import Promise, Service, ServicePoint
from dialogi.services.rules import KEEP_SERVICES, REWORD_SERVICES

NAMES = frozenset({"name_sv", "name_fi", "name_en"})
SERVICE = Keeping(
    noun="services.service",
    address="/services/{slug}/",
    fields=NAMES
    | {f"{name}_{language}" for name in ("description", "without_device") for language in ("sv", "fi", "en")}
    | {"slug", "words", "unit", "provider", "is_active"},
    permission=KEEP_SERVICES,
    created=Happened.SERVICE_CREATED,
    changed=Happened.SERVICE_CHANGED,
    closed=Happened.SERVICE_CLOSED,
    rewording=REWORD_SERVICES,
)
POINT = Keeping(
    noun="services.servicepoint",
    address="/service-points/{code}/",
    fields=NAMES
    | {f"{name}_{language}" for name in ("address", "hours", "access") for language in ("sv", "fi", "en")}
    | {"phone", "latitude", "longitude", "unit", "is_active"},
    permission=KEEP_SERVICES,
    created=Happened.POINT_CREATED,
    changed=Happened.POINT_CHANGED,
    closed=Happened.POINT_CLOSED,
    rewording=REWORD_SERVICES,
)


def create_service(*, by: Actor, **fields: Any) -> Service:
    """Add a service with a responsible unit, or one that somebody else provides."""
    return create_kept(Service, SERVICE, by=by, fields=fields)


def edit_service(service: Service, *, by: Actor, expecting: int | None = None, **fields: Any) -> Service:
    """Change a service. Its address keeps the short name it was born with."""
    return edit_kept(service, SERVICE, by=by, expecting=expecting, fields=fields)


def reword_service(service: Service, *, texts: Mapping[str, Mapping[str, str]], by: Actor, expecting: int | None = None) -> None:
    """Write texts of a service in some languages: {"name": {"fi": ...}}."""
    reword_kept(service, SERVICE, texts=texts, by=by, expecting=expecting)


def close_service(service: Service, *, by: Actor) -> Service:
    """End a service; what was said about it stays."""
    return close_kept(service, SERVICE, by=by)


def create_service_point(*, by: Actor, services: Iterable[Service] = (), **fields: Any) -> ServicePoint:
    """Add a service point and the services one gets there."""
    with transaction.atomic():
        point = create_kept(ServicePoint, POINT, by=by, fields=fields)
        point.services.set(services)
    return point


def edit_service_point(
    point: ServicePoint, *, by: Actor, services: Iterable[Service] | None = None, expecting: int | None = None, **fields: Any
) -> ServicePoint:
    """Change a service point; `services` replaces the services one gets there."""
    with transaction.atomic():
        point = edit_kept(point, POINT, by=by, expecting=expecting, fields=fields)
        if services is not None:
            point.services.set(services)
    return point


def reword_service_point(point: ServicePoint, *, texts: Mapping[str, Mapping[str, str]], by: Actor, expecting: int | None = None) -> None:
    """Write texts of a service point in some languages."""
    reword_kept(point, POINT, texts=texts, by=by, expecting=expecting)


def close_service_point(point: ServicePoint, *, by: Actor) -> ServicePoint:
    """Close a service point; its history stays."""
    return close_kept(point, POINT, by=by)


def promise(*, working_days: int, unit: Unit | None = None, kind: str = "", by: Actor) -> Promise:
    """Promise an answer within working days, for a unit and a kind of voice; either may be left open. Replaces an earlier promise.

    Promises bind from now on: what has already been promised to somebody stays as it was told them.
    """
    with transaction.atomic():
        require(by, KEEP_SERVICES)
        known = Promise.objects.select_for_update().filter(unit=unit, kind=kind).first()
        made = known or Promise(unit=unit, kind=kind)
        made.working_days = working_days
        save_clean(made)
        record(Happened.PROMISED, on=unit or the_municipality(by=by), by=by, data={"days": working_days, "promised_key": kind})
    return made


def end_promise(made: Promise, *, by: Actor) -> None:
    """End a promise; the next most exact one applies to what arrives from now on."""
    with transaction.atomic():
        require(by, KEEP_SERVICES)
        record(Happened.PROMISE_ENDED, on=made.unit or the_municipality(by=by), by=by, data={"promised_key": made.kind})
        made.delete()
