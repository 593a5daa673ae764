"""Forms of the registers."""

from typing import Any

from django import forms
from django.utils.functional import Promise as Lazy
from django.utils.functional import keep_lazy_text
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import LANGUAGES, current_language
from dialogi.commons.web import ActionForm, ActionModelForm
from dialogi.people.models import Post, Unit
from dialogi.services.models import Service
from dialogi.systems.forms.picking import DecisionField, StoreField, SystemField, SystemsField
from dialogi.systems.models import Contract, DataGroup, Destination, Function, InformationStore, Integration, System, SystemUse, Vendor

BY_CODE = _("Write the whole name, or the code.")
NAMES = {"name_sv": _("Name in Swedish"), "name_fi": _("Name in Finnish"), "name_en": _("Name in English")}
TEXT_LABELS: dict[str, str | Lazy] = {
    "purpose": _("What it is for"),
    "energy": _("Use of energy"),
    "hardware_life": _("How long the equipment lasts"),
    "reuse": _("Reuse of equipment and software"),
    "content": _("What data it holds"),
    "search_factors": _("What one searches by"),
    "retention": _("How long it is kept"),
    "archiving": _("How it is archived or destroyed"),
    "people": _("Whose data it is"),
    "legal_basis": _("Legal basis"),
    "recipients": _("To whom it is given"),
    "transfers": _("Transfers outside the EU"),
    "data": _("What data"),
}
IN_A_LANGUAGE: dict[str, str | Lazy] = {"sv": _("%(text)s, in Swedish"), "fi": _("%(text)s, in Finnish"), "en": _("%(text)s, in English")}


@keep_lazy_text
def _told(pattern: Any, text: Any) -> str:
    return str(pattern % {"text": text})


def texts(*names: str) -> dict[str, Any]:
    """Return the labels of translated fields."""
    return {f"{name}_{language}": _told(IN_A_LANGUAGE[language], TEXT_LABELS[name]) for name in names for language in LANGUAGES}


def columns(*names: str) -> tuple[str, ...]:
    """Return the columns of translated fields, the languages of each beside each other."""
    return tuple(f"{name}_{language}" for name in names for language in LANGUAGES)


