"""A pass is a vote, what was not seen is none, and the order of rows says nothing."""

import numpy as np
import pytest

from dialogi.consultations.opinion.tests.planting import planted, table
from dialogi.consultations.opinion.votes import Vote, VotesError, natural, votes_of


def test_a_pass_is_counted_and_what_was_not_seen_is_not():
    votes = table([[1, 0, None], [-1, None, None], [1, 0, 1]])

    assert votes.seen.tolist() == [3, 2, 1]
    assert [votes.of(vote).tolist() for vote in (Vote.AGREE, Vote.PASS, Vote.DISAGREE)] == [[2, 0, 1], [0, 2, 0], [1, 0, 0]]
    assert votes.given.tolist() == [2, 1, 3]


def test_a_pass_survives_being_made_a_table():
    votes = table([[0, None], [None, 1]])

    assert votes.table(votes.values.astype(float)).nnz == 2


def test_votes_are_counted_for_each_group_and_for_nobody_outside():
    votes = table([[1, 1], [-1, 1], [1, None], [0, -1]])

    assert votes.of_groups(np.array([0, 0, 1, -1]), 2, Vote.AGREE).tolist() == [[1, 2], [1, 0]]
    assert votes.of_groups(np.array([0, 0, 1, -1]), 2).tolist() == [[2, 2], [1, 0]]


def test_two_votes_of_one_on_one_statement_are_refused():
    with pytest.raises(VotesError, match="twice"):
        votes_of([("a", 1, 1), ("a", 1, 0)])


@pytest.mark.parametrize("vote", [2, -2, 7])
def test_what_is_no_vote_is_refused(vote):
    with pytest.raises(VotesError, match="1, -1 or 0"):
        votes_of([("a", 1, vote)])


def test_a_statement_that_nobody_voted_on_keeps_its_column():
    votes = votes_of([("a", "x", 1)], statements=["x", "y"])

    assert votes.shape == (1, 2)
    assert votes.seen.tolist() == [1, 0]


def test_rows_can_be_picked_in_any_order():
    votes = table([[1, None], [None, -1], [0, 1]]).rows(np.array([2, 0]))

    assert votes.participants == ("p2", "p0")
    assert votes.values.tolist() == [0, 1, 1]
    assert votes.columns.tolist() == [0, 1, 0]


def test_votes_have_one_order_whatever_order_they_came_in():
    votes, _truth = planted([9, 8], 6, seen=0.7)
    order = np.random.RandomState(4).permutation(17)
    cells = [(name, statement, vote) for name, statement, vote in _cells(votes.rows(order))][::-1]
    one, other = votes.in_order, votes_of(cells).in_order

    assert one.statements == other.statements == ("s0", "s1", "s2", "s3", "s4", "s5")
    assert one.participants == other.participants
    assert one.columns.tolist() == other.columns.tolist()
    assert one.values.tolist() == other.values.tolist()


def test_statements_are_counted_as_people_count():
    assert sorted(["s10", "s9", "2", "10", "a", "1"], key=natural) == ["1", "2", "10", "a", "s9", "s10"]


def _cells(votes):
    for row, name in enumerate(votes.participants):
        for place in range(votes.starts[row], votes.starts[row + 1]):
            yield name, votes.statements[votes.columns[place]], int(votes.values[place])
