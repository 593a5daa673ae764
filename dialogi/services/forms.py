"""Forms of the room's registers: they parse and explain, they never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import LANGUAGES, current_language
from dialogi.commons.web import ActionForm, ActionModelForm
from dialogi.people.models import Unit
from dialogi.services.models import Service, ServicePoint
from dialogi.services.rules import PROMISED_KINDS

NAMES = {"name_sv": _("Name in Swedish"), "name_fi": _("Name in Finnish"), "name_en": _("Name in English")}


def in_languages(name: str, rows: int) -> dict[str, forms.Textarea]:
    """Return text areas for a translated field, each telling the browser its language."""
    return {f"{name}_{language}": forms.Textarea(attrs={"rows": rows, "lang": language}) for language in LANGUAGES}


class ServiceForm(ActionModelForm):
    """A service of ours, or one that somebody else provides."""

    class Meta:
        model = Service
        fields = (
            "slug", "name_sv", "name_fi", "name_en", "unit", "provider", "description_sv", "description_fi", "description_en",
            "without_device_sv", "without_device_fi", "without_device_en", "words", "is_active",
        )  # fmt: skip
        labels = {
            **NAMES,
            "description_sv": _("Description in Swedish"),
            "description_fi": _("Description in Finnish"),
            "description_en": _("Description in English"),
            "without_device_sv": _("How to get it without a device, in Swedish"),
            "without_device_fi": _("How to get it without a device, in Finnish"),
            "without_device_en": _("How to get it without a device, in English"),
        }
        widgets = {**in_languages("description", 3), **in_languages("without_device", 2), "words": forms.Textarea(attrs={"rows": 2})}


class EditServiceForm(ServiceForm):
    """A service keeps the address it was born with."""

    class Meta(ServiceForm.Meta):
        fields = ServiceForm.Meta.fields[1:]  # type: ignore[assignment]


class ServicePointForm(ActionModelForm):
    """A place where people are served in person."""

    services = forms.ModelMultipleChoiceField(
        label=_("Services one gets here"), queryset=Service.objects.active(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ServicePoint
        fields = (
            "name_sv", "name_fi", "name_en", "unit", "address_sv", "address_fi", "address_en", "phone", "latitude", "longitude",
            "hours_sv", "hours_fi", "hours_en", "access_sv", "access_fi", "access_en", "is_active",
        )  # fmt: skip
        labels = {
            **NAMES,
            "address_sv": _("Address in Swedish"),
            "address_fi": _("Address in Finnish"),
            "address_en": _("Address in English"),
            "hours_sv": _("Opening hours in Swedish"),
            "hours_fi": _("Opening hours in Finnish"),
            "hours_en": _("Opening hours in English"),
            "access_sv": _("How accessible it is, in Swedish"),
            "access_fi": _("How accessible it is, in Finnish"),
            "access_en": _("How accessible it is, in English"),
        }
        widgets = {**in_languages("hours", 3), **in_languages("access", 2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"].queryset = Service.objects.active().order_by(f"name_{current_language()}")  # type: ignore[attr-defined]


class PromiseForm(ActionForm):
    """In how many working days a unit answers a kind of voice."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.active(), required=False, help_text=_("Empty means every unit."))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    working_days = forms.IntegerField(label=_("Working days"), min_value=1, max_value=250)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Every kind")), *PROMISED_KINDS]  # type: ignore[attr-defined]
