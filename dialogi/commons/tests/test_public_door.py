"""A public page is made once for everybody; what is private is stored nowhere; what is hidden is gone at once."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import brotli
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from dialogi import testing
from dialogi.commons import clock, public_door
from dialogi.commons.tests import door_urls
from dialogi.commons.tests.happenings import happened, hide
from dialogi.testing import Cast, Town

pytestmark = [pytest.mark.django_db, pytest.mark.urls("dialogi.commons.tests.door_urls")]


def get(address: str, **headers: str) -> Any:
    return Client().get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


def words(address: str, **headers: str) -> str:
    return get(address, **headers).content.decode()


def test_a_public_page_is_made_once_and_served_by_one_query(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    address = f"/sv/subject/{town.smedsby.subject.code}/"
    first = get(address)
    with django_assert_num_queries(1):
        second = get(address)
    assert first.content == second.content
    assert "public" in second["Cache-Control"]
    assert "s-maxage=25" in second["Cache-Control"]
    assert "max-age=0" in second["Cache-Control"]
    assert second["Vary"] == "Accept-Encoding"
    assert not second.cookies


@pytest.mark.parametrize("address", ["/sv/areas/", "/sv/numbers/"])
def test_a_list_is_served_until_something_of_its_kinds_happens(town: Town, address: str) -> None:
    assert town.smedsby
    assert town.roads
    first = words(address)
    assert words(address) == first
    happened(town.smedsby)
    assert words(address) != first


def test_what_happens_to_other_kinds_leaves_a_list_as_it_is(town: Town) -> None:
    assert town.smedsby
    assert town.roads
    first = words("/sv/areas/")
    happened(town.roads)
    assert words("/sv/areas/") == first


def test_what_is_hidden_is_gone_at_the_next_request(town: Town) -> None:
    subject = town.smedsby.subject
    address = f"/sv/subject/{subject.code}/"
    tag = get(address)["ETag"]
    assert get(address).status_code == 200
    hide(subject)
    assert get(address).status_code == 404
    assert get(address, if_none_match=tag).status_code == 404
    assert get(address)["Cache-Control"] == "private, no-store"


def test_without_asking_for_versions_a_hidden_page_would_stay(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of the test above."""
    monkeypatch.setattr(public_door, "are_current", lambda versions: True)
    address = f"/sv/subject/{town.smedsby.subject.code}/"
    assert get(address).status_code == 200
    hide(town.smedsby.subject)
    assert get(address).status_code == 200


def test_one_with_a_session_gets_a_page_of_their_own_that_nobody_stores(cast: Cast) -> None:
    client = testing.client_for(cast.resident)
    public = words("/sv/numbers/")
    own = client.get("/sv/numbers/")
    assert own.content.decode() != public
    assert own["Cache-Control"] == "private, no-store"
    assert words("/sv/numbers/") == public


