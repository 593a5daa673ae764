"""The points of the picture: people who stand close together, never fewer than five as one."""

from __future__ import annotations

import numpy as np

from dialogi.consultations.opinion.divisions import bases_of
from dialogi.consultations.opinion.findings import Dot
from dialogi.consultations.opinion.thresholds import SMALLEST_GROUP
from dialogi.consultations.opinion.votes import Counts, Reals

DIGITS = 2


def dots_of(places: Reals, groups: Counts, letters: tuple[str, ...]) -> tuple[Dot, ...]:
    """Gather each group from its outskirts inward: whoever stands farthest out is taken together with their nearest, until they are five."""
    dots: list[Dot] = []
    for group, letter in enumerate(letters):
        bases = bases_of(places[groups == group])
        left = np.ones(len(bases.points), bool)
        middle = np.average(bases.points, axis=0, weights=bases.weights)
        while left.any():
            far = int(np.argmax(np.where(left, ((bases.points - middle) ** 2).sum(axis=1), -1)))
            near = np.argsort(np.where(left, ((bases.points - bases.points[far]) ** 2).sum(axis=1), np.inf), kind="stable")[: int(left.sum())]
            enough = int(np.searchsorted(np.cumsum(bases.weights[near]), SMALLEST_GROUP)) + 1
            if bases.weights[left].sum() - bases.weights[near[:enough]].sum() < SMALLEST_GROUP:
                enough = len(near)
            taken = near[:enough]
            left[taken] = False
            weights = bases.weights[taken]
            x, y = np.average(bases.points[taken], axis=0, weights=weights)
            dots.append(Dot(round(float(x), DIGITS) + 0.0, round(float(y), DIGITS) + 0.0, int(weights.sum()), letter))
    return tuple(dots)
