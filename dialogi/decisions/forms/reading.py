"""The filters of the public lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.filters import FilterForm, NounChoiceField
from dialogi.commons.languages import current_language
from dialogi.commons.text import LineField
from dialogi.decisions.models import MatterState, Outcome
from dialogi.decisions.queries.reading import DecisionFilter, MatterFilter
from dialogi.people.models import Body, Unit
from dialogi.services.models import Service

ANY = [("", _("All"))]
MADE_BY = [*ANY, ("body", _("Bodies")), ("office", _("Office-holders"))]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _by_name(rows: Any) -> Any:
    return rows.select_related("subject").order_by(f"name_{current_language()}", "name_sv")


class MatterListForm(FilterForm):
    """The filters of the list of matters."""

    words = LineField(label=_("Words or case number"), max_length=200, required=False)
    state = forms.ChoiceField(label=_("State"), choices=[*ANY, *MatterState.choices], required=False)
    unit = NounChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All"))
    service = forms.ModelChoiceField(label=_("Service"), queryset=Service.objects.none(), required=False, empty_label=_("All"), to_field_name="slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = _by_name(Unit.objects.active())  # type: ignore[attr-defined]
        self.fields["service"].queryset = _by_name(Service.objects.active().filter(unit__isnull=False))  # type: ignore[attr-defined]

    def wanted(self) -> MatterFilter:
        """Return the filter; a bad value counts as none."""
        self.is_valid()
        data = self.cleaned_data
        return MatterFilter(words=data.get("words") or "", state=data.get("state") or "", unit=data.get("unit"), service=data.get("service"))


class DecisionListForm(FilterForm):
    """The filters of the list of decisions."""

    words = LineField(label=_("Words"), max_length=200, required=False)
    made_by = forms.ChoiceField(label=_("Made by"), choices=MADE_BY, required=False)
    body = NounChoiceField(label=_("Body"), queryset=Body.objects.none(), required=False, empty_label=_("All"))
    unit = NounChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[*ANY, *Outcome.choices], required=False)
    since = forms.DateField(label=_("From day"), required=False, widget=_day())
    until = forms.DateField(label=_("To day"), required=False, widget=_day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A body that was dissolved has decided all the same.
        self.fields["body"].queryset = _by_name(Body.objects.all())  # type: ignore[attr-defined]
        self.fields["unit"].queryset = _by_name(Unit.objects.active())  # type: ignore[attr-defined]

    def wanted(self) -> DecisionFilter:
        """Return the filter; a bad value counts as none."""
        self.is_valid()
        data = self.cleaned_data
        return DecisionFilter(
            words=data.get("words") or "",
            made_by=data.get("made_by") or "",
            outcome=data.get("outcome") or "",
            body=data.get("body"),
            unit=data.get("unit"),
            since=data.get("since"),
            until=data.get("until"),
        )
