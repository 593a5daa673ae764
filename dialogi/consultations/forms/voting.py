"""Forms of an opinion map: voting on one statement or on many, proposing one, and what those who prepare write."""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.actors import Actor
from dialogi.commons.language import detect_language
from dialogi.commons.languages import LANGUAGES, REQUIRED, current_language
from dialogi.commons.reaching import FORM_KEY
from dialogi.commons.text.fields import LineField, PlainTextField
from dialogi.commons.traps import TrapMixin
from dialogi.commons.web import ActionFormMixin, DeskForm
from dialogi.consultations.actions.stating import LONGEST
from dialogi.consultations.actions.voting import Told, Voter
from dialogi.consultations.forms.answering import ArrivalFields
from dialogi.consultations.forms.preparing import InLanguagesForm
from dialogi.consultations.models import Access, AgeBand, OpinionStatement, Participant, Phase, VoteValue
from dialogi.consultations.queries.parity import LANGUAGE_WORDS
from dialogi.people.models import LANGUAGE_CHOICES, Area
from dialogi.voices.models import ModerationRule

VALUES = [(str(value.value), value.label) for value in (VoteValue.AGREE, VoteValue.DISAGREE, VoteValue.PASS)]
COLUMN = 240


class SeatFields(ActionFormMixin, forms.Form):
    """Who fills it in: a participant who is known, or the key of the form, and where codes are asked for the code."""

    access_code = LineField(
        label=_("Single-use code"),
        max_length=40,
        help_text=_("It stands in the letter that you got. With the same code you go on later, also on another device."),
        error_messages={"required": _("Write the single-use code that you were given.")},
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)

    def __init__(self, phase: Phase, *args: Any, participant: Participant | None, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phase, self.participant = phase, participant
        takes_code = phase.access == Access.CODE or (phase.access == Access.ACCOUNT_OR_CODE and actor.person_id is None)
        if participant is not None or not takes_code:
            del self.fields["access_code"]
        self.fields["form_key"].initial = secrets.token_hex(16)

    def clean_form_key(self) -> str:
        """A key that is not ours is replaced, so that nobody picks somebody else's seat."""
        key = str(self.cleaned_data["form_key"])
        return key if FORM_KEY.match(key) else secrets.token_hex(16)

    def voter(self) -> Voter:
        """Return who it is, parsed."""
        data = self.cleaned_data
        return Voter(language=current_language(), known=self.participant, form_key=data["form_key"], access_code=data.get("access_code", ""))


class VoteForm(SeatFields):
    """A vote on one statement: three buttons."""

    statement = forms.IntegerField(widget=forms.HiddenInput)
    value = forms.TypedChoiceField(choices=VALUES, coerce=int, error_messages={"required": _("Choose agree, disagree or pass.")})

    def votes(self) -> dict[int, int]:
        """Return the vote, parsed."""
        return {self.cleaned_data["statement"]: self.cleaned_data["value"]}


class StatementFields(forms.Form):
    """A choice of three for each of some statements; what is left open is no vote."""

    def ask(self, statements: Sequence[OpinionStatement], given: dict[int, int]) -> None:
        """Add a field for each statement, with the vote that is given already."""
        self.statements = statements
        for statement in statements:
            self.fields[f"v{statement.pk}"] = forms.TypedChoiceField(
                label=statement.text,
                choices=VALUES,
                coerce=int,
                empty_value=None,
                required=False,
                initial=str(given[statement.pk]) if statement.pk in given else "",
                widget=forms.RadioSelect(attrs={"class": "across"}),
            )

    def asked(self) -> list[tuple[OpinionStatement, BoundField]]:
        """Return each statement with its field, for the template."""
        return [(statement, self[f"v{statement.pk}"]) for statement in self.statements]

    def votes(self) -> dict[int, int]:
        """Return the votes that were given, parsed."""
        chosen = {statement.pk: self.cleaned_data.get(f"v{statement.pk}") for statement in self.statements}
        return {pk: value for pk, value in chosen.items() if value is not None}


class VotesForm(StatementFields, SeatFields):
    """The list of statements with one's own votes."""

    def __init__(self, phase: Phase, statements: Sequence[OpinionStatement], given: dict[int, int], *args: Any, **kwargs: Any) -> None:
        super().__init__(phase, *args, **kwargs)
        self.ask(statements, given)


class AboutFields(forms.Form):
    """What is told voluntarily, once; what the phase does not ask is not there."""

    age_band = forms.ChoiceField(label=_("Your age"), choices=[("", _("I do not want to say")), *AgeBand.choices], required=False)
    area = forms.ModelChoiceField(label=_("Your village"), queryset=Area.objects.none(), required=False, empty_label=_("I do not want to say"))

    def ask_about(self, phase: Phase) -> None:
        """Keep what the phase asks."""
        self.fields["area"].queryset = Area.objects.active().order_by(f"name_{current_language()}", "name_sv")  # type: ignore[attr-defined]
        for name, is_asked in (("age_band", phase.asks_age), ("area", phase.asks_area)):
            if not is_asked:
                del self.fields[name]

    def told(self) -> Told:
        """Return what was told, parsed."""
        return Told(age_band=self.cleaned_data.get("age_band", ""), area=self.cleaned_data.get("area"))


class AboutForm(ActionFormMixin, AboutFields):
    """Age and village of a participant."""

    def __init__(self, phase: Phase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_about(phase)


class RecordVotesForm(ActionFormMixin, StatementFields, AboutFields, ArrivalFields):
    """Votes of somebody else, typed in by a clerk: the same statements, how and when they came."""

    language = forms.ChoiceField(label=_("The language of the person"), choices=LANGUAGE_CHOICES)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)

    def __init__(self, phase: Phase, statements: Sequence[OpinionStatement], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_about(phase)
        self.ask(statements, {})
        self.fields["form_key"].initial = secrets.token_hex(16)
        self.fields["access_code"].required = phase.access == Access.CODE

    def clean(self) -> dict[str, Any]:
        """Somebody who votes on nothing is no participant."""
        data = super().clean() or {}
        if not any(data.get(f"v{statement.pk}") is not None for statement in self.statements):
            raise forms.ValidationError(_("Choose a vote for at least one statement."))
        return data

    def voter(self) -> Voter:
        """Return who it is, parsed."""
        key = str(self.cleaned_data["form_key"])
        made = key if FORM_KEY.match(key) else secrets.token_hex(16)
        return Voter(language=self.cleaned_data["language"], form_key=made, access_code=self.cleaned_data["access_code"])


class ProposeForm(TrapMixin, SeatFields):
    """A new statement: a sentence that one can agree or disagree with."""

    text = LineField(
        label=pgettext_lazy("opinion map", "Your statement"),
        max_length=LONGEST,
        help_text=_("One thought in one sentence, so that others can agree or disagree. At most 140 characters, and no names of people."),
        error_messages={"required": pgettext_lazy("opinion map", "Write your statement.")},
    )
    language = forms.ChoiceField(label=_("The language of the words"), choices=[("", _("Recognise it for me")), *LANGUAGE_CHOICES], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["text", "language", "access_code"])

    @property
    def recognised(self) -> str:
        """The language of the words, chosen or recognised."""
        return self.cleaned_data["language"] or detect_language(self.cleaned_data["text"], default=current_language()).language


class StatementForm(InLanguagesForm):
    """A statement side by side in its languages; what a participant wrote cannot be changed in its own."""

    line_names = {"text": (pgettext_lazy("opinion map", "Statement"), COLUMN)}

    def __init__(self, *args: Any, statement: OpinionStatement | None = None, **kwargs: Any) -> None:
        initial = {f"text_{language}": getattr(statement, f"text_{language}", "") for language in LANGUAGES}
        super().__init__(*args, initial=initial, **kwargs)
        if statement is not None and statement.said_in:
            said = self.fields[f"text_{statement.said_in}"]
            said.help_text = _("As its author wrote it.")
            said.widget.attrs["readonly"] = True

    def clean(self) -> dict[str, Any]:
        """One language is enough to begin with."""
        data = super().clean() or {}
        if not self.errors and not data.get("text_sv") and not data.get("text_fi"):
            self.add_error("text_sv", pgettext_lazy("opinion map", "Write the statement."))
        return data


class TakeInForm(StatementForm):
    """A proposal in both languages, before everybody votes on it: nothing is voted on in one language only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in REQUIRED:
            words = pgettext_lazy("opinion map", "Write the statement %(language)s too.") % {"language": LANGUAGE_WORDS[language]}
            self.fields[f"text_{language}"].required = True
            self.fields[f"text_{language}"].error_messages["required"] = words


class RefuseStatementForm(DeskForm):
    """Why a statement is not voted on: the rule, which everybody sees counted, and the reason, which its author reads."""

    rule = forms.ModelChoiceField(label=_("By which rule?"), queryset=ModerationRule.objects.none(), widget=forms.RadioSelect, empty_label=None)
    explanation = PlainTextField(
        label=_("Reason in your own words"),
        max_length=2000,
        help_text=_("The author reads this, and nobody else. Write in the author's language."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].queryset = ModerationRule.objects.filter(is_active=True)  # type: ignore[attr-defined]
