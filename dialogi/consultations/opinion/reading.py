"""A file of votes: a row a participant, a column a statement; 1, -1, 0 or nothing. Every fault is told with its line and column."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from dialogi.consultations.opinion.votes import Votes, VotesError

MOST_BYTES = 512 * 1024 * 1024
MOST_PARTICIPANTS = 200_000
MOST_STATEMENTS = 5_000
MOST_VOTES = 30_000_000
PARTICIPANT = "participant"
# What published conversations of Polis tell about each participant beside the votes.
PASSED_OVER = {"group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}
# Tables that have gaps are often written with decimals.
VOTE_OF = {"1": 1, "-1": -1, "0": 0, "1.0": 1, "-1.0": -1, "0.0": 0}
CHOICE = "write 1 (agree), -1 (disagree), 0 (pass) or leave it empty (not seen)"


def read_votes(path: Path) -> Votes:
    """Read a file, or say in words what is wrong with it and where."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise VotesError(f"the file has {size // 2**20} MB; {MOST_BYTES // 2**20} MB at most")
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return votes_in(lines)
    except OSError as error:
        raise VotesError(f"the file cannot be read: {error.strerror}") from error


def votes_in(lines: Iterable[str]) -> Votes:
    """Read votes from lines of text."""
    lines = iter(lines)
    try:
        first = next(lines, "")
        header = next(csv.reader([first], delimiter=delimiter_of(first)), [])
    except UnicodeDecodeError as error:
        raise VotesError("line 1: the file is not text in UTF-8") from error
    except csv.Error as error:
        raise VotesError(f"line 1: {error}") from error
    is_named = bool(header) and header[0].strip().casefold() == PARTICIPANT
    first_vote = int(is_named)
    while is_named and first_vote < len(header) and header[first_vote] in PASSED_OVER:
        first_vote += 1
    statements = statements_in(header, first_vote)
    columns, values, starts = array("i"), array("b"), array("q", [0])
    names: dict[str, int] = {}
    for line, row in rows_in(lines, delimiter_of(first)):
        if len(row) != len(header):
            raise VotesError(f"line {line}: {len(row)} columns, but the first line names {len(header)}")
        name = row[0].strip() if is_named else str(len(names) + 1)
        if not name:
            raise VotesError(f"line {line}, column 1 ({PARTICIPANT}): the participant has no name")
        if name in names:
            raise VotesError(f"line {line}, column 1 ({PARTICIPANT}): {name!r} stands on line {names[name]} already")
        names[name] = line
        for place, cell in enumerate(row[first_vote:]):
            if cell and (cell := cell.strip()):
                if (vote := VOTE_OF.get(cell)) is None:
                    raise VotesError(f"line {line}, column {place + 1 + first_vote} (statement {statements[place]!r}): {cell[:40]!r} is no vote; {CHOICE}")
                columns.append(place)
                values.append(vote)
        starts.append(len(values))
        if len(names) > MOST_PARTICIPANTS or len(values) > MOST_VOTES:
            raise VotesError(f"line {line}: more than {MOST_PARTICIPANTS} participants or {MOST_VOTES} votes")
    return Votes(tuple(names), statements, np.array(starts, np.int64), np.array(columns, np.int32), np.array(values, np.int8))


def delimiter_of(header: str) -> str:
    """Comma, or what the spreadsheet programs of this part of the world write instead."""
    return max((",", ";", "\t"), key=header.count)


def statements_in(header: list[str], first_vote: int) -> tuple[str, ...]:
    """The names of the statements, each once."""
    names = tuple(name.strip() for name in header[first_vote:])
    if not names:
        raise VotesError("line 1: the first line must name the statements")
    if len(names) > MOST_STATEMENTS:
        raise VotesError(f"line 1: {len(names)} statements; {MOST_STATEMENTS} at most")
    seen: set[str] = set()
    for place, name in enumerate(names, start=1 + first_vote):
        if not name:
            raise VotesError(f"line 1, column {place}: the statement has no name")
        if name in seen:
            raise VotesError(f"line 1, column {place}: {name!r} names two statements")
        seen.add(name)
    return names


def rows_in(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of their line; empty lines are passed over."""
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in reader:
            if row:
                yield reader.line_num + 1, row
    except UnicodeDecodeError as error:
        raise VotesError(f"after line {reader.line_num + 1}: the file is not text in UTF-8") from error
    except csv.Error as error:
        raise VotesError(f"line {reader.line_num + 1}: {error}") from error
