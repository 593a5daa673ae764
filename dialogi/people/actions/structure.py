"""Verbs of the house's structure: units, areas, organisations, bodies."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dialogi.commons.actors import Actor
from dialogi.commons.door import new_subject, record, save_clean
from dialogi.commons.keeping import Keeping, close_kept, create_kept, edit_kept, reword_kept
from dialogi.commons.models import Noun
from dialogi.commons.permissions import NotPossible, require
from dialogi.people.models import Area, Body, Kind, Municipality, Organisation, Post, Unit
from dialogi.people.rules import ADD_ORGANISATION, ADMINISTER, REWORD

NAMES = frozenset({"name_sv", "name_fi", "name_en", "is_active"})
UNIT = Keeping(
    noun="people.unit",
    address="/units/{code}/",
    fields=NAMES | {"parent", "email", "phone"},
    permission=ADMINISTER,
    created=Kind.UNIT_CREATED,
    changed=Kind.UNIT_CHANGED,
    closed=Kind.UNIT_CLOSED,
    rewording=REWORD,
)
AREA = Keeping(
    noun="people.area",
    address="/areas/{code}/",
    fields=NAMES | {"latitude", "longitude", "residents"},
    permission=ADMINISTER,
    created=Kind.AREA_CREATED,
    changed=Kind.AREA_CHANGED,
    closed=Kind.AREA_CLOSED,
    rewording=REWORD,
)
ORGANISATION = Keeping(
    noun="people.organisation",
    address="/organisations/{code}/",
    fields=NAMES | {"advice_sv", "advice_fi", "advice_en", "website", "email", "phone"},
    permission=ADMINISTER,
    created=Kind.ORGANISATION_CREATED,
    changed=Kind.ORGANISATION_CHANGED,
    closed=Kind.ORGANISATION_CLOSED,
    rewording=REWORD,
)
BODY = Keeping(
    noun="people.body",
    address="/bodies/{code}/",
    fields=NAMES | {"kind", "email", "successor"},
    permission=ADMINISTER,
    created=Kind.BODY_CREATED,
    changed=Kind.BODY_CHANGED,
    closed=Kind.BODY_CLOSED,
    rewording=REWORD,
)
POST = Keeping(
    noun="people.post",
    address="/posts/{code}/",
    fields=frozenset({"title_sv", "title_fi", "title_en", "unit", "deputy", "is_active"}),
    permission=ADMINISTER,
    created=Kind.POST_CREATED,
    changed=Kind.POST_CHANGED,
    closed=Kind.POST_CLOSED,
    rewording=REWORD,
)
KEPT: dict[type[Noun], Keeping] = {Unit: UNIT, Area: AREA, Organisation: ORGANISATION, Body: BODY, Post: POST}


def create_unit(*, by: Actor, **fields: Any) -> Unit:
    """Add a sector (no `parent`) or a unit within one; fields: name_sv, name_fi, name_en, parent, email, phone."""
    return create_kept(Unit, UNIT, by=by, fields=fields)


def edit_unit(unit: Unit, *, by: Actor, expecting: int | None = None, **fields: Any) -> Unit:
    """Change a unit; a unit cannot lie within one of its own units. `expecting` is the version the person saw."""
    if _leads_back(unit, fields.get("parent"), "parent"):
        raise ValidationError({"parent": _("A unit cannot lie within itself or within one of its own units.")})
    return edit_kept(unit, UNIT, by=by, expecting=expecting, fields=fields)


def close_unit(unit: Unit, *, by: Actor) -> Unit:
    """Take a unit out of use; its history stays. Units within it, its posts and current seats must be moved first."""
    require(by, ADMINISTER, unit)
    if unit.units.active().exists() or unit.posts.active().exists() or unit.seats.current().exists():
        raise NotPossible(_("First move the units, the posts and the people of this unit elsewhere."))
    return close_kept(unit, UNIT, by=by)


def the_municipality(*, by: Actor) -> Municipality:
    """Return the municipality itself, named from the settings when it is first needed; changes for all of it are recorded there."""
    with transaction.atomic():
        found = Municipality.objects.select_related("subject").first()
        if found is not None:
            return found
        require(by, ADMINISTER)
        named = save_clean(Municipality(subject=new_subject("people.municipality", address="/municipality/{code}/"), **settings.MUNICIPALITY))
        record(Kind.MUNICIPALITY_NAMED, on=named, by=by)
    return named


def create_area(*, by: Actor, **fields: Any) -> Area:
    """Add a village or other part that people call by name; fields: name_sv, name_fi, name_en, latitude, longitude, residents."""
    return create_kept(Area, AREA, by=by, fields=fields)


def edit_area(area: Area, *, by: Actor, expecting: int | None = None, **fields: Any) -> Area:
    """Change an area."""
    return edit_kept(area, AREA, by=by, expecting=expecting, fields=fields)


def close_area(area: Area, *, by: Actor) -> Area:
    """Take an area out of use; what is located there stays."""
    return close_kept(area, AREA, by=by)


def create_organisation(*, by: Actor, **fields: Any) -> Organisation:
    """Add somebody else who answers for matters or is heard in them; fields: name_*, advice_* (what to do there), website, email, phone."""
    return create_kept(Organisation, replace(ORGANISATION, permission=ADD_ORGANISATION), by=by, fields=fields)


def edit_organisation(organisation: Organisation, *, by: Actor, expecting: int | None = None, **fields: Any) -> Organisation:
    """Change an organisation."""
    return edit_kept(organisation, ORGANISATION, by=by, expecting=expecting, fields=fields)


def close_organisation(organisation: Organisation, *, by: Actor) -> Organisation:
    """Take an organisation out of use; what was forwarded to it stays."""
    return close_kept(organisation, ORGANISATION, by=by)


def create_body(*, by: Actor, **fields: Any) -> Body:
    """Add a body; fields: name_sv, name_fi, name_en, kind, email, successor (the body that took over its work)."""
    return create_kept(Body, BODY, by=by, fields=fields)


def edit_body(body: Body, *, by: Actor, expecting: int | None = None, **fields: Any) -> Body:
    """Change a body; its names are data, because they change over the years. No body continues the work of its own successor."""
    if _leads_back(body, fields.get("successor"), "successor"):
        raise ValidationError({"successor": _("A body cannot continue its own work, nor that of the body that continues it.")})
    return edit_kept(body, BODY, by=by, expecting=expecting, fields=fields)


def close_body(body: Body, *, by: Actor) -> Body:
    """Dissolve a body; its history stays."""
    return close_kept(body, BODY, by=by)


def reword(noun: Unit | Area | Organisation | Body | Post, *, texts: Mapping[str, Mapping[str, str]], by: Actor, expecting: int | None = None) -> None:
    """Write texts of a unit, area, organisation, body or post in some languages: {"name": {"fi": ...}}."""
    reword_kept(noun, KEPT[type(noun)], texts=texts, by=by, expecting=expecting)


def _leads_back(noun: Unit | Body, start: Unit | Body | None, step: str) -> bool:
    """Tell whether one comes back to the noun, going from `start` along a foreign key."""
    if start is None:
        return False
    onward: dict[int, int | None] = dict(type(noun).objects.values_list("pk", step))
    pk: int | None = start.pk
    while pk is not None and pk != noun.pk:
        pk = onward.pop(pk, None)
    return pk == noun.pk
