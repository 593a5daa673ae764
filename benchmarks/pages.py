"""The pages that everybody opens, at two sizes of the town."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from benchmarks import Result, benchmark
from benchmarks._installation import SIZES, Served, served, town
from benchmarks._load import Answer, ask, get
from benchmarks._rounds import Measured, Target, in_rounds, ok, told

PathOn = Callable[[Served], str]
BARE, TWENTY = "bare view", "view of 20 rows"
CACHED_GOAL, ANEW_GOAL = 0.8, 0.5
A_VOICE = re.compile(r'href="(/sv/voices/[0-9A-Z-]{4,}/)"')


def queries(answer: Answer) -> int:
    """How many statements an answer took, as the server tells when it is asked to count."""
    return int(answer.headers["x-queries"][0])


def from_the_cache(answer: Answer) -> bool:
    """A page came that may be shared."""
    return ok(answer) and answer.headers["cache-control"][0].startswith("public")


def page(name: str, path_on: PathOn) -> Iterator[Result]:
    """Measure a public page at every size, from PublicDoor's store and made anew for each reader, beside the references on the same server."""
    cached, anew = f"{name}, from the cache", f"{name}, made anew"
    with ExitStack() as stack:
        targets: dict[str, Target] = {}
        counted: dict[str, int] = {}
        for n in SIZES:
            server = stack.enter_context(served(town(n)))
            path = path_on(server)
            wires = {BARE: get("/reference/bare/"), TWENTY: get("/reference/twenty/"), cached: get(path), anew: get(path, X_Anew="1")}
            for what, wire in wires.items():
                targets[f"{what} {n}"] = Target(server, itertools.repeat(wire), from_the_cache if what == cached else ok)
                counting = wire.replace(b"\r\n\r\n", b"\r\nX-Count: 1\r\n\r\n")
                # The fewest of some: what each of the server's processes makes once has been made by then.
                counted[f"{what} {n}"] = min(queries(ask(server.port, counting)) for _ in range(12))
        found = in_rounds(targets)
    for n in SIZES:
        here = {what: found[f"{what} {n}"] for what in wires}
        bare, twenty = here[BARE], here[TWENTY]
        yield from told(BARE, bare, n=n, queries=counted[f"{BARE} {n}"], beside={BARE: (bare, None)})
        yield from told(TWENTY, twenty, n=n, queries=counted[f"{TWENTY} {n}"], beside={BARE: (bare, None)})
        yield from told(cached, here[cached], n=n, queries=counted[f"{cached} {n}"], beside={BARE: (bare, CACHED_GOAL)})
        yield from told(anew, here[anew], n=n, queries=counted[f"{anew} {n}"], beside={BARE: (bare, None), TWENTY: (twenty, ANEW_GOAL)})
    for what in (cached, anew):
        yield from growth(what, {n: found[f"{what} {n}"] for n in SIZES})


def growth(name: str, by_size: dict[int, Measured]) -> Iterator[Result]:
    """What an answer costs in larger towns beside the smallest."""
    smallest = min(by_size)
    for n in sorted(by_size):
        if n != smallest:
            yield Result(name, by_size[n].milliseconds, "ms of processor", n, by_size[n].costs(by_size[smallest]), f"{smallest} voices")


def an_answered_voice(server: Served) -> str:
    """The newest voice that was answered and done."""
    found = A_VOICE.search(ask(server.port, get("/sv/voices/?state=done")).text)
    if found is None:
        raise SystemExit("the list shows no voice that was done")
    return found[1]


@benchmark("front-page")
def front_page() -> Iterator[Result]:
    """The front page, from the cache and made anew."""
    return page("front page", lambda _: "/sv/")


@benchmark("voice-list")
def voice_list() -> Iterator[Result]:
    """The public list of voices, from the cache and made anew."""
    return page("list of voices", lambda _: "/sv/voices/")


@benchmark("voice-page")
def voice_page() -> Iterator[Result]:
    """The page of one voice with its answer, from the cache and made anew."""
    return page("page of a voice", an_answered_voice)
