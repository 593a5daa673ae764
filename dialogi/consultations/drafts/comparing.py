"""Two versions of a draft side by side: what stayed, what was reworded, moved, added, taken away."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import pgettext_lazy

from dialogi.consultations.drafts.anchors import anchored
from dialogi.consultations.drafts.blocks import Block
from dialogi.consultations.drafts.matching import CONTAINED, Index, Pairs, Print, Text, contained, in_order, pair_up, print_of
from dialogi.consultations.drafts.wording import Mark, Piece, pieces
from dialogi.consultations.models import BlockKind

_ALONE = {BlockKind.HEADING: "heading", BlockKind.TABLE: "table"}

ByLanguage = Mapping[str, Sequence[Block]]


class How(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    REWORDED = "reworded"
    MOVED = "moved"
    MOVED_AND_REWORDED = "moved_and_reworded"
    ADDED = "added"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        """The word for it, in the reader's language."""
        return str(_LABELS[self])

    @property
    def keeps_wording(self) -> bool:
        """Whether a comment on the paragraph is still about the words that stand there."""
        return self in {How.SAME, How.MOVED}


_LABELS = {
    How.SAME: pgettext_lazy("paragraph", "Unchanged"),
    How.REWORDED: pgettext_lazy("paragraph", "Reworded"),
    How.MOVED: pgettext_lazy("paragraph", "Moved"),
    How.MOVED_AND_REWORDED: pgettext_lazy("paragraph", "Moved and reworded"),
    How.ADDED: pgettext_lazy("paragraph", "New"),
    How.REMOVED: pgettext_lazy("paragraph", "Taken away"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one paragraph.

    `pieces` are its words with what is gone and what is new. `kin`: of an added paragraph the old one that it was torn off from, of a removed one the
    new one that its words went into; None for most.
    """

    how: How
    old: Block | None
    new: Block | None
    pieces: tuple[Piece, ...]
    kin: Block | None = None


class Carried(NamedTuple):
    """Where a comment on an old paragraph belongs now, and what became of the words it was about. No anchor: the paragraph is gone."""

    anchor: str | None
    how: How


class Pairing(NamedTuple):
    """Which place of the old version is which of the new one, and which of the old ones stayed in their order: the others moved."""

    pairs: Pairs
    staying: frozenset[int]


def paired(old: ByLanguage, new: ByLanguage) -> Pairing:
    """Pair the paragraphs of two versions by the words of all languages together.

    The sequences of a version are parallel: the block at a place is the same paragraph in each language, with the same anchor.
    """
    ours, theirs = _texts(old), _texts(new)
    pairs = pair_up(ours, theirs)
    # Of two that changed places, the shorter one is said to have moved.
    return Pairing(pairs, frozenset(in_order(pairs, [1 + len(text.words) for text in ours])))


def _texts(version: ByLanguage) -> list[Text]:
    return [
        Text(_ALONE.get(row[0].kind, "text"), "\n\n".join(" ".join(block.words.split()) for block in row))
        for row in zip(*version.values(), strict=True)
    ]


def compare(old: Sequence[Block], new: Sequence[Block], *, pairing: Pairing | None = None) -> list[Change]:
    """Return what became of each paragraph, in the order of the new version; what was taken away stands where it stood."""
    pairs, staying = pairing or paired({"": old}, {"": new})
    back = {other: one for one, other in pairs.items()}
    kin = _Kin(old, new, pairs)
    removed = deque(place for place in range(len(old)) if place not in pairs)
    found: list[Change] = []
    for place, block in enumerate(new):
        one = back.get(place)
        while one in staying and removed and removed[0] < one:
            found.append(_removed(old, removed.popleft(), kin))
        if one is None:
            found.append(Change(How.ADDED, None, block, _whole(Mark.NEW, block), kin.of_added(place)))
        else:
            found.append(_paired(old[one], block, has_moved=one not in staying))
    return [*found, *(_removed(old, place, kin) for place in removed)]


def compare_languages(old: ByLanguage, new: ByLanguage) -> dict[str, list[Change]]:
    """Return the comparison in each language; the same paragraphs are paired in all of them."""
    pairing = paired(old, new)
    return {language: compare(old[language], new[language], pairing=pairing) for language in old}


def carry(old: Sequence[Block], new: Sequence[Block]) -> dict[str, Carried]:
    """Return for each anchor of the old version where its comments belong now."""
    return {anchor: Carried(where, how[""]) for anchor, (where, how) in carry_languages({"": old}, {"": new}).items()}


def carry_languages(old: ByLanguage, new: ByLanguage) -> dict[str, tuple[str | None, dict[str, How]]]:
    """Return the same for a draft in several languages: one place for all of them, and what became of the words in each."""
    pairs, staying = paired(old, new)
    goals = next(iter(new.values()))
    found: dict[str, tuple[str | None, dict[str, How]]] = {}
    for one, block in enumerate(next(iter(old.values()))):
        if one not in pairs:
            found[block.anchor] = None, dict.fromkeys(old, How.REMOVED)
        else:
            other = pairs[one]
            how = {language: _how(old[language][one], new[language][other], has_moved=one not in staying) for language in old}
            found[block.anchor] = goals[other].anchor, how
    return found


def handed_on(old: Sequence[Block], new: Sequence[Block], *, pairing: Pairing | None = None, taken: Iterable[str] = ()) -> list[Block]:
    """Return the new version with the anchors of the old one; what is added gets an anchor that nobody has, or in `taken` ever had."""
    pairs, _staying = pairing or paired({"": old}, {"": new})
    back = {other: old[one].anchor for one, other in pairs.items()}
    return anchored([replace(block, anchor=back.get(place, "")) for place, block in enumerate(new)], taken={*taken, *(block.anchor for block in old)})


def _paired(old: Block, new: Block, *, has_moved: bool) -> Change:
    how = _how(old, new, has_moved=has_moved)
    return Change(how, old, new, _whole(Mark.SAME, new) if how.keeps_wording else pieces(old.words, new.words))


def _removed(old: Sequence[Block], place: int, kin: "_Kin") -> Change:
    return Change(How.REMOVED, old[place], None, _whole(Mark.GONE, old[place]), kin.of_removed(place))


def _how(old: Block, new: Block, *, has_moved: bool) -> How:
    if old.words.split() == new.words.split():
        return How.MOVED if has_moved else How.SAME
    return How.MOVED_AND_REWORDED if has_moved else How.REWORDED


def _whole(mark: Mark, block: Block) -> tuple[Piece, ...]:
    return (Piece(mark, block.words),)


class _Kin:
    """Finds paragraphs that were torn off from others, or taken into them."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block], pairs: Pairs) -> None:
        self._old, self._new = old, new
        taken = set(pairs.values())
        changed = {one: other for one, other in pairs.items() if old[one].words != new[other].words}
        self._removed = {place: print_of(block.words) for place, block in enumerate(old) if place not in pairs}
        self._added = {place: print_of(block.words) for place, block in enumerate(new) if place not in taken}
        self._sources = self._removed | {place: print_of(old[place].words) for place in changed}
        self._goals = self._added | {place: print_of(new[place].words) for place in changed.values()}
        self._source_index, self._goal_index = Index(self._sources), Index(self._goals)

    def of_added(self, place: int) -> Block | None:
        """Return the old paragraph that most of an added one stood in."""
        found = _holder(self._added[place], self._sources, self._source_index)
        return self._old[found] if found is not None else None

    def of_removed(self, place: int) -> Block | None:
        """Return the new paragraph that most of a removed one stands in."""
        found = _holder(self._removed[place], self._goals, self._goal_index)
        return self._new[found] if found is not None else None


def _holder(part: Print, wholes: Mapping[int, Print], index: Index) -> int | None:
    measured: Iterator[tuple[float, int]] = ((contained(part, wholes[place]), -place) for place in index.nearest(part))
    share, place = max(measured, default=(0.0, 0))
    return -place if share >= CONTAINED else None
