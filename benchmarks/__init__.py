"""Measurements of Dialogi: each is a function that yields Results, registered under its name with `@benchmark(...)`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One measured thing. `n` is the size it was measured at, `ratio` how it compares with `ratio_to`, `goal` the least that the ratio should be."""

    name: str
    value: float
    unit: str
    n: int | None = None
    ratio: float | None = None
    ratio_to: str | None = None
    goal: float | None = None


Measurement = Callable[[], Iterator[Result]]
BENCHMARKS: dict[str, Measurement] = {}


def benchmark(name: str) -> Callable[[Measurement], Measurement]:
    """Register a measurement as `./bench NAME`; the first line of its docstring says what it measures."""

    def register(measurement: Measurement) -> Measurement:
        if name in BENCHMARKS:
            raise ValueError(f"two benchmarks are called {name}")
        BENCHMARKS[name] = measurement
        return measurement

    return register


def progress(words: str) -> None:
    """Say what is being done, beside the results."""
    print(f"  {words}", file=sys.stderr, flush=True)
