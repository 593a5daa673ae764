"""Forms of the desk: keeping a matter, tying, recording a decision, files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.attachments import FilesField
from dialogi.commons.form_rows import RowsMixin, language_of
from dialogi.commons.languages import LANGUAGES, current_language
from dialogi.commons.models import Subject
from dialogi.commons.permissions import may
from dialogi.commons.registry import registry
from dialogi.commons.text import LineField, PlainTextField
from dialogi.commons.web import DeskForm, VersionedForm
from dialogi.decisions.models import MATTER_FLOW, Decision, Matter, MatterState, Outcome, Remedy
from dialogi.decisions.queries.desk import posts_for, source_by_code, units_for
from dialogi.decisions.rules import MOST_FILES, NUMBER
from dialogi.people.models import LANGUAGE_CHOICES, Body, Post, Role, Unit
from dialogi.services.models import Service

MAX_TEXT = 20_000
SECRET = ("is_public", "mention_sv", "mention_fi", "mention_en", "secrecy")
NO_SUCH_CODE = _("Nothing that you may see has this code. The code has six signs and stands on the page of what you mean.")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class KeptForm(RowsMixin, VersionedForm):
    """What a matter and a decision share: their openness."""

    is_public = forms.BooleanField(label=_("Everybody may read it"), required=False, initial=True)
    mention_sv = LineField(label=_("What the public reads instead of the title, in Swedish"), max_length=200, required=False)
    mention_fi = LineField(label=_("What the public reads instead of the title, in Finnish"), max_length=200, required=False)
    mention_en = LineField(label=_("What the public reads instead of the title, in English"), max_length=200, required=False)
    secrecy = LineField(label=_("Section of law that makes it secret"), max_length=200, required=False, help_text=_("For example 621/1999, 24 § 1 mom. 32."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if language := language_of(name):
                field.widget.attrs["lang"] = language
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 6

    @property
    def secret(self) -> list[list[forms.BoundField]]:
        """What is asked when not everybody may read it."""
        return self.in_rows(SECRET)

    @property
    def is_secret_shown(self) -> bool:
        """Whether that part stands open."""
        return not self["is_public"].value() or any(self[name].errors for name in SECRET)

    def clean(self) -> dict[str, Any]:
        """Say beside the field what a secret needs."""
        data = super().clean() or {}
        if not data.get("is_public"):
            for name in ("mention_sv", "mention_fi"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Say what the public may read instead of the title."))
            if not data.get("secrecy") and "secrecy" not in self.errors:
                self.add_error("secrecy", _("Name the section of law that makes it secret."))
        return data

    def written(self) -> dict[str, Any]:
        """Return what the verb writes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"version", "reason"}}


class MatterForm(KeptForm):
    """A matter: what it is about, who prepares it."""

    field_order = ("title_sv", "title_fi", "title_en", "summary_sv", "summary_fi", "summary_en")
    title_sv = LineField(label=_("Title in Swedish"), max_length=200)
    title_fi = LineField(label=_("Title in Finnish"), max_length=200)
    title_en = LineField(label=_("Title in English"), max_length=200, required=False)
    summary_sv = PlainTextField(label=_("What it is about, in Swedish"), max_length=4000)
    summary_fi = PlainTextField(label=_("What it is about, in Finnish"), max_length=4000)
    summary_en = PlainTextField(label=_("What it is about, in English"), max_length=4000, required=False)
    unit = forms.ModelChoiceField(label=_("Unit that prepares it"), queryset=Unit.objects.none(), empty_label=None)
    post = forms.ModelChoiceField(label=_("Post that answers for it"), queryset=Post.objects.none(), required=False)
    service = forms.ModelChoiceField(label=_("Service that it concerns"), queryset=Service.objects.none(), required=False)
    case_number = LineField(label=_("Case number"), max_length=40, required=False, help_text=_("For example 123/00.04.01/2026."))
    opened_on = forms.DateField(label=_("Opened on"), initial=clock.today, widget=_day())

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(actor, Role.HANDLER, Role.HEAD, Role.REGISTRAR)  # type: ignore[attr-defined]
        self.fields["post"].queryset = posts_for(actor, Role.HANDLER, Role.HEAD, Role.REGISTRAR)  # type: ignore[attr-defined]
        self.fields["service"].queryset = Service.objects.active().filter(unit__isnull=False).order_by(f"name_{current_language()}")  # type: ignore[attr-defined]
        if not may(actor, NUMBER):
            del self.fields["case_number"]

    @property
    def about(self) -> list[list[forms.BoundField]]:
        """Everything but its openness."""
        return self.in_rows([name for name in self.fields if name not in {*SECRET, "version"}])


