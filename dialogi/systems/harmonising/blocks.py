"""Which pairs are looked at at all: those that share something rare enough. Nobody compares every system with every other.

A block is whatever some systems have in common. A small one is looked at pair by pair. A large one (everybody uses the same office suite, two hundred
systems keep customers) is cut by what is narrower; what even then is a crowd is told as a crowd and never paired.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from dialogi.systems.harmonising.signals import NEAR_DAYS, SystemFacts

MOST_IN_BLOCK = 24
MOST_NEIGHBOURS = 6
RAREST, COMMONEST = 2, 12

Pair = tuple[int, int]
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Systems of one function and sector that are too many to be told pair by pair."""

    function: int
    sector: int
    systems: int


def ordered(one: int, other: int) -> Pair:
    """Return two systems with the smaller number first."""
    return (one, other) if one < other else (other, one)


def pairs_to_compare(systems: Iterable[SystemFacts]) -> tuple[set[Pair], tuple[Crowd, ...]]:
    """Return the pairs that could make a candidate, and the crowds. Grows with the number of systems, not with its square."""
    everybody = sorted(systems, key=lambda each: each.pk)
    pairs: set[Pair] = set()
    crowds = list(_by_function(everybody, pairs))
    pairs.update(_by_maker_and_day(everybody))
    return pairs, tuple(crowds)


def pairs_by_words(systems: Iterable[SystemFacts]) -> set[Pair]:
    """Return the pairs that share words which few others use: from an index of words, where common ones are left out."""
    index: dict[str, list[int]] = defaultdict(list)
    for each in sorted(systems, key=lambda one: one.pk):
        for word in each.words:
            index[word].append(each.pk)
    counts: dict[Pair, int] = defaultdict(int)
    for holders in index.values():
        if RAREST <= len(holders) <= COMMONEST:
            for pair in combinations(holders, 2):
                counts[pair] += 1
    return {pair for pair, count in counts.items() if count > 1}


def _by_function(systems: list[SystemFacts], pairs: set[Pair]) -> Iterator[Crowd]:
    for function, users in _blocks((each, each.functions) for each in systems).items():
        if len(users) <= MOST_IN_BLOCK:
            pairs.update(_all_pairs(users))
            continue
        for sector, near in _blocks((each, each.sectors) for each in users).items():
            if len(near) <= MOST_IN_BLOCK:
                pairs.update(_all_pairs(near))
                continue
            yield Crowd(function, sector, len(near))
            narrower = (*_blocks((each, each.functions[function]) for each in near).values(), *_blocks((each, each.data_groups) for each in near).values())
            for closest in narrower:
                if len(closest) <= MOST_IN_BLOCK:
                    pairs.update(_all_pairs(closest))


def _by_maker_and_day(systems: list[SystemFacts]) -> Iterator[Pair]:
    """Systems of one maker in the order of their days, each with the next ones: a large vendor makes no large block."""
    for makers in _blocks((each, _makers(each)) for each in systems).values():
        days = sorted((day, each.pk) for each in makers for day in each.days)
        for place, (day, pk) in enumerate(days):
            for later, other in days[place + 1 : place + 1 + MOST_NEIGHBOURS]:
                if other != pk and (later - day).days <= NEAR_DAYS:
                    yield ordered(pk, other)


def _makers(system: SystemFacts) -> list[Hashable]:
    found: list[Hashable] = [("family", system.pk)]
    if system.vendor is not None:
        found.append(("vendor", system.vendor))
    if system.product:
        found.append(("product", system.product))
    if system.main is not None:
        found.append(("family", system.main))
    return found


def _blocks(keyed: Iterable[tuple[SystemFacts, Iterable[K]]]) -> dict[K, list[SystemFacts]]:
    found: dict[K, list[SystemFacts]] = defaultdict(list)
    for system, keys in keyed:
        for key in keys:
            found[key].append(system)
    return found


def _all_pairs(systems: list[SystemFacts]) -> Iterator[Pair]:
    return ((one.pk, other.pk) for one, other in combinations(systems, 2))
