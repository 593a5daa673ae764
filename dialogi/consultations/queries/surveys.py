"""Surveys as they are read: the questions, one response, and the sums that everybody sees."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Max, Min, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.charts import Chart, Series
from dialogi.commons.codes import digests, explain
from dialogi.commons.languages import Words, current_language, missing_languages
from dialogi.consultations.models import AccessCode, AgeBand, Answer, Comment, Lateness, Phase, Question, QuestionKind, Response, Shown, State
from dialogi.consultations.queries.comments import small_hidden
from dialogi.consultations.queries.parity import LANGUAGE_WORDS, Lack
from dialogi.people.models import LANGUAGE_CHOICES
from dialogi.voices.models import Channel

COUNTED = (QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.SCALE, QuestionKind.MATRIX, QuestionKind.RANKING, QuestionKind.NUMBER)


def questions_of(phase: Phase) -> list[Question]:
    """Return the questions in their order with their choices; two queries."""
    return list(phase.questions.select_related("only_if__question").prefetch_related("choices").order_by("position", "id"))


def response_by_code(code: str) -> Response | None:
    """Return the response that a follow-up code opens, or None."""
    if explain(code):
        return None
    return Response.objects.filter(receipt_digest__in=digests(code)).select_related("phase__consultation__subject", "area").first()


def response_of(phase: Phase, *, person_id: int | None) -> Response | None:
    """Return the response of the person who is signed in, or None."""
    return Response.objects.filter(phase=phase, person=person_id).first() if person_id is not None else None


def gate(phase: Phase) -> Iterator[Lack]:
    """Yield what a survey lacks before it can open: questions, and every word of them in both languages."""
    questions = questions_of(phase)
    if not any(question.kind != QuestionKind.HEADING for question in questions):
        yield Lack(_("The survey has no questions yet."), f"questions:{phase.pk}")
    for number, question in enumerate(questions, start=1):
        lacking = {language for one in (question, *question.choices.all()) for language in missing_languages(one, "text")}
        for name in ("help", "low", "high"):
            if getattr(question, f"{name}_sv") or getattr(question, f"{name}_fi"):
                lacking |= set(missing_languages(question, name))
        for language in sorted(lacking, reverse=True):
            words = _("Question %(number)s is missing words %(language)s.") % {"number": number, "language": LANGUAGE_WORDS[language]}
            yield Lack(words, f"question:{question.pk}", language)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a result: its words, how many, and what share of those who answered the question (per cent)."""

    label: Words | str
    number: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question. A number under five in a breakdown is hidden; sums over all answers are shown."""

    question: Question
    answered: int
    rows: list[Row]
    grid: list[tuple[Words | str, list[int]]]
    heads: list[Words | str]
    sentence: str
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class SurveyResults:
    """The sums of a survey."""

    total: int
    late: int
    results: list[Result]
    tables: list[tuple[Any, list[tuple[str, int | None]]]]


def are_results_shown(phase: Phase) -> bool:
    """Tell whether everybody sees the sums: when it has closed, or while it is open if the planner chose so."""
    return phase.consultation.state != State.DRAFT and (phase.is_over() or (phase.shown == Shown.LIVE and phase.is_open()))


def results_of(phase: Phase) -> SurveyResults:
    """Count a survey: a constant number of queries, whatever the number of questions and answers."""
    counted = Response.objects.counted().filter(phase=phase)
    answers = Answer.objects.filter(response__in=counted)
    questions = questions_of(phase)
    answered = dict(answers.values_list("question").annotate(n=Count("response", distinct=True)).order_by())
    cells: dict[int, dict[tuple[int | None, int | None, Decimal | None], int]] = defaultdict(dict)
    asked = [question.pk for question in questions if question.kind in COUNTED and question.kind != QuestionKind.NUMBER]
    grouped = answers.filter(question__in=asked).values_list("question", "choice", "row", "number").annotate(n=Count("id")).order_by()
    for question, choice, row, number, count in grouped:
        cells[question][choice, row, number] = count
    measured = answers.filter(question__kind=QuestionKind.NUMBER).values("question").order_by()
    numbers: dict[int, dict[str, Any]] = {row["question"]: {**row} for row in measured.annotate(mean=Avg("number"), low=Min("number"), high=Max("number"))}
    late = counted.exclude(lateness=Lateness.IN_TIME).count()
    results = [_result(question, answered.get(question.pk, 0), cells[question.pk], numbers.get(question.pk)) for question in questions]
    return SurveyResults(counted.count(), late, [result for result in results if result.question.kind != QuestionKind.HEADING], breakdowns(counted))


def _result(question: Question, answered: int, cells: dict[tuple[int | None, int | None, Decimal | None], int], numbers: dict[str, Any] | None) -> Result:
    rows: list[Row] = []
    grid: list[tuple[Words | str, list[int]]] = []
    heads: list[Words | str] = []
    sentence = ""
    choices = [choice for choice in question.choices.all() if not choice.is_row]
    if question.kind in {QuestionKind.ONE, QuestionKind.SEVERAL}:
        rows = [_row(choice.text, cells.get((choice.pk, None, None), 0), answered) for choice in choices]
        if question.is_open_to_other:
            rows.append(_row(str(_("Something else")), cells.get((None, None, None), 0), answered))
    elif question.kind == QuestionKind.SCALE:
        steps = range(question.least or 1, (question.most or 5) + 1)
        by_step = {int(number): count for (_choice, _row_id, number), count in cells.items() if number is not None}
        rows = [_row(str(step), by_step.get(step, 0), answered) for step in steps]
        total = sum(by_step.values())
        if total:
            mean = sum(step * count for step, count in by_step.items()) / total
            sentence = _("On average %(mean)s.") % {"mean": f"{mean:.1f}".replace(".", "," if current_language() != "en" else ".")}
    elif question.kind == QuestionKind.RANKING:
        rows = _ranked(choices, cells, answered)
    elif question.kind == QuestionKind.MATRIX:
        heads = [choice.text for choice in choices]
        lines = [choice for choice in question.choices.all() if choice.is_row]
        grid = [(line.text, [cells.get((choice.pk, line.pk, None), 0) for choice in choices]) for line in lines]
    elif question.kind == QuestionKind.NUMBER and numbers:
        values = {name: f"{numbers[name]:g}" for name in ("mean", "low", "high")}
        sentence = _("On average %(mean)s, from %(low)s to %(high)s.") % values
    return Result(question, answered, rows, grid, heads, str(sentence), _chart(question, rows) if answered else None)


def _row(label: Words | str, number: int, answered: int) -> Row:
    return Row(label, number, round(100 * number / answered) if answered else None)


def _ranked(choices: Iterable[Any], cells: dict[tuple[int | None, int | None, Decimal | None], int], answered: int) -> list[Row]:
    """Points as in a Borda count: the first of n gets n, the last one; the best first. What somebody left unranked gets none."""
    listed = list(choices)
    points: dict[int, int] = defaultdict(int)
    for (choice, _row_id, number), count in cells.items():
        if choice is not None and number is not None:
            points[choice] += (len(listed) + 1 - int(number)) * count
    most = len(listed) * answered
    made = [Row(choice.text, points[choice.pk], round(100 * points[choice.pk] / most) if most else None) for choice in listed]
    return sorted(made, key=lambda row: -(row.number or 0))


def _chart(question: Question, rows: list[Row]) -> Chart | None:
    if not rows or len(rows) > 20:
        return None
    unit = _("points") if question.kind == QuestionKind.RANKING else pgettext_lazy("how many", "answers")
    series = (Series(str(_("Answers")), tuple(row.number for row in rows)),)
    return Chart("bar", str(question.text), tuple(str(row.label) for row in rows), series, unit=str(unit))


def breakdowns(counted: QuerySet[Any]) -> list[tuple[Any, list[tuple[str, int | None]]]]:
    """Count those who took part by channel, language, age and village, each by itself, with small cells hidden; four queries."""
    wanted: tuple[tuple[Any, str, dict[Any, Any], QuerySet[Any]], ...] = (
        (_("By channel"), "channel", dict(Channel.choices), counted),
        (_("By language"), "language", dict(LANGUAGE_CHOICES), counted),
        (_("By age"), "age_band", dict(AgeBand.choices), counted.exclude(age_band="")),
        (_("By village"), f"area__name_{current_language()}", {}, counted.exclude(area=None)),
    )
    return [(label, _hidden_small(rows, field, names)) for label, field, names, rows in wanted]


def _hidden_small(rows: QuerySet[Any], field: str, names: dict[Any, Any]) -> list[tuple[str, int | None]]:
    counts = rows.values_list(field).annotate(n=Count("id")).order_by("-n", field)[:40]
    return small_hidden([(str(names.get(value, value)), number) for value, number in counts])


def survey_part(phase: Phase) -> dict[str, Any]:
    """Return what the public page shows of a survey."""
    shown = are_results_shown(phase)
    total = Response.objects.counted().filter(phase=phase).count()
    return {"total": total, "are_results_shown": shown, "questions": phase.questions.exclude(kind=QuestionKind.HEADING).count()}


def survey_desk(phase: Phase) -> dict[str, Any]:
    """Return what the planner's page shows of a survey."""
    responses = Response.objects.filter(phase=phase)
    begun, sent = responses.count(), responses.sent().count()
    batches = AccessCode.objects.filter(phase=phase).values("batch").annotate(made=Count("id"), used=Count("response")).order_by("batch")
    late = list(responses.sent().filter(lateness=Lateness.LATE).order_by("sent_at")[:50])
    return {"questions": questions_of(phase), "begun": begun - sent, "sent": sent, "batches": list(batches), "late": late}


