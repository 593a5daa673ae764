"""Statements of an opinion map: the planner writes the first ones, participants propose more, and everything that can be voted on stands in both languages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.kinds import LedgerKind
from dialogi.commons.languages import LANGUAGES, in_language, missing_languages
from dialogi.commons.permissions import NotPossible, require
from dialogi.consultations.actions.pointing import make_point
from dialogi.consultations.actions.voting import Voter, take_seat
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Consultation, OpinionStatement, OpinionVote, Phase, PhaseKind, Point, State, StatementState
from dialogi.consultations.rules import CHECK_OPINIONS, PREPARE
from dialogi.voices.models import ModerationRule

MOST_STATEMENTS = 500
MOST_PROPOSALS = 10
LONGEST = 140


def add_statement(phase: Phase, *, texts: Mapping[str, str], by: Actor) -> OpinionStatement:
    """Write a statement (language to words). It can be voted on from when it stands in both Swedish and Finnish."""
    with _preparing(phase, kind=Happened.OPINION_WORDED, by=by) as phase:
        made = _numbered(OpinionStatement(phase=phase, **_columns(texts)))
        settle(made)
    return made


def word_statement(statement: OpinionStatement, *, texts: Mapping[str, str], by: Actor) -> OpinionStatement:
    """Mend the words of a statement. What a participant wrote stays in its own language as it was written."""
    with _preparing(statement.phase, kind=Happened.OPINION_WORDED, by=by):
        statement = _locked(OpinionStatement.objects.worded(), statement)
        _put(statement, texts)
        settle(statement)
    return statement


def remove_statement(statement: OpinionStatement, *, by: Actor) -> None:
    """Take a statement of the planner's own away while nobody has voted on it."""
    with _preparing(statement.phase, kind=Happened.OPINION_WORDED, by=by):
        if statement.said_in or OpinionVote.objects.filter(statement=statement).exists():
            raise NotPossible(_("Somebody wrote it or has voted on it. Communications can take it out, under a rule that everybody sees."))
        statement.delete()


def propose_statement(phase: Phase, *, text: str, language: str, voter: Voter, by: Actor) -> OpinionStatement:
    """Propose a statement as a participant; it waits until communications has checked it. The same words twice are one proposal."""
    participant = take_seat(phase, voter=voter, by=by)
    with change(phase.consultation) as consultation:
        mine = participant.statements.all()
        known = mine.filter(**{f"text_{language}": text.strip()}).first()
        if known is not None:
            return known
        if mine.count() >= MOST_PROPOSALS:
            raise NotPossible(_("You have proposed as many statements as one person can. Vote on those of others, too."))
        made = _numbered(OpinionStatement(phase=phase, author=participant, said_in=language, **_columns({language: text})))
        record(Happened.OPINION_SAID, on=consultation, by=by, data={"language": language})
    return made


def take_in(statement: OpinionStatement, *, texts: Mapping[str, str], by: Actor) -> OpinionStatement:
    """Let everybody vote on what a participant proposed, written in the other language too. A statement that was refused can be taken in after all."""
    with _preparing(statement.phase, kind=Happened.OPINION_CHECKED, by=by):
        statement = _locked(OpinionStatement.objects.proposed().exclude(state=StatementState.OPEN), statement)
        if statement.state != StatementState.WAITING:
            require(by, CHECK_OPINIONS, statement)
        _put(statement, texts)
        statement.rule, statement.explanation = None, ""
        _checked(statement, StatementState.OPEN, by=by)
    return statement


def refuse_statement(statement: OpinionStatement, *, rule: ModerationRule, explanation: str, by: Actor) -> OpinionStatement:
    """Do not let a proposal be voted on, or take out what can be; under a rule that everybody sees, with a reason for its author."""
    with change(statement.phase.consultation) as consultation:
        statement = _locked(OpinionStatement.objects.exclude(state__in=[StatementState.REFUSED, StatementState.HIDDEN]), statement)
        require(by, CHECK_OPINIONS, statement)
        statement.rule, statement.explanation = rule, explanation.strip()
        _checked(statement, StatementState.HIDDEN if statement.state == StatementState.OPEN else StatementState.REFUSED, by=by)
        record(Happened.OPINION_CHECKED, on=consultation, by=by, data={"rule_key": rule.code})
    return statement


