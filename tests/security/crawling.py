"""Walking through the whole house as somebody: every address that is filled, and every link that is met on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from dialogi.testing import Cast, Town, client_for, days_later
from tests.security.pages import Form, Reader, own_links, read
from tests.sweep import samples as sampling
from tests.sweep.addresses import addresses
from tests.sweep.doors import ONLY_SENT
from tests.sweep.samples import Samples

# Leaving or refused by design: looked at elsewhere.
LEAVES = {"people:sign_out", "account_logout"}
# Prints take long to typeset and hold no markup; dialogi/*/tests/test_prints.py looks at them.
PRINTS = {"voices:sheet", "voices:receipt", "voices:letters_pdf", "voices:record_pdf"}
# Enough of each sort: what is public, what is hidden, and what was decided about it.
LABELS = {"", "one", "public", "waiting", "refused", "masked", "resident", "handler"}
# More pages than any house has: a calendar that always shows a next month, say.
ENDLESS = 5_000
# Tables of counters, sessions and the like; they may change when somebody looks.
MAY_CHANGE = ("django_session", "axes_", "django_migrations", "sqlite_", "commons_searchcache")


@dataclass
class World:
    """A town with one of everything, and browsers for its people."""

    cast: Cast
    town: Town
    samples: Samples

    def client(self, name: str, **options: Any) -> Client:
        """A browser of one of the cast; `anonymous` is nobody."""
        person = None if name == "anonymous" else getattr(self.cast, name)
        return client_for(person, raise_request_exception=False, **options)

    def paths(self, *, everything: bool = False) -> dict[str, str]:
        """Path to name of every address in Swedish, filled; the prints, what leaves and what is only sent to are left out unless `everything` is wanted."""
        met: dict[str, str] = {}
        for address in addresses(self.samples):
            is_enough = address.label in LABELS or address.name.startswith(("registers:", "portal:"))
            if everything or (is_enough and address.name not in LEAVES | PRINTS | ONLY_SENT):
                met[address.at("sv")] = address.name
        return met


def made() -> World:
    """Make the town."""
    town = Town()
    cast = Cast(town)
    return World(cast, town, sampling.make(cast, town))


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in here did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def name_of(path: str) -> str:
    """The name of an address, or nothing."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def ask(client: Client, path: str, **options: Any) -> HttpResponseBase:
    """A GET by somebody who has not asked for anything yet today."""
    cache.clear()
    return client.get(path, **options)


def send(client: Client, path: str, data: Any, **options: Any) -> HttpResponseBase:
    """A POST by a person: some seconds after the page was opened, and not too often."""
    cache.clear()
    with days_later(0.001):
        return client.post(path, data, **options)


def body_of(response: HttpResponseBase) -> str:
    """The body as text."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined, arg-type]
    return content.decode(errors="replace")


def walk(world: World, name: str, *, follow: bool = False, only: set[str] | None = None) -> Iterator[tuple[str, HttpResponseBase, Reader]]:
    """(path, answer, page) of every address for somebody, and with `follow` of every page that they lead to."""
    client = world.client(name)
    seen = {path for path, to in world.paths().items() if only is None or to in only}
    waiting = sorted(seen)
    while waiting:
        assert len(seen) < ENDLESS, "links lead on for ever"
        path = waiting.pop(0)
        response = ask(client, path)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        reader = read(body_of(response) if is_page else "", path)
        yield path, response, reader
        for link in own_links(reader) if follow else ():
            if link not in seen and link.startswith("/sv/") and (to := name_of(link)) and to not in LEAVES | PRINTS:
                seen.add(link)
                waiting.append(link)


# Which addresses showed somebody a form: a later walk in the same run need not ask the others again.
_with_forms: dict[str, set[str]] = {}


def forms(world: World, *names: str) -> Iterator[tuple[str, Client, Form]]:
    """(person, browser, form) of each kind of form that is sent by POST, each once for the first of `names` that meets it."""
    met: set[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]] = set()
    for name in names:
        client = world.client(name)
        met_here: set[str] = set()
        for path, _response, reader in walk(world, name, only=_with_forms.get(name)):
            for form in reader.forms:
                met_here.add(name_of(path))
                to = name_of(form.path)
                key = (to or form.path, tuple(sorted(form.fields)), tuple(form.buttons))
                if form.method == "post" and to not in LEAVES and not (form.path.startswith("/sv/registers/") and path != form.page) and key not in met:
                    met.add(key)
                    yield name, client, form
        _with_forms.setdefault(name, met_here)


def stand() -> dict[str, str]:
    """Every table's rows as one text."""
    told: dict[str, str] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(MAY_CHANGE):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                told[table] = "\n".join(sorted(map(repr, cursor.fetchall())))
    return told
