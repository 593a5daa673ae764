"""Forms of the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.text import LineField, PlainTextField
from dialogi.commons.web import DeskForm, VersionedForm
from dialogi.people.models import LANGUAGE_CHOICES, Area, Organisation, Person, Unit
from dialogi.services.models import Service
from dialogi.voices.actions import Answer
from dialogi.voices.answers import NO_SUCH_VOICE
from dialogi.voices.models import FLOW, Channel, Kind, State, Theme, Voice
from dialogi.voices.queries.desk import VIEWS, InboxFilter

MAX_ANSWER = 12000
ANY = [("", _("All"))]


def _choices(choices: Any) -> list[tuple[str, Any]]:
    return [*ANY, *choices]


class InboxForm(forms.Form):
    """The inbox's filters, as they lie in the address; what makes no sense is left out."""

    view = forms.ChoiceField(choices=[(view, view) for view in VIEWS], required=False)
    words = LineField(label=_("Words, code or case number"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=_choices(Kind.choices), required=False)
    state = forms.ChoiceField(label=_("State"), choices=_choices(State.choices), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=_choices(LANGUAGE_CHOICES), required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=_choices(Channel.choices), required=False)
    service = forms.ModelChoiceField(label=_("Service"), queryset=Service.objects.none(), required=False, empty_label=_("All"))
    area = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.none(), required=False, empty_label=_("All"))
    theme = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.active().order_by("name_sv")  # type: ignore[attr-defined]
        self.fields["area"].queryset = Area.objects.active().order_by("name_sv")  # type: ignore[attr-defined]

    def wanted(self) -> InboxFilter:
        """Return the filter; a bad value counts as none."""
        self.is_valid()
        data = self.cleaned_data
        service, area = data.get("service"), data.get("area")
        return InboxFilter(
            view=data.get("view") or "unit",
            kind=data.get("kind", ""),
            language=data.get("language", ""),
            channel=data.get("channel", ""),
            state=data.get("state", ""),
            service=service.pk if service else None,
            area=area.pk if area else None,
            theme=data.get("theme", ""),
            words=data.get("words", ""),
        )


