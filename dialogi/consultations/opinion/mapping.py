"""From votes to an opinion map."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from dialogi.consultations.opinion import thresholds
from dialogi.consultations.opinion.chance import pattern_by_chance, sample_of, silhouette_of_one_crowd, stability_of
from dialogi.consultations.opinion.divisions import Division, best_division
from dialogi.consultations.opinion.findings import Clarity, Coverage, Finding, Found, Group, Outcome, Reason, Standing
from dialogi.consultations.opinion.picture import dots_of
from dialogi.consultations.opinion.places import Axes, axes_of, largest_size, places_of
from dialogi.consultations.opinion.statements import consensus, counted, divisive, representative, rounded, rows_of
from dialogi.consultations.opinion.votes import Counts, Flags, Reals, Votes

LETTERS = "ABCDE"
PICTURE = 2


@dataclass(frozen=True, eq=False)
class Judged:
    """The best division there is, its tests, and why it is not shown."""

    division: Division | None
    clarity: Clarity | None
    reason: Reason | None


def find_opinions(votes: Votes) -> Found:
    """The opinion map of these votes. The same votes give the same map, in whatever order they come."""
    votes = votes.in_order
    needed = min(thresholds.VOTES_TO_BE_PLACED, int(np.count_nonzero(votes.seen)))
    is_placed = (votes.given >= needed) & (votes.given > 0)
    coverage = Coverage(int(np.count_nonzero(votes.given)), len(votes.statements), len(votes), int(is_placed.sum()), needed)
    if coverage.placed < thresholds.PEOPLE_FOR_A_MAP:
        return Found(Finding(Outcome.TOO_FEW, Reason.TOO_FEW_PEOPLE, coverage, None, (), rows_of(votes, None), (), (), ()), ())
    placed = votes.rows(np.flatnonzero(is_placed))
    axes = axes_of(placed, count=thresholds.MOST_DIRECTIONS)
    places = places_of(placed, axes)
    judged = judge(placed, axes, places)
    standings = standings_of(placed, places, judged)
    if judged.reason is None and judged.division and judged.clarity:
        return Found(with_groups(votes, is_placed, places, judged.division, coverage, judged.clarity), standings)
    return Found(without_groups(votes, places, coverage, judged), standings)


def without_groups(votes: Votes, places: Reals, coverage: Coverage, judged: Judged) -> Finding:
    """The map when all are one crowd: what most agree on and what splits them, and no border through them."""
    return Finding(
        outcome=Outcome.NO_CLEAR_GROUPS,
        reason=judged.reason,
        coverage=coverage,
        clarity=judged.clarity,
        groups=(),
        statements=rows_of(votes, None),
        consensus=consensus(votes, None),
        divisive=divisive(votes, None, ()),
        picture=dots_of(places[:, :PICTURE], np.zeros(len(places), np.int64), ("",)),
    )


def with_groups(votes: Votes, is_placed: Flags, places: Reals, division: Division, coverage: Coverage, clarity: Clarity) -> Finding:
    """The map when there are groups to show."""
    everybody = np.full(len(votes.participants), -1)
    everybody[is_placed] = division.groups
    ballots = counted(votes, everybody, division.count)
    letters = tuple(LETTERS[: division.count])
    groups = []
    for group, letter in enumerate(letters):
        x, y = places[division.groups == group, :PICTURE].mean(axis=0)
        size, stability = clarity.sizes[group], (clarity.stability or ())[group]
        groups.append(Group(letter, size, rounded(size / coverage.placed), stability, rounded(x), rounded(y), representative(ballots, group)))
    return Finding(
        outcome=Outcome.GROUPS,
        reason=None,
        coverage=coverage,
        clarity=clarity,
        groups=tuple(groups),
        statements=rows_of(votes, ballots),
        consensus=consensus(votes, ballots),
        divisive=divisive(votes, ballots, letters),
        picture=dots_of(places[:, :PICTURE], division.groups, letters),
    )


def judge(placed: Votes, axes: Axes, places: Reals) -> Judged:
    """Divide as well as can be, and ask whether that is more than chance, clearer than one crowd, and would come out again."""
    if axes.is_flat:
        return Judged(None, None, Reason.ALL_ALIKE)
    people = len(places)
    smallest = max(thresholds.SMALLEST_GROUP, math.ceil(thresholds.SMALLEST_SHARE * people))
    division = best_division(places, smallest=smallest, directions=range(PICTURE, thresholds.MOST_DIRECTIONS + 1))
    sample = sample_of(placed)
    some = placed.rows(sample)
    pattern, pattern_limit = largest_size(some), pattern_by_chance(some)
    clarity = Clarity(0, 0, (), 0.0, None, rounded(pattern), rounded(pattern_limit), None)
    if division is None:
        return Judged(None, clarity, Reason.TOO_SMALL if pattern > pattern_limit * (1 + 1e-9) else Reason.NO_PATTERN)
    division = by_size(division, places)
    sizes = tuple(np.bincount(division.groups, minlength=division.count).tolist())
    clarity = replace(clarity, groups=division.count, directions=division.directions, sizes=sizes, silhouette=rounded(division.silhouette))
    if pattern <= pattern_limit * (1 + 1e-9):
        return Judged(division, clarity, Reason.NO_PATTERN)
    crowd = silhouette_of_one_crowd(places[:, : division.directions], smallest)
    clarity = replace(clarity, silhouette_limit=rounded(max(crowd, thresholds.LEAST_SILHOUETTE)))
    if division.silhouette <= max(crowd, thresholds.LEAST_SILHOUETTE):
        return Judged(division, clarity, Reason.NOT_APART)
    stability = stability_of(some, division.groups[sample], division.count, division.directions)
    clarity = replace(clarity, stability=tuple(rounded(one) for one in stability))
    return Judged(division, clarity, Reason.UNSTABLE if stability.min() < thresholds.LEAST_STABILITY else None)


def by_size(division: Division, places: Reals) -> Division:
    """The same groups, numbered from the largest; of equals from the left."""
    sizes = np.bincount(division.groups, minlength=division.count)
    lefts = [float(places[division.groups == group, 0].mean()) for group in range(division.count)]
    ranks: Counts = np.empty(division.count, np.int64)
    ranks[sorted(range(division.count), key=lambda group: (-sizes[group], lefts[group]))] = np.arange(division.count)
    return replace(division, groups=ranks[division.groups])


def standings_of(placed: Votes, places: Reals, judged: Judged) -> tuple[Standing, ...]:
    """Where each one stands."""
    tried = [LETTERS[group] for group in judged.division.groups] if judged.division else [""] * len(places)
    shown = tried if judged.reason is None else [""] * len(places)
    return tuple(
        Standing(name, rounded(x), rounded(y), group, other)
        for name, (x, y), group, other in zip(placed.participants, places[:, :PICTURE], shown, tried, strict=True)
    )
