"""Opinion maps as they are voted on: whose turn it is, what comes next, what waits, who has taken part."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.languages import LANGUAGES, missing_languages
from dialogi.commons.search import likenesses
from dialogi.consultations.models import AccessCode, OpinionResult, OpinionStatement, OpinionVote, Participant, Phase, StatementState, VoteValue
from dialogi.consultations.queries.parity import LANGUAGE_WORDS, Lack
from dialogi.consultations.queries.surveys import are_results_shown, breakdowns
from dialogi.voices.models import ModerationRule

PAGE_SIZE = 50
ALIKE = 0.3
MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Ballot:
    """What comes next for somebody: a statement, or none when there is nothing left; and how far they have come."""

    statement: OpinionStatement | None
    done: int
    total: int

    @property
    def number(self) -> int:
        """Which one it is, counted from one."""
        return self.done + 1

    @property
    def percent(self) -> int:
        """How much of the way is done."""
        return round(100 * self.done / self.total) if self.total else 0


def participant_of(phase: Phase, *, person_id: int | None, key: int | None) -> Participant | None:
    """Return the participant that an account, or a browser by its signed number, is in a phase; or None."""
    found = Participant.objects.filter(phase=phase).select_related("phase__consultation")
    if phase.access != "open" and person_id is not None and (mine := found.filter(person=person_id).first()):
        return mine
    return found.filter(pk=key, person=None).first() if key is not None else None


def ballot_of(phase: Phase, participant: Participant | None) -> Ballot:
    """Return what somebody votes on next: what fewest have voted on, and among equals in an order of their own."""
    statements = list(OpinionStatement.objects.open().filter(phase=phase))
    given = votes_of(participant)
    left = [statement for statement in statements if statement.pk not in given]
    seen = _seen(phase)
    own = participant.pk if participant else 0
    first = min(left, key=lambda statement: (seen.get(str(statement.number), 0), _shuffled(own, statement)), default=None)
    return Ballot(first, len(statements) - len(left), len(statements))


def _shuffled(own: int, statement: OpinionStatement) -> tuple[str, int]:
    """The same for one participant each time; whoever has not voted yet meets the statements as they are numbered."""
    return hashlib.sha256(f"{own} {statement.pk}".encode()).hexdigest() if own else "", statement.number


def _seen(phase: Phase) -> Mapping[str, int]:
    """How many had voted on each statement when the map was last drawn: at most a minute ago, and counted once for everybody."""
    rows = OpinionResult.objects.filter(phase=phase).order_by("-computed_at").values_list("result__statements", flat=True).first()
    return {row["statement"]: row["votes"]["seen"] for row in rows or ()}


def votes_of(participant: Participant | None) -> dict[int, int]:
    """Return what somebody voted: the statements' ids to 1, 0 or -1."""
    return dict(OpinionVote.objects.filter(participant=participant).values_list("statement", "value")) if participant else {}


def statements_page(phase: Phase, *, page: str | None) -> Page[OpinionStatement]:
    """Return the statements that can be voted on in their order, some at a time."""
    return Paginator(OpinionStatement.objects.open().filter(phase=phase).order_by("number"), PAGE_SIZE).get_page(page)


def last_vote(phase: Phase, participant: Participant | None) -> OpinionVote | None:
    """Return what somebody said last, so that the page can confirm it."""
    if participant is None:
        return None
    given = OpinionVote.objects.filter(participant=participant, statement__state=StatementState.OPEN)
    return given.select_related("statement").order_by("-voted_at", "-pk").first()


def statements_like(phase: Phase, *, text: str) -> list[OpinionStatement]:
    """Return the statements that say something like it, the likest first, in whichever language."""
    statements = list(OpinionStatement.objects.open().filter(phase=phase))
    wordings = [(statement, words) for statement in statements for language in LANGUAGES if (words := getattr(statement, f"text_{language}"))]
    best: dict[int, float] = {}
    for (statement, _words), likeness in zip(wordings, likenesses(text, [words for _statement, words in wordings]), strict=True):
        best[statement.pk] = max(best.get(statement.pk, 0.0), likeness)
    found = [statement for statement in statements if best.get(statement.pk, 0.0) >= ALIKE]
    return sorted(found, key=lambda statement: -best[statement.pk])[:MOST_ALIKE]


