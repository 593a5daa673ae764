"""What chance alone would give, and what would come out if other people had taken part."""

from __future__ import annotations

import numpy as np

from dialogi.consultations.opinion.divisions import bases_of, best_division, k_means, randomness
from dialogi.consultations.opinion.places import axes_of, largest_size, places_of
from dialogi.consultations.opinion.thresholds import CHANCE
from dialogi.consultations.opinion.votes import Counts, Reals, Votes

SHUFFLES = CROWDS = 39
DRAWS = 40
# Tests draw again and again; from so many votes a sample is as good as all.
ENOUGH_VOTES = 60_000
ENOUGH_PEOPLE = 600


def sample_of(votes: Votes) -> Counts:
    """Places of people spread evenly over the order of votes, all while there are few votes."""
    people = len(votes.participants)
    wanted = min(people, max(ENOUGH_PEOPLE, people * ENOUGH_VOTES // max(len(votes), 1)))
    return np.unique(np.linspace(0, people - 1, wanted).astype(np.int64))


def limit(drawn: list[float]) -> float:
    """What chance passes once in twenty at most."""
    return sorted(drawn)[len(drawn) - int((len(drawn) + 1) * CHANCE)]


def pattern_by_chance(votes: Votes) -> float:
    """The largest direction of votes shuffled within each statement, once in twenty: the same statements, gaps and totals, and nothing that hangs together."""
    chance = randomness(11)
    by_statement = np.argsort(votes.columns, kind="stable")
    drawn = []
    for _shuffle in range(SHUFFLES):
        values = np.empty_like(votes.values)
        values[by_statement] = votes.values[np.lexsort((chance.random_sample(len(votes)), votes.columns))]
        drawn.append(largest_size(Votes(votes.participants, votes.statements, votes.starts, votes.columns, values)))
    return limit(drawn)


def silhouette_of_one_crowd(places: Reals, smallest: int) -> float:
    """The best silhouette in an even crowd that reaches as far in each direction, once in twenty: groups drawn where there are none."""
    chance = randomness(13)
    directions = places.shape[1]
    people = min(len(places), ENOUGH_PEOPLE)
    smallest = max(1, smallest * people // len(places))
    sizes, turned = np.linalg.eigh(np.cov(places.T, bias=True))
    stretch = (turned * np.sqrt(np.maximum(sizes, 0))).T
    drawn = []
    for _crowd in range(CROWDS):
        # Evenly over a box along the directions of the places, as wide in each as makes its spread theirs.
        crowd = (chance.random_sample((people, directions)) - 0.5) * np.sqrt(12) @ stretch
        division = best_division(crowd, smallest=smallest, directions=(directions,))
        drawn.append(division.silhouette if division else 0.0)
    return limit(drawn)


def stability_of(votes: Votes, groups: Counts, count: int, directions: int) -> Reals:
    """For each group the mean Jaccard likeness to the group most like it, when people are drawn anew from these and everything is done again."""
    chance = randomness(17)
    people = len(votes.participants)
    likeness = np.zeros(count)
    for draw in range(DRAWS):
        drawn = np.sort(chance.randint(0, people, people))
        weights = np.bincount(drawn, minlength=people).astype(float)
        bases = bases_of(places_of(votes, axes_of(votes, weights, count=directions))[drawn], seed=draw)
        found = k_means(bases.points, bases.weights, count, seed=draw)[bases.of]
        both = np.zeros((count, count))
        np.add.at(both, (groups[drawn], found), 1)
        either = both.sum(axis=1)[:, None] + both.sum(axis=0)[None, :] - both
        likeness += (both / np.where(either > 0, either, 1)).max(axis=1)
    return likeness / DRAWS
