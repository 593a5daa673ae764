"""A table as Markdown, row by row, and back. Its first row names the columns."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt

from dialogi.consultations.drafts.inline import Run, as_markdown, plain, tidy

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")

_BREAK = re.compile(r"([.!?:;,])\n")

Cell = Sequence[Run]


def as_table(rows: Sequence[Sequence[Cell]]) -> str:
    """Return the rows as Markdown, all of the same width; empty when no cell holds a word."""
    cells = [[_cell(cell) for cell in row] for row in rows]
    width = max((number + 1 for row in cells for number, cell in enumerate(row) if cell), default=0)
    cells = [[*row, *[""] * width][:width] for row in cells if any(row)]
    if not cells:
        return ""
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _cell(runs: Cell) -> str:
    found: list[Run] = []
    before = ""
    for run in tidy(runs):
        # A cell of Markdown is one line.
        text = _BREAK.sub(r"\1 ", before + run.text)[len(before) :].replace("\n", "; ")
        found.append(Run(text, run.strong, run.em, run.href))
        before = run.text[-1:]
    return as_markdown(tidy(found))


def rows_of(markdown: str) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a table, each as Markdown of one paragraph."""
    rows: list[list[str]] = []
    for token in _PARSER.parse(markdown):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append(token.content)
    return tuple(tuple(row) for row in rows)


def words_of(markdown: str) -> str:
    """Return a table as it is read aloud: a line for each row, a bar between cells."""
    return "\n".join(" | ".join(plain(cell) for cell in row) for row in rows_of(markdown))
