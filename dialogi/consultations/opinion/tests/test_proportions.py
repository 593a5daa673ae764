"""Shares of small numbers, against formulas written out and examples in print."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogi.consultations.opinion.proportions import by_chance, difference, share, wilson, z_more_than_half, z_more_than_others

COUNTS = st.integers(0, 10_000)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_two_shares_are_compared_by_the_closed_formula(part, left, others, rest):
    a, n, b, m = part + 1, part + left + 1, others + 1, others + rest + 1
    pooled = (a + b) / (n + m)
    expected = (a / n - b / m) / math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)) if pooled < 1 else 0

    assert float(z_more_than_others(part, part + left, others, others + rest)) == pytest.approx(expected)


@given(COUNTS, COUNTS)
def test_a_share_is_held_against_a_half_by_the_closed_formula(part, left):
    a, n = part + 1, part + left + 1

    assert float(z_more_than_half(part, part + left)) == pytest.approx((a / n - 0.5) / math.sqrt(0.25 / n))


@given(COUNTS, COUNTS)
def test_a_share_is_never_certain(part, left):
    assert 0 < float(share(part, part + left)) < 1


def test_where_nothing_is_known_a_share_is_a_half():
    assert float(share(0, 0)) == 0.5


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_swapping_the_groups_turns_the_sign(part, left, others, rest):
    here, there = z_more_than_others(part, part + left, others, others + rest), z_more_than_others(others, others + rest, part, part + left)

    assert float(here) == pytest.approx(-float(there))


def test_what_chance_gives_for_known_numbers():
    assert by_chance(0) == 0.5
    assert by_chance(1.2815515655446004) == pytest.approx(0.1)
    assert by_chance(1.959963984540054) == pytest.approx(0.025)


def test_wilsons_interval_as_newcombe_prints_it():
    # Newcombe 1998a, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29; score method.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)
    assert wilson(0, 0) == (0, 1)


def test_newcombes_interval_as_he_prints_it():
    # Newcombe 1998b, table II, method 10: 56/70 - 48/80 and 9/10 - 3/10.
    assert difference(56, 70, 48, 80) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert difference(9, 10, 3, 10) == pytest.approx((0.6, 0.1705, 0.8090), abs=5e-5)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_a_difference_lies_in_its_interval(part, left, others, rest):
    gap, low, high = difference(part, part + left, others, others + rest)

    assert -1 - 1e-9 <= low <= gap + 1e-9
    assert gap - 1e-9 <= high <= 1 + 1e-9
