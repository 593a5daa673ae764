"""Votes of a town whose groups are known beforehand, and the plain definitions that quick code is held against."""

from __future__ import annotations

import numpy as np

from dialogi.consultations.opinion.votes import Votes, votes_of


def table(rows: list[list[int | None]]) -> Votes:
    """Votes written as a table; None was not seen."""
    cells = [(f"p{row}", f"s{column}", vote) for row, votes in enumerate(rows) for column, vote in enumerate(votes) if vote is not None]
    return votes_of(cells, statements=[f"s{column}" for column in range(len(rows[0]) if rows else 0)])


def planted(sizes: list[int], statements: int, *, seed: int = 1, sure: float = 0.9, seen: float = 1.0, passes: float = 0.1) -> tuple[Votes, dict[str, int]]:
    """Each group agrees with statements of its own and disagrees with the others'; return the votes and everybody's true group."""
    chance = np.random.RandomState(seed)
    group = np.repeat(np.arange(len(sizes)), sizes)
    agrees = group[:, None] == np.arange(statements) % len(sizes)
    votes = np.where(chance.random_sample(agrees.shape) < sure, 1, -1) * np.where(agrees, 1, -1)
    votes[chance.random_sample(votes.shape) < passes] = 0
    return written(votes, chance.random_sample(votes.shape) < seen), {f"p{person}": int(own) for person, own in enumerate(group)}


def noise(people: int, statements: int, *, seed: int = 1, seen: float = 1.0) -> Votes:
    """Some statements are liked and others are not, and what somebody thinks of one tells nothing about another."""
    chance = np.random.RandomState(seed)
    liked = chance.beta(2, 2, statements)
    votes = np.where(chance.random_sample((people, statements)) < liked, 1, -1)
    votes[chance.random_sample(votes.shape) < 0.1] = 0
    return written(votes, chance.random_sample(votes.shape) < seen)


def one_scale(people: int, statements: int, *, seed: int = 1) -> Votes:
    """From one end to the other without a gap: everybody stands somewhere on one scale, most in the middle."""
    chance = np.random.RandomState(seed)
    place = chance.standard_normal(people)
    pull, start = chance.standard_normal(statements), chance.standard_normal(statements)
    likely = 1 / (1 + np.exp(-(place[:, None] * pull + start)))
    return written(np.where(chance.random_sample(likely.shape) < likely, 1, -1), np.ones(likely.shape, bool))


def written(votes: np.ndarray, seen: np.ndarray) -> Votes:
    """A table of numbers as votes."""
    rows, columns = np.nonzero(seen)
    cells = [(f"p{row}", f"s{column}", int(votes[row, column])) for row, column in zip(rows, columns, strict=True)]
    return votes_of(cells, statements=[f"s{column}" for column in range(votes.shape[1])])


def likeness(one: list[int], other: list[int]) -> float:
    """Adjusted Rand index (Hubert and Arabie 1985): 1 for the same groups, about 0 for what chance would give."""
    both = np.zeros((max(one) + 1, max(other) + 1))
    np.add.at(both, (one, other), 1)

    def pairs(numbers: np.ndarray) -> float:
        return float((numbers * (numbers - 1) / 2).sum())

    together, here, there = pairs(both), pairs(both.sum(axis=1)), pairs(both.sum(axis=0))
    expected = here * there / pairs(np.array([len(one)]))
    return (together - expected) / ((here + there) / 2 - expected)
