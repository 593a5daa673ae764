"""Contracts, vendors and functions."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons import clock
from dialogi.commons.register import Column, Facet, Register
from dialogi.systems import actions
from dialogi.systems.forms.registers import ContractForm, FunctionForm, VendorForm
from dialogi.systems.models import Contract, Function, System, SystemUse, Vendor
from dialogi.systems.queries.contracts import END, ending_within
from dialogi.systems.queries.counting import counted
from dialogi.systems.registers.shared import IN_USE, NAMES, POST, UNIT, USE, day, of_sector
from dialogi.systems.rules import CLASSIFY, KEEP_CONTRACTS, SEE_REGISTERS

CONTRACTS = Register(
    slug="contracts",
    label=pgettext_lazy("noun", "Contracts"),
    add_label=_("Add a contract"),
    intro=_("Until when, and by when one must say something."),
    order=110,
    rows=lambda actor: Contract.objects.visible_to(actor).select_related("subject", "vendor", "unit", "post", "decision"),
    see=SEE_REGISTERS,
    change=KEEP_CONTRACTS,
    columns=(
        Column("name", _("Name"), lambda row: row.name, sort=("name",)),
        Column("vendor", _("Vendor"), lambda row: row.vendor.name if row.vendor else "", sort=("vendor__name",)),
        day("ends", _("Ends on"), "ends_on"),
        day("notice", _("Notice by"), "notice_by"),
        UNIT,
        Column("number", pgettext_lazy("of a contract", "Number"), lambda row: row.number, sort=("number",), is_shown=False),
        day("starts", _("Starts on"), "starts_on", is_shown=False),
        Column("months", _("Notice in months"), lambda row: row.notice_months, sort=("notice_months",), is_number=True, is_shown=False),
        Column("renews", _("Goes on by itself"), lambda row: row.renews_by_itself, is_shown=False),
        Column("options", _("Options to extend"), lambda row: row.options, is_shown=False),
        Column("exit", _("How one gets out"), lambda row: row.exit_terms, is_shown=False),
        Column("terms", _("General terms"), lambda row: row.terms, is_shown=False),
        Column("decision", _("Decision on the purchase"), lambda row: row.decision.public_title if row.decision else "", is_shown=False),
        POST,
        Column("in_force", _("In force"), lambda row: row.is_active, sort=("is_active",), is_shown=False),
    ),
    search=("name", "number", "vendor__name"),
    facets=(
        of_sector(),
        Facet("ends", _("Ends or must be given notice of"), lambda actor: END, lambda rows, value: ending_within(rows, value, today=clock.today())),
        USE,
    ),
    form=ContractForm,
    create=actions.create_contract,
    edit=actions.edit_contract,
    close=actions.close_contract,
    close_label=_("End the contract"),
)
VENDORS = Register(
    slug="vendors",
    label=_("Vendors"),
    add_label=_("Add a vendor"),
    order=112,
    rows=lambda actor: Vendor.objects.visible_to(actor).select_related("subject").annotate(system_count=counted(System.objects.all(), by="vendor")),
    see=SEE_REGISTERS,
    change=CLASSIFY,
    columns=(
        Column("name", _("Name"), lambda row: row.name, sort=("name",)),
        Column("business_id", _("Business ID"), lambda row: row.business_id, sort=("business_id",)),
        Column("systems", pgettext_lazy("noun", "Systems"), lambda row: row.system_count, sort=("system_count",), is_number=True),
        IN_USE,
    ),
    search=("name", "business_id"),
    facets=(USE,),
    form=VendorForm,
    create=actions.create_vendor,
    edit=actions.edit_vendor,
    close=actions.close_vendor,
)
FUNCTIONS = Register(
    slug="functions",
    label=pgettext_lazy("noun", "Functions"),
    add_label=_("Add a function"),
    intro=_("The national classification of municipal services: one axis for systems, costs and services."),
    order=114,
    rows=lambda actor: (
        Function.objects.visible_to(actor).select_related("subject", "part_of").annotate(use_count=counted(SystemUse.objects.all(), by="function"))
    ),
    see=SEE_REGISTERS,
    change=CLASSIFY,
    columns=(
        Column("code", _("Code"), lambda row: row.code, sort=("code",)),
        Column("name", _("Name"), lambda row: row.name, sort=("name_{language}", "name_sv")),
        Column("part_of", _("Part of"), lambda row: row.part_of or ""),
        Column("uses", _("Uses"), lambda row: row.use_count, sort=("use_count",), is_number=True),
        IN_USE,
    ),
    search=(*NAMES, "code"),
    facets=(USE,),
    form=FunctionForm,
    create=actions.create_function,
    edit=actions.edit_function,
    close=actions.close_function,
)
