"""Votes as they are kept: one row a participant, one column a statement, and nothing where nobody voted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Reals = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
RUNS = re.compile(r"(\d+)")


class Vote(IntEnum):
    """What somebody said about a statement. Not having seen it is no vote, and is never written down."""

    AGREE = 1
    PASS = 0
    DISAGREE = -1


class VotesError(ValueError):
    """Votes that contradict each other, or are none."""


@dataclass(frozen=True, eq=False)
class Votes:
    """A sparse table. `starts[i]:starts[i + 1]` is the stretch of `columns` and `values` that belongs to participant i.

    A pass is a written nought and a statement not seen is not there, so the two can never be taken for each other.
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    starts: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int32]
    values: npt.NDArray[np.int8]

    def __len__(self) -> int:
        """How many votes were given."""
        return len(self.values)

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Participants and statements."""
        return len(self.participants), len(self.statements)

    @cached_property
    def given(self) -> Counts:
        """How many votes each participant gave, passes among them."""
        return np.diff(self.starts)

    @cached_property
    def seen(self) -> Counts:
        """How many voted on each statement, passes among them."""
        return np.bincount(self.columns, minlength=len(self.statements))

    def of(self, vote: Vote) -> Counts:
        """How many gave each statement this vote."""
        return np.bincount(self.columns[self.values == vote], minlength=len(self.statements))

    def of_groups(self, groups: Counts, count: int, vote: Vote | None = None) -> Counts:
        """Votes for each group (row) and statement (column); of any kind when none is named. A group below nought is nobody's."""
        chosen = np.repeat(groups, self.given)
        wanted = chosen >= 0 if vote is None else (chosen >= 0) & (self.values == vote)
        cells = chosen[wanted] * len(self.statements) + self.columns[wanted]
        return np.bincount(cells, minlength=count * len(self.statements)).reshape(count, len(self.statements))

    def table(self, data: Reals) -> csr_array:
        """The same places with other numbers in them."""
        return csr_array((data, self.columns, self.starts), shape=self.shape)

    def rows(self, order: Counts) -> Votes:
        """Some of the participants, in this order."""
        lengths = self.given[order]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        places = np.arange(starts[-1]) + np.repeat(self.starts[order] - starts[:-1], lengths)
        names = tuple(self.participants[place] for place in order)
        return Votes(names, self.statements, starts, self.columns[places], self.values[places])

    @cached_property
    def in_order(self) -> Votes:
        """The same votes in the one order that depends on nothing but the votes and the names of the statements."""
        ranks = np.empty(len(self.statements), np.int32)
        order = sorted(range(len(self.statements)), key=lambda place: natural(self.statements[place]))
        ranks[order] = np.arange(len(order))
        columns = ranks[self.columns]
        by_column = np.lexsort((columns, np.repeat(np.arange(len(self.participants)), self.given)))
        columns, values = columns[by_column], self.values[by_column]
        # Whoever voted alike is interchangeable, so sorting rows by what is in them leaves no choice that could matter.
        letters = (columns.astype(np.uint32) * 4 + (values + 1).astype(np.uint32)).astype(">u4").tobytes()
        keys = [letters[4 * begin : 4 * end] for begin, end in zip(self.starts, self.starts[1:], strict=False)]
        sorted_columns = Votes(self.participants, tuple(self.statements[place] for place in order), self.starts, columns, values)
        return sorted_columns.rows(np.array(sorted(range(len(keys)), key=lambda place: (keys[place], self.participants[place])), np.int64))


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """The order in which people count: 2 before 10, s2 before s10."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in RUNS.split(name) if part)


def votes_of(given: Iterable[tuple[object, object, int]], *, statements: Iterable[object] = ()) -> Votes:
    """Gather (participant, statement, vote). Name the statements too where some may have no vote yet."""
    columns_of = {str(name): place for place, name in enumerate(statements)}
    rows_of: dict[str, int] = {}

    def cells() -> Iterator[tuple[int, int, int]]:
        for participant, statement, vote in given:
            if vote not in {1, 0, -1}:
                raise VotesError(f"a vote is 1, -1 or 0, not {vote!r}")
            yield rows_of.setdefault(str(participant), len(rows_of)), columns_of.setdefault(str(statement), len(columns_of)), vote

    table = np.fromiter(cells(), dtype=[("row", np.int64), ("column", np.int32), ("vote", np.int8)])
    table = table[np.lexsort((table["column"], table["row"]))]
    if np.any((table["row"][1:] == table["row"][:-1]) & (table["column"][1:] == table["column"][:-1])):
        raise VotesError("somebody voted twice on one statement")
    starts = np.concatenate([[0], np.cumsum(np.bincount(table["row"], minlength=len(rows_of)))]).astype(np.int64)
    return Votes(tuple(rows_of), tuple(columns_of), starts, table["column"].copy(), table["vote"].copy())
