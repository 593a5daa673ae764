"""The opinion map of a town's worth of votes: three planted groups, one vote of ten given."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks import Result, benchmark, progress

PARTICIPANTS = int(os.environ.get("DIALOGI_BENCH_PARTICIPANTS", "100000"))
STATEMENTS, GIVEN = 500, 0.1
SHARES = [0.5, 0.3, 0.2]
RIGHT = 0.95


def peak() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(participants: int) -> dict[str, float]:
    """Plant, find, and solve the same table once by scipy's own means; in a process of its own, so that its memory is nobody else's."""
    import numpy as np
    from scipy.sparse.linalg import svds

    from dialogi.consultations.opinion.mapping import find_opinions
    from dialogi.consultations.opinion.votes import Votes

    chance = np.random.RandomState(1)
    group = np.searchsorted(np.cumsum(SHARES), chance.random_sample(participants)).clip(0, len(SHARES) - 1)
    likely = np.where(chance.random_sample((len(SHARES), STATEMENTS)) < 0.5, 0.8, 0.2)
    given = chance.binomial(STATEMENTS, GIVEN, participants)
    columns = np.concatenate([np.sort(chance.choice(STATEMENTS, count, replace=False)) for count in given]).astype(np.int32)
    agrees = chance.random_sample(len(columns)) < likely[np.repeat(group, given), columns]
    values = np.where(chance.random_sample(len(columns)) < 0.1, 0, np.where(agrees, 1, -1)).astype(np.int8)
    names = tuple(str(place) for place in range(participants))
    votes = Votes(names, tuple(str(place) for place in range(STATEMENTS)), np.concatenate([[0], np.cumsum(given)]).astype(np.int64), columns, values)

    begun, processor = time.monotonic(), time.process_time()
    found = find_opinions(votes)
    seconds, processor, memory = time.monotonic() - begun, time.process_time() - processor, peak()
    right = sum(group[int(one.participant)] == "ABC".find(one.group) for one in found.standings) / participants
    begun = time.process_time()
    svds(votes.table(values.astype(float)), k=2)
    return {"seconds": seconds, "processor": processor, "svds": time.process_time() - begun, "memory": memory, "right": right}


@benchmark("opinion-map")
def opinion_map() -> Iterator[Result]:
    """The opinion map of 100 000 participants and 500 statements at one vote in ten: seconds, memory, and whether the planted groups are found."""
    progress(f"{PARTICIPANTS} participants, {STATEMENTS} statements")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        found = apart.submit(measured, PARTICIPANTS).result()
    if found["right"] < RIGHT:
        raise SystemExit(f"the opinion map put {found['right']:.0%} of the participants into their planted groups")
    dense = PARTICIPANTS * STATEMENTS * 8 / 2**20
    yield Result("opinion map", found["seconds"], "s", PARTICIPANTS)
    yield Result("opinion map", found["processor"], "s of processor", PARTICIPANTS, found["processor"] / found["svds"], "one svds of scipy")
    yield Result("opinion map", found["memory"], "MB at most", PARTICIPANTS, found["memory"] / dense, "the table without gaps")
    yield Result("opinion map", 100 * found["right"], "% in their groups", PARTICIPANTS)
