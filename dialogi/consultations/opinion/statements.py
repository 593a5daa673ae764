"""What the statements say about the groups: what tells one from the others, what all agree on, what divides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dialogi.consultations.opinion import thresholds
from dialogi.consultations.opinion.findings import Consensus, Divisive, Representative, Side, StatementRow, Tally
from dialogi.consultations.opinion.proportions import by_chance, difference, share, z_more_than_half, z_more_than_others
from dialogi.consultations.opinion.votes import Counts, Flags, Reals, Vote, Votes

DIGITS = 4


def rounded(number: float) -> float:
    """Digits beyond these are noise of the machine, and two machines should tell the same."""
    return round(float(number), DIGITS) + 0.0


@dataclass(frozen=True, eq=False)
class Ballots:
    """Votes counted for each group (row) and statement (column)."""

    names: tuple[str, ...]
    agree: Counts
    disagree: Counts
    seen: Counts

    def on(self, side: Side) -> Counts:
        """Votes on one side."""
        return self.agree if side is Side.AGREE else self.disagree


def counted(votes: Votes, groups: Counts, count: int) -> Ballots:
    """Count; a group below nought is nobody's."""
    return Ballots(votes.statements, votes.of_groups(groups, count, Vote.AGREE), votes.of_groups(groups, count, Vote.DISAGREE), votes.of_groups(groups, count))


def rows_of(votes: Votes, ballots: Ballots | None) -> tuple[StatementRow, ...]:
    """The table of statements: everybody's votes, the groups' and the consensus among groups."""
    agree, disagree, seen = votes.of(Vote.AGREE), votes.of(Vote.DISAGREE), votes.seen
    across = ballots or Ballots(votes.statements, agree[None], disagree[None], seen[None])
    consensus = {side: share(across.on(side), across.seen).prod(axis=0) for side in Side}
    return tuple(
        StatementRow(
            statement=name,
            votes=tally(agree[place], disagree[place], seen[place]),
            groups=tallies(ballots, place) if ballots else (),
            consensus_agree=rounded(consensus[Side.AGREE][place]),
            consensus_disagree=rounded(consensus[Side.DISAGREE][place]),
        )
        for place, name in enumerate(votes.statements)
    )


def tally(agree: int, disagree: int, seen: int) -> Tally:
    """Counts as plain numbers."""
    return Tally(int(agree), int(disagree), int(seen - agree - disagree), int(seen))


def tallies(ballots: Ballots, place: int) -> tuple[Tally | None, ...]:
    """The groups' votes on a statement; with one group hidden the next smallest is too, or the total would tell."""
    seen = ballots.seen[:, place]
    hidden = set(np.flatnonzero((seen > 0) & (seen < thresholds.SMALLEST_GROUP)).tolist())
    if len(hidden) == 1 and (others := [(count, group) for group, count in enumerate(seen.tolist()) if count and group not in hidden]):
        hidden.add(min(others)[1])
    return tuple(None if group in hidden else tally(ballots.agree[group, place], ballots.disagree[group, place], seen[group]) for group in range(len(seen)))


