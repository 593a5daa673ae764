"""The watching browser notices what it is there to notice."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import assert_accessible, violations, visit

PAGES = {
    "/good": '<!doctype html><html lang="sv"><title>Bra</title><main><h1>Hej</h1><p>Välkommen.</p></main>',
    "/wide": '<!doctype html><html lang="sv"><title>Bred</title><main><h1>Hej</h1><div style="width:3000px">x</div></main>',
    "/barrier": '<!doctype html><html lang="sv"><title>Hinder</title><main><h1>Hej</h1><img src="/good"><input></main>',
    "/foreign": '<!doctype html><html lang="sv"><title>Fel</title><main><h1>Hej</h1><img alt="" src="http://127.0.0.1:9/x.png"></main>',
    "/script": "<!doctype html><html lang='sv'><title>Fel</title><main><h1>Hej</h1></main><script>throw new Error('ouch')</script>",
    "/refused": "<!doctype html><html lang='sv'><title>Fel</title><main><h1>Hej</h1></main><script>1</script>",
}


class Pages(BaseHTTPRequestHandler):
    """Serves the pages above; anything else breaks."""

    def do_GET(self) -> None:
        body = PAGES.get(self.path, "")
        self.send_response(200 if body else 500)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path == "/refused":
            self.send_header("Content-Security-Policy", "script-src 'self'")
        self.end_headers()
        self.wfile.write((body or "broken").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_good_page_passes(chromium: Browser, address: str, javascript: bool) -> None:
    with visit(chromium, address, javascript=javascript) as page:
        page.goto("/good")
        assert_accessible(page, language="sv")


def test_barriers_are_named(chromium: Browser, address: str) -> None:
    with visit(chromium, address) as page:
        page.goto("/barrier")
        named = " ".join(violations(page))
        assert "image-alt" in named
        assert "label" in named


def test_barriers_are_named_where_scripts_are_off(chromium: Browser, address: str) -> None:
    with visit(chromium, address, javascript=False) as page:
        page.goto("/barrier")
        assert "image-alt" in " ".join(violations(page))


def test_a_page_wider_than_a_phone_is_named(chromium: Browser, address: str) -> None:
    with visit(chromium, address, width=320) as page:
        page.goto("/wide")
        with pytest.raises(AssertionError, match="wider than its window"):
            assert_accessible(page)


@pytest.mark.parametrize(("path", "named"), [("/foreign", "left the house"), ("/script", "ouch"), ("/refused", "console"), ("/broken", "500 GET")])
def test_what_breaks_on_the_way_fails_the_journey(chromium: Browser, address: str, path: str, named: str) -> None:
    with pytest.raises(AssertionError, match=named):
        look_at(chromium, address, path)


def look_at(chromium: Browser, address: str, path: str) -> None:
    with visit(chromium, address) as page:
        page.goto(path)
        page.wait_for_load_state("networkidle")
