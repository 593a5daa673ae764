"""The room's registers: services, service points, promises."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogi.commons.permissions import SIGN_IN_FIRST, Permission, when
from dialogi.commons.register import Column, Facet, Register, add_register
from dialogi.people.models import Unit
from dialogi.services import actions
from dialogi.services.forms import EditServiceForm, PromiseForm, ServiceForm, ServicePointForm
from dialogi.services.models import Promise, Service, ServicePoint
from dialogi.services.rules import KEEP_SERVICES, PROMISED_KINDS

SEE = Permission("services.see_registers", lambda actor, obj: when(actor.is_staff, SIGN_IN_FIRST))
NAME = Column("name", _("Name"), lambda row: row.name, sort=("name_{language}", "name_sv"))
UNIT = Column("unit", _("Responsible unit"), lambda row: row.unit.name if row.unit else "", sort=("unit__name_{language}",))
IN_USE = Column("in_use", _("In use"), lambda row: row.is_active, sort=("is_active",))
USE = Facet(
    "state",
    _("In use"),
    choices=lambda actor: [("open", _("In use")), ("closed", _("Out of use"))],
    apply=lambda rows, value: rows.filter(is_active=value == "open"),
)
OF_UNIT = Facet(
    "unit",
    _("Responsible unit"),
    choices=lambda actor: [(str(unit.pk), unit.name) for unit in Unit.objects.active().order_by("name_sv")],
    apply=lambda rows, value: rows.filter(unit=value),
)


def _kind_name(made: Promise) -> Any:
    return dict(PROMISED_KINDS).get(made.kind, _("Every kind"))


def _change_promise(made: Promise, *, by: Any, unit: Unit | None, kind: str, working_days: int) -> Promise:
    return actions.promise(unit=made.unit, kind=made.kind, working_days=working_days, by=by)


add_register(
    Register(
        slug="services",
        label=_("Services"),
        add_label=_("Add a service"),
        order=70,
        rows=lambda actor: Service.objects.visible_to(actor).select_related("subject", "unit", "provider"),
        see=SEE,
        change=KEEP_SERVICES,
        columns=(NAME, UNIT, Column("provider", _("Provided by somebody else"), lambda row: row.provider.name if row.provider else ""), IN_USE),
        search=("name_sv", "name_fi", "name_en", "words"),
        facets=(OF_UNIT, USE),
        form=ServiceForm,
        edit_form=EditServiceForm,
        create=actions.create_service,
        edit=actions.edit_service,
        close=actions.close_service,
    )
)
add_register(
    Register(
        slug="service-points",
        label=_("Service points"),
        add_label=_("Add a service point"),
        order=80,
        rows=lambda actor: ServicePoint.objects.visible_to(actor).select_related("subject", "unit"),
        see=SEE,
        change=KEEP_SERVICES,
        columns=(NAME, UNIT, Column("address", _("Address"), lambda row: row.address), Column("phone", _("Phone"), lambda row: row.phone), IN_USE),
        search=("name_sv", "name_fi", "name_en", "address_sv", "address_fi"),
        facets=(OF_UNIT, USE),
        form=ServicePointForm,
        create=actions.create_service_point,
        edit=actions.edit_service_point,
        close=actions.close_service_point,
        initial=lambda point: {"services": list(point.services.values_list("pk", flat=True))},
    )
)
add_register(
    Register(
        slug="promises",
        label=_("Service promises"),
        add_label=_("Make a promise"),
        intro=_("In how many working days we answer. The most exact promise applies: unit and kind, then unit, then kind. What the law sets goes before."),
        order=90,
        rows=lambda actor: Promise.objects.select_related("unit__subject"),
        see=SEE,
        change=KEEP_SERVICES,
        columns=(
            Column("unit", _("Unit"), lambda made: made.unit.name if made.unit else _("Every unit"), sort=("unit__name_{language}",)),
            Column("kind", _("Kind"), _kind_name, sort=("kind",)),
            Column("days", _("Working days"), lambda made: made.working_days, sort=("working_days",), is_number=True),
        ),
        form=PromiseForm,
        create=actions.promise,
        edit=_change_promise,
        close=actions.end_promise,
        close_label=_("End the promise"),
        initial=lambda made: {"unit": made.unit_id, "kind": made.kind, "working_days": made.working_days},
        subject=lambda made: made.unit.subject if made.unit else None,
        key="pk",
    )
)
