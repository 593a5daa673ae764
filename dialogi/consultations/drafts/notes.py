"""Footnotes: a small figure where they belong, their words at the end of the same paragraph, so that they keep its number and move with it."""

from collections.abc import Sequence

from dialogi.consultations.drafts.counting import raised
from dialogi.consultations.drafts.inline import Run


def mark(number: int) -> Run:
    """Return the small figure of a paragraph's first, second ... note."""
    return Run(raised(str(number)))


def with_notes(runs: Sequence[Run], notes: Sequence[Sequence[Run]]) -> list[Run]:
    """Return a paragraph with its notes under it, a line for each."""
    found = list(runs)
    for number, note in enumerate(notes, start=1):
        one_line = [Run(run.text.replace("\n", " "), run.strong, run.em, run.href) for run in note]
        found += [Run("\n"), mark(number), Run(" "), *one_line]
    return found
