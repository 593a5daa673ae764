"""From what the register knows to candidates and suggestions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dialogi.systems.harmonising.blocks import Crowd, Pair, pairs_by_words, pairs_to_compare
from dialogi.systems.harmonising.signals import Found, Signal, SystemFacts, compare

MOST_FOR_ONE = 8
MOST_SUGGESTIONS = 400


@dataclass(frozen=True, slots=True)
class Findings:
    """What the method found. `left_out` counts pairs of systems that have so many candidates that only some are told."""

    candidates: tuple[Found, ...]
    suggestions: tuple[Found, ...]
    crowds: tuple[Crowd, ...]
    compared: int
    left_out: int


def find(systems: Iterable[SystemFacts]) -> Findings:
    """Return candidates (something other than words speaks for them), suggestions (only words do) and crowds, in an order that never depends on the input's."""
    known = {each.pk: each for each in systems}
    pairs, crowds = pairs_to_compare(known.values())
    told, left_out = _few_for_each(each for each in _compared(known, pairs) if each.is_candidate)
    alike = pairs_by_words(known.values()) - pairs
    only_words = [each for each in _compared(known, alike) if Signal.WORDS in each.signals and not each.is_candidate]
    suggestions = sorted(only_words, key=lambda each: (-len(each.words), each.first, each.second))[:MOST_SUGGESTIONS]
    return Findings(tuple(told), tuple(suggestions), tuple(sorted(crowds, key=_place)), len(pairs) + len(alike), left_out)


def _compared(known: dict[int, SystemFacts], pairs: set[Pair]) -> Iterable[Found]:
    return (compare(known[first], known[second]) for first, second in sorted(pairs))


def _few_for_each(found: Iterable[Found]) -> tuple[list[Found], int]:
    """Keep those that share most functions and data first, until both of a pair have enough of them: memory and pages stay small."""
    counts: dict[int, int] = defaultdict(int)
    kept, left_out = [], 0
    for each in sorted(found, key=lambda one: (-len(one.functions), -len(one.data_groups), one.first, one.second)):
        if min(counts[each.first], counts[each.second]) >= MOST_FOR_ONE:
            left_out += 1
            continue
        counts[each.first] += 1
        counts[each.second] += 1
        kept.append(each)
    return sorted(kept, key=lambda one: (one.first, one.second)), left_out


def _place(crowd: Crowd) -> tuple[int, int, int]:
    return -crowd.systems, crowd.function, crowd.sector