def make_point_of_statement(statement: OpinionStatement, *, summary: Mapping[str, str], by: Actor) -> Point:
    """Raise what a statement shows as a point, so that it gets an answer like what people wrote. `summary` is what the votes say, by language."""
    words: dict[str, Any] = {f"title_{language}": str(in_language(statement, "text", language)) for language in LANGUAGES}
    words |= {f"summary_{language}": summary.get(language, "") for language in LANGUAGES}
    return make_point(statement.phase.consultation, by=by, **words)


def settle(statement: OpinionStatement) -> None:
    """Save a statement of the municipality's: it can be voted on as soon as both languages are there, and never in one alone.

    Once people vote, emptying a language is no way to take it out: that needs a rule, and the constraint says so.
    """
    is_shown = statement.state == StatementState.OPEN and statement.phase.consultation.state != State.DRAFT
    if not statement.said_in and not is_shown and statement.state in {StatementState.WAITING, StatementState.OPEN}:
        statement.state = StatementState.WAITING if missing_languages(statement, "text") else StatementState.OPEN
    save_clean(statement)


def copy_statements(source: Phase, *, to: Phase) -> None:
    """Copy the planner's own statements to a phase that was just copied; part of the verb that copies a consultation, which asks and tells."""
    for statement in source.opinion_statements.filter(said_in="").exclude(state=StatementState.HIDDEN):
        texts = {language: getattr(statement, f"text_{language}") for language in LANGUAGES}
        settle(_numbered(OpinionStatement(phase=to, **_columns(texts))))


@contextmanager
def _preparing(phase: Phase, *, kind: LedgerKind, by: Actor) -> Iterator[Phase]:
    """Lock the consultation while one of its statements is written, and record that."""
    with change(phase.consultation) as consultation:
        require(by, PREPARE, consultation)
        phase.consultation = consultation
        _refuse_over(consultation)
        if phase.kind != PhaseKind.OPINION_MAP:
            raise NotPossible(_("Statements belong to an opinion map."))
        yield phase
        record(kind, on=consultation, by=by)


def _locked(among: QuerySet[OpinionStatement], statement: OpinionStatement) -> OpinionStatement:
    """The statement as it is now, its row locked; NotPossible when somebody else has decided on it meanwhile."""
    found = among.select_for_update().filter(pk=statement.pk).first()
    if found is None:
        raise NotPossible(_("It is decided on already."))
    found.phase = statement.phase
    return found


def _refuse_over(consultation: Consultation) -> None:
    if consultation.state not in {State.DRAFT, State.PUBLISHED}:
        raise NotPossible(_("The consultation is over."))


def _numbered(made: OpinionStatement) -> OpinionStatement:
    """Give a new statement the next number of its phase and save it."""
    there = OpinionStatement.objects.filter(phase=made.phase)
    if there.count() >= MOST_STATEMENTS:
        raise NotPossible(_("There are as many statements already as anybody can vote on."))
    made.number = (there.aggregate(last=Max("number"))["last"] or 0) + 1
    return save_clean(made)


def _put(statement: OpinionStatement, texts: Mapping[str, str]) -> None:
    for name, text in _columns(texts).items():
        if statement.said_in and name == f"text_{statement.said_in}":
            continue
        setattr(statement, name, text)


def _columns(texts: Mapping[str, str]) -> dict[str, str]:
    return {f"text_{language}": text.strip() for language, text in texts.items()}


def _checked(statement: OpinionStatement, state: StatementState, *, by: Actor) -> None:
    statement.state, statement.checked_at, statement.checked_by_id = state, clock.now(), by.person_id
    save_clean(statement)