def representative(ballots: Ballots, group: int) -> tuple[Representative, ...]:
    """Up to five statements whose share on one side is above a half in the group and above the others' share, both beyond chance; agreements first."""
    here, away = ballots.seen[group], np.delete(ballots.seen, group, axis=0).sum(axis=0)
    enough = (here >= thresholds.SMALLEST_GROUP) & (away >= thresholds.SMALLEST_GROUP)
    found: list[tuple[float, Representative]] = []
    for side in Side:
        count, elsewhere = ballots.on(side)[group], np.delete(ballots.on(side), group, axis=0).sum(axis=0)
        within, against = z_more_than_half(count, here), z_more_than_others(count, here, elsewhere, away)
        times = share(count, here) / share(elsewhere, away)
        weight = times * against * share(count, here) * within
        for place in np.flatnonzero(enough & (within > thresholds.Z) & (against > thresholds.Z)):
            numbers = int(count[place]), int(here[place]), int(elsewhere[place]), int(away[place])
            gap, low, high = difference(*numbers)
            one = Representative(
                ballots.names[place], side, *numbers, times=rounded(times[place]),
                z_within=rounded(within[place]), p_within=rounded(by_chance(within[place])),
                z_against_others=rounded(against[place]), p_against_others=rounded(by_chance(against[place])),
                difference=rounded(gap), difference_low=rounded(low), difference_high=rounded(high),
            )  # fmt: skip
            found.append((float(weight[place]), one))
    best = sorted(found, key=lambda pair: -pair[0])[: thresholds.MOST_STATEMENTS_SHOWN]
    return tuple(one for _weight, one in sorted(best, key=lambda pair: pair[1].side is Side.DISAGREE))


def consensus(votes: Votes, ballots: Ballots | None) -> tuple[Consensus, ...]:
    """Up to five statements each way that a majority of every group is on the same side of, and of all beyond chance; strongest first."""
    everybody = {Side.AGREE: votes.of(Vote.AGREE), Side.DISAGREE: votes.of(Vote.DISAGREE)}
    seen = ballots.seen if ballots else votes.seen[None]
    heard = (seen >= thresholds.SMALLEST_GROUP).all(axis=0)
    told: list[Consensus] = []
    for side in Side:
        shares = share(ballots.on(side) if ballots else everybody[side][None], seen)
        z = z_more_than_half(everybody[side], votes.seen)
        value, least = shares.prod(axis=0), shares.min(axis=0)
        told += [
            Consensus(votes.statements[place], side, rounded(value[place]), rounded(least[place]), rounded(z[place]), rounded(by_chance(z[place])))
            for place in best_of(value, heard & (least > 0.5) & (z > thresholds.Z))
        ]
    return tuple(told)


def divisive(votes: Votes, ballots: Ballots | None, letters: tuple[str, ...]) -> tuple[Divisive, ...]:
    """Up to five statements that part the groups most, beyond chance; without groups, those with many on both sides."""
    if ballots is None:
        agree, disagree = share(votes.of(Vote.AGREE), votes.seen), share(votes.of(Vote.DISAGREE), votes.seen)
        lesser = np.minimum(agree, disagree)
        split = best_of(lesser, (votes.seen >= thresholds.SMALLEST_GROUP) & (lesser >= thresholds.BOTH_SIDES))
        return tuple(
            Divisive(votes.statements[place], rounded(lesser[place] / 0.5), "", rounded(agree[place]), "", rounded(1 - disagree[place]), 0.0, 1.0)
            for place in split
        )
    enough = ballots.seen >= thresholds.SMALLEST_GROUP
    shares = share(ballots.agree, ballots.seen)
    most, least = np.where(enough, shares, -1).argmax(axis=0), np.where(enough, shares, 2).argmin(axis=0)
    at = np.arange(len(ballots.names))
    gap = shares[most, at] - shares[least, at]
    z = z_more_than_others(ballots.agree[most, at], ballots.seen[most, at], ballots.agree[least, at], ballots.seen[least, at])
    return tuple(
        Divisive(
            ballots.names[place],
            rounded(gap[place]),
            letters[most[place]],
            rounded(shares[most[place], place]),
            letters[least[place]],
            rounded(shares[least[place], place]),
            rounded(z[place]),
            rounded(by_chance(z[place])),
        )
        for place in best_of(gap, (enough.sum(axis=0) > 1) & (z > thresholds.Z))
    )


def best_of(worth: Reals, allowed: Flags) -> list[int]:
    """The few of largest worth; of equals the first."""
    order = np.argsort(-worth.round(9), kind="stable")
    return [int(place) for place in order[allowed[order]][: thresholds.MOST_STATEMENTS_SHOWN]]
