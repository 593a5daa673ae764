"""The form that the questions make: the same fields for the page and for the clerk who types in a paper."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.attachments import FilesField
from dialogi.commons.drawings import Drawing, DrawingField, as_drawing
from dialogi.commons.languages import current_language
from dialogi.commons.places import Place, PlaceField
from dialogi.commons.reaching import FORM_KEY
from dialogi.commons.text.fields import LineField, PlainTextField
from dialogi.commons.traps import TrapMixin
from dialogi.commons.web import ActionFormMixin
from dialogi.consultations.actions.answering import Filled, Given
from dialogi.consultations.models import Access, AgeBand, Answer, Choice, MapTools, Phase, Question, QuestionKind, Response
from dialogi.people.models import LANGUAGE_CHOICES, Area
from dialogi.voices.models import Channel

OTHER = "other"


class RanksWidget(forms.MultiWidget):
    """A number before each choice, so that it works on paper, by keyboard and without a script."""

    template_name = "consultations/ranks_widget.html"
    use_fieldset = True

    def __init__(self, choices: list[Choice], attrs: dict[str, Any] | None = None) -> None:
        self.ranked = choices
        numbers = [("", "–"), *((str(place), str(place)) for place in range(1, len(choices) + 1))]
        super().__init__({str(choice.pk): forms.Select(choices=numbers, attrs={"class": "short"}) for choice in choices}, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give each number the words of its choice."""
        context = super().get_context(name, value, attrs)
        context["widget"]["labelled"] = list(zip(context["widget"]["subwidgets"], [choice.text for choice in self.ranked], strict=True))
        return context

    def decompress(self, value: Any) -> list[Any]:
        """Split the ranks by choice."""
        return [(value or {}).get(choice.pk, "") for choice in self.ranked]


class RanksField(forms.Field):
    """Ranks by choice; each number once. The cleaned value maps a choice's id to its rank."""

    def __init__(self, choices: list[Choice], **options: Any) -> None:
        self.ranked = choices
        super().__init__(widget=RanksWidget(choices), **options)

    def clean(self, value: Any) -> dict[int, int]:
        """Return the ranks; ValidationError when a number is given twice."""
        given = list(value or [])
        ranks = {choice.pk: int(rank) for choice, rank in zip(self.ranked, given, strict=False) if str(rank).isdecimal() and 1 <= int(rank) <= len(self.ranked)}
        if len(set(ranks.values())) != len(ranks):
            raise forms.ValidationError(_("Two choices have the same number. Give each number once: 1 is the most important."), code="twice")
        if self.required and not ranks:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return ranks


