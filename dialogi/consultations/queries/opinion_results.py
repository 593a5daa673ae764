"""What an opinion map shows: the newest finding with the statements' words, in numbers that anybody can read. No mathematics is done here."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from dialogi.commons import clock
from dialogi.commons.languages import LANGUAGES, Words
from dialogi.consultations.models import OpinionResult, OpinionStatement, OpinionVote, Participant, Phase, PhaseKind, State, StatementState, VoteValue
from dialogi.consultations.opinion.findings import Divisive, Dot, Finding, Group, Outcome, Reason, Side, Tally, finding_of

REASONS: dict[Reason, str | Lazy] = {
    Reason.TOO_FEW_PEOPLE: _(
        "Fewer than fifteen people have voted on enough statements. With so few, a map would say more about single people than about a town."
    ),
    Reason.ALL_ALIKE: _("Everybody has voted alike."),
    Reason.NO_PATTERN: _("What somebody says about one statement tells nothing about what they say about another."),
    Reason.TOO_SMALL: _("Every way to divide people leaves a group so small that its members could be recognised. Such groups are not shown."),
    Reason.NOT_APART: _("Opinions lie along a scale without gaps. Any border through them would be drawn by hand."),
    Reason.UNSTABLE: _("Other groups would come out if a few people had not taken part."),
}
# How much of a group comes back (see docs/opinion-map.md), in words.
SURENESS = ((0.85, pgettext_lazy("a group", "very stable")), (0.75, pgettext_lazy("a group", "stable")), (0.0, pgettext_lazy("a group", "fairly stable")))
# Two groups that lie this close to somebody's votes are told as two.
CLOSE = 0.95
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Shares:
    """Votes on a statement as counts, and as per cent of those who saw it where there are five to count from."""

    agree: int
    disagree: int
    passed: int
    seen: int
    agree_percent: int | None
    disagree_percent: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A statement with everybody's votes and each group's; None where fewer than five of a group voted."""

    number: int
    text: Words
    votes: Shares
    groups: list[Shares | None]


@dataclass(frozen=True, slots=True)
class Sided:
    """A statement and the side that people take; `percent` of the group, or at least of every group."""

    text: Words
    is_agreed: bool
    percent: int
    percent_elsewhere: int | None = None


@dataclass(frozen=True, slots=True)
class Parting:
    """A statement that parts people: who agrees most and who least; without groups, how many agree and disagree."""

    text: Words
    most: str
    most_percent: int
    least: str
    least_percent: int


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """People who vote alike."""

    letter: str
    size: int
    percent: int
    stability_percent: int
    sureness: str | Lazy
    stands: list[Sided]


@dataclass(frozen=True, slots=True)
class Mark:
    """A circle of the picture: people who stand close together, five at least."""

    x: float
    y: float
    radius: float
    letter: str
    people: int


@dataclass(frozen=True, slots=True)
class OpinionMap:
    """An opinion map as its page shows it."""

    outcome: str
    reason: str | Lazy
    drawn_at: datetime
    participants: int
    votes: int
    placed: int
    needed: int
    groups: list[ShownGroup]
    consensus: list[Sided]
    divisive: list[Parting]
    lines: list[Line]
    marks: list[Mark]


def newest_finding(phase: Phase) -> tuple[OpinionResult, Finding] | None:
    """Return the newest map of a phase as it was computed, or None before the first."""
    result = OpinionResult.objects.filter(phase=phase).order_by("-computed_at").first()
    return (result, finding_of(result.result)) if result else None


def opinion_map(phase: Phase) -> OpinionMap | None:
    """Return the newest map with the statements' words in the language of the page; two queries. What was taken out since then is left out."""
    newest = newest_finding(phase)
    if newest is None:
        return None
    result, finding = newest
    texts = {str(statement.number): statement.text for statement in OpinionStatement.objects.open().filter(phase=phase)}
    totals = {row.statement: row.votes for row in finding.statements}
    return OpinionMap(
        outcome=finding.outcome,
        reason=REASONS[finding.reason] if finding.reason else "",
        drawn_at=result.computed_at,
        participants=finding.coverage.participants,
        votes=finding.coverage.votes,
        placed=finding.coverage.placed,
        needed=finding.coverage.votes_to_be_placed,
        groups=[_group(group, texts) for group in finding.groups],
        consensus=[Sided(texts[one.statement], one.side == Side.AGREE, round(100 * one.least_share)) for one in finding.consensus if one.statement in texts],
        divisive=[_parting(one, texts, totals) for one in finding.divisive if one.statement in texts],
        lines=[
            Line(int(row.statement), texts[row.statement], _shares(row.votes), [_shares(group) if group else None for group in row.groups])
            for row in finding.statements
            if row.statement in texts
        ],
        marks=_marks(finding.picture),
    )


def _group(group: Group, texts: Mapping[str, Words]) -> ShownGroup:
    stands = [
        Sided(texts[one.statement], one.side == Side.AGREE, round(100 * one.count / one.seen), round(100 * one.count_elsewhere / one.seen_elsewhere))
        for one in group.representative
        if one.statement in texts
    ]
    sureness = next(words for least, words in SURENESS if group.stability >= least)
    return ShownGroup(group.letter, group.size, round(100 * group.share), round(100 * group.stability), sureness, stands)


