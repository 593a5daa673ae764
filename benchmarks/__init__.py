"""Measurements of Dialogi; each module here has a NAME and a run() that yields Results."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One measured thing. `n` is the size it was measured at, `ratio` how it compares with `ratio_to` (above 1: more)."""

    name: str
    value: float
    unit: str
    n: int | None = None
    ratio: float | None = None
    ratio_to: str | None = None