def test_if_the_session_were_not_asked_for_one_would_see_the_page_of_another(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of the test above."""
    monkeypatch.setattr(public_door, "_may_be_public", lambda request: True)
    client = testing.client_for(cast.resident)
    assert client.get("/sv/numbers/").content.decode() == words("/sv/numbers/")


@pytest.mark.parametrize("page", ["with_cookie", "with_token", "with_session", "by_language", "a_file", "plain"])
def test_what_sets_a_cookie_looks_at_a_session_or_is_not_meant_for_all_is_never_stored(page: str) -> None:
    first = get(f"/sv/{page}/")
    assert first["Cache-Control"] == "private, no-store"
    assert words(f"/sv/{page}/") != first.content.decode()


def test_an_address_without_a_language_depends_on_the_browser_and_is_not_stored() -> None:
    assert get("/without_language/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", ["elsewhere", "crash"])
def test_a_detour_or_a_crash_is_never_stored(page: str) -> None:
    client = Client(raise_request_exception=False)
    assert client.get(f"/sv/{page}/")["Cache-Control"] == "private, no-store"


def test_a_public_page_never_sees_what_a_reader_brings() -> None:
    client = Client()
    client.cookies["tracker"] = "somebody"
    assert client.get("/sv/curious/").content.decode().startswith("cookies: []")
    assert words("/sv/curious/").startswith("cookies: []")


def test_a_key_of_another_kind_is_not_public() -> None:
    assert get("/sv/numbers/", authorization="Bearer x")["Cache-Control"] == "private, no-store"


def test_each_query_has_a_page_and_a_boundless_one_is_not_stored() -> None:
    assert words("/sv/areas/?q=a") != words("/sv/areas/?q=b")
    assert words("/sv/areas/?q=a&unknown=1") != words("/sv/areas/?q=a")
    assert words("/sv/areas/?q=a") == words("/sv/areas/?q=a")
    long = "/sv/areas/?q=" + "a" * 600
    assert words(long) != words(long)


def test_a_forged_host_neither_enters_nor_poisons() -> None:
    first = words("/sv/areas/")
    assert get("/sv/areas/", host="evil.example").status_code == 400
    assert words("/sv/areas/", x_forwarded_host="evil.example", x_forwarded_proto="https") == first
    assert "evil" not in words("/sv/areas/")


def test_the_same_page_is_not_sent_twice(town: Town) -> None:
    assert town.smedsby
    first = get("/sv/areas/")
    again = get("/sv/areas/", if_none_match=first["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    happened(town.smedsby)
    assert get("/sv/areas/", if_none_match=first["ETag"]).status_code == 200


def test_head_tells_what_get_would_without_the_body() -> None:
    got = get("/sv/areas/")
    head = Client().head("/sv/areas/")
    assert head.content == b""
    assert (head["ETag"], head["Content-Length"], head["Content-Type"]) == (got["ETag"], str(len(got.content)), got["Content-Type"])


@pytest.mark.parametrize(("accept", "unpack"), [("gzip, deflate, br", brotli.decompress), ("gzip", gzip.decompress), ("br;q=0, gzip;q=0.5", gzip.decompress)])
def test_a_page_is_packed_once_for_those_who_can_unpack_it(accept: str, unpack: Callable[[bytes], bytes]) -> None:
    plain = get("/sv/areas/").content
    packed = get("/sv/areas/", accept_encoding=accept)
    assert len(packed.content) < len(plain) / 3
    assert unpack(packed.content) == plain
    assert packed["Content-Length"] == str(len(packed.content))


def test_a_private_page_is_not_packed() -> None:
    assert not get("/sv/with_token/", accept_encoding="br, gzip").has_header("Content-Encoding")


def test_no_cache_keeps_a_page_past_its_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    monkeypatch.setattr(door_urls.areas, "until", now + timedelta(seconds=10), raising=False)
    with clock.at(now):
        first = get("/sv/areas/")
        assert "s-maxage=10" in first["Cache-Control"]
    with clock.at(now + timedelta(seconds=9)):
        assert words("/sv/areas/") == first.content.decode()
    with clock.at(now + timedelta(seconds=10)):
        late = get("/sv/areas/")
        assert late.content != first.content
        assert "s-maxage=0" in late["Cache-Control"]
        assert words("/sv/areas/") != late.content.decode()


def test_the_door_can_be_switched_off(settings: Settings) -> None:
    settings.PUBLIC_DOOR = False
    assert words("/sv/areas/") != words("/sv/areas/")


def test_a_post_is_never_answered_from_the_store() -> None:
    words("/sv/areas/")
    assert Client().post("/sv/areas/")["Cache-Control"] == "private, no-store"


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize(
    "address", ["/sv/areas/", "/sv/plain/", "/sv/crash/", "/no/such/page/", "/sv/elsewhere/", "/health/live", "/sv/areas/?q=" + "a" * 5000, "/sv/areas/%00"]
)
def test_every_answer_tells_browsers_how_to_treat_it(address: str) -> None:
    client = Client(raise_request_exception=False)
    for answer in (client.get(address), client.get(address), client.get(address, headers={"if-none-match": client.get(address).get("ETag", "x")})):
        for name, value in HEADERS.items():
            assert answer[name] == value
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "unsafe-inline" not in answer["Content-Security-Policy"]
        assert "geolocation=(self)" in answer["Permissions-Policy"]


def test_a_secure_site_says_so_on_every_answer(settings: Settings) -> None:
    settings.IS_SECURE, settings.SECURE_HSTS_SECONDS = True, 63_072_000
    assert get("/sv/areas/")["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"


def test_health_tells_of_the_machinery_and_of_nobody(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert get("/health/live").json() == {"live": True}
    told = get("/health/ready")
    assert told.status_code == 200
    assert told.json()["migrations"] == "ok"
    assert told.json()["queue"]["state"] == "ok"
    assert told["Cache-Control"] == "private, no-store"
