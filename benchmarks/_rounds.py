"""Rounds: everything that is compared is measured in turn, again and again, so that what else the machine does falls on all alike."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import process_time

from benchmarks import Result, progress
from benchmarks._installation import Served
from benchmarks._load import Answer, Good, Load, load

ROUNDS = int(os.environ.get("DIALOGI_BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("DIALOGI_BENCH_SECONDS", "1"))


def ok(answer: Answer) -> bool:
    """A page came."""
    return answer.status == 200


@dataclass(frozen=True)
class Target:
    """What is asked of a server: an endless row of requests, and how to know a good answer."""

    server: Served
    wires: Iterator[bytes]
    good: Good = ok


@dataclass
class Measured:
    """What the rounds of one target came to."""

    loads: list[Load] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Answers per second in the median round."""
        return median(one.per_second for one in self.loads)

    @property
    def milliseconds(self) -> float:
        """Time of the server's processors for one answer in the median round, in ms."""
        return median(self.processor)

    def within(self, share: float) -> float:
        """How long that share of all answers took at most, in ms."""
        times = sorted(time for one in self.loads for time in one.times)
        return times[int(len(times) * share)] * 1000

    def beside(self, other: Measured) -> float:
        """The rate beside another's of the same round, in the median round."""
        return median(ours.per_second / theirs.per_second for ours, theirs in zip(self.loads, other.loads, strict=True))

    def costs(self, other: Measured) -> float:
        """The processor's time beside another's of the same round, in the median round."""
        return median(ours / theirs for ours, theirs in zip(self.processor, other.processor, strict=True))


def in_rounds(targets: Mapping[str, Target], *, rounds: int = ROUNDS, seconds: float = SECONDS) -> dict[str, Measured]:
    """Load every target in turn, so many rounds; the first, shorter one only warms up. Any wrong answer ends it all."""
    found = {name: Measured() for name in targets}
    for number in range(rounds + 1):
        progress(f"round {number} of {rounds}" if number else "warming up")
        for name, target in targets.items():
            before = target.server.processor_seconds()
            came = load(target.server.port, target.wires, good=target.good, seconds=seconds if number else min(seconds, 0.5))
            if came.failed:
                raise SystemExit(f"{name}: {came.failed} of {len(came.times)} answers were not what they should be")
            if number:
                found[name].loads.append(came)
                found[name].processor.append((target.server.processor_seconds() - before) * 1000 / len(came.times))
    return found


def told(name: str, measured: Measured, *, n: int, queries: int, beside: Mapping[str, tuple[Measured, float | None]]) -> Iterator[Result]:
    """A measured target as results; `beside` names what it is compared with, and the goal."""
    for other, (reference, goal) in beside.items():
        yield Result(name, measured.per_second, "requests/s", n, measured.beside(reference), other, goal)
    yield Result(name, queries, "queries", n)
    yield Result(name, measured.within(0.5), "ms p50", n)
    yield Result(name, measured.within(0.95), "ms p95", n)
    for other, (reference, _goal) in beside.items():
        yield Result(name, measured.milliseconds, "ms of processor", n, measured.costs(reference), other)


def side_by_side(works: Mapping[str, Callable[[], object]], *, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Call functions of this process in turn, so many rounds; return for each the seconds of processor time that every call took."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            begun = process_time()
            work()
            found[name].append(process_time() - begun)
    return found


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of each round."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))
