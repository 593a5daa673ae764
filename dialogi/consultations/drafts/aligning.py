"""Whether a draft says the same in Swedish and Finnish as far as a machine can tell: the same sections, with as many paragraphs in each.

Numbers mean the same in both languages only then, so this is a gate before publication. Where it fails it says where, and guesses by length
which paragraph has no counterpart (the method of Gale and Church).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogi.consultations.drafts.blocks import Block
from dialogi.consultations.models import BlockKind

MOST_ALIGNED = 40_000  # pairs of paragraphs in one stretch; beyond that nothing is guessed
MOST_HEADINGS = 2_000
_SHOWN = 60
_ALONE = 5.0  # what it costs that a paragraph stands alone
_SPREAD = 6.8  # variance of a translation's length for each letter of the original
_FINNISH_LENGTH = 1.05  # letters for each letter of Swedish

Row = tuple[Block | None, Block | None]


class DifferenceKind(StrEnum):
    """How the languages differ at one place."""

    COUNT = "count"
    HEADING = "heading"
    LEVEL = "level"
    NUMBER = "number"
    TABLE = "table"
    ALONE = "alone"


_SENTENCES = {
    DifferenceKind.LEVEL: gettext_lazy("A heading stands on different levels: %(swedish)s in Swedish, %(finnish)s in Finnish."),
    DifferenceKind.NUMBER: gettext_lazy("The numbers of a heading differ: %(swedish)s in Swedish, %(finnish)s in Finnish."),
    DifferenceKind.TABLE: gettext_lazy("A table stands in only one language: %(swedish)s in Swedish, %(finnish)s in Finnish."),
}
_ONLY_SWEDISH = {
    DifferenceKind.HEADING: gettext_lazy("The heading %(name)s in Swedish has no counterpart in Finnish."),
    DifferenceKind.ALONE: gettext_lazy("It seems that %(name)s in Swedish has no counterpart in Finnish."),
}
_ONLY_FINNISH = {
    DifferenceKind.HEADING: gettext_lazy("The heading %(name)s in Finnish has no counterpart in Swedish."),
    DifferenceKind.ALONE: gettext_lazy("It seems that %(name)s in Finnish has no counterpart in Swedish."),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the languages differ, and the blocks it is about."""

    kind: DifferenceKind
    swedish: Block | None = None
    finnish: Block | None = None
    counts: tuple[int, int] = (0, 0)

    @property
    def sentence(self) -> str:
        """The difference in the reader's language."""
        one, other = self.swedish, self.finnish
        if self.kind is DifferenceKind.COUNT:
            where = _name(one) if one else _("Before the first heading")
            words = _("%(where)s: the number of paragraphs differs, %(swedish)s in Swedish and %(finnish)s in Finnish.")
            return words % {"where": where, "swedish": self.counts[0], "finnish": self.counts[1]}
        if one and other:
            return _SENTENCES[self.kind] % {"swedish": _name(one), "finnish": _name(other)}
        if one:
            return _ONLY_SWEDISH[self.kind] % {"name": _name(one)}
        return _ONLY_FINNISH[self.kind] % {"name": _name(other) if other else ""}

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two languages side by side. `rows` pairs their blocks: by position when they match, else as well as could be guessed."""

    rows: tuple[Row, ...]
    differences: tuple[Difference, ...]

    @property
    def is_matched(self) -> bool:
        """Whether every number means the same in both languages."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A heading and what stands under it, up to the next heading; no heading before the first."""

    heading: Block | None
    blocks: tuple[Block, ...]


def align(swedish: Sequence[Block], finnish: Sequence[Block]) -> Alignment:
    """Return both languages side by side, and in words where their structures differ."""
    if _shapes(swedish) == _shapes(finnish):
        return Alignment(tuple(zip(swedish, finnish, strict=True)), ())
    rows: list[Row] = []
    differences: list[Difference] = []
    for one, other in _side_by_side(_stretches(swedish), _stretches(finnish)):
        differences += _differences(one, other)
        if one and other:
            rows += [(one.heading, other.heading)] if one.heading or other.heading else []
            rows += _rows(one.blocks, other.blocks)
        elif one:
            rows += [(block, None) for block in _all(one)]
        elif other:
            rows += [(None, block) for block in _all(other)]
    return Alignment(tuple(rows), tuple(differences))


def _shape(block: Block) -> tuple[str, int, str]:
    # A list in one language and plain paragraphs in the other are counted the same; a table is not.
    kind = block.kind if block.is_heading or block.kind is BlockKind.TABLE else "text"
    return kind, block.level if block.is_heading else 0, block.number


