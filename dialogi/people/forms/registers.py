"""Forms of the room's registers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.languages import LANGUAGES, REQUIRED, current_language
from dialogi.commons.web import ActionForm, ActionModelForm
from dialogi.people.models import LANGUAGE_CHOICES, Area, Body, CompositionRule, Organisation, Person, Position, Post, Role, Unit

_DAY = {"type": "date"}
TITLES = {
    "title_sv": pgettext_lazy("of a person or a post", "Title in Swedish"),
    "title_fi": pgettext_lazy("of a person or a post", "Title in Finnish"),
    "title_en": pgettext_lazy("of a person or a post", "Title in English"),
}
NAMES = {"name_sv": _("Name in Swedish"), "name_fi": _("Name in Finnish"), "name_en": _("Name in English")}


class _Named(ActionModelForm):
    """What has a name has it in both languages."""

    named = "name"
    unnamed: Any = _("Give the name in both Swedish and Finnish.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in REQUIRED:
            self.fields[f"{self.named}_{language}"].required = True
            self.fields[f"{self.named}_{language}"].error_messages["required"] = self.unnamed
        for language in LANGUAGES:
            self.fields[f"{self.named}_{language}"].widget.attrs["lang"] = language


def _by_name(rows: Any, named: str = "name") -> Any:
    return rows.order_by(f"{named}_{current_language()}", f"{named}_sv")


class UnitForm(_Named):
    """A sector or a unit."""

    class Meta:
        model = Unit
        fields = ("name_sv", "name_fi", "name_en", "parent", "email", "phone", "is_active")
        labels = {**NAMES, "parent": _("Unit above"), "email": _("E-mail address"), "phone": _("Telephone"), "is_active": _("In use")}
        help_texts = {"parent": _("Leave empty for a sector.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.active()
        self.fields["parent"].queryset = _by_name(units.exclude(pk=self.instance.pk) if self.instance.pk else units)  # type: ignore[attr-defined]


class AreaForm(_Named):
    """A village or other part."""

    class Meta:
        model = Area
        fields = ("name_sv", "name_fi", "name_en", "latitude", "longitude", "residents", "is_active")
        labels = {**NAMES, "latitude": _("Latitude"), "longitude": _("Longitude"), "residents": _("Residents"), "is_active": _("In use")}
        help_texts = {"latitude": _("In degrees, such as 63.1125."), "longitude": _("In degrees, such as 21.6778.")}


class OrganisationForm(_Named):
    """Somebody else who answers for matters."""

    website = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = ("name_sv", "name_fi", "name_en", "advice_sv", "advice_fi", "advice_en", "website", "email", "phone", "is_active")
        labels = {
            **NAMES,
            "advice_sv": _("Advice in Swedish"),
            "advice_fi": _("Advice in Finnish"),
            "advice_en": _("Advice in English"),
            "phone": _("Telephone"),
            "is_active": _("In use"),
        }
        help_texts = {"advice_sv": _("What a resident should do there, in a sentence or two.")}
        widgets = {f"advice_{language}": forms.Textarea(attrs={"rows": 3, "lang": language}) for language in ("sv", "fi", "en")}


class BodyForm(_Named):
    """A body by law, an advisory council or a working group."""

    class Meta:
        model = Body
        fields = ("name_sv", "name_fi", "name_en", "kind", "email", "successor", "is_active")
        labels = {**NAMES, "kind": _("Kind"), "email": _("E-mail address"), "successor": _("Continued by"), "is_active": _("In use")}
        help_texts = {"email": _("Shown in public; invitations go there."), "successor": _("The body that took over its work.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = _by_name(Body.objects.exclude(pk=self.instance.pk))  # type: ignore[attr-defined]


class CompositionForm(ActionModelForm):
    """What must be true of who sits in a body, and why."""

    class Meta:
        model = CompositionRule
        fields: tuple[str, ...] = ("body", "demand", "position", "post", "unit", "of_body", "least", "most", "reason_sv", "reason_fi", "reason_en")
        labels = {
            "body": _("Body"),
            "demand": _("What it demands"),
            "position": _("Position"),
            "post": _("Post"),
            "unit": _("Unit or sector"),
            "of_body": _("The other body"),
            "least": _("At least"),
            "most": _("At most"),
            "reason_sv": _("Reason in Swedish"),
            "reason_fi": _("Reason in Finnish"),
            "reason_en": _("Reason in English"),
        }
        help_texts = {
            "position": _("When a position belongs to a post."),
            "post": _("When a position belongs to a post."),
            "unit": _("When so many represent a unit, or when a sector leads."),
            "of_body": _("When a sector leads: the body in which it is represented."),
            "least": _("When a number is demanded."),
            "most": _("When a number is demanded."),
            "reason_sv": _("Which decision or section of law it follows from."),
        }
        widgets = {f"reason_{language}": forms.Textarea(attrs={"rows": 2, "lang": language}) for language in LANGUAGES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in {"body": Body, "of_body": Body, "unit": Unit}.items():
            if name in self.fields:
                self.fields[name].queryset = _by_name(rows.objects.active())  # type: ignore[attr-defined]
        self.fields["post"].queryset = _by_name(Post.objects.active(), "title")  # type: ignore[attr-defined]


class EditCompositionForm(CompositionForm):
    """The same rule, of the same body."""

    class Meta(CompositionForm.Meta):
        fields = CompositionForm.Meta.fields[1:]


class PostForm(_Named):
    """A post that answers for something."""

    named = "title"
    unnamed = _("Give the title in both Swedish and Finnish.")

    class Meta:
        model = Post
        fields = ("title_sv", "title_fi", "title_en", "unit", "deputy", "is_active")
        labels = {**TITLES, "unit": _("Unit"), "deputy": _("Deputy"), "is_active": _("In use")}
        help_texts = {"deputy": _("The post whose holder stands in when this one is vacant.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = _by_name(Unit.objects.active())  # type: ignore[attr-defined]
        self.fields["deputy"].queryset = _by_name(Post.objects.active().exclude(pk=self.instance.pk), "title")  # type: ignore[attr-defined]


class PersonForm(ActionForm):
    """A person who works for the municipality or is elected."""

    name = forms.CharField(label=_("Name"), max_length=150)
    title_sv = forms.CharField(label=TITLES["title_sv"], max_length=200, required=False)
    title_fi = forms.CharField(label=TITLES["title_fi"], max_length=200, required=False)
    title_en = forms.CharField(label=TITLES["title_en"], max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language of messages"), choices=LANGUAGE_CHOICES)
    email = forms.EmailField(label=_("E-mail address"), required=False, help_text=_("With an address the person can sign in with a code sent there."))


class EditPersonForm(PersonForm):
    """The same, with what an administrator does for a person who cannot sign in."""

    may_sign_in = forms.BooleanField(label=_("May sign in"), required=False)
    lost_second_factor = forms.BooleanField(
        label=_("Remove passkeys and apps"),
        required=False,
        help_text=_("For a person who lost them. Make sure that it is the right person who asks; they set up new ones at the next sign-in."),
    )


class TermForm(ActionForm):
    """The term and the decision by which somebody holds something."""

    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    until = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Empty means until further notice."), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    decision = forms.CharField(label=_("Appointing decision"), max_length=200, required=False)


class _NewTermForm(TermForm):
    """A term that may begin today."""

    since = forms.DateField(label=_("From"), required=False, help_text=_("Empty means today."), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.exclude(name="").order_by("name"))


class SeatForm(_NewTermForm):
    """A role for a person, in a unit or a body, for a term."""

    field_order = ("person", "role", "unit", "body", "position", "represents", "by_post")
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.active(), required=False)
    body = forms.ModelChoiceField(label=_("Body"), queryset=Body.objects.active(), required=False)
    position = forms.ChoiceField(
        label=_("In the body"), choices=[("", "–"), *Position.choices], required=False, help_text=_("Only for a body, where empty means member.")
    )
    represents = forms.ModelChoiceField(
        label=_("Represents"), queryset=Unit.objects.active(), required=False, help_text=_("Only for a body. Empty means the units in which the person works.")
    )
    by_post = forms.ModelChoiceField(
        label=_("By virtue of the post"),
        queryset=Post.objects.active(),
        required=False,
        help_text=_("Only for a body. The seat then goes on to whoever holds the post next."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("unit", "body", "represents"):
            self.fields[name].queryset = _by_name(self.fields[name].queryset)  # type: ignore[attr-defined]
        self.fields["by_post"].queryset = _by_name(Post.objects.active(), "title")  # type: ignore[attr-defined]


class HoldingForm(_NewTermForm):
    """A post for a person, for a term."""

    field_order = ("post", "person")
    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.active())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = _by_name(self.fields["post"].queryset, "title")  # type: ignore[attr-defined]
