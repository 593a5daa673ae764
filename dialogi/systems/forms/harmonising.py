"""Forms of harmonisation: filters, dismissals, what-if, cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.filters import FilterForm
from dialogi.commons.languages import current_language
from dialogi.commons.text import LineField, PlainTextField
from dialogi.commons.web import ActionModelForm, DeskForm, VersionedForm
from dialogi.people.models import Post, Unit
from dialogi.systems.forms.picking import DecisionField, SystemField, SystemsField
from dialogi.systems.harmonising.signals import Signal
from dialogi.systems.models import CASE_FLOW, CaseState, HarmonisationCase, Option

DAY = {"type": "date"}
SEVERAL = _("One on each line: the code of the system, or its whole name.")


class CandidateFilter(FilterForm):
    """Which candidates are listed."""

    view = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("To be looked at")), ("dismissed", _("Found to be no overlap, or for later")), ("words", _("Suggestions from words alone"))],
    )
    signal = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[
            ("", _("All reasons")),
            (str(Signal.OTHER_UNIT.value), _("S2 Same function, other product, other unit")),
            (str(Signal.SAME_MAKER.value), _("S3 Same vendor or product")),
            (str(Signal.SAME_DATA.value), _("S4 Same kind of data")),
            (str(Signal.CONTAINED.value), _("S5 One does all that the other does")),
            (str(Signal.WINDOW.value), _("S6 Contracts end close to each other")),
        ],
    )
    words = LineField(label=_("Name of a system"), max_length=80, required=False)


class MatrixFilter(FilterForm):
    """Which functions the matrix shows."""

    words = LineField(label=_("Name or code of a function"), max_length=80, required=False)
    several = forms.BooleanField(label=_("Only with several systems"), required=False)
    unsure = forms.BooleanField(label=_("Only with something unconfirmed"), required=False)


class DismissForm(DeskForm):
    """Why two systems do not overlap, or when to look again."""

    reason = PlainTextField(label=_("Why is this not an overlap, or why not now?"), max_length=1000)
    until = forms.DateField(
        label=_("Look again after"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), help_text=_("Leave empty when it holds for good.")
    )


class WhatIfForm(forms.Form):
    """Which systems would be merged, and which one would stay. Lies in the address; saves nothing."""

    systems = SystemsField(label=_("Systems"), help_text=SEVERAL)
    survivor = SystemField(label=_("The one that stays"), required=False, help_text=_("Leave empty to see what it means when all of them go."))


class CaseForm(ActionModelForm):
    """A case as people write it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    systems = SystemsField(label=_("Systems"), help_text=SEVERAL)
    survivor = SystemField(label=_("The one that stays"), required=False)
    reason = PlainTextField(
        label=_("Why other systems than before"),
        max_length=500,
        required=False,
        help_text=_("Only after the decision, when you change which systems it is about."),
    )

    class Meta:
        model = HarmonisationCase
        fields = (
            "title_sv", "title_fi", "title_en", "summary_sv", "summary_fi", "summary_en", "systems", "survivor", "option", "expected_low", "expected_high",
            "assumptions_sv", "assumptions_fi", "migration_cost", "unit", "post", "reason",
        )  # fmt: skip
        labels = {
            "title_sv": _("Title in Swedish"),
            "title_fi": _("Title in Finnish"),
            "title_en": _("Title in English"),
            "summary_sv": _("What it is about, in Swedish"),
            "summary_fi": _("What it is about, in Finnish"),
            "summary_en": _("What it is about, in English"),
            "assumptions_sv": _("What the expected saving rests on, in Swedish"),
            "assumptions_fi": _("What the expected saving rests on, in Finnish"),
        }
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("summary_sv", "summary_fi", "summary_en", "assumptions_sv", "assumptions_fi")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = Post.objects.active().select_related("unit").order_by(f"title_{current_language()}", "title_sv")  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.active().order_by(f"name_{current_language()}", "name_sv")  # type: ignore[attr-defined]
        if self.instance.pk is None:
            del self.fields["reason"]

    def written(self) -> dict[str, Any]:
        """Return what was written, for the verb."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class MoveCaseForm(VersionedForm):
    """Where a case goes on to; deciding has a form of its own."""

    to = forms.ChoiceField(label=_("Which state comes next?"), widget=forms.RadioSelect)

    def __init__(self, case: HarmonisationCase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = CASE_FLOW.following(case.state) - {CaseState.DECIDED}
        self.fields["to"].choices = [(state.value, state.label) for state in CaseState if state.value in following]  # type: ignore[attr-defined]

    @property
    def has_steps(self) -> bool:
        """Whether there is anywhere to go."""
        return bool(self.fields["to"].choices)  # type: ignore[attr-defined]


class DecideCaseForm(VersionedForm):
    """What a body decided."""

    decision = DecisionField(label=pgettext_lazy("harmonisation", "Decision of the body"), help_text=_("The code of the decision, or its whole title."))
    option = forms.ChoiceField(label=_("What was decided"), choices=Option.choices, widget=forms.RadioSelect)
