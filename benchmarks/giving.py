"""Giving a voice through the form, as a resident does, beside a row that is written for good."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from html.parser import HTMLParser

from benchmarks import Result, benchmark
from benchmarks._installation import SIZES, Served, scratch, served
from benchmarks._load import Answer, ask, get, post
from benchmarks._rounds import Target, in_rounds, told
from benchmarks.pages import BARE, growth, queries

GIVE = "/sv/speak/"
INSERT, NAME = "raw durable insert", "give_voice"
GOAL = 0.15
WORDS = "Gatulampan vid skolan i Smedsby har varit släckt i två veckor och barnen går hem i mörker. Nummer {number}."


class Fields(HTMLParser):
    """The hidden and preset fields of the form that takes a voice."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a browser would send without anybody touching it."""
        field = dict(attrs)
        if tag == "input" and (name := field.get("name")) and (field.get("type") not in {"checkbox", "radio", "file", "submit"} or "checked" in field):
            self.values[name] = field.get("value") or ""


def received(answer: Answer) -> bool:
    """The voice was received: the browser is sent on to the receipt."""
    return answer.status == 302 and answer.headers["location"][0].startswith("/sv/status/")


def forms(server: Served, *, count: bool = False) -> Iterator[bytes]:
    """Forms without end, each filled in with words and a key of its own, by somebody from an address of their own."""
    page = ask(server.port, get(GIVE))
    cookies = "; ".join(cookie.split(";")[0] for cookie in page.headers.get("set-cookie", []))
    preset = Fields(page.text).values
    for number in itertools.count():
        address = f"198.{18 + number // 62_500 % 2}.{number // 250 % 250}.{number % 250}"
        fields = preset | {"form_key": secrets.token_hex(16), "text": WORDS.format(number=number), "publication": "waiting", "do": "send"}
        headers = {"Cookie": cookies, "Origin": "http://localhost", "X-Forwarded-For": address}
        yield post(GIVE, fields, **headers, **({"X-Count": "1"} if count else {}))


@benchmark("give-voice")
def give_voice() -> Iterator[Result]:
    """Giving a voice through the form on the server, beside a raw durable insert."""
    with ExitStack() as stack:
        targets: dict[str, Target] = {}
        counted: dict[str, int] = {}
        for n in SIZES:
            server = stack.enter_context(served(stack.enter_context(scratch(n))))
            counting = {INSERT: itertools.repeat(post("/reference/insert/", {"text": WORDS}, X_Count="1")), NAME: forms(server, count=True)}
            counted |= {f"{what} {n}": min(queries(ask(server.port, next(wires))) for _ in range(12)) for what, wires in counting.items()}
            targets[f"{BARE} {n}"] = Target(server, itertools.repeat(get("/reference/bare/")))
            targets[f"{INSERT} {n}"] = Target(server, itertools.repeat(post("/reference/insert/", {"text": WORDS})))
            targets[f"{NAME} {n}"] = Target(server, forms(server), received)
        found = in_rounds(targets)
    for n in SIZES:
        bare, insert, given = (found[f"{what} {n}"] for what in (BARE, INSERT, NAME))
        yield from told(BARE, bare, n=n, queries=0, beside={BARE: (bare, None)})
        yield from told(INSERT, insert, n=n, queries=counted[f"{INSERT} {n}"], beside={BARE: (bare, None)})
        yield from told(NAME, given, n=n, queries=counted[f"{NAME} {n}"], beside={BARE: (bare, None), INSERT: (insert, GOAL)})
    yield from growth(NAME, {n: found[f"{NAME} {n}"] for n in SIZES})
