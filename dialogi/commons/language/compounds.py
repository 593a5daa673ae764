"""Cutting compound words in two: lumenauraus = lumi + auraus, gatubelysning = gata + belysning.

Every cut of a long word into a known first part (in the shapes first parts take) and a known last part is tried;
the most balanced one wins. Which cuts are wrong by meaning (valokuva is no kind of light) is a list in data/.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from dialogi.commons.language.dictionaries import bases
from dialogi.commons.language.readings import readings, word_list

MIN_WORD = {"fi": 7, "sv": 5}
MIN_DEEP = 11
MAX_WORD = 40
SHORTEST_FREE = 4
VOWELS = frozenset("aeiouyåäö")


@dataclass(frozen=True, slots=True)
class Cut:
    """A compound in two parts, each as its base forms, and the whole as its base forms."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    whole: tuple[str, ...]


@lru_cache(maxsize=20_000)
def cut(word: str, language: str) -> Cut | None:
    """Return the best cut of a lower-case word of fi or sv, or None when it is no compound."""
    if not MIN_WORD.get(language, MAX_WORD) <= len(word) <= MAX_WORD or word in word_list(f"whole-{language}.txt"):
        return None
    settled = settled_cuts(language).get(word)
    if settled is not None:
        return next((found for _, _, found in _cuts_at(word, settled, language, is_deep=False)), None)
    for is_deep in (False, True) if len(word) >= MIN_DEEP else (False,):
        found = [candidate for place in range(2, len(word) - 2) for candidate in _cuts_at(word, place, language, is_deep=is_deep)]
        if found:
            best = min(found)[2]
            return None if set(best.whole) & word_list(f"whole-{language}.txt") else best
    return None


@cache
def settled_cuts(language: str) -> dict[str, int]:
    """Return word -> place of the cut, for compounds that fall apart in more than one way (skol|klass, not skolk|lass)."""
    return {written.replace("|", ""): written.index("|") for written in word_list(f"cuts-{language}.txt")}


def _cuts_at(word: str, place: int, language: str, *, is_deep: bool) -> Iterator[tuple[int, int, Cut]]:
    head, tail = word[:place], word[place:]
    if not VOWELS & set(head) or not VOWELS & set(tail) or head in word_list(f"prefixes-{language}.txt"):
        return
    if head[-1] + tail == "ering":  # asfaltering is no ring
        return
    first = _first_part(head, tail, language) or (_compound_first(head, language) if is_deep else ())
    last = () if not first else _last_part(tail, language) or (_compound_last(tail, language) if is_deep else ())
    if last:
        unevenness = abs(len(head) - len(tail)) + (0 if head.startswith(first[0]) else 3)
        yield unevenness, place, Cut(first, last, tuple(head + base for base in last))


def _last_part(tail: str, language: str) -> tuple[str, ...]:
    endings = word_list(f"endings-{language}.txt")
    if tail in endings:
        return ()
    found = [base for base in readings(tail, language) if base not in endings and _is_part(base, language)]
    # An imperative (hamna!) is no last part where the noun stands there (hamn).
    return tuple(base for base in found if not (language == "sv" and base == tail + "a" and tail in found))


def _first_part(head: str, tail: str, language: str) -> tuple[str, ...]:
    candidates = list(dict.fromkeys(_fi_firsts(head) if language == "fi" else _sv_firsts(head, tail)))
    listed = tuple(base for base in candidates if base in word_list(f"first-parts-{language}.txt"))
    if listed:
        return listed[:1]
    longer = [base for base in candidates if len(base) >= SHORTEST_FREE]
    known = [base for base in longer if base in bases(language)][: 2 if language == "fi" else 1]
    return tuple(known or [base for base in longer if base in readings(base, language)][:1])


def _compound_first(head: str, language: str) -> tuple[str, ...]:
    """Return a first part that is itself a compound no dictionary knows: kevyenliikenteen-väylä."""
    inner = cut(head.removesuffix("s") if language == "sv" else head, language)
    return inner.whole[:1] if inner else ()


def _compound_last(tail: str, language: str) -> tuple[str, ...]:
    """Return a last part that is itself a compound no dictionary knows: familje-dagvård."""
    inner = cut(tail, language)
    return inner.whole if inner else ()


def _is_part(base: str, language: str) -> bool:
    return len(base) >= SHORTEST_FREE or base in word_list(f"first-parts-{language}.txt")


def _fi_firsts(head: str) -> Iterator[str]:
    """Nominative, genitive singular and plural (lumen-, lasten-), and -s of words in -nen (asukas-, kansalais-)."""
    yield head
    if head.endswith("n"):
        for base in readings(head, "fi"):
            if base + "n" == head or not base.endswith(("aa", "ää", "da", "dä", "ea", "eä", "ia", "iä", "oa", "ua", "yä")):
                yield base
    if head.endswith("s"):
        yield head[:-1] + "nen"


def _sv_firsts(head: str, tail: str) -> Iterator[str]:
    """As it is, with a binding s, with a changed or dropped vowel (gatu-, skol-, lågstadie-), or with a third consonant left out."""
    yield head
    if head.endswith("s"):
        yield head[:-1]
        yield head[:-1] + "e"
    if head.endswith("ie"):
        yield head[:-1] + "um"
    if head[-1] not in VOWELS:
        yield head + "a"
        yield head + "e"
        if head[-1] == tail[0] and head[-1] != head[-2]:
            yield head + head[-1]
    elif head[-1] in "uoe":
        yield head[:-1] + "a"
