"""Forms of those who prepare: begin, words, phases, annexes, publishing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.attachments.fields import FilesField
from dialogi.commons.form_rows import RowsMixin
from dialogi.commons.languages import LANGUAGES, current_language
from dialogi.commons.text.fields import LineField, PlainTextField
from dialogi.commons.web import ActionForm
from dialogi.consultations.actions.preparing import FIELDS, WORDS
from dialogi.consultations.blueprints import BLUEPRINTS
from dialogi.consultations.models import Access, Consultation, MapTools, PhaseKind, Shown
from dialogi.consultations.parts import is_offered
from dialogi.people.models import Area, Body, Unit

IN = {"sv": pgettext_lazy("written", "in Swedish"), "fi": pgettext_lazy("written", "in Finnish"), "en": pgettext_lazy("written", "in English, if you like")}
TITLE = pgettext_lazy("of a page", "Title")
MOMENT = {"type": "datetime-local", "step": "1"}
DAY = {"type": "date"}


def _by_name(rows: Any) -> Any:
    return rows.order_by(f"name_{current_language()}", "name_sv")


class MomentField(forms.DateTimeField):
    """A moment on the wall clock of the municipality, to the second."""

    widget = forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M:%S")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y"], **options)


class InLanguagesForm(RowsMixin, ActionForm):
    """A form with fields written side by side in the three languages."""

    line_names: dict[str, tuple[Any, int]] = {}
    prose_names: dict[str, tuple[Any, int]] = {}
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for names, kind in ((self.line_names, LineField), (self.prose_names, PlainTextField)):
            for name, (label, length) in names.items():
                for language in LANGUAGES:
                    field = kind(label=_("%(what)s %(language)s") % {"what": label, "language": IN[language]}, max_length=length, required=False)
                    field.widget.attrs["lang"] = language
                    self.fields[f"{name}_{language}"] = field

    @property
    def seen(self) -> int | None:
        """The version that the person saw, or None."""
        return self.cleaned_data.get("version")

    def words(self) -> dict[str, str]:
        """Return the words by column."""
        names = [*self.line_names, *self.prose_names]
        return {f"{name}_{language}": self.cleaned_data[f"{name}_{language}"] for name in names for language in LANGUAGES}

    def by_language(self, name: str) -> dict[str, str]:
        """Return one text by language."""
        return {language: self.cleaned_data[f"{name}_{language}"] for language in LANGUAGES}


class BeginForm(RowsMixin, ActionForm):
    """How a new consultation begins."""

    title_sv = LineField(label=_("Title in Swedish"), max_length=200, required=False)
    title_fi = LineField(
        label=_("Title in Finnish"),
        max_length=200,
        required=False,
        help_text=_("One language is enough to begin with. Both are needed before it is published."),
    )
    unit = forms.ModelChoiceField(label=_("Responsible unit"), queryset=Unit.objects.none())
    blueprint = forms.ChoiceField(
        label=_("Begin from"), choices=[(key, made.label) for key, made in BLUEPRINTS.items()], widget=forms.RadioSelect(attrs={"class": "cards"})
    )
    opens_on = forms.DateField(label=_("Opens on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), help_text=_("You can move every phase afterwards."))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = _by_name(units)  # type: ignore[attr-defined]
        offered = [(key, made.label) for key, made in BLUEPRINTS.items() if all(is_offered(stretch.kind) for stretch in made.phases)]
        self.fields["blueprint"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A title in one of the languages."""
        data = super().clean() or {}
        if not data.get("title_sv") and not data.get("title_fi"):
            self.add_error("title_sv", _("Give the consultation a title."))
        return data


