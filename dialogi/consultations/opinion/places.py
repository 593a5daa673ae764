"""Where participants stand: the two directions in which votes differ most, and each person's place along them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh
from scipy.sparse import csr_array
from scipy.sparse.linalg import LinearOperator, eigsh

from dialogi.consultations.opinion.votes import Reals, Votes

# Below this share of all differences a direction is the rounding of numbers, not an opinion.
NOTHING = 1e-9
PICTURE = 2
# Up to so many rows the products are written out and solved at once.
FEW = 150


@dataclass(frozen=True, eq=False)
class Axes:
    """The middle of each statement, and the directions of largest difference with how large it is along them."""

    middle: Reals
    directions: Reals
    sizes: Reals

    @property
    def is_flat(self) -> bool:
        """Everybody voted alike, as far as they voted on the same."""
        return not self.sizes.any()


def centred(votes: Votes, middle: Reals) -> Reals:
    """Each vote's distance from the middle of its statement. What was not seen stands in the middle, which is nought and takes no room."""
    return votes.values - middle[votes.columns]


def middle_of(votes: Votes, weights: Reals) -> Reals:
    """The mean vote on each statement among those who voted on it; a pass is a nought."""
    each = np.repeat(weights, votes.given)
    total = np.bincount(votes.columns, each, len(votes.statements))
    return np.bincount(votes.columns, each * votes.values, len(votes.statements)) / np.where(total > 0, total, 1)


def axes_of(votes: Votes, weights: Reals | None = None, *, count: int = PICTURE) -> Axes:
    """The principal components of the votes with gaps filled by the statement's mean, found without ever filling them."""
    weights = np.ones(len(votes.participants)) if weights is None else weights
    middle = middle_of(votes, weights)
    table = votes.table(centred(votes, middle) * np.repeat(np.sqrt(weights), votes.given))
    by_people = table.shape[0] < table.shape[1]
    directions, sizes = np.zeros((table.shape[1], count)), np.zeros(count)
    if whole := float((table.data**2).sum()):
        found, vectors = strongest(table if by_people else table.T.tocsr(), count)
        for axis, size in enumerate(found):
            if size > NOTHING * whole:
                direction = table.T @ vectors[:, axis] if by_people else vectors[:, axis]
                directions[:, axis], sizes[axis] = facing(direction / np.linalg.norm(direction)), size / weights.sum()
    return Axes(middle, directions, sizes)


def strongest(table: csr_array, count: int, *, exactness: float = 1e-9) -> tuple[Reals, Reals]:
    """The largest eigenvalues of the products of rows with rows, largest first, and their vectors; the start is given, so the end is too."""
    rows = table.shape[0]
    if rows <= FEW:
        top = min(count, rows)
        values, vectors = eigh((table @ table.T).toarray(), subset_by_index=[rows - top, rows - 1])
    else:
        across = table.T.tocsr()
        products = LinearOperator((rows, rows), matvec=lambda vector: table @ (across @ vector), dtype=float)
        # Nobody's own direction: no vote is likely to lie at a right angle to it.
        start = np.cos(np.arange(rows) ** 2 + 1.0)
        values, vectors = eigsh(products, k=count, v0=start, tol=exactness)
    order = np.argsort(-values, kind="stable")
    return values[order], vectors[:, order]


def largest_size(votes: Votes) -> float:
    """How large the differences are along the first direction, to a thousandth."""
    table = votes.table(centred(votes, middle_of(votes, np.ones(len(votes.participants)))))
    if not table.data.any():
        return 0.0
    smaller = table if table.shape[0] < table.shape[1] else table.T.tocsr()
    return float(strongest(smaller, 1, exactness=1e-3)[0][0]) / table.shape[0]


def facing(direction: Reals) -> Reals:
    """A direction and its opposite are one line: the strongest statement (of equals, the first) points to the right."""
    strengths = np.abs(direction)
    strongest = np.flatnonzero(strengths >= strengths.max() * (1 - 1e-6))[0]
    return direction * np.sign(direction[strongest])


def places_of(votes: Votes, axes: Axes) -> Reals:
    """Everybody's place. Whoever voted on few statements is moved out from the middle as far as the gaps had drawn them in."""
    reached = votes.table(centred(votes, axes.middle)) @ axes.directions
    known = np.count_nonzero(votes.seen)
    return reached * np.sqrt(known / np.maximum(votes.given, 1))[:, None]
