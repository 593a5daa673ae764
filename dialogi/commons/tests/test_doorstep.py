"""On the doorstep a shared answer is given again without Django; whoever is somebody, and whatever has changed, goes inside."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from dialogi import testing
from dialogi.commons import clock, doorstep
from dialogi.commons.doorstep import Doorstep
from dialogi.commons.tests import door_urls
from dialogi.commons.tests.happenings import happened, hide
from dialogi.testing import Cast, Town

pytestmark = [pytest.mark.django_db, pytest.mark.urls("dialogi.commons.tests.door_urls")]


class Street:
    """A doorstep, and how often somebody was let in."""

    def __init__(self) -> None:
        self.inside = WSGIHandler()
        self.doorstep = Doorstep(self._let_in)
        self.let_in = 0

    def _let_in(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.let_in += 1
        return self.inside(environ, start_response)

    def knock(self, address: str, *, method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
        """Ask over the wire."""
        request = RequestFactory().generic(method, address, headers={name.replace("_", "-"): value for name, value in headers.items()})
        request.environ.setdefault("HTTP_HOST", "testserver")
        heard: list[Any] = []
        answer = self.doorstep(request.environ, lambda status, told: heard.extend((status, dict(told))))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return heard[0], heard[1], body


@pytest.fixture
def street() -> Iterator[Street]:
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)  # it would close the one that the test's transaction is in
    yield Street()
    for signal in signals:
        signal.connect(close_old_connections)


def test_what_was_answered_is_answered_again_by_one_query_and_without_django(
    street: Street, town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"/sv/subject/{town.smedsby.subject.code}/"
    first = street.knock(address)
    with django_assert_num_queries(1):
        assert street.knock(address) == first
    assert street.let_in == 1
    assert first[1]["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in first[1]["Content-Security-Policy"]
    assert first[1]["Cache-Control"].startswith("public")


def test_what_has_changed_goes_inside(street: Street, town: Town) -> None:
    assert town.smedsby
    first = street.knock("/sv/areas/")
    happened(town.smedsby)
    assert street.knock("/sv/areas/")[2] != first[2]
    assert street.let_in == 2


def test_what_is_hidden_is_gone_at_the_next_question(street: Street, town: Town) -> None:
    address = f"/sv/subject/{town.smedsby.subject.code}/"
    tag = street.knock(address)[1]["ETag"]
    assert street.knock(address, if_none_match=tag)[0].startswith("304")
    hide(town.smedsby.subject)
    assert street.knock(address)[0].startswith("404")
    assert street.knock(address, if_none_match=tag)[0].startswith("404")


def test_without_asking_for_versions_a_hidden_page_would_stay(street: Street, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of the test above."""
    monkeypatch.setattr(doorstep, "are_current", lambda versions: True)
    address = f"/sv/subject/{town.smedsby.subject.code}/"
    street.knock(address)
    hide(town.smedsby.subject)
    assert street.knock(address)[0].startswith("200")


def test_one_with_a_session_is_let_in_every_time(street: Street, cast: Cast) -> None:
    session = "; ".join(f"{name}={cookie.value}" for name, cookie in testing.client_for(cast.resident).cookies.items())
    public = street.knock("/sv/numbers/")
    own = street.knock("/sv/numbers/", cookie=f"other=1; {session}")
    assert own[2] != public[2]
    assert own[1]["Cache-Control"] == "private, no-store"
    assert street.knock("/sv/numbers/", cookie="other=1") == public
    assert street.let_in == 2


@pytest.mark.parametrize("told", [{"authorization": "Bearer x"}, {"method": "POST"}, {"method": "HEAD"}])
def test_what_is_no_plain_question_is_let_in_every_time(street: Street, told: dict[str, str]) -> None:
    street.knock("/sv/numbers/")
    street.knock("/sv/numbers/", **told)
    street.knock("/sv/numbers/", **told)
    assert street.let_in == 3


@pytest.mark.parametrize("page", ["with_cookie", "with_token", "with_session", "by_language", "a_file", "plain", "elsewhere"])
def test_what_is_not_shared_is_never_remembered(street: Street, page: str) -> None:
    first = street.knock(f"/sv/{page}/")
    assert first[1]["Cache-Control"] == "private, no-store"
    street.knock(f"/sv/{page}/")
    assert street.let_in == 2


def test_each_host_address_and_packing_has_an_answer_of_its_own(street: Street) -> None:
    plain = street.knock("/sv/areas/")
    packed = street.knock("/sv/areas/", accept_encoding="gzip, br")
    assert packed[1]["Content-Encoding"] == "br"
    assert brotli.decompress(street.knock("/sv/areas/", accept_encoding="br")[2]) == plain[2]
    assert street.knock("/sv/areas/?q=a")[2] != plain[2]
    assert street.knock("/sv/areas/", host="evil.example")[0].startswith("400")
    assert street.knock("/sv/areas/", host="evil.example")[0].startswith("400")
    assert street.knock("/sv/areas/") == plain
    assert street.let_in == 5


def test_nothing_is_remembered_longer_than_the_page_is_kept(street: Street) -> None:
    now = clock.now()
    with clock.at(now):
        Street().knock("/sv/areas/")  # another process of the same server made it
    with clock.at(now + timedelta(seconds=20)):
        made_before = street.knock("/sv/areas/")
    with clock.at(now + timedelta(seconds=24)):
        assert street.knock("/sv/areas/") == made_before
        assert street.let_in == 1
    with clock.at(now + timedelta(seconds=26)):
        street.knock("/sv/areas/")
        assert street.let_in == 2


@pytest.mark.parametrize(("seconds", "let_in"), [(40, 2), (60, 1)])
def test_a_page_that_soon_changes_by_itself_is_not_remembered(street: Street, monkeypatch: pytest.MonkeyPatch, seconds: int, let_in: int) -> None:
    monkeypatch.setattr(door_urls.areas, "until", clock.now() + timedelta(seconds=seconds), raising=False)
    street.knock("/sv/areas/")
    street.knock("/sv/areas/")
    assert street.let_in == let_in


def test_when_the_database_is_away_django_is_asked(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    street.knock("/sv/areas/")

    def away(versions: object) -> bool:
        raise OperationalError

    monkeypatch.setattr(doorstep, "are_current", away)
    assert street.knock("/sv/areas/")[0].startswith("200")
    assert street.let_in == 2


def test_the_door_that_is_switched_off_leaves_nothing_on_the_doorstep(street: Street, settings: Settings) -> None:
    settings.PUBLIC_DOOR = False
    assert street.knock("/sv/areas/") != street.knock("/sv/areas/")


def test_only_so_many_answers_are_remembered_and_the_oldest_goes_first(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorstep, "MOST", 2)
    for address in ("/sv/areas/?q=1", "/sv/areas/?q=2", "/sv/areas/?q=3", "/sv/areas/?q=3", "/sv/areas/?q=2"):
        street.knock(address)
    assert street.let_in == 3
    street.knock("/sv/areas/?q=1")
    assert street.let_in == 4
