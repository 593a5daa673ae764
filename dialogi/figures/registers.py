"""The register of costs: every amount, about whatever it is."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.actors import Actor
from dialogi.commons.models import Subject
from dialogi.commons.register import Column, Detail, Facet, Register, add_register
from dialogi.figures import actions
from dialogi.figures.forms import AmountForm, EditAmountForm
from dialogi.figures.models import Amount, Certainty, SourceKind, Spending
from dialogi.figures.rules import KEEP_AMOUNTS, SEE_AMOUNTS


def _record(*, by: Actor, about: Subject, **fields: Any) -> Amount:
    return actions.record_amount(actions.noun_of(about), by=by, **fields)


def _years(actor: Actor) -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in Amount.objects.order_by("-year").values_list("year", flat=True).distinct()]


AMOUNTS = Register(
    slug="costs",
    label=_("Costs"),
    add_label=_("Record an amount"),
    intro=_("What things cost, with the source of every number. What nobody knows is shown as not known."),
    order=120,
    rows=lambda actor: Amount.objects.visible_to(actor).select_related("subject", "post"),
    see=SEE_AMOUNTS,
    change=KEEP_AMOUNTS,
    columns=(
        Column("about", _("What it is about"), lambda row: row.subject.title, sort=("subject__title_{language}", "subject__title_sv")),
        Column("year", _("Year"), lambda row: row.year, sort=("year",), is_number=True),
        Column("certainty", _("Kind of number"), lambda row: row.get_certainty_display(), sort=("certainty",)),
        Column("spending", _("Spent on"), lambda row: row.get_spending_display(), sort=("spending",)),
        Column("euros", _("Euro"), lambda row: row.euros, sort=("euros",), is_number=True),
        Column("source_kind", pgettext_lazy("of an amount", "Source"), lambda row: row.get_source_kind_display(), sort=("source_kind",)),
        Column("source", _("What the source is, in words"), lambda row: row.source, is_shown=False),
        Column("since", _("First day of the period"), lambda row: row.since, sort=("since",), is_shown=False),
        Column("until", _("Last day of the period"), lambda row: row.until, is_shown=False),
        Column("days", _("Working days of people"), lambda row: row.days, is_number=True, is_shown=False),
        Column("recorded", _("Recorded"), lambda row: row.recorded_at, sort=("recorded_at",), is_shown=False),
    ),
    details=(
        Detail(_("Recorded by the post"), lambda row: row.post.title if row.post else ""),
        Detail(_("What it is about"), lambda row: row.subject.title, url=lambda row: row.subject.get_absolute_url()),
    ),
    search=("subject__title_sv", "subject__title_fi", "source"),
    facets=(
        Facet("year", _("Year"), _years, lambda rows, value: rows.filter(year=value)),
        Facet("certainty", _("Kind of number"), lambda actor: Certainty.choices, lambda rows, value: rows.filter(certainty=value)),
        Facet("spending", _("Spent on"), lambda actor: Spending.choices, lambda rows, value: rows.filter(spending=value)),
        Facet("source", pgettext_lazy("of an amount", "Source"), lambda actor: SourceKind.choices, lambda rows, value: rows.filter(source_kind=value)),
    ),
    form=AmountForm,
    edit_form=EditAmountForm,
    create=_record,
    edit=actions.edit_amount,
    close=actions.remove_amount,
    close_label=_("Remove the amount"),
    is_open=lambda amount: True,
    subject=lambda amount: amount.subject,
    key="pk",
    is_versioned=True,
)
add_register(AMOUNTS)
