"""The first view of a public page weighs little: everything it fetches, compressed, pictures of places and people apart."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Page, Request

from dialogi.testing import Cast, Town, actor
from dialogi.voices import actions
from dialogi.voices.actions import Answer, Place
from dialogi.voices.models import State
from dialogi.voices.tests import factories
from tests.journeys.browser import both_languages

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 70_000
PAGES = ("", "voices/", "voices/?view=map", "voices/{code}/", "themes/", "services/", "services/snow/", "service-points/", "speak/", "status/", "search/?q=bro")
MORE_PAGES = ("statistics/", "promises/", "moderation/", "about/about/", "about/privacy/", "about/accessibility/", "retention/", "account/login/")


def weight(page: Page, address: str) -> int:
    """What an address weighs on the wire. Fonts are packed already."""
    body = page.request.get(address).body()
    return len(body) if address.endswith(".woff2") else len(gzip.compress(body, 6))


def is_weighed(request: Request) -> bool:
    """Pictures are left out: the map's, and what people send."""
    return request.resource_type != "image" and "/maps/" not in request.url


@both_languages
def test_no_public_page_weighs_more_than_seventy_kilobytes(page: Page, town: Town, cast: Cast, language: str) -> None:
    place = Place(words="Vid bron", latitude=63.23, longitude=21.42, area=town.replot)
    for number in range(24):
        voice = factories.given(f"Bron vid hamnen behöver räcken, {number}. " + "Det är halt när det regnar. " * 9, public=True, service=town.snow, place=place)
        actions.publish(voice, by=actor(cast.communications))
        actions.reply(voice, answer=Answer(state=State.DONE, text_sv="Räcket är på plats. Tack för att du sade till. " * 4), by=actor(cast.handler))
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    weights = {}
    for path in (*PAGES, *MORE_PAGES):
        asked.clear()
        page.goto(f"/{language}/{path.format(code=voice.subject.code)}", wait_until="networkidle")
        weights[path] = sum(weight(page, address) for address in {request.url for request in asked if is_weighed(request)})
    assert all(30_000 < total <= MOST for total in weights.values()), weights
