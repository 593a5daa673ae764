"""Numbers that a person can say on the phone: "4.2" is the second paragraph of section 4.

Sections are numbered as the document numbers its own headings, so that "see 4.2" in the text stays true; a document that does not gets 1, 2, 3 ... for its
highest headings. A heading without a number stands inside a section, and the paragraphs go on being counted across it. Where a section
has numbered sections inside it, what stands before the first of them is counted under 0: 4.0.1. What stands before the first section is 0.1, 0.2 ...
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dialogi.consultations.drafts.blocks import Block
from dialogi.consultations.drafts.inline import Run, tidy

DEEPEST_HEADING = 3
BEFORE_SECTIONS = "0"
_OWN_NUMBER = re.compile(r"(?:§ ?)?([1-9]\d{0,2}(?:\.[1-9]\d{0,2}){0,2})[.):]?(?: ?§)?(?: ?(?:kap|luku)\b\.?)?\s+(?=\S)")

Parts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on its way to a number."""

    level: int
    runs: tuple[Run, ...]
    number: str = ""

    @property
    def own(self) -> Parts:
        """The number that its author gave it; none for most."""
        match = _OWN_NUMBER.match(self.runs[0].text) if self.runs else None
        return parts_of(match[1]) if match else ()

    def without_own(self) -> tuple[Run, ...]:
        """The words without the author's number."""
        first, *rest = self.runs
        return tuple(tidy([replace(first, text=_OWN_NUMBER.sub("", first.text, count=1)), *rest]))


def parts_of(number: str) -> Parts:
    """Return "4.2" as (4, 2), which sorts as it is counted."""
    return tuple(int(part) for part in number.split(".")) if number else ()


def outlined(headings: Sequence[Heading]) -> tuple[list[Heading], bool]:
    """Return the headings with levels 1 to 3 and numbers, and whether their own numbers had to give way."""
    if not headings:
        return [], False
    top = min(heading.level for heading in headings)
    highest = [heading for heading in headings if heading.level == top]
    means_numbers = 2 * sum(bool(heading.own) for heading in highest) > len(highest)
    if means_numbers and _follow(headings):
        found = list(_without_jumps(_by_own_number(heading, top) for heading in headings))
    else:
        found = list(_counted(headings, top, means_numbers))
    has_left_some = means_numbers and any(heading.own for heading in found)
    return found, has_left_some


def _follow(headings: Sequence[Heading]) -> bool:
    own = [heading.own for heading in headings if heading.own]
    return own[:1] == [(1,)] and all(before < after for before, after in pairwise(own))


def _by_own_number(heading: Heading, top: int) -> Heading:
    if not heading.own:
        return replace(heading, level=heading.level - top + 1)
    return Heading(len(heading.own), heading.without_own(), ".".join(map(str, heading.own)))


def _counted(headings: Sequence[Heading], top: int, means_numbers: bool) -> Iterator[Heading]:
    count = 0
    for heading in _without_jumps(replace(heading, level=heading.level - top + 1) for heading in headings):
        level = heading.level
        count += level == 1
        # "1 Aims" that is section 1 anyway is not said twice.
        runs = heading.without_own() if means_numbers and level == 1 and heading.own == (count,) else heading.runs
        yield Heading(level, runs, str(count) if level == 1 else "")


def _without_jumps(headings: Iterable[Heading]) -> Iterator[Heading]:
    before = 0
    for heading in headings:
        before = min(heading.level, before + 1, DEEPEST_HEADING)
        yield replace(heading, level=before)


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with numbers and sections; headings keep the numbers they have."""
    sections = {parts_of(block.number) for block in blocks if block.is_heading and block.number}
    parents = {section[:length] for section in sections for length in range(1, len(section))}
    found: list[Block] = []
    section, count = BEFORE_SECTIONS, 0
    for block in blocks:
        if block.is_heading:
            if block.number:
                section, count = block.number, 0
            found.append(replace(block, section=section))
        else:
            count += 1
            within = f"{section}.0" if parts_of(section) in parents else section
            found.append(replace(block, number=f"{within}.{count}", section=section))
    return found


def renumbered(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks numbered anew after some were added or taken away by hand: the highest headings, and those inside that have a number."""
    counts = [0] * DEEPEST_HEADING
    found: list[Block] = []
    for block in blocks:
        if block.is_heading and (block.level == 1 or block.number):
            level = min(max(block.level, 1), DEEPEST_HEADING)
            counts = [*counts[: level - 1], counts[level - 1] + 1, *[0] * (DEEPEST_HEADING - level)]
            # A section inside none: its parents count as the first.
            counts[: level - 1] = [max(count, 1) for count in counts[: level - 1]]
            block = replace(block, number=".".join(map(str, counts[:level])))
        found.append(block)
    return numbered(found)
