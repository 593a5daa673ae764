"""The method of harmonisation by itself: what holds whatever the register says."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogi.systems.harmonising.blocks import MOST_IN_BLOCK, pairs_to_compare
from dialogi.systems.harmonising.graph import place
from dialogi.systems.harmonising.method import MOST_FOR_ONE, find
from dialogi.systems.harmonising.savings import realised
from dialogi.systems.harmonising.signals import NEAR_DAYS, Signal, SystemFacts, compare, makes_candidate

TODAY = date(2026, 11, 2)
NUMBERS = st.integers(1, 4)


def some(numbers: st.SearchStrategy[int]) -> st.SearchStrategy[frozenset[int]]:
    return st.frozensets(numbers, max_size=3)


@st.composite
def registers(draw: st.DrawFn) -> list[SystemFacts]:
    made = []
    for pk in range(1, draw(st.integers(2, 14)) + 1):
        functions = draw(st.dictionaries(NUMBERS, st.frozensets(NUMBERS, min_size=1, max_size=3), max_size=3))
        made.append(
            SystemFacts(
                pk=pk,
                product=draw(st.sampled_from(["", "kartan", "arkivet"])),
                vendor=draw(st.none() | NUMBERS),
                main=draw(st.none() | NUMBERS.filter(lambda main, own=pk: main != own)),
                functions=functions,
                sectors=frozenset(unit % 2 for units in functions.values() for unit in units),
                data_groups=draw(some(NUMBERS)),
                days=tuple(sorted(TODAY + timedelta(days=day) for day in draw(st.frozensets(st.integers(0, 2000), max_size=2)))),
                words=draw(st.frozensets(st.sampled_from(["arbetstid", "kamera", "enkät", "karta"]), max_size=4)),
            )
        )
    return made


@given(registers())
def test_a_pair_is_the_same_whichever_is_named_first(register: list[SystemFacts]) -> None:
    for one in register:
        for other in register:
            if one.pk != other.pk:
                assert compare(one, other) == compare(other, one)


@given(registers(), st.randoms(use_true_random=False))
def test_what_is_found_and_its_order_do_not_depend_on_the_order_of_the_register(register: list[SystemFacts], chance: random.Random) -> None:
    shuffled = list(register)
    chance.shuffle(shuffled)
    assert find(register) == find(shuffled)


@given(registers())
def test_a_small_register_loses_no_candidate_to_the_blocks(register: list[SystemFacts]) -> None:
    """Where every block is small, blocking finds what comparing every pair would: but pairs of one large maker, which go by their days."""
    pairs, _crowds = pairs_to_compare(register)
    for one in register:
        for other in register:
            found = compare(one, other)
            if one.pk < other.pk and found.signals & Signal.OTHER_UNIT:
                assert (one.pk, other.pk) in pairs


@given(registers())
def test_words_alone_never_make_a_candidate(register: list[SystemFacts]) -> None:
    wordless = [SystemFacts(**{name: getattr(each, name) for name in each.__slots__} | {"words": frozenset()}) for each in register]
    with_words, without = find(register), find(wordless)
    told = [(each.first, each.second, each.signals & ~Signal.WORDS) for each in with_words.candidates]
    assert told == [(each.first, each.second, each.signals) for each in without.candidates]
    assert not makes_candidate(Signal.WORDS)
    assert all(not each.is_candidate for each in with_words.suggestions)


@given(registers())
def test_no_candidate_stands_on_less_than_the_method_says(register: list[SystemFacts]) -> None:
    for each in find(register).candidates:
        signals = each.signals
        strong = Signal.OTHER_UNIT in signals
        bought_together = Signal.SAME_MAKER in signals and Signal.WINDOW in signals
        contained = Signal.SAME_DATA in signals and Signal.CONTAINED in signals
        assert strong or bought_together or contained


def test_one_product_bought_twice_is_no_overlap_of_functions_and_two_products_are() -> None:
    bought = SystemFacts(pk=1, product="kartan", functions={7: frozenset({1})}, sectors=frozenset({1}))
    again = SystemFacts(pk=2, product="kartan", functions={7: frozenset({2})}, sectors=frozenset({1}))
    other = SystemFacts(pk=3, product="gis", functions={7: frozenset({2})}, sectors=frozenset({1}))
    assert Signal.OTHER_UNIT not in compare(bought, again).signals
    assert Signal.OTHER_UNIT in compare(bought, other).signals
    assert Signal.OTHER_UNIT not in compare(again, other).signals, "one unit alone"


@pytest.mark.parametrize(("apart", "is_near"), [(NEAR_DAYS, True), (NEAR_DAYS + 1, False)])
def test_contracts_are_near_each_other_within_eighteen_months(apart: int, is_near: bool) -> None:
    one = SystemFacts(pk=1, vendor=1, days=(TODAY,))
    other = SystemFacts(pk=2, vendor=1, days=(TODAY + timedelta(days=apart),))
    assert (Signal.WINDOW in compare(one, other).signals) is is_near
    assert [(each.first, each.second) for each in find([one, other]).candidates] == ([(1, 2)] if is_near else [])


def test_a_crowd_is_told_as_a_crowd_and_nobody_has_more_candidates_than_can_be_read() -> None:
    everybody = [SystemFacts(pk=pk, product=f"p{pk}", functions={7: frozenset({pk})}, sectors=frozenset({1})) for pk in range(1, 201)]
    found = find(everybody)
    assert [crowd.systems for crowd in found.crowds] == [200]
    assert found.candidates == ()
    few = [SystemFacts(pk=pk, product=f"p{pk}", functions={7: frozenset({pk})}, sectors=frozenset({1})) for pk in range(1, MOST_IN_BLOCK + 1)]
    found = find(few)
    assert found.left_out > 0
    assert len(found.candidates) <= MOST_FOR_ONE * MOST_IN_BLOCK
    assert len(found.candidates) + found.left_out == MOST_IN_BLOCK * (MOST_IN_BLOCK - 1) // 2


def test_a_saving_is_told_from_invoices_of_whole_years_and_less_what_the_change_cost() -> None:
    paid = {2024: Decimal(900), 2025: Decimal(400), 2026: Decimal(300)}
    known = {"before": Decimal(1000), "realised_in": 2023, "invoiced": paid}
    assert realised(**known, this_year=2024, migration_cost=Decimal(200)).years == ()
    assert realised(**known, this_year=2025, migration_cost=Decimal(200)).years == ((2024, Decimal(100)),)
    whole = realised(**known, this_year=2027, migration_cost=Decimal(200))
    assert whole.years == ((2024, Decimal(100)), (2025, Decimal(600)))
    assert whole.total == Decimal(500)
    assert realised(**known, this_year=2027, migration_cost=None).total is None
    assert realised(before=None, realised_in=2023, this_year=2027, invoiced=paid, migration_cost=Decimal(1)).years == ()


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda edge: edge[0] != edge[1]), max_size=12), st.randoms(use_true_random=False))
def test_the_picture_of_integrations_is_the_same_each_time(edges: list[tuple[int, int]], chance: random.Random) -> None:
    nodes = [1, *{node for edge in edges for node in edge}]
    shuffled = list(edges)
    chance.shuffle(shuffled)
    placed = place(nodes, edges)
    assert placed == place(reversed(nodes), shuffled)
    assert all(0 <= each.x <= 1 and 0 <= each.y <= 1 for each in placed)
