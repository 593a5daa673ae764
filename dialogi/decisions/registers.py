"""The room's registers: every matter and every decision as a table, for search, sorting and export. Kept at the desk."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.permissions import SIGN_IN_FIRST, Permission, when
from dialogi.commons.register import Column, Detail, Facet, Register, add_register
from dialogi.decisions.models import Decision, Matter, MatterState, Outcome
from dialogi.people.models import Body, Unit

SEE = Permission("decisions.see_registers", lambda actor, obj: when(actor.is_staff, SIGN_IN_FIRST))
TITLE = Column("title", pgettext_lazy("of a matter", "Title"), lambda row: row.public_title, sort=("subject__title_{language}", "subject__title_sv"))
UNIT = Column("unit", _("Unit"), lambda row: row.unit.name, sort=("unit__name_{language}",))
TITLES = ("subject__title_sv", "subject__title_fi", "subject__title_en")
OF_UNIT = Facet(
    "unit",
    _("Unit"),
    choices=lambda actor: [(str(unit.pk), unit.name) for unit in Unit.objects.active().order_by("name_sv")],
    apply=lambda rows, value: rows.filter(unit=value),
)


def _at_desk(matter: Matter) -> str:
    return reverse("decisions:desk_matter", args=[matter.subject.code])


def _who(decision: Decision) -> object:
    return decision.body.name if decision.body else decision.office


add_register(
    Register(
        slug="matters",
        label=_("Matters"),
        intro=_("Every matter with its number. Of what is secret the mention stands here."),
        order=92,
        rows=lambda actor: Matter.objects.visible_to(actor).select_related("subject", "unit", "service"),
        see=SEE,
        columns=(
            Column("opened", _("Opened on"), lambda matter: matter.opened_on, sort=("opened_on",)),
            Column("number", _("Case number"), lambda matter: matter.case_number, sort=("case_number",)),
            TITLE,
            Column("state", _("State"), lambda matter: matter.get_state_display(), sort=("state",)),
            UNIT,
            Column("service", _("Service"), lambda matter: matter.service.name if matter.service else ""),
            Column("closed", _("Closed on"), lambda matter: matter.closed_on, sort=("closed_on",)),
        ),
        details=(Detail(_("At the desk"), lambda matter: matter.subject.code, url=_at_desk),),
        search=(*TITLES, "case_number"),
        facets=(
            Facet("state", _("State"), choices=lambda actor: MatterState.choices, apply=lambda rows, value: rows.filter(state=value)),
            OF_UNIT,
        ),
    )
)
add_register(
    Register(
        slug="decisions",
        label=_("Decisions"),
        intro=_("Every public decision. Of what is secret the mention stands here."),
        order=93,
        rows=lambda actor: Decision.objects.published().visible_to(actor).select_related("subject", "unit", "body", "matter"),
        see=SEE,
        columns=(
            Column("decided", _("Decided on"), lambda decision: decision.decided_on, sort=("decided_on",)),
            Column("who", _("Made by"), _who, sort=("body__name_{language}", "office_{language}")),
            Column("section", _("Section (§)"), lambda decision: decision.section, sort=("section",)),
            TITLE,
            Column("outcome", _("Outcome"), lambda decision: decision.get_outcome_display() if decision.is_public else ""),
            Column("number", _("Case number"), lambda decision: decision.matter.case_number if decision.matter else "", sort=("matter__case_number",)),
            UNIT,
        ),
        search=(*TITLES, "matter__case_number", "office_sv", "office_fi"),
        facets=(
            Facet(
                "body",
                _("Body"),
                choices=lambda actor: [(str(body.pk), body.name) for body in Body.objects.order_by("name_sv")],
                apply=lambda rows, value: rows.filter(body=value),
            ),
            Facet(
                "outcome",
                _("Outcome"),
                choices=lambda actor: Outcome.choices,
                apply=lambda rows, value: rows.filter(outcome=value, is_public=True),
            ),
            OF_UNIT,
        ),
    )
)