class CopyForm(ActionForm):
    """A copy of an earlier consultation, opening on another day."""

    opens_on = forms.DateField(label=_("Opens on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))


class WordsForm(InLanguagesForm):
    """Everything that the page says about a consultation."""

    line_names = {"title": (TITLE, 200)}
    prose_names = {
        "summary": (_("Summary"), 600),
        "purpose": (_("Why we ask"), 4000),
        "open_to_influence": (_("What can be influenced"), 4000),
        "not_open": (_("What is already settled"), 4000),
        "decision_words": (_("How it is decided"), 2000),
    }
    decided_by = forms.ModelChoiceField(label=_("Who decides"), queryset=Body.objects.none(), required=False)
    decided_on = forms.DateField(label=_("When it is decided"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    area = forms.ModelChoiceField(label=_("Area"), queryset=Area.objects.none(), required=False, empty_label=_("The whole municipality"))
    contact_name = LineField(label=_("Contact person"), max_length=150, required=False)
    contact_email = forms.EmailField(label=_("E-mail address"), required=False)
    contact_phone = LineField(label=_("Telephone"), max_length=40, required=False)

    def __init__(self, consultation: Consultation, *args: Any, **kwargs: Any) -> None:
        initial = {name: getattr(consultation, name) for name in FIELDS if name not in {"unit", "planner", "about"}}
        super().__init__(*args, initial={**initial, "version": consultation.subject.version}, **kwargs)
        self.fields["decided_by"].queryset = _by_name(Body.objects.active())  # type: ignore[attr-defined]
        self.fields["area"].queryset = _by_name(Area.objects.active())  # type: ignore[attr-defined]
        self.order_fields([*(f"{name}_{language}" for name in WORDS for language in LANGUAGES)])

    def values(self) -> dict[str, Any]:
        """Return every field of the consultation that the form holds."""
        return {name: value for name, value in self.cleaned_data.items() if name in FIELDS}


class PhaseForm(InLanguagesForm):
    """A phase of the timetable."""

    line_names = {"title": (_("Title, if another than the kind"), 200)}
    prose_names = {"intro": (_("What one does here"), 3000)}
    kind = forms.ChoiceField(label=_("What happens"), choices=PhaseKind.choices)
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(label=_("Closes"), help_text=_("It closes at this second; what comes later is received and marked late."))
    access = forms.ChoiceField(label=_("Who may answer"), required=False)
    map_tools = forms.ChoiceField(label=_("Map"), choices=MapTools.choices, required=False)
    shown = forms.ChoiceField(label=_("Results are shown"), choices=Shown.choices, required=False)
    asks_age = forms.BooleanField(label=_("Ask for an age band (always voluntary)"), required=False)
    asks_area = forms.BooleanField(label=_("Ask for a village (always voluntary)"), required=False)

    def __init__(self, *args: Any, is_published: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [choice for choice in PhaseKind.choices if is_offered(choice[0])]  # type: ignore[attr-defined]
        # Proving who one is needs an identification service; it is offered only where one is connected.
        self.fields["access"].choices = [choice for choice in Access.choices if choice[0] != Access.VERIFIED]  # type: ignore[attr-defined]
        self.order_fields(["kind", "opens_at", "closes_at"])
        if is_published:
            for name in ("kind", "opens_at", "closes_at"):
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        """Return the phase's columns; what was left empty keeps its usual value."""
        skipped = {name for name in ("access", "map_tools", "shown") if not self.cleaned_data.get(name)}
        return {name: value for name, value in self.cleaned_data.items() if name != "version" and name not in skipped}


class ExtendForm(ActionForm):
    """More time, with a reason."""

    closes_at = MomentField(label=_("New closing"))
    reason = PlainTextField(label=_("Reason, which everybody sees"), max_length=1000)


class CancelForm(InLanguagesForm):
    """Cancelling, with a reason in both languages."""

    prose_names = {"because": (_("Why it is cancelled"), 2000)}

    def clean(self) -> dict[str, Any]:
        """Both languages."""
        data = super().clean() or {}
        for language in ("sv", "fi"):
            if not data.get(f"because_{language}"):
                self.add_error(f"because_{language}", _("Say in both Swedish and Finnish why it is cancelled."))
        return data


class ResultForm(InLanguagesForm):
    """The result on top of the page."""

    prose_names = {"result": (_("Result"), 8000)}


class AnnexForm(InLanguagesForm):
    """A file in each language, or in one with the reason why."""

    line_names = {"title": (TITLE, 200), "exception_because": (_("Why one language is missing"), 300)}
    prose_names = {"summary": (_("Summary"), 3000)}
    promised_by = LineField(label=_("Who promises the other language"), max_length=150, required=False)
    promised_on = forms.DateField(label=_("By which day"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    file_sv = FilesField(label=_("File in Swedish"), limit=1, required=False)
    file_fi = FilesField(label=_("File in Finnish"), limit=1, required=False)
    file_en = FilesField(label=_("File in English"), limit=1, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [f"{name}_{language}" for name in ("title", "file", "summary", "exception_because") for language in LANGUAGES]
        self.order_fields([*names, "promised_by", "promised_on"])

    def new_files(self) -> dict[str, Any]:
        """Return the new file in each language that has one."""
        return {language: self.cleaned_data[f"file_{language}"][0] for language in LANGUAGES if self.cleaned_data.get(f"file_{language}")}

    def values(self) -> dict[str, Any]:
        """Return the annex's other columns."""
        return {**self.words(), "promised_by": self.cleaned_data["promised_by"], "promised_on": self.cleaned_data["promised_on"]}
