"""What the statements say: worked out by hand on tables small enough to see."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogi.consultations.opinion.findings import Side, Tally
from dialogi.consultations.opinion.statements import consensus, counted, divisive, representative, rows_of
from dialogi.consultations.opinion.tests.planting import table


def two_groups(left, right):
    """Votes of two groups with one row for each person, and their counts."""
    votes = table([*left, *right])
    return votes, counted(votes, np.array([0] * len(left) + [1] * len(right)), 2)


#                        only A    both   nobody  A passes
A = [[1, 1, -1, 0]] * 8
B = [[-1, 1, -1, 1]] * 8


def test_a_statement_tells_a_group_apart_when_its_share_is_above_a_half_and_above_the_others():
    _votes, ballots = two_groups(A, B)
    (one,) = representative(ballots, 0)

    assert (one.statement, one.side, one.count, one.seen, one.count_elsewhere, one.seen_elsewhere) == ("s0", Side.AGREE, 8, 8, 0, 8)
    assert one.times == pytest.approx((9 / 10) / (1 / 10))
    assert one.z_within == pytest.approx(2 * math.sqrt(9) * 0.5)
    assert one.z_against_others == pytest.approx((1 - 1 / 9) / math.sqrt(10 / 18 * 8 / 18 * 2 / 9), abs=1e-4)
    assert one.difference_low < one.difference == 1


def test_agreement_is_told_before_disagreement():
    _votes, ballots = two_groups(A, B)

    assert [(one.statement, one.side) for one in representative(ballots, 1)] == [("s3", Side.AGREE), ("s0", Side.DISAGREE)]


def test_what_all_say_tells_no_group_apart():
    _votes, ballots = two_groups(A, B)

    assert not {"s1", "s2"} & {one.statement for group in (0, 1) for one in representative(ballots, group)}


def test_what_four_have_seen_tells_nothing():
    _votes, ballots = two_groups([[1, 1]] * 4 + [[None, 1]] * 4, [[-1, 1]] * 8)

    assert representative(ballots, 0) == ()


def test_the_chance_that_all_groups_agree_is_the_product_of_their_smoothed_shares():
    votes, ballots = two_groups(A, B)
    rows = {row.statement: row for row in rows_of(votes, ballots)}

    assert rows["s0"].consensus_agree == pytest.approx((9 / 10) * (1 / 10))
    assert rows["s1"].consensus_agree == pytest.approx((9 / 10) ** 2)
    assert rows["s2"].consensus_disagree == pytest.approx((9 / 10) ** 2)
    assert rows["s3"].consensus_agree == pytest.approx((1 / 10) * (9 / 10))


def test_without_groups_the_consensus_is_everybodys_smoothed_share():
    votes = table([[1], [1], [0], [-1]])

    assert rows_of(votes, None)[0].consensus_agree == pytest.approx(3 / 6)
    assert rows_of(votes, None)[0].groups == ()


def test_consensus_is_what_every_group_is_on_the_same_side_of():
    votes, ballots = two_groups(A, B)

    assert [(one.statement, one.side) for one in consensus(votes, ballots)] == [("s1", Side.AGREE), ("s2", Side.DISAGREE)]


def test_a_large_group_does_not_make_a_consensus_alone():
    votes, ballots = two_groups([[1]] * 30, [[-1]] * 6)

    assert consensus(votes, ballots) == ()
    assert [one.statement for one in consensus(votes, None)] == ["s0"]


def test_what_divides_is_said_with_who_agrees_most_and_least():
    votes, ballots = two_groups(A, B)
    first = divisive(votes, ballots, ("A", "B"))[0]

    assert (first.statement, first.most, first.most_share, first.least, first.least_share, first.gap) == ("s0", "A", 0.9, "B", 0.1, 0.8)
    assert {one.statement for one in divisive(votes, ballots, ("A", "B"))} == {"s0", "s3"}


def test_without_groups_a_statement_with_many_on_both_sides_divides():
    votes = table([[1, 1]] * 6 + [[-1, 1]] * 5)
    (one,) = divisive(votes, None, ())

    assert (one.statement, one.most, one.least) == ("s0", "", "")


def test_a_tally_of_fewer_than_five_of_a_group_is_hidden_and_one_more_so_that_the_total_does_not_tell():
    votes, ballots = two_groups([[1, 1]] * 3 + [[None, 1]] * 5, [[-1, 1]] * 8)
    rows = rows_of(votes, ballots)

    assert rows[0].groups == (None, None)
    assert rows[0].votes == Tally(3, 8, 0, 11)
    assert rows[1].groups == (Tally(8, 0, 0, 8), Tally(8, 0, 0, 8))


def test_nobody_is_nobody_and_stays():
    votes, ballots = two_groups([[None, 1]] * 8, [[-1, 1]] * 8)

    assert rows_of(votes, ballots)[0].groups == (Tally(0, 0, 0, 0), Tally(0, 8, 0, 8))


@given(st.lists(st.lists(st.sampled_from([1, 0, -1, None]), min_size=3, max_size=3), min_size=2, max_size=12))
def test_consensus_lies_between_nought_and_one_and_counts_add_up(rows):
    votes = table(rows)
    ballots = counted(votes, np.arange(len(votes.participants)) % 2, 2)

    for row in rows_of(votes, ballots):
        assert 0 < row.consensus_agree < 1
        assert 0 < row.consensus_disagree < 1
        assert row.votes.seen == row.votes.agree + row.votes.disagree + row.votes.passed
        assert row.consensus_agree + row.consensus_disagree <= 1
    assert (ballots.seen.sum(axis=0) == votes.seen).all()
