"""Which paragraph of the old version is which of the new one, also when it was moved or reworded.

Equal words first, then equal words beside paragraphs that are already known, then words that are alike: compared are runs of four letters, so that
inflected words are still known. Only paragraphs that share their rarest words, or stand between the same neighbours, are compared at all: two thousand
paragraphs are no four million pairs.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

ALIKE = 0.5  # from here on it is the same paragraph, wherever it stands
ALIKE_IN_PLACE = 0.35  # from here on, if it stands between the same neighbours
CONTAINED = 0.8  # so much of a text in another: torn off from it, or taken into it
FEWEST_RUNS = 12  # a text of fewer runs of letters is contained in anything
RAREST = 16
MOST_COMPARED = 8
MOST_LOOKED_AT = 2_000
SMALL_GAP = 100
RUN = 4
STEM = 5

_WORD = re.compile(r"[^\W_]+")

Runs = frozenset[str]
Pairs = dict[int, int]


class Text(NamedTuple):
    """What is compared of a block: only texts of the same group can be the same."""

    group: str
    words: str


@lru_cache(maxsize=8_000)
def _runs_of_word(word: str) -> Runs:
    padded = f" {word} "
    return frozenset(padded[start : start + RUN] for start in range(max(len(padded) - RUN, 0) + 1))


class Print(NamedTuple):
    """What a text is known by: the beginnings of its words to find it, runs of letters to compare it."""

    stems: frozenset[str]
    runs: Runs


def print_of(text: str) -> Print:
    """Return what a text is known by."""
    found = set(_WORD.findall(text.casefold()))
    return Print(frozenset(word[:STEM] for word in found), frozenset().union(*map(_runs_of_word, found)))


def likeness(one: Print, other: Print) -> float:
    """Return how alike two texts are, from 0 to 1 (Dice)."""
    return 2 * len(one.runs & other.runs) / (len(one.runs) + len(other.runs)) if one.runs and other.runs else 0.0


def pair_up(old: Sequence[Text], new: Sequence[Text]) -> Pairs:
    """Return which text of the old version is which of the new one, each at most once. The same texts give the same pairs."""
    pairs = _equal(old, new)
    _spread(pairs, old, new)
    _in_order(pairs, old, new)
    _alike(pairs, old, new)
    return dict(sorted(pairs.items()))


def _places(texts: Sequence[Text], taken: Iterable[int] = ()) -> dict[Text, list[int]]:
    used = set(taken)
    places: dict[Text, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        if place not in used:
            places[text].append(place)
    return places


def _equal(old: Sequence[Text], new: Sequence[Text]) -> Pairs:
    """Pair what stands once in each."""
    places = _places(new)
    return {found[0]: places[text][0] for text, found in _places(old).items() if len(found) == 1 and len(places.get(text, ())) == 1}


def _spread(pairs: Pairs, old: Sequence[Text], new: Sequence[Text]) -> None:
    """Pair equal neighbours of what is paired: of ten equal headings, the one above the same paragraph."""
    taken = set(pairs.values())
    for step in (1, -1):
        for start in sorted(pairs, reverse=step < 0):
            one, other = start + step, pairs[start] + step
            while 0 <= one < len(old) and 0 <= other < len(new) and one not in pairs and other not in taken and old[one] == new[other]:
                pairs[one] = other
                taken.add(other)
                one, other = one + step, other + step


def _in_order(pairs: Pairs, old: Sequence[Text], new: Sequence[Text]) -> None:
    """Pair what is equal and left, the first with the first."""
    places = _places(new, pairs.values())
    for text, found in _places(old, pairs).items():
        pairs.update(zip(found, places.get(text, ()), strict=False))


def _alike(pairs: Pairs, old: Sequence[Text], new: Sequence[Text]) -> None:
    """Pair what is alike, the most alike first."""
    taken = set(pairs.values())
    ours = {place: print_of(text.words) for place, text in enumerate(old) if place not in pairs}
    theirs = {place: print_of(text.words) for place, text in enumerate(new) if place not in taken}
    gaps = Gaps(pairs, len(old))
    found: list[tuple[float, int, int, int]] = []
    for one, other in _candidates(ours, theirs, gaps):
        if old[one].group != new[other].group:
            continue
        alike = likeness(ours[one], theirs[other])
        if alike >= (ALIKE_IN_PLACE if gaps.of_old(one) == gaps.of_new(other) else ALIKE):
            found.append((-alike, abs(one - other), one, other))
    for _unlike, _distance, one, other in sorted(found):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)


def _candidates(ours: Mapping[int, Print], theirs: Mapping[int, Print], gaps: "Gaps") -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    index = Index(theirs)
    for one, own in ours.items():
        found.update((one, other) for other in index.nearest(own))
    found.update(gaps.within(ours, theirs))
    return found


class Index:
    """Texts by the beginnings of their words."""

    def __init__(self, texts: Mapping[int, Print]) -> None:
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, own in texts.items():
            for stem in own.stems:
                self._places[stem].append(place)

    def nearest(self, own: Print) -> list[int]:
        """Return the few texts that share most of the rarest words."""
        known = sorted((len(self._places[stem]), stem) for stem in own.stems if stem in self._places)[:RAREST]
        looked_at = accumulate(often for often, _stem in known)
        shared = Counter(place for (_often, stem), seen in zip(known, looked_at, strict=True) if seen <= MOST_LOOKED_AT for place in self._places[stem])
        return [place for place, _times in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:MOST_COMPARED]]


class Gaps:
    """The stretches between the paragraphs that are paired and in the same order in both versions."""

    def __init__(self, pairs: Pairs, length: int) -> None:
        staying = in_order(pairs, [1] * length)
        self._old = sorted(staying)
        self._new = [pairs[place] for place in self._old]

    def of_old(self, place: int) -> int:
        """Return the number of the stretch in which a place of the old version lies."""
        return bisect_left(self._old, place)

    def of_new(self, place: int) -> int:
        """Return the number of the stretch in which a place of the new version lies."""
        return bisect_left(self._new, place)

    def within(self, ours: Iterable[int], theirs: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield every pair inside each small stretch."""
        sides: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for place in ours:
            sides[self.of_old(place)][0].append(place)
        for place in theirs:
            sides[self.of_new(place)][1].append(place)
        for old, new in sides.values():
            if len(old) * len(new) <= SMALL_GAP:
                yield from ((one, other) for one in old for other in new)


