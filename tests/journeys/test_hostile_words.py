"""Hostile words in every place that people fill in, looked at in a real browser: nothing runs, nothing is refused by the policy, all is read as text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from dialogi.people import actions as people
from dialogi.testing import SETUP, Cast, Town, actor
from dialogi.voices import actions
from dialogi.voices.actions import Answer, ContactDetails, Place
from dialogi.voices.models import State
from dialogi.voices.tests import factories
from tests.journeys.conftest import OpenPage

HOSTILE = "'\"><img src=x onerror=alert(1)><svg onload=alert(2)></textarea></title><script>alert(3)</script><a href=javascript:alert(4)>{{7*7}}"


def filled(cast: Cast, town: Town) -> dict[str, list[str]]:
    """Put the words wherever somebody may write; return addresses by who looks at them."""
    handler, area = (
        actor(cast.handler),
        people.create_area(by=SETUP, name_sv=HOSTILE[:150], name_fi=HOSTILE[:150], name_en="x", latitude=63.12, longitude=21.68),
    )
    place = Place(words=HOSTILE, latitude=63.12, longitude=21.68, area=area)
    contact = ContactDetails(name=HOSTILE[:120], email='"<svg onload=alert(5)>"@town.example', postal_address=HOSTILE)
    got = factories.receipt(HOSTILE, public=True, service=town.snow, place=place, contact=contact)
    voice = got.voice
    actions.publish(voice, by=actor(cast.communications))
    actions.write_note(voice, text=HOSTILE, by=handler)
    actions.assign(voice, unit=town.roads, reason=HOSTILE[:300], by=handler)
    actions.reply(voice, answer=Answer(state=State.DONE, text_sv=HOSTILE), by=handler)
    theme = actions.open_theme(titles={"sv": HOSTILE[:200], "fi": HOSTILE[:200]}, summaries={"sv": HOSTILE, "fi": HOSTILE}, unit=town.roads, by=handler)
    actions.gather([voice], theme=theme, by=handler)
    factories.given(HOSTILE, public=True, service=town.snow)
    code, about = voice.subject.code, theme.subject.code
    return {
        "anonymous": [f"/sv/voices/{code}/", "/sv/voices/", "/sv/voices/?view=map", f"/sv/themes/{about}/", "/sv/themes/", "/sv/", f"/sv/status/{got.code}/"],
        "resident": [f"/sv/areas/{area.subject.code}/", f"/sv/search/?q={HOSTILE}", f"/sv/voices/?words={HOSTILE}&page={HOSTILE}&kind={HOSTILE}"],
        "handler": ["/sv/desk/", f"/sv/desk/voices/{code}/", f"/sv/desk/themes/{about}/", f"/sv/desk/themes/{about}/edit/", f"/sv/desk/?words={HOSTILE}"],
        "communications": ["/sv/desk/moderation/", f"/sv/desk/moderation/{code}/"],
        "administrator": ["/sv/registers/areas/", f"/sv/registers/areas/?q={HOSTILE}"],
    }


def watched(page: Page) -> list[str]:
    """What came alive: dialogs, and whatever the policy had to refuse."""
    found: list[str] = []

    def on_dialog(dialog: object) -> None:
        found.append(f"a dialog at {page.url}")
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", on_dialog)
    page.expose_function("policyRefused", lambda what: found.append(f"refused at {page.url}: {what}"))
    page.add_init_script("document.addEventListener('securitypolicyviolation', e => window.policyRefused(e.violatedDirective + ' ' + e.blockedURI))")
    return found


@pytest.mark.django_db(transaction=True)
def test_hostile_words_are_words_to_everybody(open_page: OpenPage, cast: Cast, town: Town, client_for: Callable[..., object]) -> None:
    for name, addresses in filled(cast, town).items():
        page = open_page() if name == "anonymous" else open_page(client=client_for(getattr(cast, name)))
        found = watched(page)
        for address in addresses:
            page.goto(address)
            page.wait_for_load_state("networkidle")
            assert page.locator("svg[onload], img[onerror], a[href^='javascript:'], script:not([src]):not([type$='json'])").count() == 0, address
            assert found == []


@pytest.mark.django_db(transaction=True)
def test_a_page_that_let_them_through_would_be_noticed(open_page: OpenPage, cast: Cast) -> None:
    page = open_page()
    found = watched(page)
    page.route("**/planted/x", lambda route: route.fulfill(body="", content_type="image/png"))
    page.route("**/planted/", lambda route: route.fulfill(body=f"<title>x</title>{HOSTILE}<img src=data:, alt=x>", content_type="text/html"))
    page.goto("/sv/")
    with page.expect_event("dialog"):
        page.goto("/planted/", wait_until="commit")
    assert [each for each in found if "dialog" in each]
