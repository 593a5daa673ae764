"""Whatever answers says how browsers must treat it, and an error tells nobody how the house is built."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as house_settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client

from dialogi.commons import web
from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.attachments import attach, prepare_upload
from dialogi.commons.logs import JsonFormatter
from dialogi.commons.middleware import HouseHeaders
from dialogi.commons.tests import files
from dialogi.voices.tests import factories
from tests.security.crawling import World, ask, body_of, walk

WANTED = {
    "X-Content-Type-Options": r"nosniff",
    "Referrer-Policy": r"same-origin",
    "Cross-Origin-Opener-Policy": r"same-origin",
    "Cross-Origin-Resource-Policy": r"same-origin",
    "Permissions-Policy": r"geolocation=\(self\), camera=\(\).*",
    "X-Frame-Options": r"DENY",
    "Content-Security-Policy": r"(?=.*default-src 'none')(?:(?!.*unsafe)|sandbox(?!.*(?:allow|script|'unsafe-eval))).*",
}
PAGE_POLICY = ("script-src 'self'", "style-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'")
SECRET = "geheimnis-7731"


def lacking(response: HttpResponseBase) -> list[str]:
    """What an answer does not say, or says wrongly."""
    wrong = [name for name, said in WANTED.items() if not re.fullmatch(said, response.headers.get(name, ""))]
    if response.headers.get("Content-Type", "").startswith("text/html"):
        wrong += [part for part in PAGE_POLICY if part not in response.headers.get("Content-Security-Policy", "")]
    return wrong


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page breaks while it is made, with a secret in the words of the fault."""

    def fall(request: HttpRequest, template: str, *args: object, **kwargs: object) -> None:
        if template.rsplit("/", 1)[-1][:1].isalpha():
            raise RuntimeError(f"SELECT * FROM {SECRET} at {__file__}")

    monkeypatch.setattr(web, "render", fall)


@pytest.fixture
def answers(world: World, tmp_path: Path, settings: object) -> dict[str, HttpResponseBase]:
    """One of each sort of answer."""
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    client, strict = world.client("anonymous"), Client(enforce_csrf_checks=True)
    public = world.samples.keys["voice"]["public"]
    owner = factories.given(by=ANONYMOUS)
    owner.subject.audience = "public"
    owner.subject.save()
    photo = attach(prepare_upload(files.sent(files.tell_tale_photo(), "bild.jpg")), owner=owner.subject, by=ANONYMOUS, role="photo")
    tag = ask(client, "/sv/voices/").headers["ETag"]
    style = Path(house_settings.STATIC_ROOT) / "tests.css"
    style.write_text("p { color: inherit }")
    told = {
        "the way in": ask(client, "/"),
        "a page": ask(client, f"/sv/voices/{public}/"),
        "a stored page": client.get("/sv/voices/"),
        "a page unchanged": client.get("/sv/voices/", headers={"If-None-Match": tag}),
        "a feed": ask(client, "/sv/voices/feed.atom"),
        "places": ask(client, "/sv/voices/places.json"),
        "a receipt": ask(client, f"/sv/status/{world.samples.keys['receipt']['public']}/"),
        "not there": ask(client, "/sv/nowhere/<b>x</b>/"),
        "not for you": ask(client, "/sv/registers/"),
        "not so": ask(client, "/sv/status/x/helped/"),
        "without its token": strict.post("/sv/speak/", {"text": "Hej"}),
        "too long": client.get("/sv/" + "a" * 5000),
        "with a NUL": client.get("/sv/search/?q=%00"),
        "a strange host": client.get("/sv/", headers={"Host": "evil.example"}),
        "health": client.get("/health/live"),
        "a file": ask(client, photo.get_absolute_url()),
        "a table": ask(world.client("administrator"), "/sv/registers/units/export.csv"),
        "a style": Client().get("/static/tests.css"),
        "no such style": client.get("/static/css/none.css"),
    }
    style.unlink()
    return told


def test_every_sort_of_answer_carries_the_headers_of_the_house(answers: dict[str, HttpResponseBase]) -> None:
    expected = {"a page unchanged": 304, "not there": 404, "not for you": 403, "not so": 405, "without its token": 403, "too long": 414}
    expected |= {"with a NUL": 400, "a strange host": 400, "no such style": 404, "the way in": 302, "a file": 200, "a style": 200}
    assert {name: answers[name].status_code for name in expected} == expected
    assert not {name: lacking(answer) for name, answer in answers.items() if lacking(answer)}


def test_a_crash_carries_the_headers_too_and_tells_nothing(world: World, broken: None) -> None:
    told = []
    for path, response, _page in walk(world, "handler"):
        body = body_of(response)
        if response.status_code == 500:
            told.append(path)
            assert not lacking(response), path
        for clue in (SECRET, "Traceback", "RuntimeError", "SELECT ", str(house_settings.BASE), "site-packages", "DIALOGI_"):
            assert clue not in body + str(response.headers), f"{path} tells {clue}"
    assert len(told) > 30, "most pages should have broken"


def test_without_the_middleware_of_the_house_headers_would_be_missing(settings: object, client: Client) -> None:
    settings.MIDDLEWARE = [name for name in house_settings.MIDDLEWARE if "HouseHeaders" not in name]  # type: ignore[attr-defined]
    assert lacking(client.get("/static/css/none.css")) or lacking(client.get("/sv/" + "a" * 5000))


def test_what_was_asked_for_is_not_repeated_as_markup(answers: dict[str, HttpResponseBase]) -> None:
    assert "<b>x</b>" not in body_of(answers["not there"])


def test_a_secure_house_says_so_for_two_years(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.IS_SECURE, settings.SECURE_HSTS_SECONDS = True, 63_072_000  # type: ignore[attr-defined]
    assert HouseHeaders(lambda request: None).headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize(
    "path",
    [
        "/sv/status/WR3T-68TT-RX35-JRTJ/helped/",
        "/sv/status/wr3t68ttrx35jrtj/",
        "/sv/follow/stop/eyJhIjoxfQ:1abc:Zm9vYmFyZm9v/",
        "/files/held/abc:1abc:def012345",
    ],
)
def test_keys_in_addresses_are_not_written_into_the_log(path: str) -> None:
    line = json.loads(JsonFormatter().format(logging.LogRecord("django.request", 30, "", 0, "Not Found: %s", (path,), None)))
    assert "..." in line["message"]
    assert not any(part in line["message"] for part in re.findall(r"[\w:-]{16,}", path))


def test_addresses_without_keys_stay_readable_in_the_log() -> None:
    line = json.loads(JsonFormatter().format(logging.LogRecord("django.request", 30, "", 0, "Forbidden: %s", ("/sv/registers/units/7WMFJR/",), None)))
    assert line["message"] == "Forbidden: /sv/registers/units/7WMFJR/"


@pytest.mark.parametrize("break_line", ["\r\n", "\n", "\u2028"])
def test_nobody_forges_a_line_of_the_log(break_line: str) -> None:
    record: Callable[..., str] = JsonFormatter().format
    line = record(logging.LogRecord("x", 30, "", 0, f'Not Found: /a{break_line}{{"level": "info"}}', (), None))
    assert len(line.splitlines()) == 1