def in_order(pairs: Pairs, weights: Sequence[int]) -> set[int]:
    """Return the places of the old version that stay where they are: the heaviest choice of pairs whose order is the same in both; the others moved."""
    best: list[tuple[int, int]] = [(0, -1)] * (max(pairs.values(), default=-1) + 2)  # heaviest chain that ends at or before each place of the new version
    before: dict[int, int] = {}
    for one in sorted(pairs):
        weight, last = _heaviest(best, pairs[one])
        before[one] = last
        _note(best, pairs[one], (weight + weights[one], one))
    _weight, last = _heaviest(best, len(best) - 1)
    chain: set[int] = set()
    while last >= 0:
        chain.add(last)
        last = before[last]
    return chain


def _heaviest(best: Sequence[tuple[int, int]], place: int) -> tuple[int, int]:
    # A Fenwick tree, counted from 1: the heaviest of everything before `place`.
    found = (0, -1)
    while place > 0:
        if best[place][0] > found[0]:
            found = best[place]
        place -= place & -place
    return found


def _note(best: list[tuple[int, int]], place: int, chain: tuple[int, int]) -> None:
    place += 1
    while place < len(best):
        if chain[0] > best[place][0]:
            best[place] = chain
        place += place & -place


def contained(part: Print, whole: Print) -> float:
    """Return how much of a text stands in another, from 0 to 1; nothing for a text too short to say."""
    return len(part.runs & whole.runs) / len(part.runs) if len(part.runs) >= FEWEST_RUNS else 0.0