class GridWidget(forms.MultiWidget):
    """A table of radio buttons: a choice in each row."""

    template_name = "consultations/grid_widget.html"
    use_fieldset = True

    def __init__(self, rows: list[Choice], heads: list[Choice], attrs: dict[str, Any] | None = None) -> None:
        self.rows, self.heads = rows, heads
        choices = [(str(head.pk), head.text) for head in heads]
        super().__init__({str(row.pk): forms.RadioSelect(choices=choices) for row in rows}, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give each row its words, and the table its heads."""
        context = super().get_context(name, value, attrs)
        context["widget"]["labelled"] = list(zip(context["widget"]["subwidgets"], [row.text for row in self.rows], strict=True))
        context["widget"]["heads"] = [head.text for head in self.heads]
        return context

    def decompress(self, value: Any) -> list[Any]:
        """Split the chosen heads by row."""
        return [(value or {}).get(row.pk, "") for row in self.rows]


class GridField(forms.Field):
    """A choice in each row. The cleaned value maps a row's id to the id of its choice."""

    def __init__(self, rows: list[Choice], heads: list[Choice], **options: Any) -> None:
        self.rows, self.heads = rows, {str(head.pk) for head in heads}
        super().__init__(widget=GridWidget(rows, heads), **options)

    def clean(self, value: Any) -> dict[int, int]:
        """Return the choices by row; a required grid wants every row."""
        given = list(value or [])
        chosen = {row.pk: int(one) for row, one in zip(self.rows, given, strict=False) if one in self.heads}
        if self.required and len(chosen) < len(self.rows):
            raise forms.ValidationError(_("Choose one in each row."), code="required")
        return chosen


def _split(question: Question) -> tuple[list[Choice], list[Choice]]:
    every = list(question.choices.all())
    return [choice for choice in every if not choice.is_row], [choice for choice in every if choice.is_row]


def _field(question: Question, phase: Phase) -> forms.Field | None:
    """The field of a question; None for a heading."""
    about: dict[str, Any] = {"label": question.text, "help_text": question.help, "required": False}
    choices, rows = _split(question)
    offered: list[tuple[str, Any]] = [(str(choice.pk), choice.text) for choice in choices]
    if question.is_open_to_other:
        offered.append((OTHER, _("Something else, in my own words")))
    bounds: dict[str, Any] = {"min_value": question.least, "max_value": question.most, "max_digits": 14, "decimal_places": 4, "localize": True}
    low, high = question.least or 1, question.most or 5
    steps = [(str(step), f"{step} {question.low if step == low else question.high if step == high else ''}".strip()) for step in range(low, high + 1)]
    made: dict[str, Callable[[], forms.Field]] = {
        QuestionKind.TEXT: lambda: PlainTextField(max_length=question.most or 4000, **about),
        QuestionKind.ONE: lambda: forms.ChoiceField(choices=offered, widget=forms.RadioSelect, **about),
        QuestionKind.SEVERAL: lambda: forms.MultipleChoiceField(choices=offered, widget=forms.CheckboxSelectMultiple, **about),
        QuestionKind.SCALE: lambda: forms.ChoiceField(choices=steps, widget=forms.RadioSelect(attrs={"class": "across"}), **about),
        QuestionKind.RANKING: lambda: RanksField(choices, **about),
        QuestionKind.MATRIX: lambda: GridField(rows, choices, **about),
        QuestionKind.NUMBER: lambda: forms.DecimalField(**bounds, **about),
        QuestionKind.DATE: lambda: forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **about),
        QuestionKind.PLACE: lambda: DrawingField(**about) if phase.map_tools == MapTools.ANY else PlaceField(**about),
        QuestionKind.FILE: lambda: FilesField(limit=1, **about),
    }
    maker = made.get(question.kind)
    return maker() if maker else None


