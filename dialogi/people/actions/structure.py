"""Verbs of the house's structure: units, areas, organisations, bodies."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dialogi.commons.actors import Actor
from dialogi.commons.door import change, new_subject, record, save_clean
from dialogi.commons.models import Noun
from dialogi.commons.permissions import NotPossible, require
from dialogi.people.models import Area, Body, Kind, Organisation, Unit
from dialogi.people.rules import ADMINISTER

N = TypeVar("N", bound=Noun)
NAMES = ("name_sv", "name_fi", "name_en")
UNIT_FIELDS = frozenset({*NAMES, "parent", "email", "phone", "is_active"})
AREA_FIELDS = frozenset({*NAMES, "latitude", "longitude", "residents", "is_active"})
ORGANISATION_FIELDS = frozenset({*NAMES, "advice_sv", "advice_fi", "advice_en", "website", "phone", "is_active"})
BODY_FIELDS = frozenset({*NAMES, "is_statutory", "is_active"})


def create_unit(*, by: Actor, **fields: Any) -> Unit:
    """Add a sector (no `parent`) or a unit within one; fields: name_sv, name_fi, name_en, parent, email, phone."""
    return _create(Unit, "/units/{code}/", UNIT_FIELDS, Kind.UNIT_CREATED, by, fields)


def edit_unit(unit: Unit, *, by: Actor, expecting: int | None = None, **fields: Any) -> Unit:
    """Change a unit; a unit cannot lie within one of its own units. `expecting` is the version the person saw."""
    if fields.get("parent") is not None:
        _refuse_circle(unit, fields["parent"])
    return _edit(unit, UNIT_FIELDS, Kind.UNIT_CHANGED, by, expecting, fields)


def close_unit(unit: Unit, *, by: Actor) -> Unit:
    """Take a unit out of use; its history stays. Units within it and current seats must be moved first."""
    with change(unit) as unit:
        require(by, ADMINISTER, unit)
        if unit.units.active().exists() or unit.seats.current().exists():
            raise NotPossible(_("First move the units and the people of this unit elsewhere."))
        return _close(unit, Kind.UNIT_CLOSED, by)


def create_area(*, by: Actor, **fields: Any) -> Area:
    """Add a village or other part that people call by name; fields: name_sv, name_fi, name_en, latitude, longitude, residents."""
    return _create(Area, "/areas/{code}/", AREA_FIELDS, Kind.AREA_CREATED, by, fields)


def edit_area(area: Area, *, by: Actor, expecting: int | None = None, **fields: Any) -> Area:
    """Change an area."""
    return _edit(area, AREA_FIELDS, Kind.AREA_CHANGED, by, expecting, fields)


def close_area(area: Area, *, by: Actor) -> Area:
    """Take an area out of use; what is located there stays."""
    with change(area) as area:
        require(by, ADMINISTER, area)
        return _close(area, Kind.AREA_CLOSED, by)


def create_organisation(*, by: Actor, **fields: Any) -> Organisation:
    """Add somebody else who answers for matters; fields: name_*, advice_* (what to do there), website, phone."""
    return _create(Organisation, "/organisations/{code}/", ORGANISATION_FIELDS, Kind.ORGANISATION_CREATED, by, fields)


def edit_organisation(organisation: Organisation, *, by: Actor, expecting: int | None = None, **fields: Any) -> Organisation:
    """Change an organisation."""
    return _edit(organisation, ORGANISATION_FIELDS, Kind.ORGANISATION_CHANGED, by, expecting, fields)


def close_organisation(organisation: Organisation, *, by: Actor) -> Organisation:
    """Take an organisation out of use; what was forwarded to it stays."""
    with change(organisation) as organisation:
        require(by, ADMINISTER, organisation)
        return _close(organisation, Kind.ORGANISATION_CLOSED, by)


def create_body(*, by: Actor, **fields: Any) -> Body:
    """Add a body by law or a working group; fields: name_sv, name_fi, name_en, is_statutory."""
    return _create(Body, "/bodies/{code}/", BODY_FIELDS, Kind.BODY_CREATED, by, fields)


def edit_body(body: Body, *, by: Actor, expecting: int | None = None, **fields: Any) -> Body:
    """Change a body; its names are data, because they change over the years."""
    return _edit(body, BODY_FIELDS, Kind.BODY_CHANGED, by, expecting, fields)


def close_body(body: Body, *, by: Actor) -> Body:
    """Dissolve a body; its history stays."""
    with change(body) as body:
        require(by, ADMINISTER, body)
        return _close(body, Kind.BODY_CLOSED, by)


def _create(model: type[N], address: str, allowed: frozenset[str], kind: Kind, by: Actor, fields: Mapping[str, Any]) -> N:
    _refuse_unknown(fields, allowed)
    with transaction.atomic():
        require(by, ADMINISTER)
        noun = save_clean(model(subject=new_subject(f"people.{model._meta.model_name}", address=address), **fields))
        record(kind, on=noun, by=by)
    return noun


def _edit(noun: N, allowed: frozenset[str], kind: Kind, by: Actor, expecting: int | None, fields: Mapping[str, Any]) -> N:
    _refuse_unknown(fields, allowed)
    with change(noun, expecting=expecting) as noun:
        require(by, ADMINISTER, noun)
        changed = sorted(name for name, value in fields.items() if getattr(noun, name) != value)
        for name in changed:
            setattr(noun, name, fields[name])
        save_clean(noun)
        record(kind, on=noun, by=by, data={"fields": changed})
    return noun


def _close(noun: Any, kind: Kind, by: Actor) -> Any:
    noun.is_active = False
    noun.save(update_fields=["is_active"])
    record(kind, on=noun, by=by)
    return noun


def _refuse_unknown(fields: Mapping[str, Any], allowed: frozenset[str]) -> None:
    if unknown := sorted(set(fields) - allowed):
        raise TypeError(f"no such fields: {', '.join(unknown)}")


def _refuse_circle(unit: Unit, parent: Unit) -> None:
    above: Unit | None = parent
    while above is not None:
        if above.pk == unit.pk:
            raise ValidationError({"parent": _("A unit cannot lie within itself or within one of its own units.")})
        above = above.parent
