"""Forms of the reading pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.filters import FilterForm, NounChoiceField
from dialogi.commons.text import LineField
from dialogi.people.models import LANGUAGE_CHOICES, Area
from dialogi.services.models import Service
from dialogi.voices.models import Channel, Kind, State, Theme
from dialogi.voices.queries.reading import ListFilter

ANY = [("", _("All"))]


class ListForm(FilterForm):
    """The public list's filters, as they lie in the address; what makes no sense is left out."""

    words = LineField(label=_("Words"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *Kind.choices], required=False)
    state = forms.ChoiceField(label=_("State"), choices=[*ANY, *State.choices], required=False)
    area = NounChoiceField(label=_("Area"), queryset=Area.objects.none(), required=False, empty_label=_("All"))
    service = forms.ModelChoiceField(label=_("Service"), queryset=Service.objects.none(), required=False, empty_label=_("All"), to_field_name="slug")
    language = forms.ChoiceField(label=_("Language"), choices=[*ANY, *LANGUAGE_CHOICES], required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=[*ANY, *Channel.choices], required=False)
    order = forms.ChoiceField(label=_("Order"), choices=[("", _("Newest first")), ("support", _("Most supported first"))], required=False)
    waits = forms.ChoiceField(label=_("Waits"), choices=[*ANY, ("unanswered", _("Without an answer")), ("overdue", _("Past the promised day"))], required=False)
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("To day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    theme = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    view = forms.ChoiceField(choices=[("", ""), ("map", "map")], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.active().select_related("subject").order_by("name_sv")  # type: ignore[attr-defined]
        self.fields["service"].queryset = Service.objects.active().order_by("name_sv")  # type: ignore[attr-defined]

    def wanted(self) -> ListFilter:
        """Return the filter; a bad value counts as none."""
        self.is_valid()
        data = self.cleaned_data
        theme = Theme.objects.filter(subject__code=data["theme"]).first() if data.get("theme") else None
        plain = {name: data.get(name) or "" for name in ("words", "kind", "state", "language", "channel", "order")}
        return ListFilter(
            **plain,
            area=data.get("area"),
            service=data.get("service"),
            theme=theme,
            since=data.get("since"),
            until=data.get("until"),
            unanswered=data.get("waits") == "unanswered",
            overdue=data.get("waits") == "overdue",
        )