class MoveForm(VersionedForm):
    """Where a matter goes on to."""

    to = forms.ChoiceField(label=_("How does it go on?"), widget=forms.RadioSelect(attrs={"class": "across"}))
    reason = LineField(label=_("Reason"), max_length=300, required=False, help_text=_("Needed when it goes back or is dropped. Everybody can read it."))

    def __init__(self, matter: Matter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = MATTER_FLOW.following(matter.state)
        self.fields["to"].choices = [(state.value, state.label) for state in MatterState if state.value in following]  # type: ignore[attr-defined]


class SourceForm(DeskForm):
    """What set a matter in motion, by its short code."""

    code = LineField(label=_("Code of the voice, theme or consultation"), max_length=20)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_code(self) -> Subject:
        """Find it by its code."""
        found = source_by_code(self.cleaned_data["code"], actor=self.actor)
        if found is None:
            raise forms.ValidationError(NO_SUCH_CODE)
        return found


class PickMatterForm(DeskForm):
    """Which matter somebody's words set in motion."""

    matter = forms.ChoiceField(label=_("Matter"), widget=forms.RadioSelect, error_messages={"required": _("Choose the matter.")})

    def __init__(self, matters: list[Matter], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matters = {matter.subject.code: matter for matter in matters}
        self.fields["matter"].choices = [(code, _named(matter)) for code, matter in self.matters.items()]  # type: ignore[attr-defined]

    def clean_matter(self) -> Matter:
        """Return the chosen matter."""
        return self.matters[self.cleaned_data["matter"]]


def _named(matter: Matter) -> str:
    return " · ".join(part for part in (str(matter.public_title), matter.case_number, str(matter.unit.name)) if part)


class DecisionForm(KeptForm):
    """A decision: who made it, what it says, what can be done about it."""

    field_order = ("reason",)
    body = forms.ModelChoiceField(label=_("Body that decided"), queryset=Body.objects.none(), required=False, empty_label=_("An office-holder"))
    post = forms.ModelChoiceField(label=_("Post that decided"), queryset=Post.objects.none(), required=False, empty_label=_("None in the list"))
    office_sv = LineField(
        label=_("Office in Swedish"), max_length=200, required=False, help_text=_("The office, not the person. Empty means the title of the chosen post.")
    )
    office_fi = LineField(label=_("Office in Finnish"), max_length=200, required=False)
    office_en = LineField(label=_("Office in English"), max_length=200, required=False)
    unit = forms.ModelChoiceField(label=_("Unit that prepared it"), queryset=Unit.objects.none(), empty_label=None)
    decided_on = forms.DateField(label=_("Decided on"), widget=_day())
    section = LineField(label=_("Section (§)"), max_length=20, required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    title_sv = LineField(label=_("Title in Swedish"), max_length=200)
    title_fi = LineField(label=_("Title in Finnish"), max_length=200)
    title_en = LineField(label=_("Title in English"), max_length=200, required=False)
    text_sv = PlainTextField(label=_("What was decided, in Swedish"), max_length=MAX_TEXT, required=False, help_text=_("At least one language is needed."))
    text_fi = PlainTextField(label=_("What was decided, in Finnish"), max_length=MAX_TEXT, required=False)
    text_en = PlainTextField(label=_("What was decided, in English"), max_length=MAX_TEXT, required=False)
    reasons_sv = PlainTextField(label=_("Reasons in Swedish"), max_length=MAX_TEXT, required=False)
    reasons_fi = PlainTextField(label=_("Reasons in Finnish"), max_length=MAX_TEXT, required=False)
    reasons_en = PlainTextField(label=_("Reasons in English"), max_length=MAX_TEXT, required=False)
    minutes_url = forms.URLField(label=_("Address of the minutes"), max_length=400, required=False, assume_scheme="https")
    remedy = forms.ChoiceField(label=_("If somebody disagrees"), choices=Remedy.choices, widget=forms.RadioSelect)
    remedy_law = LineField(
        label=_("Section of law about that"), max_length=200, required=False, help_text=_("Empty means the Local Government Act (410/2015).")
    )

    WHO = ("body", "post", "office_sv", "office_fi", "office_en", "unit", "decided_on", "section")
    WHAT = ("title_sv", "title_fi", "title_en", "outcome", "text_sv", "text_fi", "text_en")
    WHY = ("reasons_sv", "reasons_fi", "reasons_en")
    AFTER = ("minutes_url", "remedy", "remedy_law")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keeps_bodies = actor.is_machine or actor.holds(Role.REGISTRAR, anywhere=True)
        self.fields["unit"].queryset = units_for(actor, Role.HEAD, Role.REGISTRAR)  # type: ignore[attr-defined]
        self.fields["post"].queryset = posts_for(actor, Role.HEAD, Role.REGISTRAR)  # type: ignore[attr-defined]
        if keeps_bodies:
            self.fields["body"].queryset = Body.objects.all().order_by(f"name_{current_language()}")  # type: ignore[attr-defined]
        else:
            del self.fields["body"]

    @property
    def groups(self) -> list[tuple[Any, list[list[forms.BoundField]]]]:
        """The parts of the form, each with its heading."""
        parts = ((_("Who decided"), self.WHO), (_("What was decided"), self.WHAT), (_("Why"), self.WHY), (_("Afterwards"), self.AFTER))
        return [(heading, self.in_rows(names)) for heading, names in parts]

    def clean(self) -> dict[str, Any]:
        """Say beside the field what is missing: exactly one who decided, and some words."""
        data = super().clean()
        offices = [data.get(f"office_{language}") for language in LANGUAGES]
        if data.get("body") and (data.get("post") or any(offices)):
            self.add_error("body", _("Choose either a body or an office-holder."))
        elif not data.get("body") and (any(offices) or not data.get("post")):
            for name in ("office_sv", "office_fi"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Name the office in Swedish and in Finnish, or choose the body."))
        if not any(data.get(f"text_{language}") for language in LANGUAGES) and not self.errors.keys() & {"text_sv", "text_fi", "text_en"}:
            self.add_error(f"text_{current_language() if current_language() != 'en' else 'sv'}", _("Write what was decided."))
        return data


class CorrectForm(DecisionForm):
    """Correcting what is public already."""

    reason = LineField(label=_("Why is it corrected?"), max_length=300, help_text=_("Everybody who reads the decision can read it."))


class PublishForm(VersionedForm):
    """Making a decision public, as it was seen."""


class AboutForm(DeskForm):
    """What a decision decides on, by its short code."""

    code = LineField(label=_("Code of what it decides on"), max_length=20, help_text=_("A service, a measure, a document: its code stands on its page."))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_code(self) -> Subject:
        """Find it by its code."""
        kinds = [kind for kind, plug in registry.nouns.items() if plug.can_be_spoken_about]
        code = self.cleaned_data["code"].strip().upper()
        found = Subject.objects.visible_to(self.actor).of_kind(*kinds).filter(code=code).first()
        if found is None:
            raise forms.ValidationError(NO_SUCH_CODE)
        return found


class UploadForm(DeskForm):
    """Files of a matter or a decision."""

    uploads = FilesField(label=_("Files"), limit=MOST_FILES, help_text=_("PDF, office documents or pictures, five at a time."))
    description = LineField(label=_("What they are"), max_length=300)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES)
    is_public = forms.BooleanField(label=_("Everybody may read them"), required=False, initial=True)


class RemoveFileForm(DeskForm):
    """Why a file goes."""

    reason = LineField(label=_("Why is the file removed?"), max_length=300, help_text=_("Everybody can read it."))


def initial_of(noun: Matter | Decision, form: type[KeptForm]) -> dict[str, Any]:
    """Return what a form begins with when a matter or a decision is changed."""
    return {name: getattr(noun, name) for name in form.base_fields if hasattr(noun, name)} | {"version": noun.subject.version}
