"""What an opinion map says. Plain data that can be kept as JSON and shown to anybody: no participant is in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What came out."""

    GROUPS = "groups"
    NO_CLEAR_GROUPS = "no_clear_groups"
    TOO_FEW = "too_few"


class Reason(StrEnum):
    """Why no groups are shown. The room puts words to it."""

    TOO_FEW_PEOPLE = "too_few_people"  # not enough people with enough votes
    ALL_ALIKE = "all_alike"  # everybody voted the same
    NO_PATTERN = "no_pattern"  # what somebody says about one statement tells nothing about what they say about another
    TOO_SMALL = "too_small"  # every way to divide leaves a group whose members could be recognised
    NOT_APART = "not_apart"  # opinions lie along a scale without gaps
    UNSTABLE = "unstable"  # other groups would come out if a few had not taken part


class Side(StrEnum):
    """Which way."""

    AGREE = "agree"
    DISAGREE = "disagree"


@dataclass(frozen=True)
class Tally:
    """Votes on a statement. Who passed has seen it and is in `seen`; who never met it is not."""

    agree: int
    disagree: int
    passed: int
    seen: int


@dataclass(frozen=True)
class StatementRow:
    """A statement. `votes` are everybody's; `groups` follow the groups' order, None where fewer than five of one voted.

    `consensus_agree` is the chance that one from each group agrees, all of them at once; without groups, that anybody agrees.
    """

    statement: str
    votes: Tally
    groups: tuple[Tally | None, ...]
    consensus_agree: float
    consensus_disagree: float


@dataclass(frozen=True)
class Representative:
    """What tells a group from the others: `count` of `seen` in it are on this side, and clearly a larger share than elsewhere."""

    statement: str
    side: Side
    count: int
    seen: int
    count_elsewhere: int
    seen_elsewhere: int
    times: float
    z_within: float
    p_within: float
    z_against_others: float
    p_against_others: float
    difference: float
    difference_low: float
    difference_high: float


@dataclass(frozen=True)
class Group:
    """People who vote alike. `stability` is how much of it comes back when others are drawn from the same people (0 to 1)."""

    letter: str
    size: int
    share: float
    stability: float
    x: float
    y: float
    representative: tuple[Representative, ...]


@dataclass(frozen=True)
class Consensus:
    """What most in every group are on the same side of; without groups, most of all."""

    statement: str
    side: Side
    value: float
    least_share: float
    z: float
    p: float


@dataclass(frozen=True)
class Divisive:
    """What parts the groups most: the share that agrees is largest in one and smallest in another. Without groups both are empty."""

    statement: str
    gap: float
    most: str
    most_share: float
    least: str
    least_share: float
    z: float
    p: float


@dataclass(frozen=True)
class Dot:
    """A point of the picture: never fewer than five people, who stand close together."""

    x: float
    y: float
    people: int
    group: str


@dataclass(frozen=True)
class Coverage:
    """How many took part and how many could be placed (those with `votes_to_be_placed` or more)."""

    participants: int
    statements: int
    votes: int
    placed: int
    votes_to_be_placed: int


@dataclass(frozen=True)
class Clarity:
    """How the best way to divide stood the tests; a None was not reached. The limits are what chance, or one even crowd, gives once in twenty."""

    groups: int
    directions: int
    sizes: tuple[int, ...]
    silhouette: float
    silhouette_limit: float | None
    pattern: float
    pattern_limit: float
    stability: tuple[float, ...] | None


@dataclass(frozen=True)
class Finding:
    """An opinion map."""

    outcome: Outcome
    reason: Reason | None
    coverage: Coverage
    clarity: Clarity | None
    groups: tuple[Group, ...]
    statements: tuple[StatementRow, ...]
    consensus: tuple[Consensus, ...]
    divisive: tuple[Divisive, ...]
    picture: tuple[Dot, ...]

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Standing:
    """Where one participant stands. For the participant's own eyes and for checking the mathematics; never for a page that others see.

    `group` is empty without clear groups; `tried` is the group in the best way to divide, clear or not.
    """

    participant: str
    x: float
    y: float
    group: str
    tried: str


@dataclass(frozen=True)
class Found:
    """What everybody may see, and where each one stands."""

    finding: Finding
    standings: tuple[Standing, ...]


def finding_of(data: dict[str, Any]) -> Finding:
    """A finding that was kept as JSON."""

    def tally(given: dict[str, int] | None) -> Tally | None:
        return Tally(**given) if given else None

    def sided(kind: Any, given: dict[str, Any]) -> Any:
        return kind(**given | {"side": Side(given["side"])})

    clarity = data["clarity"]
    return Finding(
        outcome=Outcome(data["outcome"]),
        reason=Reason(data["reason"]) if data["reason"] else None,
        coverage=Coverage(**data["coverage"]),
        clarity=Clarity(**clarity | {"sizes": tuple(clarity["sizes"]), "stability": clarity["stability"] and tuple(clarity["stability"])}) if clarity else None,
        groups=tuple(Group(**group | {"representative": tuple(sided(Representative, one) for one in group["representative"])}) for group in data["groups"]),
        statements=tuple(
            StatementRow(**row | {"votes": Tally(**row["votes"]), "groups": tuple(tally(group) for group in row["groups"])}) for row in data["statements"]
        ),
        consensus=tuple(sided(Consensus, one) for one in data["consensus"]),
        divisive=tuple(Divisive(**one) for one in data["divisive"]),
        picture=tuple(Dot(**dot) for dot in data["picture"]),
    )
