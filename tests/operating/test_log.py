"""The log tells what happened and nothing about anybody: canaries are planted wherever a request carries words, and looked for in the log."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest
from django.test import Client

from dialogi.commons import web
from dialogi.commons.logs import JsonFormatter
from dialogi.testing import Cast, Town

pytestmark = pytest.mark.django_db
CANARIES = ("kanarie", "192.0.2.77", "2001:db8::77")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, as an installation writes it when it is told to say most."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(request: HttpRequest, *args: object, **options: object) -> None:
        raise RuntimeError("kanarie in the words of a fault")

    monkeypatch.setattr(web, "render", fall)


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


ASKED: tuple[Callable[[Client], object], ...] = (
    lambda client: client.get("/sv/search/?q=kanarie@brev.example"),
    lambda client: client.get("/sv/kanarie@brev.example/kanarie.anka%40brev.example/?next=kanarie"),
    lambda client: client.get("/sv/status/KANARIE1-KANARIE2-KANARIE3/"),
    lambda client: client.post("/sv/speak/", {"text": "kanarie", "email": "kanarie@brev.example"}),
    lambda client: client.post("/sv/account/login/code/", {"email": "kanarie@brev.example"}),
    lambda client: client.get("/sv/", HTTP_HOST="kanarie.example"),
    lambda client: client.get("/sv/", headers={"user-agent": "kanarie", "referer": "https://kanarie.example/", "x-request-id": "kanarie"}),
    lambda client: client.get("/sv/", headers={"x-forwarded-for": "192.0.2.77, 2001:db8::77"}),
)


def test_nothing_that_a_request_carries_is_written(town: Town, log: io.StringIO) -> None:
    client = Client(REMOTE_ADDR="192.0.2.77", raise_request_exception=False)
    for ask in ASKED:
        ask(client)
    assert len(lines(log)) >= len(ASKED)
    assert not [word for word in CANARIES if word in log.getvalue().casefold()], log.getvalue()


@pytest.mark.usefixtures("broken")
def test_a_crash_is_told_by_type_and_place_alone(town: Town, log: io.StringIO) -> None:
    Client(REMOTE_ADDR="192.0.2.77", raise_request_exception=False).get("/sv/services/?q=kanarie")
    told = [line for line in lines(log) if line.get("error") == "RuntimeError"]
    assert told
    assert "kanarie" not in log.getvalue()


def test_one_request_has_one_name_in_all_its_lines(cast: Cast, log: io.StringIO) -> None:
    client = Client(raise_request_exception=False)
    client.get("/sv/no-such-page/")
    client.get("/sv/no-such-page/")
    by_request: dict[object, list[object]] = {}
    for line in lines(log):
        by_request.setdefault(line["request"], []).append(line["logger"])
    assert list(by_request.values()) == [["requests", "django.request"]] * 2


def test_a_line_says_view_status_and_time(town: Town, log: io.StringIO) -> None:
    Client().get("/sv/services/")
    answered = next(line for line in lines(log) if line["logger"] == "requests")
    assert (answered["view"], answered["method"], answered["status"]) == ("services:services", "GET", 200)
    assert isinstance(answered["ms"], int)


def test_the_name_comes_from_our_own_proxy_alone(town: Town, log: io.StringIO, settings: object) -> None:
    given = "0123456789abcdef0123456789abcdef"
    Client().get("/sv/services/", headers={"x-request-id": given})
    assert given not in log.getvalue()
    settings.TRUSTED_PROXIES = 1
    Client().get("/sv/services/", headers={"x-request-id": given})
    assert given in log.getvalue()


def test_an_address_in_a_message_is_left_out() -> None:
    record = logging.LogRecord("x", 30, "", 0, "no mail to %s from %s and %s", ("rea@brev.example", "192.0.2.77", "2001:db8::77"), None)
    assert json.loads(JsonFormatter().format(record))["message"] == "no mail to ... from ... and ..."
