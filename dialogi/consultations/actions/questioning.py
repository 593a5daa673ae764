"""Making the questions of a survey or a statement round. Once people answer, wordings can be mended but what was asked stays."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.codes import digest, new_receipt_code, normalise
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.permissions import Conflict, NotPossible, require
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import AccessCode, Choice, Phase, Question, QuestionKind, Response, State
from dialogi.consultations.rules import PREPARE

MOST_CODES = 5_000
MOST_QUESTIONS = 100
MOST_CHOICES = 60
CHOOSING = (QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.RANKING, QuestionKind.MATRIX)
FIELDS = frozenset(
    {f"{name}_{language}" for name in ("text", "help", "low", "high") for language in LANGUAGES}
    | {"is_required", "is_open_to_other", "least", "most", "only_if"}
)


@dataclass(frozen=True, slots=True)
class Wordings:
    """The choices of a question, each with its words by language; `rows` are the rows of a grid."""

    choices: Sequence[Mapping[str, str]] = field(default_factory=tuple)
    rows: Sequence[Mapping[str, str]] = field(default_factory=tuple)


def add_question(phase: Phase, *, kind: str, by: Actor, wordings: Wordings | None = None, **fields: Any) -> Question:
    """Add a question at the end."""
    _refuse_unknown(fields)
    with _questions_of(phase, by=by) as phase:
        if phase.questions.count() >= MOST_QUESTIONS:
            raise NotPossible(_("At most a hundred questions. Nobody answers more."))
        last = phase.questions.aggregate(last=Max("position"))["last"]
        question = Question(phase=phase, kind=kind, position=(last or 0) + 1, **fields)
        _check_condition(question)
        save_clean(question)
        _write_choices(question, wordings or Wordings())
    return question


def change_question(question: Question, *, by: Actor, wordings: Wordings | None = None, expecting: int | None = None, **fields: Any) -> Question:
    """Change a question. `expecting` is the version of the phase that the planner saw (Conflict when another one changed it).

    When answers have come, only words are changed: the number of choices and the rules stay (NotPossible).
    """
    _refuse_unknown(fields)
    with _questions_of(question.phase, by=by, expecting=expecting) as phase:
        question = Question.objects.select_for_update().get(pk=question.pk)
        _refuse_when_answered(phase, question, fields, wordings)
        for name, value in fields.items():
            setattr(question, name, value)
        _check_condition(question)
        save_clean(question)
        if wordings is not None:
            _write_choices(question, wordings)
    return question


def move_question(question: Question, *, up: bool, by: Actor) -> None:
    """Let a question change places with its neighbour."""
    with _questions_of(question.phase, by=by) as phase:
        ordered = list(phase.questions.select_for_update().order_by("position", "id"))
        here = next(place for place, one in enumerate(ordered) if one.pk == question.pk)
        there = here - 1 if up else here + 1
        if 0 <= there < len(ordered):
            ordered[here], ordered[there] = ordered[there], ordered[here]
            for place, one in enumerate(ordered, start=1):
                Question.objects.filter(pk=one.pk).update(position=place)
        for one in ordered:
            one.refresh_from_db(fields=["position"])
            _check_condition(one)


def remove_question(question: Question, *, by: Actor) -> None:
    """Take a question away while nobody has answered it and nothing hangs on its choices."""
    with _questions_of(question.phase, by=by) as phase:
        _refuse_when_answered(phase, question, {"kind": ""}, None)
        if Question.objects.filter(only_if__question=question).exists():
            raise NotPossible(_("Another question is asked only after this one. Change that one first."))
        question.delete()


def make_codes(phase: Phase, *, count: int, batch: str, by: Actor) -> list[str]:
    """Make single-use codes and return them: they are shown this once, and only their digests are kept."""
    if not 1 <= count <= MOST_CODES:
        raise NotPossible(_("Between one and five thousand codes at a time."))
    codes = [new_receipt_code() for _place in range(count)]
    with change(phase.consultation) as consultation:
        require(by, PREPARE, consultation)
        AccessCode.objects.bulk_create(AccessCode(phase=phase, digest=digest(normalise(code)), batch=batch.strip()) for code in codes)
        record(Happened.CODES_MADE, on=consultation, by=by, data={"count": count})
    return codes


def void_codes(phase: Phase, *, batch: str, by: Actor) -> int:
    """Make the unused codes of a batch useless; return how many."""
    with change(phase.consultation) as consultation:
        require(by, PREPARE, consultation)
        gone = AccessCode.objects.filter(phase=phase, batch=batch, response__isnull=True, participant__isnull=True, is_void=False).update(is_void=True)
        record(Happened.CODES_MADE, on=consultation, by=by, data={"voided": gone})
    return gone


@contextmanager
def _questions_of(phase: Phase, *, by: Actor, expecting: int | None = None) -> Iterator[Phase]:
    """Lock the consultation and the phase, and record that its questions changed."""
    with change(phase.consultation) as consultation:
        require(by, PREPARE, consultation)
        locked = Phase.objects.select_for_update().get(pk=phase.pk)
        if expecting is not None and locked.version != expecting:
            raise Conflict(_("Somebody else changed the questions while you were working. Your words are kept below: compare them and save again."))
        if consultation.state in {State.ANSWERED, State.DECIDED, State.CANCELLED}:
            raise NotPossible(_("The consultation is over."))
        yield locked
        Phase.objects.filter(pk=phase.pk).update(version=F("version") + 1)
        record(Happened.QUESTIONS_CHANGED, on=consultation, by=by)


def _refuse_when_answered(phase: Phase, question: Question, fields: Mapping[str, Any], wordings: Wordings | None) -> None:
    if not Response.objects.filter(phase=phase).exists():
        return
    structure = {name for name in fields if name[-3:] not in {"_sv", "_fi", "_en"} and (name == "kind" or getattr(question, name) != fields[name])}
    counted = [question.choices.filter(is_row=is_row).count() for is_row in (False, True)]
    if structure or (wordings is not None and counted != [len(wordings.choices), len(wordings.rows)]):
        raise NotPossible(_("People have already answered. Words can be mended, but what is asked stays the same."))


def _check_condition(question: Question) -> None:
    """A question can hang only on a choice of an earlier question of the same phase."""
    if question.only_if_id is None:
        return
    asked = Choice.objects.select_related("question").get(pk=question.only_if_id)
    if asked.question.phase_id != question.phase_id or asked.question.position >= question.position:
        raise NotPossible(_("A question can hang only on a choice of an earlier question."))


def _write_choices(question: Question, wordings: Wordings) -> None:
    """Give the choices new words in their order; those that are too many go, those that are new come."""
    if question.kind in CHOOSING and len(wordings.choices) < 2:
        raise NotPossible(_("Give at least two choices."))
    if question.kind == QuestionKind.MATRIX and not wordings.rows:
        raise NotPossible(_("Give the grid at least one row."))
    if max(len(wordings.choices), len(wordings.rows)) > MOST_CHOICES:
        raise NotPossible(_("At most sixty choices."))
    for is_row, wanted in ((False, wordings.choices), (True, wordings.rows)):
        known = list(question.choices.filter(is_row=is_row).order_by("position", "id"))
        for place, words in enumerate(wanted):
            choice = known[place] if place < len(known) else Choice(question=question, is_row=is_row)
            choice.position = place
            for language in LANGUAGES:
                setattr(choice, f"text_{language}", words.get(language, "").strip())
            save_clean(choice)
        for choice in known[len(wanted) :]:
            choice.delete()


def _refuse_unknown(fields: Mapping[str, Any]) -> None:
    if unknown := sorted(set(fields) - FIELDS):
        raise TypeError(f"no such fields: {', '.join(unknown)}")
