"""Groups that are there are found, groups that are not are not, and the same votes give the same map."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogi.consultations.opinion import chance
from dialogi.consultations.opinion.findings import Outcome, Reason, finding_of
from dialogi.consultations.opinion.mapping import find_opinions
from dialogi.consultations.opinion.tests.planting import likeness, noise, one_scale, planted, table
from dialogi.consultations.opinion.votes import Votes, votes_of


def cells(votes):
    """(participant, statement, vote) of all votes."""
    rows = np.repeat(np.arange(len(votes.participants)), votes.given)
    return [(votes.participants[row], votes.statements[column], int(vote)) for row, column, vote in zip(rows, votes.columns, votes.values, strict=True)]


def found_and_true(found, truth):
    """How like the groups that were found are to those that were planted."""
    return likeness(["ABCDE".index(one.group) for one in found.standings], [truth[one.participant] for one in found.standings])


@pytest.mark.parametrize(
    ("sizes", "statements", "seen"),
    [([60, 40], 20, 1.0), ([60, 40], 30, 0.5), ([50, 30, 20], 24, 1.0), ([40, 35, 30], 30, 0.6), ([20, 20, 20, 20], 24, 1.0), ([40, 35, 30, 25], 60, 0.7)],
    ids=str,
)
def test_planted_groups_are_found(sizes, statements, seen):
    votes, truth = planted(sizes, statements, seen=seen)
    found = find_opinions(votes)

    assert found.finding.outcome is Outcome.GROUPS
    assert len(found.finding.groups) == len(sizes)
    assert found_and_true(found, truth) > 0.85
    assert [group.size for group in found.finding.groups] == sorted((group.size for group in found.finding.groups), reverse=True)
    assert min(group.stability for group in found.finding.groups) > 0.8


def test_a_village_of_forty_has_its_two_groups_told_apart_by_their_statements():
    votes, truth = planted([24, 16], 12, sure=0.95)
    found = find_opinions(votes)
    large, small = found.finding.groups

    assert found_and_true(found, truth) == 1
    assert (large.size, small.size) == (24, 16)
    # The larger group agrees with even statements alone.
    assert {int(one.statement[1:]) % 2 for one in large.representative if one.side == "agree"} == {0}
    assert {int(one.statement[1:]) % 2 for one in small.representative if one.side == "agree"} == {1}


@pytest.mark.parametrize("votes", [noise(20, 10, seed=2), noise(60, 15, seen=0.6), noise(200, 30, seed=3)], ids=["20", "60", "200"])
def test_where_opinions_hang_together_in_nothing_there_are_no_clear_groups(votes):
    finding = find_opinions(votes).finding

    assert finding.outcome is Outcome.NO_CLEAR_GROUPS
    assert finding.reason is Reason.NO_PATTERN
    assert finding.groups == ()
    assert len(finding.statements) == len(votes.statements)


def test_a_scale_without_gaps_is_not_cut_in_two():
    finding = find_opinions(one_scale(80, 20)).finding

    assert (finding.outcome, finding.reason) == (Outcome.NO_CLEAR_GROUPS, Reason.NOT_APART)
    assert finding.clarity.pattern > finding.clarity.pattern_limit
    assert finding.clarity.silhouette <= finding.clarity.silhouette_limit


def test_four_against_the_rest_are_not_shown():
    finding = find_opinions(planted([36, 4], 20, sure=1.0, passes=0)[0]).finding

    assert (finding.outcome, finding.reason) == (Outcome.NO_CLEAR_GROUPS, Reason.TOO_SMALL)
    assert finding.groups == ()


def test_five_against_the_rest_are():
    finding = find_opinions(planted([36, 5], 20, sure=1.0, passes=0)[0]).finding

    assert [group.size for group in finding.groups] == [36, 5]


def test_fourteen_people_have_no_map_but_their_table():
    votes, _truth = planted([8, 6], 10)
    found = find_opinions(votes)

    assert (found.finding.outcome, found.finding.reason) == (Outcome.TOO_FEW, Reason.TOO_FEW_PEOPLE)
    assert found.finding.coverage.placed == 14
    assert found.standings == found.finding.picture == found.finding.consensus == ()
    assert sum(row.votes.seen for row in found.finding.statements) == 140


def test_whoever_voted_on_few_statements_has_no_place_but_is_counted():
    votes, _truth = planted([20, 20], 12, sure=1.0)
    found = find_opinions(votes_of([*cells(votes), *[("late", f"s{number}", 1) for number in range(6)]]))

    assert found.finding.coverage.participants == 41
    assert found.finding.coverage.placed == len(found.standings) == 40
    assert "late" not in {one.participant for one in found.standings}
    assert found.finding.statements[0].votes.seen == 41
    assert sum(group.seen for group in found.finding.statements[0].groups) == 40


def test_with_fewer_than_seven_statements_whoever_voted_on_all_is_placed():
    votes, _truth = planted([20, 20], 5, sure=1.0, passes=0)
    finding = find_opinions(votes).finding

    assert (finding.coverage.votes_to_be_placed, finding.coverage.placed) == (5, 40)
    assert len(finding.groups) == 2


def test_the_same_votes_give_the_same_map_in_whatever_order_they_come():
    votes, _truth = planted([30, 20], 14, seen=0.8)
    shuffled = cells(votes)
    np.random.RandomState(8).shuffle(shuffled)
    one, other = find_opinions(votes), find_opinions(votes_of([(name, statement, int(vote)) for name, statement, vote in shuffled]))

    assert one == other


def test_other_names_for_participants_change_nothing():
    votes, _truth = planted([30, 20], 14, seen=0.8)
    renamed = Votes(tuple(f"x{place * 7 % 50}" for place in range(50)), votes.statements, votes.starts, votes.columns, votes.values)

    assert find_opinions(votes).finding == find_opinions(renamed).finding


def test_other_names_for_statements_leave_the_groups_as_they_are():
    votes, truth = planted([30, 20], 14, seen=0.8)
    renamed = Votes(votes.participants, tuple(f"q{place * 5 % 14}" for place in range(14)), votes.starts, votes.columns, votes.values)
    one, other = find_opinions(votes), find_opinions(renamed)

    assert {person.participant: person.group for person in one.standings} == {person.participant: person.group for person in other.standings}
    assert found_and_true(other, truth) > 0.9


def test_everybody_twice_makes_the_same_groups_twice_as_large():
    votes, _truth = planted([24, 18], 14)
    twice = votes_of([*cells(votes), *[(f"again {name}", statement, vote) for name, statement, vote in cells(votes)]])
    one, other = find_opinions(votes).finding, find_opinions(twice).finding

    assert [2 * group.size for group in one.groups] == [group.size for group in other.groups]
    assert [row.votes.seen * 2 for row in one.statements] == [row.votes.seen for row in other.statements]


def test_agreeing_with_the_opposite_of_everything_makes_the_same_groups():
    votes, _truth = planted([30, 20], 14, seen=0.8)
    opposite = Votes(votes.participants, votes.statements, votes.starts, votes.columns, -votes.values)
    one, other = find_opinions(votes), find_opinions(opposite)

    assert {person.participant: person.group for person in one.standings} == {person.participant: person.group for person in other.standings}
    assert [(row.votes.agree, row.votes.disagree) for row in one.finding.statements] == [
        (row.votes.disagree, row.votes.agree) for row in other.finding.statements
    ]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1, 1, -1]] * 20, Reason.ALL_ALIKE),
        ([[0, 0, 0]] * 20, Reason.ALL_ALIKE),
        ([[1]] * 10 + [[-1]] * 10, Reason.NO_PATTERN),
        ([[1, None], [None, 1]] * 10, Reason.TOO_FEW_PEOPLE),
        ([[None, None]] * 20, Reason.TOO_FEW_PEOPLE),
        ([], Reason.TOO_FEW_PEOPLE),
    ],
    ids=["all the same", "all pass", "one statement", "no two on the same", "no votes", "nothing"],
)
def test_votes_that_say_nothing_about_groups_are_told_so(rows, reason):
    finding = find_opinions(table(rows)).finding

    assert finding.reason is reason
    assert finding.groups == ()


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(st.sampled_from([1, 0, -1, None]), min_size=width, max_size=width), min_size=12, max_size=24)))
def test_no_table_of_votes_brings_it_down_or_shows_fewer_than_five(rows):
    found = find_opinions(table(rows))
    finding = found.finding

    assert (finding.outcome is Outcome.GROUPS) == (finding.reason is None) == bool(finding.groups)
    assert all(group.size >= 5 and 0 <= group.stability <= 1 for group in finding.groups)
    assert all(dot.people >= 5 for dot in finding.picture)
    assert sum(dot.people for dot in finding.picture) == (0 if finding.outcome is Outcome.TOO_FEW else finding.coverage.placed)
    assert all(tally is None or tally.seen == 0 or tally.seen >= 5 for row in finding.statements for tally in row.groups)
    assert finding_of(json.loads(json.dumps(finding.as_data()))) == finding


def test_a_finding_can_be_kept_as_json_and_names_no_participant():
    votes, _truth = planted([30, 20], 14)
    found = find_opinions(votes)
    kept = json.dumps(found.finding.as_data())

    assert finding_of(json.loads(kept)) == found.finding
    assert not [name for name in votes.participants if f'"{name}"' in kept]


def test_the_picture_lies_where_the_groups_lie():
    finding = find_opinions(planted([30, 20], 14)[0]).finding

    for group in finding.groups:
        dots = [dot for dot in finding.picture if dot.group == group.letter]
        assert sum(dot.people for dot in dots) == group.size
        assert sum(dot.x * dot.people for dot in dots) / group.size == pytest.approx(group.x, abs=0.02)
        assert sum(dot.y * dot.people for dot in dots) / group.size == pytest.approx(group.y, abs=0.02)


def test_many_votes_are_tested_on_a_sample_and_still_tell_their_groups(monkeypatch):
    monkeypatch.setattr(chance, "ENOUGH_VOTES", 2_000)
    monkeypatch.setattr(chance, "ENOUGH_PEOPLE", 60)
    votes, truth = planted([240, 180], 40, sure=0.8, seen=0.8)
    found = find_opinions(votes)

    assert len(chance.sample_of(votes)) < 100
    assert found_and_true(found, truth) > 0.95
    assert len(found.finding.groups) == 2


def test_a_map_differs_when_one_vote_does():
    votes, _truth = planted([20, 20], 10)
    values = votes.values.copy()
    values[0] = -values[0] or 1

    assert find_opinions(votes).finding != find_opinions(replace(votes, values=values)).finding
