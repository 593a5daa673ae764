"""The signals of a pair of systems, each by itself: which hold, and from what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntFlag

NEAR_DAYS = 548  # eighteen months: within it, two contracts can be planned as one
FEWEST_WORDS = 2


class Signal(IntFlag):
    """What speaks for looking at two systems together. The numbers S7 to S9 describe a pair and never make a candidate of it."""

    SAME_FUNCTION = 1  # S1: the same confirmed function
    OTHER_UNIT = 2  # S2: the same confirmed function, another product, another unit
    SAME_MAKER = 4  # S3: the same vendor, product or main system
    SAME_DATA = 8  # S4: the same data groups
    CONTAINED = 16  # S5: all confirmed functions of one are also functions of the other
    WINDOW = 32  # S6: contract ends, notices or ends of support close to each other
    WORDS = 64  # S10: rare words in common


NUMBERS = {
    Signal.SAME_FUNCTION: "S1", Signal.OTHER_UNIT: "S2", Signal.SAME_MAKER: "S3", Signal.SAME_DATA: "S4", Signal.CONTAINED: "S5", Signal.WINDOW: "S6",
    Signal.WORDS: "S10",
}  # fmt: skip
# Any one of these is enough. Words in common stand in none of them.
MAKES_CANDIDATE = (Signal.OTHER_UNIT, Signal.SAME_MAKER | Signal.WINDOW, Signal.SAME_DATA | Signal.CONTAINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemFacts:
    """What the method knows of a system: numbers of rows and days, no texts but rare words. Nothing of security."""

    pk: int
    product: str = ""
    vendor: int | None = None
    main: int | None = None
    # {confirmed function: units that use the system for it}; a proposed function is not here.
    functions: Mapping[int, frozenset[int]] = field(default_factory=dict)
    sectors: frozenset[int] = frozenset()
    data_groups: frozenset[int] = frozenset()
    days: tuple[date, ...] = ()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A pair and what was found in it; `first` has the smaller number."""

    first: int
    second: int
    signals: Signal
    functions: tuple[int, ...] = ()
    data_groups: tuple[int, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def is_candidate(self) -> bool:
        """Whether something other than words speaks for it."""
        return makes_candidate(self.signals)


def makes_candidate(signals: Signal) -> bool:
    """Tell whether these signals are enough for a pair to be looked at."""
    return any(signals & wanted == wanted for wanted in MAKES_CANDIDATE)


def compare(one: SystemFacts, other: SystemFacts) -> Found:
    """Return what speaks for looking at two systems together; the same whichever is named first."""
    first, second = (one, other) if one.pk < other.pk else (other, one)
    shared = first.functions.keys() & second.functions.keys()
    groups = first.data_groups & second.data_groups
    words = first.words & second.words
    signals = Signal(0)
    if shared:
        signals |= Signal.SAME_FUNCTION
        if not _same_product(first, second) and any(_another_unit(first.functions[each], second.functions[each]) for each in shared):
            signals |= Signal.OTHER_UNIT
        if len(shared) in (len(first.functions), len(second.functions)):
            signals |= Signal.CONTAINED
    if _same_maker(first, second):
        signals |= Signal.SAME_MAKER
    if groups:
        signals |= Signal.SAME_DATA
    if _near(first.days, second.days):
        signals |= Signal.WINDOW
    if len(words) >= FEWEST_WORDS:
        signals |= Signal.WORDS
    return Found(first.pk, second.pk, signals, tuple(sorted(shared)), tuple(sorted(groups)), tuple(sorted(words)))


def _same_product(one: SystemFacts, other: SystemFacts) -> bool:
    """One product bought twice is a contract to merge, not a function done twice."""
    return bool(one.product) and one.product == other.product


def _same_maker(one: SystemFacts, other: SystemFacts) -> bool:
    same_main = one.main is not None and one.main == other.main
    return (one.vendor is not None and one.vendor == other.vendor) or _same_product(one, other) or same_main or one.pk == other.main or one.main == other.pk


def _another_unit(one: frozenset[int], other: frozenset[int]) -> bool:
    return bool(one) and bool(other) and len(one | other) > 1


def _near(one: tuple[date, ...], other: tuple[date, ...]) -> bool:
    """Whether a day of one lies within eighteen months of a day of the other; an unknown day is near nothing."""
    return any(abs((a - b).days) <= NEAR_DAYS for a in one for b in other)
