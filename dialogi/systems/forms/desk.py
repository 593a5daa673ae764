"""Forms of a system's page at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons import clock
from dialogi.commons.languages import current_language
from dialogi.commons.text import LineField, PlainTextField
from dialogi.commons.web import ActionModelForm, DeskForm, VersionedForm
from dialogi.people.models import Post
from dialogi.systems.forms.picking import DecisionField
from dialogi.systems.models import Assessment, System, TechnicalDetails
from dialogi.systems.queries.desk import steps_from

DAY = {"type": "date"}


class MoveForm(VersionedForm):
    """Where a system goes on to."""

    to = forms.ChoiceField(label=_("Which state comes next?"), widget=forms.RadioSelect)
    reason = LineField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Only when something is missing and the ICT team lets the system move on all the same.")
    )

    def __init__(self, system: System, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = steps_from(system)
        self.fields["to"].choices = [(step.state, step.label) for step in self.steps]  # type: ignore[attr-defined]

    @property
    def missing(self) -> list[Any]:
        """What is still missing, step by step."""
        return [step for step in self.steps if step.missing]


class ResponsibleForm(VersionedForm):
    """Which post answers, which one stands in, and by which decision."""

    post = forms.ModelChoiceField(label=_("Responsible post"), queryset=Post.objects.none(), required=False)
    deputy = forms.ModelChoiceField(label=pgettext_lazy("of a system", "Deputy"), queryset=Post.objects.none(), required=False)
    decision = DecisionField(label=_("Decision that named them"), required=False, help_text=_("The code of the decision, or its whole title."))
    since = forms.DateField(label=_("Responsible since"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.active().select_related("unit").order_by(f"title_{current_language()}", "title_sv")
        for name in ("post", "deputy"):
            self.fields[name].queryset = posts  # type: ignore[attr-defined]


class HideForm(DeskForm):
    """Why a card is taken from public view."""

    reason = PlainTextField(label=_("Reason"), max_length=500)


class AssessmentForm(ActionModelForm):
    """What one assessor found."""

    class Meta:
        model = Assessment
        fields = ("kind", "score", "summary", "assessed_on", "expires_on")
        widgets = {
            "score": forms.NumberInput(attrs={"min": 0, "max": 4}),
            "summary": forms.Textarea(attrs={"rows": 4}),
            **{name: forms.DateInput(attrs=DAY, format="%Y-%m-%d") for name in ("assessed_on", "expires_on")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("assessed_on", clock.today())


class TechnicalForm(ActionModelForm):
    """What never leaves the building."""

    version_seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = TechnicalDetails
        fields = ("version", "network", "sign_in", "backup", "recovery_hours", "confidentiality", "integrity", "availability", "notes")
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("network", "notes")}
