"""The parts of the look, seen in a browser: in both themes, on a phone, on paper, by keyboard, and over a slow line."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.journeys.browser import assert_accessible

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["front", "open_page", "list", "form", "form-error", "desk", "lost"]
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'"

PAINTED = """new Promise((painted) => new PerformanceObserver((list) => { if (list.getEntriesByName('first-contentful-paint').length) painted(); })
    .observe({ type: 'paint', buffered: true }))"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves the specimen pages under the house's own policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("look")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "dialogi.settings", "DIALOGI_HOME": str(folder / "home")}
    subprocess.run([sys.executable, "tools/look/shots.py", str(folder), "--render"], cwd=ROOT, env=environment, check=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def look(chromium: Browser, specimen: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=specimen, viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_part_is_open_to_all_in_the_dark_on_the_narrowest_phone(look: Page, name: str) -> None:
    look.emulate_media(color_scheme="dark", reduced_motion="reduce")
    look.set_viewport_size({"width": 320, "height": 700})
    look.goto(f"/{name}.html")
    assert look.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert_accessible(look)


@pytest.mark.parametrize("name", PAGES)
def test_every_part_is_open_to_all_by_daylight(look: Page, name: str) -> None:
    look.emulate_media(color_scheme="light", reduced_motion="reduce")
    look.goto(f"/{name}.html")
    assert_accessible(look)


@pytest.mark.parametrize("name", PAGES)
def test_whatever_is_pressed_on_a_phone_is_large_enough_or_stands_in_a_sentence(look: Page, name: str) -> None:
    look.set_viewport_size({"width": 360, "height": 700})
    look.goto(f"/{name}.html")
    small = look.evaluate(
        """() => [...document.querySelectorAll("button, .ds-button, .chip, .langs a, .menu a, .pager a, .tabs a, summary, select, input:not([type=hidden])")]
            .filter((part) => part.checkVisibility() && !part.closest(".choice, .pick, .trap"))
            .map((part) => [part.className || part.tagName, part.getBoundingClientRect()])
            .filter(([, box]) => box.height < 44 || box.width < 24).map(([name]) => name)"""
    )
    assert not small


def test_nothing_jumps_when_the_font_comes_late(look: Page) -> None:
    look.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.moved += entry.value; })"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    held: list[Route] = []
    is_late = True

    def on_font(route: Route) -> None:
        if is_late:
            held.append(route)
        else:
            route.continue_()

    look.route("**/*.woff2", on_font)
    with look.expect_request("**/*.woff2"):
        look.goto("/open_page.html", wait_until="domcontentloaded")
    look.evaluate(PAINTED)
    is_late = False
    for route in held:
        route.continue_()
    look.wait_for_load_state("networkidle")
    assert look.evaluate("document.fonts.ready.then((fonts) => [...fonts].filter((font) => font.status === 'loaded').length)")
    look.evaluate("new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))")
    assert look.evaluate("window.moved") < 0.02


def test_the_menu_of_the_phone_opens_without_scripts(chromium: Browser, specimen: str) -> None:
    context = chromium.new_context(base_url=specimen, viewport={"width": 360, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    page.goto("/front.html")
    page.get_by_role("button", name="Meny").click()
    assert page.get_by_role("link", name="Löften").is_visible()
    context.close()


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(look: Page) -> None:
    look.goto("/form-error.html")
    assert look.evaluate("document.activeElement.className") == "errors"
    assert look.title().startswith("Fel:")
    look.locator(".errors a").first.click()
    assert look.evaluate("document.activeElement.id") == "id_text"


def test_words_survive_a_closed_tab_and_contact_details_are_never_kept(look: Page) -> None:
    look.goto("/form.html")
    look.fill("#id_text", "Vägen är hal.")
    look.fill("#id_email", "anna@example.org")
    look.locator("[data-draft-said]").get_by_text("Dina ord finns kvar här.").wait_for()
    look.goto("/form.html")
    assert look.input_value("#id_text") == "Vägen är hal."
    assert look.input_value("#id_email") == ""
    assert "anna" not in look.evaluate("JSON.stringify(localStorage)")


def test_the_desk_is_worked_by_keyboard_and_keys_are_letters_while_somebody_writes(look: Page) -> None:
    look.goto("/desk.html")
    look.keyboard.press("j")
    assert look.evaluate("document.activeElement.matches('.queue li:nth-child(3) a')")
    look.keyboard.press("k")
    look.keyboard.press("x")
    assert look.locator("[data-bulk-count]").inner_text() == "Valda: 1"
    look.keyboard.press("?")
    assert look.locator("#keys").is_visible()
    look.keyboard.press("?")
    assert not look.locator("#keys").is_visible()
    look.locator("#id_text").focus()
    look.keyboard.type("jr?")
    assert look.input_value("#id_text") == "jr?"
    look.keyboard.press("Escape")
    look.keyboard.press("/")
    assert look.evaluate("document.activeElement.id") == "seek"


def test_paper_is_black_on_white_and_carries_the_address(look: Page) -> None:
    look.goto("/open_page.html")
    look.emulate_media(media="print", color_scheme="dark")
    assert look.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert look.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    assert look.locator(".print-end").is_visible()
    assert not look.locator(".menu, .foot, .crumbs").first.is_visible()
