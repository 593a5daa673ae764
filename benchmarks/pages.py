"""Requests per second and queries of the pages that everybody opens, at two sizes of the town."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from benchmarks import Result
from benchmarks._installation import filled, served
from benchmarks._load import Answer, Load, ask, get, load, post

NAME = "pages"
SIZES = [int(size) for size in os.environ.get("DIALOGI_BENCH_VOICES", "1000,100000").split(",")]
SECONDS = float(os.environ.get("DIALOGI_BENCH_SECONDS", "5"))
LIST, GIVE = "/sv/voices/", "/sv/speak/"
A_VOICE = re.compile(r'href="(/sv/voices/[0-9A-Z-]{4,}/)"')
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


def ok(answer: Answer) -> bool:
    """A page came."""
    return answer.status == 200


def received(answer: Answer) -> bool:
    """The voice was received: the browser is sent on to the receipt."""
    return answer.status in {302, 303} and "login" not in answer.headers.get("location", [""])[0]


def measure(port: int, path: str) -> Load:
    """The page under load, after a second to warm up."""
    wire = get(path)
    load(port, itertools.repeat(wire), good=ok, seconds=min(1.0, SECONDS))
    return load(port, itertools.repeat(wire), good=ok, seconds=SECONDS)


def queries(port: int, wire: bytes) -> int:
    """How many statements an answer takes once what is made once has been made, in each of the server's processes."""
    return min(int(ask(port, wire).headers.get("x-queries", ["0"])[0]) for _ in range(12))


def forms(port: int, count: int) -> Iterator[bytes]:
    """So many forms, each opened and filled in by somebody of their own."""
    for number in range(count):
        address = f"198.51.{number // 250 % 250}.{number % 250}"
        page = ask(port, get(GIVE, X_Forwarded_For=address))
        cookies = "; ".join(cookie.split(";")[0] for cookie in page.headers.get("set-cookie", []))
        fields = Fields(page.text).values | {"text": WORDS.format(number=number), "publication": "waiting", "do": "send"}
        yield post(GIVE, fields, Cookie=cookies, Origin="http://localhost", X_Forwarded_For=address, X_Count="1")


def told(name: str, found: Load, *, size: int, bare: Load) -> Iterator[Result]:
    """A load as results."""
    if found.failed:
        raise SystemExit(f"{name}: {found.failed} of {found.count} answers were not what they should be")
    yield Result(name, found.per_second, "requests/s", size, found.per_second / bare.per_second, "bare view")
    yield Result(f"{name}, 99th percentile", found.p99 * 1000, "ms", size, found.p99 / bare.p99, "bare view")


def of(home: Path, size: int) -> Iterator[Result]:
    """Everything at one size: pages made anew for each reader, pages behind PublicDoor, and the verb."""
    for door, note in (("0", "made anew"), ("1", "behind PublicDoor")):
        with served(home, DIALOGI_PUBLIC_DOOR=door) as port:
            bare = measure(port, "/bare/")
            yield Result("bare view", bare.per_second, "requests/s", size, 1.0, "bare view")
            voice = A_VOICE.search(ask(port, get(LIST)).text)
            if voice is None:
                raise SystemExit("the list shows no voice")
            pages = {"front page": "/sv/", "list of voices": LIST, "page of a voice": voice[1]}
            for name, path in pages.items():
                yield Result(f"{name}, {note}", queries(port, get(path, X_Count="1")), "queries", size)
                yield from told(f"{name}, {note}", measure(port, path), size=size, bare=bare)
            if door == "1":
                wires = list(forms(port, int(os.environ.get("DIALOGI_BENCH_GIVEN", "200"))))
                yield Result("give_voice", int(ask(port, wires.pop()).headers.get("x-queries", ["0"])[0]), "queries", size)
                yield from told("give_voice", load(port, iter(wires), good=received, seconds=120), size=size, bare=bare)


def run() -> Iterator[Result]:
    """Fill each town, serve it, measure."""
    for size in SIZES:
        with filled(size) as home:
            yield from of(home, size)
