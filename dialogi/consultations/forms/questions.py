"""The planner's form for a question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import LANGUAGES
from dialogi.commons.text.fields import LineField, PlainTextField
from dialogi.commons.web import ActionForm
from dialogi.consultations.actions.questioning import CHOOSING, FIELDS, Wordings
from dialogi.consultations.forms.preparing import IN, InLanguagesForm
from dialogi.consultations.models import Choice, Phase, Question, QuestionKind

LIMITS = _("Signs of a text, choices of several, the low end of a scale, or the least number.")
PER_LINE = _("One on each line, in the same order in each language.")


class QuestionForm(InLanguagesForm):
    """A question with its choices, side by side in the languages."""

    line_names = {"text": (_("Question"), 500), "low": (_("Words at the low end of a scale"), 80), "high": (_("Words at the high end of a scale"), 80)}
    prose_names = {"help": (_("Help"), 1000)}
    kind = forms.ChoiceField(label=_("Kind"), choices=QuestionKind.choices)
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)
    is_open_to_other = forms.BooleanField(label=_("With room for another answer in own words"), required=False)
    least = forms.IntegerField(label=_("At least"), required=False, help_text=LIMITS)
    most = forms.IntegerField(label=_("At most"), required=False)
    only_if = forms.ModelChoiceField(label=_("Only if this was chosen"), queryset=Choice.objects.none(), required=False, empty_label=_("Asked always"))

    def __init__(self, phase: Phase, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        self.question = question
        super().__init__(*args, initial={**_values(question), "version": phase.version}, **kwargs)
        for name, label in (("choices", _("Choices")), ("rows", _("Rows of the grid"))):
            for language in LANGUAGES:
                words = _("%(what)s %(language)s") % {"what": label, "language": IN[language]}
                self.fields[f"{name}_{language}"] = PlainTextField(label=words, max_length=6000, required=False, help_text=PER_LINE)
                self.fields[f"{name}_{language}"].widget.attrs |= {"lang": language, "rows": 5}
        earlier = Choice.objects.filter(question__phase=phase, is_row=False, question__kind__in=[QuestionKind.ONE, QuestionKind.SEVERAL])
        if question is not None:
            earlier = earlier.filter(question__position__lt=question.position)
            del self.fields["kind"]
        self.fields["only_if"].queryset = earlier.select_related("question").order_by("question__position", "position")  # type: ignore[attr-defined]
        self.fields["only_if"].label_from_instance = lambda choice: f"{choice.question.text}: {choice.text}"  # type: ignore[attr-defined]
        texts = [f"{name}_{language}" for name in ("text", "help", "choices", "rows") for language in LANGUAGES]
        self.order_fields(
            ["kind", *texts, "is_required", "is_open_to_other", "least", "most", "low_sv", "low_fi", "low_en", "high_sv", "high_fi", "high_en", "only_if"]
        )

    @property
    def asked_kind(self) -> str:
        """The kind that is asked: chosen once, and kept."""
        return self.question.kind if self.question else self.cleaned_data.get("kind", "")

    def clean(self) -> dict[str, Any]:
        """The choices have as many lines in Swedish as in Finnish, so that each line is one choice."""
        data = super().clean() or {}
        for name in ("choices", "rows"):
            counts = {language: len(_lines(data.get(f"{name}_{language}", ""))) for language in LANGUAGES}
            most = max(counts.values())
            for language, count in counts.items():
                if count not in {0, most}:
                    words = _("There are %(count)s lines here and %(most)s in another language. Each line is one choice in every language.")
                    self.add_error(f"{name}_{language}", words % {"count": count, "most": most})
        return data

    def values(self) -> dict[str, Any]:
        """Return the question's columns."""
        return {name: value for name, value in self.cleaned_data.items() if name in FIELDS}

    def wordings(self) -> Wordings:
        """Return the choices and rows, each by language."""
        if self.asked_kind not in CHOOSING:
            return Wordings()
        return Wordings(choices=self._side_by_side("choices"), rows=self._side_by_side("rows") if self.asked_kind == QuestionKind.MATRIX else ())

    def _side_by_side(self, name: str) -> list[dict[str, str]]:
        lines = {language: _lines(self.cleaned_data[f"{name}_{language}"]) for language in LANGUAGES}
        most = max(len(each) for each in lines.values())
        return [{language: each[place] if place < len(each) else "" for language, each in lines.items()} for place in range(most)]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _values(question: Question | None) -> dict[str, Any]:
    if question is None:
        return {}
    values: dict[str, Any] = {name: getattr(question, name) for name in FIELDS}
    for name, is_row in (("choices", False), ("rows", True)):
        chosen = [choice for choice in question.choices.all() if choice.is_row == is_row]
        for language in LANGUAGES:
            words = [getattr(choice, f"text_{language}") for choice in chosen]
            values[f"{name}_{language}"] = "\n".join(words) if all(words) else "\n".join(word for word in words if word)
    return values


class CodesForm(ActionForm):
    """How many codes, and for whom."""

    count = forms.IntegerField(label=_("How many codes"), min_value=1, max_value=5000)
    batch = LineField(label=_("For whom"), max_length=80, help_text=_("For example the households of Replot. It tells the batches apart."))
