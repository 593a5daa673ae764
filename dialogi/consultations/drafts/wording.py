"""What has changed in the words of a paragraph, word by word."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

MOST_WORK = 400_000
_TOKEN = re.compile(r"(\w+|[^\w\s]|\A(?=\s))(\s*)")


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(NamedTuple):
    """A piece of a comparison: what is same or gone is the old text, what is same or new is the new one."""

    mark: Mark
    text: str


class _Token(NamedTuple):
    word: str
    blank: str


class _Step(NamedTuple):
    is_same: bool
    old: Sequence[_Token]
    new: Sequence[_Token]


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return the differences of two texts in the order in which they are read."""
    old_tokens, new_tokens = _tokens(old), _tokens(new)
    found: list[Piece] = []
    for step in _without_crumbs(_steps(old_tokens, new_tokens)):
        if step.is_same:
            for before, after in zip(step.old, step.new, strict=True):
                found.append(Piece(Mark.SAME, before.word + before.blank if before.blank == after.blank else before.word))
                if before.blank != after.blank:
                    found += [Piece(Mark.GONE, before.blank), Piece(Mark.NEW, after.blank)]
        else:
            found += [Piece(Mark.GONE, "".join(map("".join, step.old))), Piece(Mark.NEW, "".join(map("".join, step.new)))]
    return tuple(_joined(found))


def _tokens(text: str) -> list[_Token]:
    return [_Token(*match.groups()) for match in _TOKEN.finditer(text)]


def _steps(old: Sequence[_Token], new: Sequence[_Token]) -> Iterator[_Step]:
    start = 0
    while start < min(len(old), len(new)) and old[start].word == new[start].word:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end].word == new[-1 - end].word:
        end += 1
    yield _Step(True, old[:start], new[:start])
    yield from _inner_steps(old[start : len(old) - end], new[start : len(new) - end])
    yield _Step(True, old[len(old) - end :], new[len(new) - end :])


def _inner_steps(old: Sequence[_Token], new: Sequence[_Token]) -> Iterator[_Step]:
    words, other = [token.word for token in old], [token.word for token in new]
    often = Counter(other)
    # The matcher looks at every pair of equal words; a text of one word ten thousand times would take minutes.
    if sum(often[word] for word in words) > MOST_WORK:
        yield _Step(False, old, new)
        return
    for tag, a, b, c, d in SequenceMatcher(None, words, other, autojunk=False).get_opcodes():
        yield _Step(tag == "equal", old[a:b], new[c:d])


def _without_crumbs(steps: Iterable[_Step]) -> Iterator[_Step]:
    """Make one change of those that only a stray word or comma keeps apart: it is read more easily than three."""
    kept = [step for step in steps if step.old or step.new]
    is_change = [not step.is_same or (0 < place < len(kept) - 1 and _is_crumb(step)) for place, step in enumerate(kept)]
    for changed, group in groupby(zip(is_change, kept, strict=True), key=lambda pair: pair[0]):
        alike = [step for _changed, step in group]
        yield _Step(not changed, [token for step in alike for token in step.old], [token for step in alike for token in step.new])


def _is_crumb(step: _Step) -> bool:
    return len(step.old) <= 2 and all(len(token.word) <= 3 for token in step.old)


def _joined(found: Sequence[Piece]) -> Iterator[Piece]:
    """Between two pieces that stay, what is gone comes first and what is new after it."""
    for is_same, group in groupby((piece for piece in found if piece.text), key=lambda piece: piece.mark is Mark.SAME):
        alike = list(group)
        for mark in (Mark.SAME,) if is_same else (Mark.GONE, Mark.NEW):
            if text := "".join(piece.text for piece in alike if piece.mark is mark):
                yield Piece(mark, text)
