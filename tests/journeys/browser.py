"""A browser that notices what a person would only suffer from: broken pages, strangers' hosts, barriers."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, expect

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
LANGUAGES = ("sv", "fi")
# How long a slow machine may take over one step, in milliseconds. Whoever is done sooner waits for nothing.
PATIENCE = 60_000

expect.set_options(timeout=PATIENCE)

# Contexts in which scripts are off.
PLAIN: WeakSet[BrowserContext] = WeakSet()

both_languages = pytest.mark.parametrize("language", LANGUAGES)
both_widths = pytest.mark.parametrize("width", [1280, 320])
with_and_without_javascript = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])

# A desk and a phone, with scripts and without, in both languages: every pair of two of them at least once.
FOUR_WAYS = [("sv", 1280, True), ("fi", 320, True), ("fi", 1280, False), ("sv", 320, False)]
four_ways = pytest.mark.parametrize(("language", "width", "javascript"), FOUR_WAYS, ids=lambda part: str(part))
two_ways = pytest.mark.parametrize(("language", "width", "javascript"), [FOUR_WAYS[0], ("fi", 320, False)], ids=lambda part: str(part))


def chromium_path() -> str | None:
    """The browser of the machine; ./test finds or fetches it."""
    names = [os.environ.get("DIALOGI_CHROMIUM") or "chromium", "chromium", "chromium-browser", "google-chrome"]
    return next((path for path in map(shutil.which, names) if path), None)


@dataclass
class Watch:
    """What went wrong while somebody looked at pages, beside what the test asked for."""

    host: str
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def on_request(self, request: Request) -> None:
        """No page asks anybody but us."""
        self.requests.append(request.url)
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.host:
            self.faults.append(f"a request left the house: {request.url}")

    def on_response(self, response: Response) -> None:
        """Nothing breaks, and nothing that a page needs is missing."""
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type not in {"document", "xhr", "fetch"}):
            self.faults.append(f"{response.status} {response.request.method} {response.url}")

    def on_console(self, message: ConsoleMessage) -> None:
        """No error in the console: a refused script or style shows there. A refused form does too, and is right."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def attach(self, context: BrowserContext) -> None:
        """Watch every page of a context."""
        context.on("request", self.on_request)
        context.on("response", self.on_response)
        context.on("console", self.on_console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))


def sign_in(context: BrowserContext, client: Client, *, address: str) -> None:
    """Give the browser the session that a test client holds."""
    for name in client.cookies:
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


@contextmanager
def visit(
    browser: Browser, address: str, *, client: Client | None = None, javascript: bool = True, width: int = 1280, dark: bool = False, language: str = "sv"
) -> Iterator[Page]:
    """Open a browser of somebody's own; at the end whatever broke on the way fails the test."""
    context = browser.new_context(
        base_url=address,
        java_script_enabled=javascript,
        viewport={"width": width, "height": 900 if width > 600 else 640},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale=language,
        timezone_id="Europe/Helsinki",
    )
    context.set_default_timeout(PATIENCE)
    watch = Watch(host=urlsplit(address).netloc)
    watch.attach(context)
    if not javascript:
        PLAIN.add(context)
    if client is not None:
        sign_in(context, client, address=address)
    try:
        yield context.new_page()
        assert not watch.faults, "\n".join(watch.faults)
    finally:
        context.close()


@contextmanager
def with_axe(page: Page) -> Iterator[Page]:
    """The page where axe can run: itself, or where scripts are off its likeness, exactly as it stands, without its scripts."""
    if page.context not in PLAIN:
        yield page
        return
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(viewport=page.viewport_size, storage_state=page.context.storage_state(), reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    try:
        likeness, html, address = context.new_page(), page.content(), page.url.partition("#")[0]
        likeness.route("**/*.js", lambda route: route.abort())
        likeness.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        likeness.goto(address)
        yield likeness
    finally:
        context.close()


def violations(page: Page) -> list[str]:
    """What axe holds against the page, one sentence each."""
    page.wait_for_load_state("load")
    options = json.dumps({"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]})
    with with_axe(page) as subject:
        subject.evaluate(Path(AXE_FILE_PATH).read_text())
        patience = f"new Promise((_, refuse) => setTimeout(() => refuse(new Error('axe took too long')), {PATIENCE}))"
        found: dict[str, Any] = subject.evaluate(f"Promise.race([axe.run(document, {options}), {patience}])")
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n" + "\n".join(f"    {node['target']}  {node['html'][:160]}" for node in nodes)
        for violation in found["violations"]
        for nodes in [violation["nodes"]]
    ]


def assert_accessible(page: Page, *, language: str | None = None) -> None:
    """The page passes axe, says its language, has one main heading and every id once, and needs no sideways scrolling."""
    faults = violations(page)
    lang = page.locator("html").get_attribute("lang") or ""
    if not lang or (language and not lang.startswith(language)):
        faults.append(f"the page says its language is {lang!r}")
    if page.locator("h1").count() != 1:
        faults.append(f"the page has {page.locator('h1').count()} main headings")
    twice = page.evaluate("[...document.querySelectorAll('[id]')].map((part) => part.id).filter((id, place, all) => all.indexOf(id) < place)")
    if twice:
        faults.append(f"the page has these ids twice: {twice}")
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if width > 0:
        faults.append(f"the page is {width} px wider than its window")
    assert not faults, f"{page.url}\n" + "\n".join(faults)
