"""What a request may not do: change something by looking, act without a token, lead away, or say who it is by itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from dialogi.commons.models import LedgerEntry
from dialogi.testing import days_later
from dialogi.voices.models import Voice
from tests.security.crawling import PRINTS, World, ask, body_of, forms, name_of, send, stand, walk
from tests.security.pages import filled

ROLES = ("anonymous", "resident", "handler", "communications", "registrar", "administrator")
EVIL = (
    "//evil.example/",
    "/\\evil.example",
    "https:evil.example",
    "https://evil.example",
    "/\t/evil.example",
    "//localhost@evil.example",
    "javascript:alert(1)",
)
LEADING = ("next", "return", "return_to", "url", "redirect", "back", "language", "to")
# Looking at these is itself worth a line in the ledger.
NOTED = {"voices.voice.read"}


# Looking changes nothing


def changed_by_looking(world: World, name: str) -> dict[str, str]:
    """Tables that are otherwise after somebody has looked at everything."""
    before, noted = stand(), LedgerEntry.objects.filter(kind__in=NOTED).count()
    for _path, _response, _page in walk(world, name):
        pass
    assert LedgerEntry.objects.filter(kind__in=NOTED).count() >= noted
    return {table: rows for table, rows in stand().items() if before[table] != rows}


@pytest.mark.parametrize("name", ["anonymous", "registrar"])
def test_nobody_changes_anything_by_looking(world: World, name: str) -> None:
    world.client(name)  # signing in itself is written down
    assert sorted(changed_by_looking(world, name)) == []


def test_a_page_that_changes_something_would_be_found(world: World, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.security.planted"
    before = stand()
    ask(Client(), "/sv/writes/")
    assert before["commons_subject"] != stand()["commons_subject"]


# Nothing without a token


def test_nothing_is_done_without_the_token_of_the_form(world: World) -> None:
    client = world.client("administrator", enforce_csrf_checks=True)
    before = stand()
    one_of_each = {name: address for address, name in world.paths(everything=True).items()}
    assert len(one_of_each) > 100
    assert {name: answer.status_code for name, address in one_of_each.items() if (answer := client.post(address)).status_code != 403} == {}
    speak = one_of_each["voices:speak"]
    assert {answer.status_code for answer in (client.put(speak), client.patch(speak), client.delete(speak))} == {403}
    assert stand() == before


def test_a_strange_origin_is_refused_even_with_a_token(world: World) -> None:
    client = world.client("anonymous", enforce_csrf_checks=True)
    form = next(form for _name, _client, form in forms(world, "anonymous") if form.path == "/sv/speak/")
    client.get("/sv/speak/")
    token = client.cookies["csrf"].value
    sent = {**filled(form, words="Hej på er"), "csrfmiddlewaretoken": token, "do": "send"}
    with days_later(0.001):
        assert client.post("/sv/speak/", sent, headers={"Origin": "https://evil.example"}).status_code == 403
        before = Voice.objects.count()
        assert client.post("/sv/speak/", sent).status_code == 302, "the same from our own page goes through"
    assert Voice.objects.count() == before + 1


def test_a_view_that_asks_for_no_token_would_be_found(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.security.planted"
    assert Client(enforce_csrf_checks=True).post("/sv/exempt/").status_code == 200


# Nobody is led away


def leads_away(response: HttpResponseBase) -> bool:
    """Whether a browser would leave the house."""
    where = response.headers.get("Location", "").replace("\\", "/")
    where = "".join(sign for sign in where if sign > " ")
    parts = urlsplit(where)
    return bool(where) and ((parts.netloc or "testserver") != "testserver" or parts.scheme not in {"", "http"})


def test_no_address_leads_out_of_the_house(world: World) -> None:
    client, away = world.client("resident"), set()
    for address in world.paths():
        if not 300 <= ask(client, address).status_code < 400:
            continue
        for evil in EVIL:
            response = ask(client, address, data=dict.fromkeys(LEADING, evil))
            if leads_away(response):
                away.add((name_of(address), evil, response.headers["Location"]))
    assert away == set()


@pytest.mark.parametrize("evil", EVIL)
def test_a_credulous_redirect_would_be_found(evil: str, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.security.planted"
    assert leads_away(Client().get("/sv/credulous/", {"next": evil}))


def test_a_forged_host_changes_no_link(world: World) -> None:
    client = world.client("anonymous")
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example", "X-Original-URL": "/evil"}
    for address in ("/sv/", "/sv/voices/", "/sv/voices/feed.atom", f"/sv/status/{world.samples.keys['receipt']['public']}/", "/"):
        assert "evil" not in body_of(ask(client, address, headers=forged)), address
        assert ask(client, address, headers={"Host": "evil.example"}).status_code == 400


# Keys that come twice


def test_of_a_key_that_comes_twice_the_last_counts_for_everybody(world: World) -> None:
    client = world.client("handler")
    both = {body_of(ask(client, f"/sv/voices/?{query}")) for query in ("kind=idea&kind=feedback", "kind=feedback")}
    titles = {world.samples.keys["voice"]["public"] in page for page in both}
    assert titles == {True}
    assert world.samples.keys["voice"]["public"] not in body_of(ask(client, "/sv/voices/?kind=feedback&kind=idea"))


def test_the_permission_and_the_work_look_at_the_same_key(world: World) -> None:
    client, private = world.client("other_handler"), world.samples.keys["voice"]["private"]
    mine = world.samples.keys["voice"]["other unit's"]
    assert send(client, f"/sv/desk/voices/{mine}/note/?key={private}", {"text": "Hej", "key": private, "voice": private}).status_code == 302
    assert send(client, f"/sv/desk/voices/{private}/note/?key={mine}", {"text": "Hej", "key": mine}).status_code == 404
    assert Voice.objects.get(subject__code=private).notes.count() == 0


# The file about oneself


def test_the_file_about_oneself_holds_nothing_of_anybody_else(world: World) -> None:
    own, other = world.cast.resident.account.email, world.cast.another_resident.account.email
    asked = {name: ask(world.client(name), "/sv/me/data/file/") for name in ("resident", "another_resident", "anonymous")}
    address = next(address for address, name in world.paths(everything=True).items() if name == "people:my_file")
    asked = {name: ask(world.client(name), address) for name in asked}
    assert asked["anonymous"].status_code == 403
    assert own in body_of(asked["resident"])
    assert other not in body_of(asked["resident"])
    assert other in body_of(asked["another_resident"])
    assert "no-store" in asked["resident"].headers["Cache-Control"]
    assert asked["resident"].headers["Content-Disposition"].startswith("attachment")
    assert not [canary for name, canary in world.samples.canaries.items() if canary in body_of(asked["resident"])]


def test_the_prints_change_nothing_either(world: World) -> None:
    client = world.client("registrar")
    before = stand()
    for address, name in world.paths(everything=True).items():
        if name in PRINTS - {"voices:receipt"}:
            ask(client, address)
    assert [table for table, rows in stand().items() if rows != before[table]] == []
