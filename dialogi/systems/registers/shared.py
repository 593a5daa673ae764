"""Columns and facets that several registers of the room share."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.actors import Actor
from dialogi.commons.register import Column, Facet
from dialogi.people.models import Unit
from dialogi.systems.models import Function, System

NAMES = ("name_sv", "name_fi", "name_en")
NAME = Column("name", _("Name"), lambda row: row.name, sort=("name_{language}", "name_sv"))
UNIT = Column("unit", _("Responsible unit"), lambda row: row.unit.name if row.unit else "", sort=("unit__name_{language}",))
POST = Column("post", _("Responsible post"), lambda row: row.post.title if row.post else "", sort=("post__title_{language}",))
IN_USE = Column("in_use", _("In use"), lambda row: row.is_active, sort=("is_active",))
OF_SYSTEM = Column("system", pgettext_lazy("noun", "System"), lambda row: row.system.name, sort=("system__name_{language}", "system__name_sv"))
USE = Facet(
    "state",
    _("In use"),
    choices=lambda actor: [("open", _("In use")), ("closed", _("Out of use"))],
    apply=lambda rows, value: rows.filter(is_active=value == "open"),
)


def sectors(actor: Actor) -> Iterable[tuple[str, Any]]:
    """Return the sectors to choose from."""
    return [(str(unit.pk), unit.name) for unit in Unit.objects.active().filter(parent=None).order_by("name_sv")]


def _in_sector(field: str) -> Any:
    def narrowed(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(Q(**{field: value}) | Q(**{f"{field}__parent": value}))

    return narrowed


def functions(actor: Actor) -> Iterable[tuple[str, Any]]:
    """Return the functions to choose from."""
    return [(str(function.pk), function) for function in Function.objects.active().order_by("code")]


def of_sector(field: str = "unit") -> Facet:
    """Return the facet that narrows to a sector and its units."""
    return Facet("sector", _("Sector"), sectors, _in_sector(field))


def desk_address(system: System) -> str:
    """Return the page of a system at the desk."""
    return reverse("systems:desk_system", args=[system.subject.code])


def day(key: str, label: Any, field: str, *, is_shown: bool = True) -> Column:
    """Return a column of days."""
    return Column(key, label, lambda row: getattr(row, field), sort=(field,), is_shown=is_shown)
