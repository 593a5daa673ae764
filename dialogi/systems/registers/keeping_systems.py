"""Systems and their uses."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.register import Column, Facet, Register
from dialogi.systems import actions
from dialogi.systems.forms.registers import EditUseForm, NewSystemForm, SystemForm, UseForm
from dialogi.systems.models import FunctionState, Known, System, SystemState, SystemUse
from dialogi.systems.queries.completeness import lacking
from dialogi.systems.queries.counting import counted
from dialogi.systems.registers.shared import NAME, NAMES, OF_SYSTEM, POST, UNIT, day, desk_address, functions, of_sector
from dialogi.systems.rules import IMPORT, KEEP, KEEP_USES, SEE_REGISTERS, Lacking

SYSTEMS = Register(
    slug="systems",
    label=pgettext_lazy("noun", "Systems"),
    add_label=_("Add a system"),
    intro=_("Which systems we have, what they are for, and who answers for them."),
    order=100,
    rows=lambda actor: (
        System.objects.visible_to(actor)
        .select_related("subject", "unit", "post", "vendor", "main_system")
        .annotate(use_count=counted(SystemUse.objects.all(), by="system"))
    ),
    see=SEE_REGISTERS,
    change=KEEP,
    columns=(
        NAME,
        Column("state", pgettext_lazy("of a system", "State"), lambda row: row.get_state_display(), sort=("state",)),
        UNIT,
        POST,
        Column("vendor", _("Vendor"), lambda row: row.vendor.name if row.vendor else "", sort=("vendor__name",)),
        Column("uses", _("Uses"), lambda row: row.use_count, sort=("use_count",), is_number=True),
        day("confirmed", _("Last confirmed"), "confirmed_at"),
        Column("purpose", _("What it is for"), lambda row: row.purpose, is_shown=False),
        Column("identifier", _("Own identifier"), lambda row: row.identifier, sort=("identifier",), is_shown=False),
        Column("kind", pgettext_lazy("of a system", "Type"), lambda row: row.kind, sort=("kind",), is_shown=False),
        Column("product", _("Product"), lambda row: row.product, sort=("product",), is_shown=False),
        Column("main", _("Main system"), lambda row: row.main_system.name if row.main_system else "", is_shown=False),
        Column("personal", _("Personal data"), lambda row: row.get_personal_data_display(), sort=("personal_data",), is_shown=False),
        Column("hosting", _("Run by"), lambda row: row.get_hosting_display(), sort=("hosting",), is_shown=False),
        Column("data_location", _("Where the data lies"), lambda row: row.get_data_location_display(), sort=("data_location",), is_shown=False),
        Column("ai", _("Artificial intelligence"), lambda row: row.get_uses_ai_display(), sort=("uses_ai",), is_shown=False),
        Column("automated", _("Automated decisions"), lambda row: row.get_makes_automated_decisions_display(), is_shown=False),
        day("since", _("In use since"), "taken_into_use", is_shown=False),
        day("support", _("Support ends"), "end_of_support", is_shown=False),
        Column("public", _("Public"), lambda row: row.is_public, sort=("is_public",), is_shown=False),
    ),
    search=(*NAMES, "purpose_sv", "purpose_fi", "product", "identifier", "vendor__name"),
    facets=(
        Facet("state", pgettext_lazy("of a system", "State"), lambda actor: SystemState.choices, lambda rows, value: rows.filter(state=value)),
        of_sector(),
        Facet("lacks", _("Lacks"), lambda actor: Lacking.choices, lacking),
        Facet(
            "function",
            pgettext_lazy("noun", "Function"),
            functions,
            lambda rows, value: rows.filter(pk__in=SystemUse.objects.filter(function=int(value)).values("system")),
        ),
        Facet("personal", _("Personal data"), lambda actor: Known.choices, lambda rows, value: rows.filter(personal_data=value)),
    ),
    form=NewSystemForm,
    edit_form=SystemForm,
    create=actions.create_system,
    edit=actions.edit_system,
    page=desk_address,
    imports=(IMPORT, "systems:new_import"),
)
USES = Register(
    slug="system-uses",
    label=_("Uses of systems"),
    add_label=_("Add a use"),
    intro=_("Which unit uses which system, and for what."),
    order=102,
    rows=lambda actor: SystemUse.objects.visible_to(actor).select_related("system__subject", "system__unit", "unit", "function", "post"),
    see=SEE_REGISTERS,
    change=KEEP_USES,
    columns=(
        OF_SYSTEM,
        Column("unit", _("Unit"), lambda row: row.unit.name, sort=("unit__name_{language}",)),
        Column("function", pgettext_lazy("noun", "Function"), lambda row: row.function or "", sort=("function__code",)),
        Column("function_state", _("Confirmed by a person"), lambda row: row.get_function_state_display() if row.function else "", sort=("function_state",)),
        Column("band", _("Number of users"), lambda row: row.get_user_band_display(), sort=("user_band",)),
        Column("criticality", _("If it stands still"), lambda row: row.get_criticality_display(), sort=("criticality",)),
        Column("local", _("Name in the unit"), lambda row: row.local_name, sort=("local_name",), is_shown=False),
        Column("coverage", _("How much of the function"), lambda row: row.get_coverage_display(), is_shown=False),
        Column("post", _("Responsible post in the unit"), lambda row: row.post.title if row.post else "", is_shown=False),
        day("since", _("Used since"), "since", is_shown=False),
        day("until", _("Used until"), "until", is_shown=False),
        Column("opt_out", _("Why not the common system"), lambda row: row.opt_out_reason, is_shown=False),
    ),
    search=("system__name_sv", "system__name_fi", "local_name", "function__name_sv", "function__name_fi", "function__code"),
    facets=(
        of_sector(),
        Facet("function", pgettext_lazy("noun", "Function"), functions, lambda rows, value: rows.filter(function=value)),
        Facet(
            "confirmed",
            _("Confirmed by a person"),
            lambda actor: [*FunctionState.choices, ("none", _("No function"))],
            lambda rows, value: rows.filter(function=None) if value == "none" else rows.filter(function__isnull=False, function_state=value),
        ),
    ),
    form=UseForm,
    edit_form=EditUseForm,
    create=lambda *, by, system, **fields: actions.add_use(system, by=by, **fields),
    edit=actions.edit_use,
    close=actions.end_use,
    close_label=_("End the use"),
    is_open=lambda use: use.until is None,
    subject=lambda use: use.system.subject,
    key="pk",
    is_versioned=True,
)