class AnswerForm(ActionFormMixin, forms.Form):
    """The questions of a phase, and what is told voluntarily. `sending` demands what is required; merely saving does not."""

    language = forms.ChoiceField(label=_("The language of your answers"), choices=LANGUAGE_CHOICES, required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, phase: Phase, questions: list[Question], *args: Any, response: Response | None = None, sending: bool = True, **kwargs: Any) -> None:
        self.phase, self.questions, self.response, self.sending = phase, questions, response, sending
        super().__init__(*args, **kwargs)
        for question in questions:
            if field := _field(question, phase):
                # Not `required`: merely saving demands nothing, nor does a question that is not asked.
                field.is_demanded = question.is_required  # type: ignore[attr-defined]
                self.fields[f"q{question.pk}"] = field
                if question.is_open_to_other:
                    self.fields[f"q{question.pk}_other"] = LineField(label=_("In your own words"), max_length=300, required=False)
        if phase.asks_age:
            self.fields["age_band"] = forms.ChoiceField(label=_("Your age"), choices=[("", _("I do not want to say")), *AgeBand.choices], required=False)
        if phase.asks_area:
            areas = Area.objects.active().order_by(f"name_{current_language()}", "name_sv")
            self.fields["area"] = forms.ModelChoiceField(label=_("Your village"), queryset=areas, required=False, empty_label=_("I do not want to say"))
        self.fields["language"].initial = current_language()
        if response is not None:
            self.initial = {**self.initial, **self._written(response)}

    def asked(self) -> Iterable[tuple[Question, Any, Any]]:
        """Yield each question with its field and the field for other words, for the template."""
        for question in self.questions:
            name = f"q{question.pk}"
            yield question, self[name] if name in self.fields else None, self[f"{name}_other"] if f"{name}_other" in self.fields else None

    def clean_form_key(self) -> str:
        """A key that is not ours is refused silently: the view makes another one."""
        key = str(self.cleaned_data["form_key"])
        return key if FORM_KEY.match(key) else ""

    def clean(self) -> dict[str, Any]:
        """Demand what is required of the questions that are asked, and keep within their limits."""
        data = super().clean() or {}
        for question in self.questions:
            name = f"q{question.pk}"
            if name not in self.fields or name in self.errors or not self._is_asked(question, data):
                continue
            value = data.get(name)
            if self.sending and question.is_required and not value and value != 0:
                self.add_error(name, _("Answer this question."))
            if question.is_open_to_other and (value == OTHER or (isinstance(value, list) and OTHER in value)) and not data.get(f"{name}_other"):
                self.add_error(name, _("Write the other answer in your own words, or choose something else."))
            if question.kind == QuestionKind.SEVERAL and value and self.sending:
                self._check_count(name, question, len(value))
            if question.kind == QuestionKind.MATRIX and self.sending and question.is_required and len(value or {}) < len(_split(question)[1]):
                self.add_error(name, _("Choose one in each row."))
            if question.kind == QuestionKind.TEXT and question.least and value and len(value) < question.least and self.sending:
                words = ngettext("Write at least %(least)s sign.", "Write at least %(least)s signs.", question.least)
                self.add_error(name, words % {"least": question.least})
        return data

    def _check_count(self, name: str, question: Question, count: int) -> None:
        if question.least and count < question.least:
            self.add_error(name, ngettext("Choose at least %(least)s.", "Choose at least %(least)s.", question.least) % {"least": question.least})
        if question.most and count > question.most:
            self.add_error(name, ngettext("Choose at most %(most)s.", "Choose at most %(most)s.", question.most) % {"most": question.most})

    def _is_asked(self, question: Question, data: dict[str, Any]) -> bool:
        """A question that hangs on a choice is asked only where that was chosen, and where the question of that choice was asked itself."""
        if question.only_if is None:
            return True
        parent = next((one for one in self.questions if question.only_if and one.pk == question.only_if.question_id), None)
        if parent is None or not self._is_asked(parent, data):
            return False
        value = data.get(f"q{parent.pk}")
        chosen = value if isinstance(value, list) else [value]
        return str(question.only_if_id) in chosen

    def filled(self) -> Filled:
        """Return the answers, parsed. What hangs on a choice that was not made is left out."""
        data = self.cleaned_data
        given = [row for question in self.questions if self._is_asked(question, data) for row in self._rows(question, data)]
        told = {"age_band": data.get("age_band", ""), "area": data.get("area")}
        return Filled(language=data.get("language") or current_language(), given=given, is_sent=self.sending, **told)

    def _rows(self, question: Question, data: dict[str, Any]) -> list[Given]:
        value, other = data.get(f"q{question.pk}"), data.get(f"q{question.pk}_other", "")
        choices, rows = _split(question)
        by_pk = {choice.pk: choice for choice in [*choices, *rows]}
        if value in (None, "", [], {}, ()):
            return []
        if question.kind in {QuestionKind.ONE, QuestionKind.SEVERAL}:
            chosen = value if isinstance(value, list) else [value]
            return [Given(question=question, words=other) if one == OTHER else Given(question=question, choice=by_pk[int(one)]) for one in chosen]
        if question.kind == QuestionKind.RANKING:
            return [Given(question=question, choice=by_pk[pk], number=Decimal(rank)) for pk, rank in value.items()]
        if question.kind == QuestionKind.MATRIX:
            return [Given(question=question, row=by_pk[row], choice=by_pk[choice]) for row, choice in value.items()]
        return self._single(question, value)

    def _single(self, question: Question, value: Any) -> list[Given]:
        if isinstance(value, Place | Drawing):
            return [Given(question=question, words=value.words, geometry=as_drawing(value).geometry)] if value else []
        if question.kind == QuestionKind.FILE:
            return [Given(question=question, file=value[0])]
        if isinstance(value, date):
            return [Given(question=question, day=value)]
        if question.kind in {QuestionKind.SCALE, QuestionKind.NUMBER}:
            return [Given(question=question, number=Decimal(value))]
        return [Given(question=question, words=str(value))]

    def _written(self, response: Response) -> dict[str, Any]:
        """What a response holds, as the fields show it."""
        shown: dict[str, Any] = {"age_band": response.age_band, "area": response.area_id, "language": response.language, "version": response.version}
        for answer in response.answers.select_related("question"):
            self._show(shown, answer)
        return shown

    def _show(self, shown: dict[str, Any], answer: Answer) -> None:
        name, kind = f"q{answer.question_id}", answer.question.kind
        if kind == QuestionKind.ONE:
            shown[name] = str(answer.choice_id) if answer.choice_id else OTHER
        elif kind == QuestionKind.SEVERAL:
            shown.setdefault(name, []).append(str(answer.choice_id) if answer.choice_id else OTHER)
        elif kind == QuestionKind.RANKING:
            shown.setdefault(name, {})[answer.choice_id] = int(answer.number or 0)
        elif kind == QuestionKind.MATRIX:
            shown.setdefault(name, {})[answer.row_id] = str(answer.choice_id)
        elif kind == QuestionKind.PLACE:
            drawing = Drawing.of(answer.geometry, words=answer.words)
            shown[name] = drawing if self.phase.map_tools == MapTools.ANY else Place(answer.words, *drawing.middle)
        elif kind == QuestionKind.SCALE:
            shown[name] = str(int(answer.number or 0))
        elif kind != QuestionKind.FILE:
            shown[name] = answer.words or (answer.number.normalize() if answer.number is not None else answer.day)
        if answer.words and answer.choice_id is None and answer.question.is_open_to_other:
            shown[f"{name}_other"] = answer.words


