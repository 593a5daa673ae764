"""Information stores, in which systems they lie, and integrations."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.actors import Actor
from dialogi.commons.register import Column, Facet, Register
from dialogi.systems import actions
from dialogi.systems.forms.registers import DestinationForm, EditIntegrationForm, IntegrationForm, PlaceForm, StoreForm
from dialogi.systems.models import Destination, InformationStore, Integration, IntegrationKind, Known, Openness, StorePlace, System
from dialogi.systems.registers.shared import NAME, NAMES, OF_SYSTEM, UNIT, USE, of_sector
from dialogi.systems.rules import KEEP, KEEP_STORES, SEE_REGISTERS

STORES = Register(
    slug="information-stores",
    label=_("Information stores"),
    add_label=_("Add an information store"),
    intro=_("What data we have, why, how long, and by what one finds it (Act 906/2019)."),
    order=104,
    rows=lambda actor: InformationStore.objects.visible_to(actor).select_related("subject", "unit", "post"),
    see=SEE_REGISTERS,
    change=KEEP_STORES,
    columns=(
        NAME,
        UNIT,
        Column("personal", _("Personal data"), lambda row: row.get_personal_data_display(), sort=("personal_data",)),
        Column("retention", _("How long it is kept"), lambda row: row.retention),
        Column("search_factors", _("What one searches by"), lambda row: row.search_factors),
        Column("purpose", _("What it is for"), lambda row: row.purpose, is_shown=False),
        Column("content", _("What data it holds"), lambda row: row.content, is_shown=False),
        Column("legal_basis", _("Legal basis"), lambda row: row.legal_basis, is_shown=False),
        Column("recipients", _("To whom it is given"), lambda row: row.recipients, is_shown=False),
        Column("openness", _("Openness"), lambda row: row.get_openness_display(), sort=("openness",), is_shown=False),
        Column("post", _("Responsible post"), lambda row: row.post.title if row.post else "", is_shown=False),
        Column("in_use", _("In use"), lambda row: row.is_active, sort=("is_active",), is_shown=False),
    ),
    search=(*NAMES, "purpose_sv", "purpose_fi", "content_sv", "content_fi"),
    facets=(
        of_sector(),
        Facet("personal", _("Personal data"), lambda actor: Known.choices, lambda rows, value: rows.filter(personal_data=value)),
        Facet("openness", _("Openness"), lambda actor: Openness.choices, lambda rows, value: rows.filter(openness=value)),
        USE,
    ),
    form=StoreForm,
    create=actions.create_store,
    edit=actions.edit_store,
    close=actions.close_store,
)


def _place(*, by: Actor, system: System, store: InformationStore) -> StorePlace:
    return actions.place_store(system, store=store, by=by)


def _destination_initial(place: StorePlace) -> dict[str, Any]:
    return {"destination": place.destination, "moved_to": place.moved_to, "destination_note": place.destination_note}


PLACES = Register(
    slug="store-places",
    label=_("What data lies in which system"),
    add_label=_("Say which data a system holds"),
    intro=_("Before a system retires, each of its information stores has somewhere to go."),
    order=106,
    rows=lambda actor: StorePlace.objects.visible_to(actor).select_related("system__subject", "system__unit", "store__subject", "moved_to__subject"),
    see=SEE_REGISTERS,
    change=KEEP,
    columns=(
        Column("store", _("Information store"), lambda row: row.store.name, sort=("store__name_{language}", "store__name_sv")),
        OF_SYSTEM,
        Column("destination", _("Where the data goes"), lambda row: row.get_destination_display(), sort=("destination",)),
        Column("moved_to", _("Moved to the system"), lambda row: row.moved_to.name if row.moved_to else ""),
        Column("note", _("Where and how, in words"), lambda row: row.destination_note),
    ),
    search=("store__name_sv", "store__name_fi", "system__name_sv", "system__name_fi"),
    facets=(
        of_sector("system__unit"),
        Facet("destination", _("Where the data goes"), lambda actor: Destination.choices, lambda rows, value: rows.filter(destination=value)),
    ),
    form=PlaceForm,
    edit_form=DestinationForm,
    create=_place,
    edit=actions.set_destination,
    close=actions.take_store_out,
    close_label=_("Take the store out of the system"),
    initial=_destination_initial,
    subject=lambda place: place.system.subject,
    key="pk",
    is_versioned=True,
)
INTEGRATIONS = Register(
    slug="integrations",
    label=_("Integrations"),
    add_label=_("Add an integration"),
    intro=_("How data goes from one system to another, also by hand."),
    order=108,
    rows=lambda actor: Integration.objects.visible_to(actor).select_related("system__subject", "system__unit", "target__subject"),
    see=SEE_REGISTERS,
    change=KEEP,
    columns=(
        Column("system", _("From the system"), lambda row: row.system.name, sort=("system__name_{language}", "system__name_sv")),
        Column("target", _("To the system"), lambda row: row.target.name if row.target else row.other_end, sort=("target__name_{language}", "other_end")),
        Column("kind", pgettext_lazy("of an integration", "How"), lambda row: row.get_kind_display(), sort=("kind",)),
        Column("frequency", _("How often"), lambda row: row.get_frequency_display(), sort=("frequency",)),
        Column("data", _("What data"), lambda row: row.data),
        Column("in_use", _("In use"), lambda row: row.is_active, sort=("is_active",), is_shown=False),
    ),
    search=("system__name_sv", "system__name_fi", "target__name_sv", "target__name_fi", "other_end", "data_sv", "data_fi"),
    facets=(
        of_sector("system__unit"),
        Facet("kind", pgettext_lazy("of an integration", "How"), lambda actor: IntegrationKind.choices, lambda rows, value: rows.filter(kind=value)),
        USE,
    ),
    form=IntegrationForm,
    edit_form=EditIntegrationForm,
    create=lambda *, by, system, **fields: actions.add_integration(system, by=by, **fields),
    edit=actions.edit_integration,
    close=actions.end_integration,
    close_label=_("End the integration"),
    subject=lambda integration: integration.system.subject,
    key="pk",
    is_versioned=True,
)