def _shapes(blocks: Sequence[Block]) -> list[tuple[str, int, str]]:
    return [_shape(block) for block in blocks]


def _all(stretch: _Stretch) -> list[Block]:
    return [*([stretch.heading] if stretch.heading else []), *stretch.blocks]


def _stretches(blocks: Sequence[Block]) -> list[_Stretch]:
    places = [place for place, block in enumerate(blocks) if block.is_heading]
    first = places[0] if places else len(blocks)
    found = [_Stretch(None, tuple(blocks[:first]))]
    for place, end in zip_longest(places, places[1:], fillvalue=len(blocks)):
        found.append(_Stretch(blocks[place], tuple(blocks[place + 1 : end])))
    return found


def _levels(stretches: Sequence[_Stretch]) -> list[int]:
    return [stretch.heading.level if stretch.heading else 0 for stretch in stretches]


def _side_by_side(swedish: Sequence[_Stretch], finnish: Sequence[_Stretch]) -> Iterator[tuple[_Stretch | None, _Stretch | None]]:
    """Pair the stretches by the levels of their headings."""
    ours, theirs = _levels(swedish), _levels(finnish)
    differing = sum(one != other for one, other in zip(ours, theirs, strict=False))
    if (len(ours) == len(theirs) and 4 * differing <= len(ours)) or max(len(ours), len(theirs)) > MOST_HEADINGS:
        yield from zip_longest(swedish, finnish)
        return
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal" or b - a == d - c:
            yield from zip(swedish[a:b], finnish[c:d], strict=True)
        else:
            yield from ((stretch, None) for stretch in swedish[a:b])
            yield from ((None, stretch) for stretch in finnish[c:d])


def _differences(one: _Stretch | None, other: _Stretch | None) -> Iterator[Difference]:
    heading, counterpart = one.heading if one else None, other.heading if other else None
    if heading and counterpart:
        if heading.level != counterpart.level:
            yield Difference(DifferenceKind.LEVEL, heading, counterpart)
        elif heading.number != counterpart.number:
            yield Difference(DifferenceKind.NUMBER, heading, counterpart)
    elif heading or counterpart:
        yield Difference(DifferenceKind.HEADING, heading, counterpart)
    if one and other:
        if len(one.blocks) != len(other.blocks):
            yield Difference(DifferenceKind.COUNT, heading, counterpart, (len(one.blocks), len(other.blocks)))
        for block, its in _rows(one.blocks, other.blocks):
            if not block or not its:
                yield Difference(DifferenceKind.ALONE, block, its)
            elif (block.kind is BlockKind.TABLE) != (its.kind is BlockKind.TABLE):
                yield Difference(DifferenceKind.TABLE, block, its)


def _name(block: Block) -> str:
    """Name a block by its number and how it begins."""
    words = block.words.replace("\n", " ")
    start = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()} …"
    return _("§ %(number)s “%(start)s”") % {"number": block.number, "start": start} if block.number else _("“%(start)s”") % {"start": start}


def _rows(swedish: Sequence[Block], finnish: Sequence[Block]) -> list[Row]:
    """Pair the paragraphs of a stretch so that the lengths agree best; where one language has more, some stand alone."""
    if len(swedish) == len(finnish) or len(swedish) * len(finnish) > MOST_ALIGNED:
        return list(zip_longest(swedish, finnish))
    ours = [(1 + len(block.words)) * _FINNISH_LENGTH for block in swedish]
    theirs = [1 + len(block.words) for block in finnish]
    least: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for one in range(len(ours) + 1):
        for other in range(len(theirs) + 1):
            ways = []
            if one and other:
                ways.append((least[one - 1, other - 1][0] + _unlikeness(ours[one - 1], theirs[other - 1]), (1, 1)))
            ways += [(least[one - 1, other][0] + _ALONE, (1, 0))] if one else []
            ways += [(least[one, other - 1][0] + _ALONE, (0, 1))] if other else []
            if ways:
                least[one, other] = min(ways)
    rows: list[Row] = []
    one, other = len(ours), len(theirs)
    while one or other:
        a, b = least[one, other][1]
        rows.append((swedish[one - 1] if a else None, finnish[other - 1] if b else None))
        one, other = one - a, other - b
    return rows[::-1]


def _unlikeness(expected: float, found: float) -> float:
    return abs(found - expected) / math.sqrt(_SPREAD * (expected + found) / 2)