class RegisterForm(ActionModelForm):
    """What the forms share: days are picked as days, units and posts come by name, each language is told to the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name[-3:] in {f"_{language}" for language in LANGUAGES}:
                field.widget.attrs["lang"] = name[-2:]
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
        self._by_name("unit", Unit.objects.active(), "name")
        self._by_name("post", Post.objects.active(), "title")
        self._by_name("deputy", Post.objects.active(), "title")
        self._by_name("vendor", Vendor.objects.active(), "")
        self._by_name("function", Function.objects.active(), "")

    def _by_name(self, field: str, rows: Any, named: str) -> None:
        if field in self.fields:
            order = (f"{named}_{current_language()}", f"{named}_sv") if named else ("code",) if field == "function" else ("name",)
            self.fields[field].queryset = rows.order_by(*order)  # type: ignore[attr-defined]


class FunctionForm(RegisterForm):
    """A class of the national classification."""

    class Meta:
        model = Function
        fields = ("code", "name_sv", "name_fi", "name_en", "part_of", "is_active")
        labels = NAMES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part_of"].queryset = Function.objects.active().exclude(pk=self.instance.pk).order_by("code")  # type: ignore[attr-defined]


class VendorForm(RegisterForm):
    """A vendor."""

    website = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")

    class Meta:
        model = Vendor
        fields = ("name", "business_id", "website", "is_active")


class SystemForm(RegisterForm):
    """What the register says about a system."""

    main_system = SystemField(label=_("Main system"), required=False, help_text=_("Of which this one is a part. Write the whole name, or the code."))

    class Meta:
        model = System
        fields = (
            *columns("name", "purpose"), "identifier", "kind", "product", "vendor", "main_system", "unit", "personal_data", "hosting", "data_location",
            "services", "taken_into_use", "end_of_support", "uses_ai", "makes_automated_decisions", *columns("energy", "hardware_life", "reuse"),
        )  # fmt: skip
        labels = {**NAMES, **texts("purpose", "energy", "hardware_life", "reuse")}
        widgets = {"services": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"].queryset = Service.objects.active().filter(unit__isnull=False).order_by(f"name_{current_language()}")  # type: ignore[attr-defined]


class NewSystemForm(SystemForm):
    """A new system: with what the first use is for, who answers and where it stands."""

    function = forms.ModelChoiceField(
        label=_("Function"), queryset=Function.objects.none(), required=False, help_text=_("What the responsible unit does with it.")
    )

    class Meta(SystemForm.Meta):
        fields = (*SystemForm.Meta.fields[:11], "post", "deputy", "state", *SystemForm.Meta.fields[11:])

    field_order = (*columns("name", "purpose"), "unit", "function", "post", "state", "personal_data")


class UseForm(RegisterForm):
    """How a unit uses a system."""

    system = SystemField(label=_("System"), help_text=BY_CODE)

    class Meta:
        model = SystemUse
        fields = (
            "system", "unit", "function", "coverage", "local_name", "user_band", "criticality", "since", "until", "post", "opt_out_reason",
        )  # fmt: skip


class EditUseForm(RegisterForm):
    """The same, of a system and a unit that stay."""

    class Meta:
        model = SystemUse
        fields = UseForm.Meta.fields[2:]


class StoreForm(RegisterForm):
    """An information store."""

    data_groups = forms.ModelMultipleChoiceField(label=_("Data groups"), queryset=DataGroup.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = InformationStore
        fields = (
            *columns("name", "purpose", "content"), "data_groups", *columns("search_factors", "retention", "archiving"), "unit", "post", "personal_data",
            "special_categories", *columns("people", "legal_basis", "recipients", "transfers"), "openness", "is_case_register", "is_active",
        )  # fmt: skip
        labels = {
            **NAMES,
            **texts("purpose", "content", "search_factors", "retention", "archiving", "people", "legal_basis", "recipients", "transfers"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["data_groups"].queryset = DataGroup.objects.order_by(f"name_{current_language()}", "name_sv")  # type: ignore[attr-defined]


class IntegrationForm(RegisterForm):
    """Where data of a system goes."""

    system = SystemField(label=_("From the system"), help_text=BY_CODE)
    target = SystemField(label=_("To the system"), required=False, help_text=_("One of ours. Write the whole name, or the code."))
    data_groups = forms.ModelMultipleChoiceField(label=_("Data groups"), queryset=DataGroup.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Integration
        fields = ("system", "target", "other_end", "kind", "frequency", *columns("data"), "data_groups", "is_active")
        labels = texts("data")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["data_groups"].queryset = DataGroup.objects.order_by(f"name_{current_language()}", "name_sv")  # type: ignore[attr-defined]


class EditIntegrationForm(IntegrationForm):
    """The same, from a system that stays."""

    system = None  # type: ignore[assignment]

    class Meta(IntegrationForm.Meta):
        fields = IntegrationForm.Meta.fields[1:]


class PlaceForm(ActionForm):
    """Which store a system holds."""

    system = SystemField(label=_("System"), help_text=BY_CODE)
    store = StoreField(label=_("Information store"), help_text=BY_CODE)


class DestinationForm(ActionForm):
    """Where the data goes when the system retires."""

    destination = forms.ChoiceField(label=_("Where the data goes"), choices=Destination.choices)
    moved_to = SystemField(label=_("Moved to the system"), required=False, help_text=BY_CODE)
    destination_note = forms.CharField(label=_("Where and how, in words"), max_length=300, required=False)


class ContractForm(RegisterForm):
    """A contract and what it is about."""

    systems = SystemsField(label=_("Systems that it is about"), required=False, help_text=_("One on each line: the whole name, or the code."))
    decision = DecisionField(label=_("Decision on the purchase"), required=False, help_text=_("The code of the decision, or its whole title."))

    class Meta:
        model = Contract
        fields = (
            "name", "number", "vendor", "systems", "unit", "post", "starts_on", "ends_on", "notice_months", "renews_by_itself", "options", "exit_terms",
            "terms", "decision", "is_active",
        )  # fmt: skip
