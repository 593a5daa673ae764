"""Who gets in where, and what is heard there. Both tables are checked in, and a change in either is read by a person:

DIALOGI_SWEEP=write .venv/bin/pytest tests/sweep    writes them anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.core.cache import cache
from django.http.response import HttpResponseBase
from django.test import Client

from dialogi.testing import Cast, Town, client_for
from tests.sweep import doors
from tests.sweep import samples as sampling
from tests.sweep.addresses import SORTS, Address, addresses, forgotten
from tests.sweep.samples import Samples

HERE = Path(__file__).resolve().parent
OTHER_LANGUAGES = ("fi", "en")
# Enough to see that a language changes words and not doors.
IN_OTHER_LANGUAGES = {"anonymous", "handler", "administrator"}
# Whoever holds the code of a voice is its author; what these pages tell is heard by the author alone.
BY_RECEIPT = {name for name, sort in SORTS.items() if sort in {"receipt", "response code"} and name != "voices:recorded"}
SIGNS_OUT = {"people:sign_out", "account_logout"}


def body_of(response: HttpResponseBase) -> str:
    """Everything that reached the reader, headers too."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined, arg-type]
    return f"{response.headers}\n{content.decode(errors='replace')}"


def ask(client: Client, path: str) -> HttpResponseBase:
    """A GET by somebody who has not asked for anything yet today."""
    cache.clear()
    return client.get(path)


def everybody(cast: Cast) -> Iterator[tuple[str, Client]]:
    """A browser for each of the cast."""
    for name, person in cast.everybody():
        yield name, client_for(person, raise_request_exception=False)


@pytest.fixture
def samples(cast: Cast, town: Town) -> Samples:
    return sampling.make(cast, town)


def compare(name: str, lines: list[str], *, because: Sequence[str] = ()) -> None:
    """Against the table that is checked in."""
    file = HERE / name
    if os.environ.get("DIALOGI_SWEEP") == "write":
        file.write_text("\n".join(lines) + "\n")
    known = file.read_text().splitlines() if file.exists() else []
    gone, new = sorted(set(known) - set(lines)), sorted(set(lines) - set(known))
    told = [*(f"- {line}" for line in gone), *(f"+ {line}" for line in new)]
    assert not told, "\n".join([f"{name} says otherwise; read what has changed, then write it anew:", *told, *because])


def test_no_address_is_forgotten() -> None:
    assert not forgotten(), f"say in tests/sweep/addresses.py what fills {forgotten()}"


def test_the_table_is_read_as_it_is_written() -> None:
    statuses = {"anonymous": 302, "resident": 404, "handler": 200, "clerk": 404, "registrar": 200, "official": 404}
    door = doors.read(doors.written(statuses))
    assert {name: door.to(name) for name in statuses} == statuses
    assert door.to("anybody else") == 404


def walk(samples: Samples, cast: Cast) -> Iterator[tuple[Address, str, str, HttpResponseBase]]:
    """(address, person, language, answer) of every address for everybody; what only takes POST is asked once."""
    clients = dict(everybody(cast))
    seen: set[str] = set()
    for address in addresses(samples):
        is_first = address.name not in seen
        seen.add(address.name)
        only_post = ask(clients["anonymous"], address.at("sv")).status_code == 405
        if only_post and not is_first:
            continue
        for name, client in clients.items():
            if (address.name in SIGNS_OUT or only_post) and name != "anonymous":
                continue
            in_others = address.in_language and is_first and name in IN_OTHER_LANGUAGES
            for language in ("sv", *OTHER_LANGUAGES) if in_others else ("sv",):
                yield address, name, language, ask(client, address.at(language))


def test_everybody_gets_in_where_the_table_says_and_hears_what_they_may(samples: Samples, cast: Cast) -> None:
    statuses: dict[str, dict[str, int]] = {}
    heard: dict[str, set[str]] = {name: set() for name in samples.canaries}
    broken: list[str] = []
    where: dict[tuple[str, str], str] = {}
    for address, person, language, response in walk(samples, cast):
        row = address.name if response.status_code == 405 else f"{address.name} {address.label}".strip()
        if response.status_code >= 500:
            broken.append(f"{row} {person} {language}: {response.status_code}")
        status = statuses.setdefault(row, {}).setdefault(person, response.status_code)
        if status != response.status_code:
            broken.append(f"{row} {person}: {status} in Swedish, {response.status_code} in {language}")
        body = body_of(response)
        for name, canary in samples.canaries.items():
            if canary in body and address.name not in BY_RECEIPT:
                heard[name].add(person)
                where.setdefault((name, person), row)
    compare("doors.txt", [f"{row} | {doors.written(by_person)}" for row, by_person in statuses.items()])
    told = [f"{name} | {' '.join(sorted(people)) or 'nobody'}" for name, people in heard.items()]
    compare("canaries.txt", told, because=[f"{person} hears {name} at {row}" for (name, person), row in sorted(where.items())])
    assert not broken, "\n".join(broken)
