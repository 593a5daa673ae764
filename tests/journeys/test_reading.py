"""Anybody reads, narrows, searches in any form of a word, looks at the map and its equal list, and follows."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from pytest_django import Settings

from dialogi.commons import outbox, sending
from dialogi.commons.models import Follow
from dialogi.testing import Cast, Town, actor
from dialogi.voices import actions
from dialogi.voices.actions import Answer, Place
from dialogi.voices.models import Kind, State, Voice
from dialogi.voices.tests import factories
from tests.journeys.browser import four_ways, two_ways
from tests.journeys.conftest import Arrive, Says

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _at_any_pace(settings: Settings) -> None:
    """A test writes faster than a person."""
    settings.FORM_LEAST_SECONDS = 0


@pytest.fixture
def told(cast: Cast, town: Town) -> dict[str, Voice]:
    """What people have said in public: one answered, one waiting, one in each language."""
    checker, place = actor(cast.communications), Place(words="Vid skolan", latitude=63.127, longitude=21.683, area=town.smedsby)
    given = {
        "sv": factories.given("Gatlamporna släcks för tidigt på morgonen.", service=town.street_lights, kind=Kind.FAULT, public=True, place=place),
        "fi": factories.given("Kirjaston pitäisi olla auki lauantaisin.", language="fi", service=town.loans, kind=Kind.IDEA, public=True),
    }
    for voice in given.values():
        actions.publish(voice, by=checker)
    answer = Answer(state=State.DONE, text_sv="Klockan är ställd om.", text_fi="Kello on siirretty.")
    actions.reply(Voice.objects.get(pk=given["sv"].pk), answer=answer, by=actor(cast.handler))
    return given


def carried_mail(to: str) -> list[str]:
    """Carry the mail, as the worker does; return what one address has got so far, the newest last."""
    while outbox.drain():
        pass
    sending.send()
    return [str(message.body) for message in mail.outbox if message.to == [to]]


@four_ways
def test_somebody_reads_the_front_page_the_list_and_one_voice(
    page: Page, told: dict[str, Voice], says: Says, arrive: Arrive, language: str, javascript: bool
) -> None:
    page.goto(f"/{language}/")
    arrive(page)
    expect(page.get_by_role("heading", name=says("This changed because somebody spoke"))).to_be_visible()
    page.get_by_role("link", name=says("All voices"), exact=True).click()
    arrive(page)
    expect(page.locator(".voice")).to_have_count(2)
    page.get_by_text(says("Narrow the list"), exact=True).click()
    page.locator("[name=kind]").select_option(Kind.IDEA.value)
    page.get_by_role("main").get_by_role("button", name=says("Show"), exact=True).click()
    expect(page.locator(".voice")).to_have_count(1)
    assert "kind=idea" in page.url
    arrive(page)
    page.get_by_role("link", name=says("Show all"), exact=True).click()
    expect(page.locator(".voice")).to_have_count(2)

    page.get_by_role("link", name=told["sv"].text).click()
    arrive(page, told["sv"].text)
    expect(page.get_by_role("heading", name=says("Answer", context="noun"), exact=True)).to_be_visible()
    expect(page.get_by_text("Klockan är ställd om." if language == "sv" else "Kello on siirretty.")).to_be_visible()
    if javascript:
        page.get_by_role("button", name=says("Move the map")).click()
        page.locator(".map[data-ready]").wait_for()


@two_ways
def test_the_map_and_the_list_beside_it_say_the_same(page: Page, told: dict[str, Voice], says: Says, arrive: Arrive, language: str, javascript: bool) -> None:
    page.goto(f"/{language}/voices/")
    page.get_by_role("link", name=says("Map"), exact=True).click()
    arrive(page)
    expect(page.locator(".voice")).to_have_count(2)
    picture = page.get_by_role("img", name=says("Map of the voices in the list"))
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
    if javascript:
        page.get_by_role("button", name=says("Move the map")).click()
        page.locator(".map[data-ready]").wait_for()
        expect(page.locator(".map-spot")).to_have_count(1)
        expect(picture).to_be_hidden()
        page.emulate_media(media="print")
        expect(picture).to_be_visible()
        expect(page.locator(".map-spot")).to_be_hidden()
    else:
        expect(page.get_by_role("button", name=says("Move the map"))).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "width", "words", "key"), [("sv", 1280, "gatlampa", "sv"), ("fi", 320, "kirjastossa", "fi"), ("sv", 320, "kirjastoja", "fi")]
)
def test_the_search_knows_the_forms_of_words(
    page: Page, told: dict[str, Voice], says: Says, arrive: Arrive, language: str, width: int, words: str, key: str
) -> None:
    page.goto(f"/{language}/")
    if width < 600:
        page.get_by_role("button", name=says("Menu")).click()
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search/**")
    arrive(page)
    page.locator(".hits").get_by_role("link", name=told[key].text[:20]).click()
    arrive(page, told[key].text)


@two_ways
def test_somebody_follows_by_e_mail_after_a_yes_from_the_address(
    page: Page, told: dict[str, Voice], cast: Cast, says: Says, arrive: Arrive, language: str
) -> None:
    voice = told["fi"]
    page.goto(voice.get_absolute_url().replace("/sv/", f"/{language}/", 1))
    page.get_by_role("main").get_by_role("link", name=says("Follow"), exact=True).click()
    arrive(page)
    aina = "aina@town.example"
    page.get_by_label(says("E-mail address")).fill(aina)
    page.get_by_role("button", name=says("Follow by e-mail")).click()
    arrive(page, says("Look in your mailbox"))
    (asked,) = carried_mail(aina)
    link = re.search(r"(/\w\w/follow/confirm/\S+/)", asked)
    assert link
    page.goto(link[1])
    arrive(page, says("Confirm that you want to follow"))
    assert not Follow.objects.filter(confirmed_at__isnull=False).exists()
    page.get_by_role("button", name=says("Yes, I want to follow")).click()
    arrive(page, says("You follow this now"))

    actions.reply(Voice.objects.get(pk=voice.pk), answer=Answer(state=State.PLANNED, text_fi="Kokeilemme keväällä."), by=actor(cast.other_handler))
    _asked, news = carried_mail(aina)
    assert voice.subject.code in news


def test_every_list_has_its_feed(page: Page, told: dict[str, Voice], says: Says) -> None:
    for path in ("/sv/", "/sv/voices/?kind=idea", "/sv/themes/", "/sv/moderation/", f"/sv/voices/{told['sv'].subject.code}/"):
        page.goto(path)
        feed = page.locator("link[type='application/atom+xml']").first.get_attribute("href") or ""
        answer = page.request.get(feed)
        assert answer.ok, feed
        entries = ElementTree.fromstring(answer.text()).findall("{http://www.w3.org/2005/Atom}entry")
        if "kind=idea" in path:
            assert len(entries) == 1
