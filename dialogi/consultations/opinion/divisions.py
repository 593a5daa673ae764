"""Ways to divide the places into groups, and how well each fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from dialogi.consultations.opinion.thresholds import MOST_GROUPS
from dialogi.consultations.opinion.votes import Counts, Reals

BASES = 100
TRIES = 16
ROUNDS = 60
ROUNDS_FOR_BASES = 20


@dataclass(frozen=True, eq=False)
class Bases:
    """Places that lie close together taken as one, with how many people stand there. `of[i]` is the base of participant i."""

    points: Reals
    weights: Reals
    of: Counts


def randomness(seed: int) -> np.random.RandomState:
    """Foreseeable on purpose: the same votes give the same map. numpy keeps this generator's numbers for ever, which it does not of newer ones."""
    return np.random.RandomState(seed)


def distances(points: Reals, others: Reals) -> Reals:
    """Straight-line distances from each to each."""
    return np.sqrt(((points[..., :, None, :] - others[..., None, :, :]) ** 2).sum(axis=-1))


def bases_of(places: Reals, count: int = BASES, seed: int = 1) -> Bases:
    """The places themselves while there are few different ones; otherwise so many small heaps."""
    points, of, times = np.unique(places, axis=0, return_inverse=True, return_counts=True)
    weights, of = times.astype(float), of.reshape(-1)
    if len(points) <= count:
        return Bases(points, weights, of)
    centres = spread_out(points, weights, count, tries=1, seed=seed)[0]
    for _round in range(ROUNDS_FOR_BASES):
        before, nearest = centres, cKDTree(centres).query(points)[1]
        centres = middles_of(points, weights, nearest, centres)
        if np.abs(centres - before).max() <= 1e-3 * np.abs(points).max():
            break
    nearest = np.unique(cKDTree(centres).query(points)[1], return_inverse=True)[1]
    used = int(nearest.max()) + 1
    return Bases(middles_of(points, weights, nearest, np.zeros((used, points.shape[1]))), np.bincount(nearest, weights).astype(float), nearest[of])


def middles_of(points: Reals, weights: Reals, groups: Counts, otherwise: Reals) -> Reals:
    """The weighted middle of each group; an empty one stays where it was."""
    count = len(otherwise)
    sizes = np.bincount(groups, weights, count)
    sums = np.stack([np.bincount(groups, weights * axis, count) for axis in points.T], axis=1)
    return np.where(sizes[:, None] > 0, sums / np.where(sizes > 0, sizes, 1)[:, None], otherwise)


def spread_out(points: Reals, weights: Reals, count: int, *, tries: int, seed: int) -> Reals:
    """For each try starting points far from each other, drawn by squared distance from those already drawn (k-means++)."""
    chance = randomness(seed)
    chosen = np.empty((tries, count, points.shape[1]))
    pull = np.broadcast_to(np.cumsum(weights), (tries, len(points)))
    nearest = np.full((tries, len(points)), np.inf)
    for start in range(count):
        # With everything drawn already nothing pulls, and the last point serves as well as any.
        drawn = (pull <= chance.random_sample(tries)[:, None] * pull[:, -1:]).sum(axis=1).clip(0, len(points) - 1)
        chosen[:, start] = points[drawn]
        nearest = np.minimum(nearest, ((points - chosen[:, start, None]) ** 2).sum(axis=-1))
        pull = np.cumsum(weights * nearest, axis=1)
    return chosen


def k_means(points: Reals, weights: Reals, count: int, *, seed: int = 1, tries: int = TRIES) -> Counts:
    """The group of each point, such that the weighted squared distances to the groups' middles are least among many starts."""
    centres = spread_out(points, weights, count, tries=tries, seed=seed)
    groups = np.full((tries, len(points)), -1)
    squares = np.zeros((tries, len(points), count))
    for _round in range(ROUNDS):
        before = groups
        squares = ((points[None, :, None, :] - centres[:, None, :, :]) ** 2).sum(axis=-1)
        groups = squares.argmin(axis=-1)
        if np.array_equal(groups, before):
            break
        members = (groups[:, :, None] == np.arange(count)) * weights[None, :, None]
        sizes = members.sum(axis=1)[..., None]
        centres = np.where(sizes > 0, members.transpose(0, 2, 1) @ points / np.where(sizes > 0, sizes, 1), centres)
    best = int(np.argmin((squares.min(axis=-1) * weights).sum(axis=-1)))
    return settled(points, weights, groups[best], count)


def settled(points: Reals, weights: Reals, groups: Counts, count: int) -> Counts:
    """Let single points change groups as long as that brings people closer (Hartigan), which rounds of means alone can miss."""
    groups = groups.copy()
    rows = np.arange(len(points))
    for _move in range(len(points)):
        members = (groups[:, None] == np.arange(count)) * weights[:, None]
        sizes = members.sum(axis=0)
        middles = members.T @ points / np.where(sizes > 0, sizes, 1)[:, None]
        squares = ((points[:, None, :] - middles) ** 2).sum(axis=-1)
        left = sizes[groups] - weights
        saved = np.where(left > 0, sizes[groups] * weights / np.where(left > 0, left, 1) * squares[rows, groups], 0)
        cost = sizes * weights[:, None] / np.maximum(sizes + weights[:, None], 1e-300) * squares
        cost[rows, groups] = np.inf
        gains = saved[:, None] - cost
        point, group = np.unravel_index(int(np.argmax(gains)), gains.shape)
        if gains[point, group] <= 1e-9 * max(float((weights * squares[rows, groups]).sum()), 1e-300):
            break
        groups[point] = group
    return groups


@dataclass(frozen=True, eq=False)
class Division:
    """One way to divide: the group of each participant, in how many directions it was found, and its silhouette."""

    groups: Counts
    count: int
    directions: int
    silhouette: float


def best_division(places: Reals, *, smallest: int, directions: Iterable[int], seed: int = 1) -> Division | None:
    """The division with the largest silhouette among two to five groups none of which is too small; of equals the simplest."""
    best = None
    for reach in directions:
        bases = bases_of(places[:, :reach], seed=seed)
        apart = distances(bases.points, bases.points)
        for count in range(2, min(MOST_GROUPS, len(places) // smallest, len(bases.points)) + 1):
            groups = k_means(bases.points, bases.weights, count, seed=seed)
            if np.bincount(groups, bases.weights, count).min() < smallest:
                continue
            width = silhouette(apart, bases.weights, groups)
            if best is None or width > best.silhouette + 1e-9:
                best = Division(groups[bases.of], count, reach, width)
    return best


def silhouette(apart: Reals, weights: Reals, groups: Counts) -> float:
    """Rousseeuw's width, as if each point stood there as often as it weighs: 1 where groups are far apart, 0 where they run together."""
    members = (groups[:, None] == np.arange(groups.max() + 1)) * weights[:, None]
    sizes = members.sum(axis=0)
    sums = apart @ members
    rows = np.arange(len(groups))
    own = sizes[groups]
    within = sums[rows, groups] / np.where(own > 1, own - 1, 1)
    others = np.where(sizes > 0, sums / np.where(sizes > 0, sizes, 1), np.inf)
    others[rows, groups] = np.inf
    beside = others.min(axis=1)
    larger = np.maximum(within, beside)
    widths = np.where((own > 1) & (larger > 0) & np.isfinite(beside), (beside - within) / np.where(larger > 0, larger, 1), 0)
    return float((widths * weights).sum() / weights.sum())
