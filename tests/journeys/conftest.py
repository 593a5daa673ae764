"""One Chromium for the whole run; a browser of their own for each person in a journey.

def test_a_resident_speaks(open_page, cast, client_for): ...
    page = open_page()                                # a stranger
    desk = open_page(client=client_for(cast.handler)) # somebody signed in
    page.goto("/sv/")
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.core.signals import request_finished, request_started
from django.utils import translation
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.journeys.browser import FLAGS, PATIENCE, assert_accessible, chromium_path, visit

OpenPage = Callable[..., Page]
Says = Callable[..., str]
Arrive = Callable[..., None]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser."""
    path = chromium_path()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("No Chromium is to be found, and here the journeys must run.")
        pytest.skip("NOT RUN: no Chromium is to be found; on Debian: apt install chromium")
    # Playwright's own loop runs in this thread; the tests themselves touch the database only from here.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def javascript() -> bool:
    """Whether scripts run; `@with_and_without_javascript` asks for both."""
    return True


@pytest.fixture
def width() -> int:
    """The width of the window in CSS pixels; `@both_widths` asks for a desk and a phone."""
    return 1280


@pytest.fixture
def language() -> str:
    """The language of the journey; `@both_languages` asks for both."""
    return "sv"


class Underway:
    """The threads in which the house is answering a browser."""

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.changed = threading.Condition()

    def begin(self, *, environ: dict[str, object] | None = None, **_signal: object) -> None:
        """A request came in; one by a test's own client is over before the test goes on."""
        if environ and "SERVER_SOFTWARE" in environ:
            with self.changed:
                self.threads.add(threading.get_ident())

    def end(self, **_signal: object) -> None:
        """The answer has left, or nobody waits for it any more."""
        with self.changed:
            self.threads.discard(threading.get_ident())
            self.changed.notify_all()

    def wait_for_the_last(self) -> None:
        """Wait until nothing is underway."""
        with self.changed:
            assert self.changed.wait_for(lambda: not self.threads, PATIENCE / 1000), "a request was never answered"


@pytest.fixture(scope="session")
def underway() -> Iterator[Underway]:
    """What browsers have asked and not yet been told."""
    underway = Underway()
    request_started.connect(underway.begin)
    request_finished.connect(underway.end)
    yield underway
    request_started.disconnect(underway.begin)
    request_finished.disconnect(underway.end)


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer, underway: Underway, javascript: bool, width: int, language: str) -> Iterator[OpenPage]:
    """Open a browser for one more person; what breaks in any of them fails the test, and no request of theirs outlives it."""
    with ExitStack() as stack:
        stack.callback(underway.wait_for_the_last)

        def opened(**wishes: object) -> Page:
            wanted = {"javascript": javascript, "width": width, "language": language} | wishes
            return stack.enter_context(visit(chromium, live_server.url, **wanted))  # type: ignore[arg-type]

        yield opened


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The browser of somebody whom nobody knows."""
    return open_page()


@pytest.fixture
def says(language: str) -> Says:
    """What the product says in the language of the journey: `says("Send")`, `says(State.DONE.label)`, `says("Answer", context="noun")`."""

    def said(words: object, *, context: str = "", **values: object) -> str:
        with translation.override(language):
            text = translation.pgettext(context, str(words)) if context else translation.gettext(words) if isinstance(words, str) else str(words)
        return text % values if values else text

    return said


@pytest.fixture
def arrive(language: str) -> Arrive:
    """The person has come to the page with this main heading, and everybody can use it."""

    def arrived(page: Page, heading: str | None = None) -> None:
        if heading is not None:
            expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        assert_accessible(page, language=language)

    return arrived
