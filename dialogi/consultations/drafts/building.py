"""What every reader of a format hands over, block by block, becomes a draft here: cleaned, bounded, numbered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dialogi.consultations.drafts.anchors import anchored
from dialogi.consultations.drafts.blocks import Block, Draft
from dialogi.consultations.drafts.inline import Run, as_markdown, marks_in, tidy
from dialogi.consultations.drafts.numbering import BEFORE_SECTIONS, DEEPEST_HEADING, Heading, numbered, outlined
from dialogi.consultations.drafts.refusals import Flaw, UnreadableDraft
from dialogi.consultations.drafts.remarks import Remark, RemarkKind
from dialogi.consultations.drafts.tables import Cell, as_table
from dialogi.consultations.models import BlockKind

MOST_BLOCKS = 10_000
MOST_CHARACTERS = 3_000_000
LONGEST_PARAGRAPH = 20_000
MOST_MARKS = 60_000
MOST_CELLS = 2_000
LONGEST_TABLE = 80_000  # a table is shown whole, by a renderer that stops at 100 000
LONGEST_MARKER = 20
DEEPEST_LIST = 9
_SHOWN_START = 60


def too_long(text: str) -> UnreadableDraft:
    """Return the refusal of a paragraph that is too long to comment on."""
    return UnreadableDraft(Flaw.LONG_PARAGRAPH, most=LONGEST_PARAGRAPH, start=" ".join(text[:1000].split())[:_SHOWN_START])


@dataclass(slots=True)
class _Piece:
    kind: BlockKind
    runs: list[Run]
    text: str = ""
    level: int = 0
    marker: str = ""


@dataclass
class Builder:
    """Takes blocks in the order of the document. What is remarked belongs to the block that is added next, or to the last one if that turns out empty."""

    _pieces: list[_Piece] = field(default_factory=list)
    _remarks: dict[RemarkKind, list[int]] = field(default_factory=dict)
    _pending: list[RemarkKind] = field(default_factory=list)
    _title: str = ""
    _characters: int = 0
    _marks: int = 0

    def title(self, runs: Iterable[Run]) -> None:
        """Add the title of the whole; a second one is a paragraph."""
        runs = self._tidy(runs)
        if self._title or self._pieces:
            self.paragraph(runs)
        else:
            self._title = "".join(run.text for run in runs).replace("\n", " ")
            self.settle()

    def heading(self, runs: Iterable[Run], *, level: int) -> None:
        """Add a heading; a number in front of its words is its author's own."""
        if level > DEEPEST_HEADING:
            self.remark(RemarkKind.DEEP_HEADINGS)
        # Headings are strong by themselves, and one line.
        words = [Run(run.text.replace("\n", " "), em=run.em, href=run.href) for run in runs]
        self._add(_Piece(BlockKind.HEADING, self._tidy(words), level=level))

    def paragraph(self, runs: Iterable[Run]) -> None:
        """Add a paragraph."""
        self._add(_Piece(BlockKind.PARAGRAPH, self._tidy(runs)))

    def quote(self, runs: Iterable[Run]) -> None:
        """Add a paragraph of somebody else's words."""
        self._add(_Piece(BlockKind.QUOTE, self._tidy(runs)))

    def item(self, runs: Iterable[Run], *, level: int, marker: str) -> None:
        """Add an item of a list, with what stands before it."""
        marker = "".join(run.text for run in tidy([Run(marker[:LONGEST_MARKER].replace("\n", " "))]))
        self._add(_Piece(BlockKind.LIST_ITEM, self._tidy(runs), level=min(level, DEEPEST_LIST), marker=marker))

    def table(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Add a table; no more rows are asked for than are taken."""
        kept: list[Sequence[Cell]] = []
        width = letters = 0
        for row in rows:
            kept.append(row)
            width = max(width, len(row))
            letters += sum(len(run.text) for cell in row for run in cell)
            self.weigh("".join(run.text for cell in row for run in cell))
            if len(kept) * width > MOST_CELLS or letters > LONGEST_TABLE:
                start = next((run.text.strip() for row in kept for cell in row for run in cell if run.text.strip()), "")
                raise UnreadableDraft(Flaw.LARGE_TABLE, most=MOST_CELLS, letters=LONGEST_TABLE, start=start[:_SHOWN_START])
        self._add(_Piece(BlockKind.TABLE, [], as_table(kept)))

    def remark(self, kind: RemarkKind) -> None:
        """Say something about the block that is being read."""
        self._pending.append(kind)

    def remark_whole(self, kind: RemarkKind) -> None:
        """Say something about the document."""
        self._remarks.setdefault(kind, [])

    def weigh(self, text: str) -> None:
        """Count the signs that cost time: to be called before a text is parsed."""
        self._marks += marks_in(text)
        if self._marks > MOST_MARKS:
            raise UnreadableDraft(Flaw.TOO_MANY_MARKS, most=MOST_MARKS)

    def _tidy(self, runs: Iterable[Run]) -> list[Run]:
        found = list(runs)
        self.weigh("".join(run.text for run in found))
        # Signs that will go may make a paragraph longer than it is; an endless one is not worth cleaning.
        if sum(len(run.text) for run in found) <= 2 * LONGEST_PARAGRAPH:
            found = tidy(found)
        if sum(len(run.text) for run in found) > LONGEST_PARAGRAPH:
            raise too_long("".join(run.text for run in found))
        return found

    def _add(self, piece: _Piece) -> None:
        piece.text = piece.text or as_markdown(piece.runs)
        if piece.text:
            self._measure(piece)
            self._pieces.append(piece)
        self.settle()

    def _measure(self, piece: _Piece) -> None:
        self._characters += len(piece.text)
        if len(self._pieces) >= MOST_BLOCKS:
            raise UnreadableDraft(Flaw.TOO_MANY_BLOCKS, most=MOST_BLOCKS)
        if self._characters > MOST_CHARACTERS:
            raise UnreadableDraft(Flaw.TOO_LONG, most=MOST_CHARACTERS)

    def settle(self) -> None:
        """Say that what was remarked stood between the blocks: it belongs to the last one."""
        for kind in self._pending:
            places = self._remarks.setdefault(kind, [])
            if len(self._pieces) - 1 not in places[-1:]:
                places.append(len(self._pieces) - 1)
        self._pending.clear()

    def draft(self) -> Draft:
        """Return what was built; raises UnreadableDraft when it holds no text."""
        self.settle()
        self._lift_title()
        if not self._pieces:
            raise UnreadableDraft(Flaw.NO_TEXT)
        headings, has_own_numbers = outlined([Heading(piece.level, tuple(piece.runs)) for piece in self._pieces if piece.kind is BlockKind.HEADING])
        if not headings:
            self.remark_whole(RemarkKind.NO_HEADINGS)
        if has_own_numbers:
            self.remark_whole(RemarkKind.OWN_NUMBERS)
        waiting = iter(headings)
        blocks = [_heading(next(waiting)) if piece.kind is BlockKind.HEADING else _block(piece) for piece in self._pieces]
        blocks = anchored(numbered(blocks))
        names = _nearest_numbers(blocks)
        # The last name is that of index -1: before the first block.
        warnings = [Remark(kind, tuple(dict.fromkeys(names[index] for index in self._remarks[kind]))) for kind in RemarkKind if kind in self._remarks]
        return Draft(tuple(blocks), tuple(warnings), self._title)

    def _lift_title(self) -> None:
        """Take the one highest heading that stands above all the others as the title of the whole."""
        headings = [piece for piece in self._pieces if piece.kind is BlockKind.HEADING]
        if self._title or len(headings) < 2 or Heading(1, tuple(headings[0].runs)).own:
            return
        if all(piece.level > headings[0].level for piece in headings[1:]):
            place = next(place for place, piece in enumerate(self._pieces) if piece is headings[0])
            del self._pieces[place]
            self._remarks = {kind: [index - (index >= place) for index in places] for kind, places in self._remarks.items()}
            self._title = "".join(run.text for run in headings[0].runs)


def _nearest_numbers(blocks: Sequence[Block]) -> list[str]:
    """Name every block by its number, or by the one before it, and last of all what stands before the first."""
    names: list[str] = []
    name = BEFORE_SECTIONS
    for block in blocks:
        name = block.number or name
        names.append(name)
    return [*names, BEFORE_SECTIONS]


def _heading(heading: Heading) -> Block:
    return Block(BlockKind.HEADING, as_markdown(heading.runs), heading.level, heading.number)


def _block(piece: _Piece) -> Block:
    return Block(piece.kind, piece.text, piece.level, marker=piece.marker)