def _parting(one: Divisive, texts: Mapping[str, Words], totals: Mapping[str, Tally]) -> Parting:
    if one.most:
        return Parting(texts[one.statement], one.most, round(100 * one.most_share), one.least, round(100 * one.least_share))
    votes = totals[one.statement]
    return Parting(texts[one.statement], "", round(100 * votes.agree / votes.seen), "", round(100 * votes.disagree / votes.seen))


def _shares(tally: Tally) -> Shares:
    enough = tally.seen >= FEWEST
    agree, disagree = ((round(100 * count / tally.seen) if enough else None) for count in (tally.agree, tally.disagree))
    return Shares(tally.agree, tally.disagree, tally.passed, tally.seen, agree, disagree)


WIDTH, HEIGHT, EDGE = 640, 420, 40
LARGEST, SMALLEST = 34.0, 13.0


def _marks(dots: tuple[Dot, ...]) -> list[Mark]:
    """Put the circles on the picture, with one scale in both directions, so that far apart looks far apart."""
    if not dots:
        return []
    xs, ys = [dot.x for dot in dots], [dot.y for dot in dots]
    reach = max(max(xs) - min(xs), (max(ys) - min(ys)) * (WIDTH - 2 * EDGE) / (HEIGHT - 2 * EDGE), 1e-9)
    scale = (WIDTH - 2 * EDGE) / reach
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    most = max(dot.people for dot in dots)
    made = [
        Mark(
            round(WIDTH / 2 + (dot.x - middle_x) * scale, 1),
            round(HEIGHT / 2 - (dot.y - middle_y) * scale, 1),
            round(max(SMALLEST, LARGEST * math.sqrt(dot.people / most)), 1),
            dot.group,
            dot.people,
        )
        for dot in dots
    ]
    return sorted(made, key=lambda mark: -mark.radius)


def nearest_groups(finding: Finding, votes: Mapping[int, int]) -> list[str]:
    """Return the letter of the group whose votes are most like somebody's own (statements' numbers to 1, 0, -1); both letters when two are as near.

    Empty without groups, or with fewer votes than the map asks for. Worked out from what everybody sees; nothing about the person is kept.
    """
    if finding.outcome != Outcome.GROUPS or len(votes) < finding.coverage.votes_to_be_placed:
        return []
    distances: dict[str, float] = {}
    for place, group in enumerate(finding.groups):
        apart = [
            (votes[int(row.statement)] - (tally.agree - tally.disagree) / tally.seen) ** 2
            for row in finding.statements
            if int(row.statement) in votes and None not in row.groups and (tally := row.groups[place]) is not None and tally.seen
        ]
        if apart:
            distances[group.letter] = sum(apart) / len(apart)
    ordered = sorted(distances, key=lambda letter: (distances[letter], letter))
    if len(ordered) > 1 and distances[ordered[0]] >= CLOSE * distances[ordered[1]]:
        return ordered[:2]
    return ordered[:1]


def nearest_to(phase: Phase, participant: Participant) -> list[str]:
    """Return the groups that somebody's votes are nearest to, by the newest map; see `nearest_groups`."""
    newest = newest_finding(phase)
    if newest is None:
        return []
    return nearest_groups(newest[1], dict(OpinionVote.objects.filter(participant=participant).values_list("statement__number", "value")))


def in_words(statement: OpinionStatement) -> dict[str, str]:
    """Say in each language how people have voted on a statement, for a point that is made of it."""
    values = Counter(OpinionVote.objects.filter(statement=statement).values_list("value", flat=True))
    counted = {"agree": values[VoteValue.AGREE], "disagree": values[VoteValue.DISAGREE], "passed": values[VoteValue.PASS]}
    told = {}
    for language in LANGUAGES:
        with override(language):
            words = _("Opinion map, statement %(number)s: %(agree)s agree, %(disagree)s disagree, %(passed)s pass.")
            told[language] = str(words) % {"number": statement.number, **counted}
    return told


def undrawn() -> QuerySet[Phase]:
    """Return the phases whose votes have changed since their map was drawn; and those that closed, until they were drawn once more."""
    given = OpinionVote.objects.filter(statement__phase=OuterRef("pk"), statement__state=StatementState.OPEN).order_by().values("statement__phase")
    newest = OpinionResult.objects.filter(phase=OuterRef("pk")).order_by("-computed_at")
    phases = Phase.objects.filter(kind=PhaseKind.OPINION_MAP, consultation__state=State.PUBLISHED, opens_at__lte=clock.now())
    counted = phases.annotate(
        given=Subquery(given.annotate(n=Count("pk")).values("n")),
        last_given=Subquery(given.annotate(last=Max("voted_at")).values("last")),
        drawn=Subquery(newest.values("votes")[:1]),
        drawn_up_to=Subquery(newest.values("voted_up_to")[:1]),
        drawn_at=Subquery(newest.values("computed_at")[:1]),
    )
    has_changed = Q(drawn=None) | ~Q(drawn=F("given")) | Q(last_given__gt=F("drawn_up_to"))
    closed_since = Q(closes_at__lte=clock.now(), drawn_at__lt=F("closes_at"))
    return counted.filter(Q(given__gt=0) & (has_changed | closed_since)).select_related("consultation__subject").order_by("pk")


def is_any_undrawn() -> bool:
    """Tell whether a map waits to be drawn."""
    return undrawn().exists()