def proposals_of(participant: Participant | None) -> list[OpinionStatement]:
    """Return what somebody has proposed, with what became of it; its author alone reads this."""
    return list(participant.statements.select_related("rule").order_by("number")) if participant else []


def refused_by_rule(phase: Phase) -> list[tuple[ModerationRule, int]]:
    """Return how many statements were not taken in, or taken out, under each rule: open to everybody."""
    counted = OpinionStatement.objects.filter(phase=phase, rule__isnull=False).values_list("rule").annotate(n=Count("id")).order_by()
    numbers = dict(counted)
    return [(rule, numbers[rule.pk]) for rule in ModerationRule.objects.filter(pk__in=numbers)]


@dataclass(frozen=True, slots=True)
class ParticipantCounts:
    """How many have voted, and how they are spread; a count under five is None and shown as "fewer than five"."""

    total: int
    tables: list[tuple[Any, list[tuple[str, int | None]]]]
    late: int = 0


def participant_counts(phase: Phase) -> ParticipantCounts:
    """Count those who have voted by channel, language, age and village; five queries."""
    counted = Participant.objects.voted().filter(phase=phase)
    return ParticipantCounts(counted.count(), breakdowns(counted))


def gate(phase: Phase) -> Iterator[Lack]:
    """Yield what an opinion map lacks before it can open: statements, and each of them in both languages."""
    statements = list(OpinionStatement.objects.filter(phase=phase, said_in="").exclude(state=StatementState.HIDDEN))
    if len(statements) < 2:
        yield Lack(_("The opinion map needs at least two statements to vote on."), f"opinions:{phase.pk}")
    for statement in statements:
        for language in reversed(missing_languages(statement, "text")):
            words = pgettext_lazy("opinion map", "Statement %(number)s is missing words %(language)s.")
            yield Lack(words % {"number": statement.number, "language": LANGUAGE_WORDS[language]}, f"opinion:{statement.pk}:text", language)


def opinion_part(phase: Phase) -> dict[str, Any]:
    """Return what the public page shows of an opinion map."""
    statements = OpinionStatement.objects.open().filter(phase=phase).count()
    return {"statements": statements, "counts": participant_counts(phase), "are_results_shown": are_results_shown(phase)}


def opinion_desk(phase: Phase) -> dict[str, Any]:
    """Return what the planner's page shows of an opinion map."""
    statements = list(OpinionStatement.objects.filter(phase=phase).select_related("rule"))
    batches = AccessCode.objects.filter(phase=phase).values("batch").annotate(made=Count("id"), used=Count("participant")).order_by("batch")
    return {
        "worded": [statement for statement in statements if not statement.said_in or statement.state == StatementState.OPEN],
        "waiting": [statement for statement in statements if statement.said_in and statement.state == StatementState.WAITING],
        "refused": [statement for statement in statements if statement.state in {StatementState.REFUSED, StatementState.HIDDEN}],
        "participants": Participant.objects.voted().filter(phase=phase).count(),
        "batches": list(batches),
    }


def held_opinions(person_id: int) -> list[dict[str, Any]]:
    """Return the votes and proposals that a person gave under their account, as plain values with their names (Regulation 2016/679 articles 15 and 20)."""
    mine = Participant.objects.filter(person=person_id).select_related("phase__consultation__subject", "area")
    return [
        {
            "what": "votes on an opinion map",
            "address": participant.phase.consultation.subject.address,
            "since": participant.since.isoformat(),
            "age": participant.age_band,
            "village": str(participant.area) if participant.area else "",
            "votes": [
                {"statement": str(one.statement.text), "vote": VoteValue(one.value).name.lower()}
                for one in participant.votes.select_related("statement").order_by("statement__number")
            ],
            "proposed": [str(statement.text) for statement in participant.statements.order_by("number")],
        }
        for participant in mine.order_by("pk")
    ]


def statements_to_record(phase: Phase) -> list[OpinionStatement]:
    """Return all statements in their order, for a clerk who reads them out or types in a paper."""
    return list(OpinionStatement.objects.open().filter(phase=phase).order_by("number"))