def held_in_consultations(person_id: int) -> list[dict[str, Any]]:
    """Return what a person answered and drew under their account, as plain values with their names (Regulation 2016/679 articles 15 and 20).

    The words of a comment are its voice's, which that room tells.
    """
    return [*_held_responses(person_id), *_held_comments(person_id)]


def _held_comments(person_id: int) -> list[dict[str, Any]]:
    comments = Comment.objects.filter(voice__author=person_id).select_related("voice__subject", "consultation__subject").order_by("pk")
    return [
        {
            "what": "comment in a consultation",
            "address": comment.voice.subject.address,
            "consultation": comment.consultation.subject.address,
            "paragraph": comment.anchor,
            "drawing": comment.geometry,
            "age": comment.age_band,
            "in_time": comment.lateness,
        }
        for comment in comments
    ]


def _held_responses(person_id: int) -> list[dict[str, Any]]:
    responses = (
        Response.objects.filter(person=person_id)
        .select_related("phase__consultation__subject", "area")
        .prefetch_related("answers__question", "answers__choice")
    )
    return [
        {
            "what": "answer to a survey",
            "address": response.phase.consultation.subject.address,
            "sent": response.sent_at.isoformat() if response.sent_at else None,
            "age": response.age_band,
            "village": str(response.area) if response.area else "",
            "answers": [
                {"question": str(one.question.text), "choice": str(one.choice.text) if one.choice else "", "words": one.words, "drawing": one.geometry}
                for one in response.answers.all()
            ],
        }
        for response in responses.order_by("pk")
    ]
