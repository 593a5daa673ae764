"""The directions are those of the table with its gaps filled, though it is never filled."""

import numpy as np
import pytest

from dialogi.consultations.opinion.places import axes_of, facing, largest_size, places_of
from dialogi.consultations.opinion.tests.planting import noise, planted, table


def filled(votes):
    """The whole table with each gap at the mean of its statement, minus that mean."""
    whole = np.full(votes.shape, np.nan)
    rows = np.repeat(np.arange(votes.shape[0]), votes.given)
    whole[rows, votes.columns] = votes.values
    middle = np.nanmean(whole, axis=0)
    return np.where(np.isnan(whole), middle, whole) - middle


@pytest.mark.parametrize(("people", "statements", "seen"), [(30, 8, 1.0), (30, 12, 0.5), (12, 40, 0.8), (260, 170, 0.4)], ids=str)
def test_the_directions_are_the_principal_components_of_the_filled_table(people, statements, seen):
    votes = noise(people, statements, seen=seen)
    axes = axes_of(votes, count=2)
    _left, sizes, right = np.linalg.svd(filled(votes), full_matrices=False)

    assert axes.sizes == pytest.approx(sizes[:2] ** 2 / people, rel=1e-6)
    for axis in range(2):
        assert abs(axes.directions[:, axis] @ right[axis]) == pytest.approx(1, abs=1e-5)


def test_the_first_direction_alone_is_found_to_a_thousandth():
    votes = noise(400, 200, seen=0.3)

    assert largest_size(votes) == pytest.approx(axes_of(votes).sizes[0], rel=1e-3)


def test_who_counts_twice_weighs_as_much_as_two():
    votes = noise(20, 6, seen=0.8)
    weights = np.array([2.0, 0.0] * 10)
    twice = votes.rows(np.repeat(np.arange(20), weights.astype(int)))
    weighed, repeated = axes_of(votes, weights), axes_of(twice)

    assert weighed.sizes == pytest.approx(repeated.sizes)
    assert weighed.directions == pytest.approx(repeated.directions, abs=1e-7)


def test_places_are_moved_out_as_far_as_gaps_had_drawn_them_in():
    votes = table([[1, 1, 1, 1], [-1, -1, -1, -1], [1, None, None, None]] * 2)
    places = places_of(votes, axes_of(votes))
    centred = filled(votes)[2] @ axes_of(votes).directions

    assert places[2] == pytest.approx(centred * np.sqrt(4 / 1))
    assert places[0] == pytest.approx(filled(votes)[0] @ axes_of(votes).directions)


def test_a_direction_faces_its_strongest_statement():
    assert facing(np.array([0.1, -0.9])).tolist() == [-0.1, 0.9]
    assert facing(np.array([-0.7, 0.7])).tolist() == [0.7, -0.7]


def test_where_all_voted_alike_there_is_no_direction():
    axes = axes_of(table([[1, -1, 0]] * 5))

    assert axes.is_flat
    assert not axes.directions.any()


@pytest.mark.parametrize(("people", "statements"), [(20, 5), (160, 170)])
def test_where_all_voted_alike_there_is_no_size(people, statements):
    assert largest_size(table([[1] * statements] * people)) == 0


@pytest.mark.parametrize("people", [40, 400])
def test_two_camps_that_differ_in_everything_lie_in_one_direction(people):
    axes = axes_of(table([[1] * 200] * (people // 2) + [[-1] * 200] * (people // 2)), count=4)

    assert axes.sizes.round(6).tolist() == [200, 0, 0, 0]


def test_the_same_votes_give_the_same_directions_to_the_last_bit():
    votes, _truth = planted([120, 100], 180, seen=0.5)

    assert np.array_equal(axes_of(votes).directions, axes_of(votes).directions)