class ReplyForm(VersionedForm):
    """An answer: the language of the voice first and required, the others offered."""

    state = forms.ChoiceField(label=_("Where does the matter stand after the answer?"), widget=forms.RadioSelect(attrs={"class": "across"}))
    forwarded_to = forms.ModelChoiceField(label=_("Whose matter is it?"), queryset=Organisation.objects.none(), required=False)
    same_as = LineField(label=_("Code of the other voice"), max_length=20, required=False)
    minutes = forms.IntegerField(label=_("Minutes spent"), min_value=0, max_value=6000, required=False)

    def __init__(self, voice: Voice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.voice = voice
        following = FLOW.following(voice.state) | {voice.state} - {State.RECEIVED}
        self.fields["state"].choices = [(s.value, s.label) for s in State if s.value in following and s != State.RECEIVED]  # type: ignore[attr-defined]
        self.fields["forwarded_to"].queryset = Organisation.objects.active().order_by("name_sv")  # type: ignore[attr-defined]
        others = [code for code, _label in LANGUAGE_CHOICES if code != voice.language]
        for code in [voice.language, *others]:
            own = code == voice.language
            label = _("Answer in Swedish") if code == "sv" else _("Answer in Finnish") if code == "fi" else _("Answer in English")
            help_text = _("The language of the voice. Everybody who reads the voice reads the answer.") if own else ""
            self.fields[f"text_{code}"] = PlainTextField(label=label, max_length=MAX_ANSWER, required=own, help_text=help_text)
            self.fields[f"text_{code}"].widget.attrs |= {"rows": 8 if own else 4, "lang": code}
        for name, state in (("forwarded_to", State.NOT_OURS), ("same_as", State.SAME_AS)):
            if state not in following:
                del self.fields[name]

    @property
    def own_text(self) -> forms.BoundField:
        """The answer in the language of the voice."""
        return self[f"text_{self.voice.language}"]

    @property
    def other_texts(self) -> list[forms.BoundField]:
        """The answer in the other languages."""
        return [self[f"text_{code}"] for code, _label in LANGUAGE_CHOICES if code != self.voice.language]

    @property
    def has_other_texts(self) -> bool:
        """Whether what is folded away holds something."""
        return any(field.value() or field.errors for field in [*self.other_texts, self["minutes"]])

    def clean_same_as(self) -> Voice | None:
        """Find the other voice by its public code."""
        code = self.cleaned_data["same_as"].strip().upper()
        if not code:
            return None
        found = Voice.objects.filter(subject__code=code).exclude(pk=self.voice.pk).first()
        if found is None:
            raise forms.ValidationError(NO_SUCH_VOICE)
        return found

    def clean(self) -> dict[str, Any]:
        """Say beside the field what a state needs."""
        data = super().clean() or {}
        if data.get("state") == State.NOT_OURS and not data.get("forwarded_to"):
            self.add_error("forwarded_to", _("Say to whom the matter is forwarded."))
        if data.get("state") == State.SAME_AS and not data.get("same_as") and "same_as" not in self.errors:
            self.add_error("same_as", _("Say which other voice it is the same as."))
        return data

    def answer(self) -> Answer:
        """Return the parsed answer."""
        data = self.cleaned_data
        return Answer(
            state=data["state"],
            text_sv=data.get("text_sv", ""),
            text_fi=data.get("text_fi", ""),
            text_en=data.get("text_en", ""),
            minutes=data.get("minutes"),
            forwarded_to=data.get("forwarded_to") if data["state"] == State.NOT_OURS else None,
            same_as=data.get("same_as") if data["state"] == State.SAME_AS else None,
        )


class AssignForm(VersionedForm):
    """Moving a voice to a unit, and perhaps to one person, with the reason."""

    unit = forms.ModelChoiceField(label=_("Responsible unit"), queryset=Unit.objects.none(), empty_label=None)
    handler = forms.ModelChoiceField(label=_("Handler"), queryset=Person.objects.none(), required=False)
    reason = LineField(label=_("Reason"), max_length=300, help_text=_("Everybody who follows the voice can read it."))

    def __init__(self, handlers: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.active().order_by("name_sv")  # type: ignore[attr-defined]
        self.fields["handler"].queryset = handlers  # type: ignore[attr-defined]


class NoteForm(DeskForm):
    """An internal note."""

    text = PlainTextField(label=_("Internal note"), max_length=4000, help_text=_("Only those who handle the voice see it."))


class ReclassifyForm(VersionedForm):
    """Correcting what a voice is."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES)
    service = forms.ModelChoiceField(label=_("Service"), queryset=Service.objects.none(), required=False)
    area = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.active().order_by("name_sv")  # type: ignore[attr-defined]
        self.fields["area"].queryset = Area.objects.active().order_by("name_sv")  # type: ignore[attr-defined]


class TranslateForm(DeskForm):
    """The words of a voice in another language."""

    language = forms.ChoiceField(label=_("Language of the translation"), choices=LANGUAGE_CHOICES)
    text = PlainTextField(label=_("Translation"), max_length=MAX_ANSWER)


class ThemeField(forms.ModelChoiceField):
    """A theme, with the unit that keeps it."""

    def label_from_instance(self, theme: Theme) -> str:
        """Say which of two themes with like titles it is."""
        return f"{theme.title} ({theme.unit})"


class GatherForm(DeskForm):
    """Putting voices in a theme."""

    theme = ThemeField(label=_("Theme"), queryset=Theme.objects.none())

    def __init__(self, themes: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]


class ThemeForm(VersionedForm):
    """A theme: title in both languages, what it is about, whether it is a need."""

    title_sv = LineField(label=_("Title in Swedish"), max_length=200)
    title_fi = LineField(label=_("Title in Finnish"), max_length=200)
    title_en = LineField(label=_("Title in English"), max_length=200, required=False)
    summary_sv = PlainTextField(label=_("What it is about, in Swedish"), max_length=3000, required=False)
    summary_fi = PlainTextField(label=_("What it is about, in Finnish"), max_length=3000, required=False)
    summary_en = PlainTextField(label=_("What it is about, in English"), max_length=3000, required=False)
    unit = forms.ModelChoiceField(label=_("Unit that keeps the theme"), queryset=Unit.objects.none(), empty_label=None)
    is_need = forms.BooleanField(label=_("It is a need that services should be developed from"), required=False)

    def __init__(self, units: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def in_languages(self, name: str) -> dict[str, str]:
        """Return a field's words by language."""
        return {code: self.cleaned_data[f"{name}_{code}"] for code in ("sv", "fi", "en")}


class ThemeReplyForm(VersionedForm):
    """One answer to all voices of a theme, in both languages."""

    field_order = ("text_sv", "text_fi", "text_en", "state", "minutes")
    state = forms.ChoiceField(
        label=_("Where does the matter stand after the answer?"),
        choices=[(s.value, s.label) for s in (State.IN_HAND, State.PLANNED, State.DONE, State.CANNOT)],
        widget=forms.RadioSelect(attrs={"class": "across"}),
    )
    text_sv = PlainTextField(label=_("Answer in Swedish"), max_length=MAX_ANSWER)
    text_fi = PlainTextField(label=_("Answer in Finnish"), max_length=MAX_ANSWER)
    text_en = PlainTextField(label=_("Answer in English"), max_length=MAX_ANSWER, required=False)
    minutes = forms.IntegerField(label=_("Minutes spent"), min_value=0, max_value=6000, required=False)

    def answer(self) -> Answer:
        """Return the parsed answer."""
        data = self.cleaned_data
        return Answer(state=data["state"], text_sv=data["text_sv"], text_fi=data["text_fi"], text_en=data.get("text_en", ""), minutes=data.get("minutes"))


class CaseNumberForm(DeskForm):
    """The registrar's number for a voice that starts a matter."""

    number = LineField(label=_("Case number"), max_length=40, help_text=_("For example 123/00.04.01/2026."))
    retention_class = forms.ChoiceField(label=_("Retention class"))

    def __init__(self, classes: list[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["retention_class"].choices = classes  # type: ignore[attr-defined]
