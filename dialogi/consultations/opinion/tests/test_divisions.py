"""k-means against all possible groups, the silhouette against its definition."""

import itertools

import numpy as np
import pytest

from dialogi.consultations.opinion.divisions import bases_of, best_division, distances, k_means, silhouette


def cost(points, weights, groups):
    """Weighted squared distances from the middles of groups."""
    whole = 0.0
    for group in set(groups.tolist()):
        own, mass = points[groups == group], weights[groups == group]
        whole += float((mass * ((own - np.average(own, axis=0, weights=mass)) ** 2).sum(axis=1)).sum())
    return whole


def least_cost(points, weights, count):
    """The best of all ways to divide."""
    ways = (np.array((0, *rest)) for rest in itertools.product(range(count), repeat=len(points) - 1))
    return min(cost(points, weights, groups) for groups in ways)


def silhouette_by_definition(points, groups):
    """Rousseeuw 1987, a point at a time."""
    widths = []
    for place, group in enumerate(groups):
        own = [other for other in range(len(points)) if groups[other] == group and other != place]
        if not own:
            widths.append(0.0)
            continue
        within = np.mean([np.linalg.norm(points[place] - points[other]) for other in own])
        beside = min(np.mean(np.linalg.norm(points[groups == other] - points[place], axis=1)) for other in set(groups.tolist()) - {group})
        widths.append((beside - within) / max(beside, within) if max(beside, within) else 0.0)
    return float(np.mean(widths))


@pytest.mark.parametrize("seed", range(25))
def test_no_way_to_divide_few_points_is_better_than_the_one_found(seed):
    chance = np.random.RandomState(seed)
    count, people = 2 + seed % 2, 4 + seed % 4
    points, weights = chance.standard_normal((people, 2)), chance.randint(1, 6, people).astype(float)
    found = k_means(points, weights, count)

    assert cost(points, weights, found) == pytest.approx(least_cost(points, weights, count))


def test_points_that_weigh_more_draw_like_more_points():
    chance = np.random.RandomState(3)
    points, weights = chance.standard_normal((12, 2)), chance.randint(1, 5, 12)
    many = np.repeat(np.arange(12), weights)
    one, other = k_means(points, weights.astype(float), 3), k_means(points[many], np.ones(len(many)), 3)

    assert cost(points, weights.astype(float), one) == pytest.approx(cost(points[many], np.ones(len(many)), other))


@pytest.mark.parametrize("seed", range(6))
def test_the_silhouette_is_what_it_is_defined_to_be_for_points_that_stand_there_many_times(seed):
    chance = np.random.RandomState(seed)
    points, weights = chance.standard_normal((9, 2)), chance.randint(1, 4, 9)
    groups = np.array([0, 0, 0, 1, 1, 1, 2, 2, 0])
    many = np.repeat(np.arange(9), weights)

    assert silhouette(distances(points, points), weights.astype(float), groups) == pytest.approx(silhouette_by_definition(points[many], groups[many]))


def test_a_silhouette_worked_out_by_hand():
    apart = np.array([[0, 1, 3, 4], [1, 0, 3, 4], [3, 3, 0, 2], [4, 4, 2, 0]], float)

    # (5/7 + 5/7 + 1/3 + 1/2) / 4
    assert silhouette(apart, np.ones(4), np.array([0, 0, 1, 1])) == pytest.approx(0.565476, abs=1e-6)


def test_who_stands_alone_has_no_silhouette():
    points = np.array([[0.0, 0], [5, 0], [5, 1]])

    assert silhouette(distances(points, points), np.ones(3), np.array([0, 1, 1])) == pytest.approx(silhouette_by_definition(points, np.array([0, 1, 1])))


def test_few_places_are_kept_as_they_are_and_equal_ones_taken_together():
    bases = bases_of(np.array([[1.0, 0], [0, 0], [1, 0], [2, 2]]))

    assert bases.points.tolist() == [[0, 0], [1, 0], [2, 2]]
    assert bases.weights.tolist() == [1, 2, 1]
    assert bases.of.tolist() == [1, 0, 1, 2]


def test_many_places_become_a_hundred_heaps_that_hold_everybody():
    places = np.random.RandomState(1).standard_normal((3000, 2))
    bases = bases_of(places)

    assert 90 <= len(bases.points) <= 100
    assert bases.weights.sum() == 3000
    assert np.array_equal(np.bincount(bases.of), bases.weights)
    assert np.linalg.norm(bases.points[bases.of] - places, axis=1).mean() < 0.2
    assert bases.points[0] == pytest.approx(places[bases.of == 0].mean(axis=0))


def test_a_group_that_is_too_small_is_not_chosen_however_far_away_it_stands():
    chance = np.random.RandomState(2)
    places = np.concatenate([chance.standard_normal((20, 2)) - 4, chance.standard_normal((20, 2)) + 4, [[90.0, 0], [91, 0]]])
    alone = best_division(places, smallest=1, directions=(2,))
    together = best_division(places[:40], smallest=5, directions=(2,))

    assert alone is not None
    assert np.bincount(alone.groups).min() == 2
    assert together is not None
    assert np.bincount(together.groups).tolist() == [20, 20]
    assert (best_division(places, smallest=5, directions=(2,)) or together).count <= 5


def test_too_few_places_cannot_be_divided():
    assert best_division(np.arange(18.0).reshape(9, 2), smallest=5, directions=(2,)) is None


def test_a_third_direction_is_taken_only_when_it_parts_the_groups_better():
    chance = np.random.RandomState(5)
    corners = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]]) * 5.0
    apart = np.repeat(corners, 20, axis=0) + chance.standard_normal((80, 3))
    flat = apart * [1, 1, 0] + chance.standard_normal((80, 3)) * [0, 0, 1]
    four, plain = best_division(apart, smallest=5, directions=(2, 3)), best_division(flat, smallest=5, directions=(2, 3))

    assert (four.directions, four.count) == (3, 4)
    assert plain.directions == 2