class PublicAnswerForm(TrapMixin, AnswerForm):
    """The questions on the public page; where codes are asked for, with the field for the code."""

    access_code = LineField(label=_("Single-use code"), max_length=40, required=False, help_text=_("It stands in the letter that you got."))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks_code = self.phase.access in {Access.CODE, Access.ACCOUNT_OR_CODE} and self.response is None
        if not asks_code or (self.phase.access == Access.ACCOUNT_OR_CODE and actor.person_id is not None):
            del self.fields["access_code"]


class ArrivalFields(forms.Form):
    """How and when something came that a clerk types in."""

    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[choice for choice in Channel.choices if choice[0] not in {Channel.WEB, Channel.SOCIAL}],
        widget=forms.RadioSelect(attrs={"class": "across"}),
    )
    arrived_at = forms.DateTimeField(
        label=_("When did it arrive?"),
        help_text=_("Whether it came in time is judged by this moment."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y"],
    )
    access_code = LineField(label=_("Single-use code on the paper"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["arrived_at"].initial = lambda: timezone.localtime(clock.now())

    def clean_arrived_at(self) -> datetime:
        """Refuse a moment that has not come."""
        arrived: datetime = self.cleaned_data["arrived_at"]
        if arrived > clock.now() + timedelta(minutes=2):
            raise forms.ValidationError(_("The arrival cannot be in the future. Check the day and the time."))
        return min(arrived, clock.now())


class RecordAnswerForm(ArrivalFields, AnswerForm):
    """A paper form, or a call, typed in by a clerk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].required = True
