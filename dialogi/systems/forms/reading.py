"""The filters of the public list of systems."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.filters import FilterForm, NounChoiceField
from dialogi.commons.languages import current_language
from dialogi.commons.text import LineField
from dialogi.people.models import Unit
from dialogi.services.models import Service
from dialogi.systems.models import Function, Known, SystemState
from dialogi.systems.queries.reading import SystemFilter

ANY = [("", _("All"))]


class SystemListForm(FilterForm):
    """The filters of the list of systems."""

    words = LineField(label=_("Words"), max_length=200, required=False)
    unit = NounChoiceField(label=_("Used by"), queryset=Unit.objects.none(), required=False, empty_label=_("All"))
    service = forms.ModelChoiceField(label=_("Service"), queryset=Service.objects.none(), required=False, empty_label=_("All"), to_field_name="slug")
    function = forms.ModelChoiceField(
        label=pgettext_lazy("noun", "Function"), queryset=Function.objects.none(), required=False, empty_label=_("All"), to_field_name="code"
    )
    state = forms.ChoiceField(label=pgettext_lazy("of a system", "State"), choices=[*ANY, *SystemState.choices], required=False)
    personal_data = forms.ChoiceField(label=_("Personal data"), choices=[*ANY, *Known.choices], required=False)
    uses_ai = forms.ChoiceField(label=_("Artificial intelligence"), choices=[*ANY, *Known.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = f"name_{current_language()}"
        self.fields["unit"].queryset = Unit.objects.active().select_related("subject").order_by(name, "name_sv")  # type: ignore[attr-defined]
        self.fields["service"].queryset = Service.objects.active().order_by(name, "name_sv")  # type: ignore[attr-defined]
        self.fields["function"].queryset = Function.objects.active().filter(uses__system__is_public=True).distinct().order_by("code")  # type: ignore[attr-defined]

    def wanted(self) -> SystemFilter:
        """Return the filter; a bad value counts as none."""
        self.is_valid()
        data = self.cleaned_data
        plain = {name: data.get(name) or "" for name in ("words", "state", "personal_data", "uses_ai")}
        function = data.get("function")
        return SystemFilter(unit=data.get("unit"), service=data.get("service"), function=function.code if function else "", **plain)
