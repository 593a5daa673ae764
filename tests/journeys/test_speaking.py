"""A resident speaks: the words first, and everything else offered, on the page that everybody has."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django import Settings

from dialogi.commons.models.attachments import Attachment
from dialogi.testing import Cast, Town, actor, client_for
from dialogi.voices import actions
from dialogi.voices.models import Kind, Publication, SpeaksAs, Voice
from dialogi.voices.tests import factories
from tests.journeys.browser import four_ways, two_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "sv": "Lyktan vid skolan i Smedsby är sönder igen. Barnen går i mörker.",
    "fi": "Lamppu koulun luona Sepänkylässä on taas rikki. Lapset kulkevat pimeässä.",
}
SEARCHED = {"sv": "gatubelysningen", "fi": "katuvalaistuksesta"}
PLACE = {"sv": "Vid skolan i Smedsby", "fi": "Koulun luona Sepänkylässä"}


@pytest.fixture(autouse=True)
def _at_any_pace(settings: Settings) -> None:
    """A test writes faster than a person."""
    settings.FORM_LEAST_SECONDS = 0


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo as a camera leaves it, with the place written into it."""
    image = Image.new("RGB", (1600, 1200), "teal")
    exif = Image.Exif()
    exif[0x010F] = "Kamerafabriken"
    image.save(path := tmp_path / "IMG_2031.jpg", exif=exif)
    return path


def put_the_place(page: Page, says: Says, *, javascript: bool) -> None:
    """On the map with the keys, or in numbers where there is no map."""
    if javascript:
        page.get_by_text(says("Point at the place on a map")).click()
        page.locator("[data-pick][data-ready]").wait_for()
        page.get_by_role("button", name=says("Put the place in the middle of the map")).press("Enter")
        expect(page.locator("[name$=_latitude]")).not_to_have_value("")
    else:
        page.get_by_text(says("Coordinates, if you know them")).click()
        page.get_by_label(says("Latitude (north)")).fill("63.127")
        page.get_by_label(says("Longitude (east)")).fill("21.683")


@four_ways
def test_a_resident_speaks_and_nothing_is_lost_on_the_way(
    page: Page, town: Town, says: Says, arrive: Arrive, photo: Path, language: str, javascript: bool
) -> None:
    about = str(town.street_lights.name_sv if language == "sv" else town.street_lights.name_fi)
    _village = town.smedsby
    page.goto(f"/{language}/")
    arrive(page)
    page.get_by_role("main").get_by_role("link", name=says("Speak up")).click()
    arrive(page, says("What do you want to say?"))

    page.get_by_label(says("Your words")).fill(WORDS[language])
    page.get_by_label(says(Kind.FAULT.label), exact=True).check()
    page.get_by_label(says("What is it about?")).fill(SEARCHED[language])
    page.get_by_role("main").get_by_role("button", name=says("Search"), exact=True).click()
    page.get_by_label(about).check()
    page.locator("[data-place-words]").fill(PLACE[language])
    put_the_place(page, says, javascript=javascript)
    page.set_input_files("input[type=file]", photo)
    page.get_by_label(says("Yes. Others may read my words and the answer, but never my name or contact details.")).check()
    page.locator("#id_email").fill("rea(at)example")
    page.get_by_role("button", name=says("Look it over")).click()

    expect(page.locator(".errors")).to_be_visible()
    arrive(page, says("What do you want to say?"))
    if javascript:
        expect(page.locator(".errors")).to_be_focused()
    assert page.get_by_label(says("Your words")).input_value() == WORDS[language]
    expect(page.get_by_text(photo.name).first).to_be_visible()
    expect(page.get_by_label(about)).to_be_checked()
    page.locator(".errors a").first.click()
    page.locator("#id_email").fill("rea@example.org")
    page.get_by_role("button", name=says("Look it over")).click()

    arrive(page, says("Look it over"))
    expect(page.get_by_role("main")).to_contain_text(WORDS[language])
    expect(page.get_by_text(PLACE[language], exact=True)).to_be_visible()
    expect(page.get_by_text(photo.name)).to_be_visible()
    page.get_by_role("button", name=says("Send"), exact=True).click()

    arrive(page, says("Thank you. We have received your words."))
    code = page.locator(".code").inner_text().split()
    assert page.url.split("#")[0].endswith(f"/{language}/status/{''.join(code)}/")
    voice = Voice.objects.get()
    assert (voice.text, voice.language, voice.kind, voice.publication) == (WORDS[language], language, Kind.FAULT, Publication.WAITING)
    assert (voice.service, voice.area, voice.place_words) == (town.street_lights, town.smedsby, PLACE[language])
    assert voice.latitude is not None
    assert voice.contact is not None
    assert voice.contact.email == "rea@example.org"
    kept = Attachment.objects.get(subject=voice.subject, role="photo")
    assert kept.size > 0

    receipt = page.request.get(page.get_by_role("link", name=says("Receipt to print (PDF)")).get_attribute("href") or "")
    assert receipt.headers["content-type"] == "application/pdf"
    assert receipt.body().startswith(b"%PDF")


@two_ways
def test_words_alone_are_enough_and_stay_between_the_sender_and_the_handler(page: Page, says: Says, arrive: Arrive, language: str) -> None:
    page.goto(f"/{language}/speak/")
    page.get_by_role("button", name=says("Look it over")).click()
    expect(page.locator(".errors")).to_contain_text(says("Write what you want to say. A few words are enough."))
    page.get_by_label(says("Your words")).fill(WORDS[language])
    page.get_by_role("button", name=says("Look it over")).click()
    page.get_by_role("button", name=says("Change")).click()
    arrive(page, says("What do you want to say?"))
    assert page.get_by_label(says("Your words")).input_value() == WORDS[language]
    page.get_by_role("button", name=says("Look it over")).click()
    page.get_by_role("button", name=says("Send"), exact=True).click()
    arrive(page, says("Thank you. We have received your words."))
    assert Voice.objects.get().publication == Publication.NOT_ASKED


@two_ways
def test_a_similar_voice_is_supported_instead(page: Page, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str, javascript: bool) -> None:
    voice = factories.given(WORDS[language], language=language, service=town.street_lights, public=True)
    actions.publish(voice, by=actor(cast.communications))
    page.goto(f"/{language}/speak/")
    page.get_by_label(says("Your words")).fill(WORDS[language].split(".")[0] + "!")
    if not javascript:
        page.get_by_role("button", name=says("Look it over")).click()
    expect(page.get_by_role("heading", name=says("Is it one of these?"))).to_be_visible()
    arrive(page)
    page.get_by_role("link", name=says("Support it")).click()
    arrive(page, says("Me too"))
    page.get_by_role("button", name=says("I support this")).click()
    arrive(page, says("You support this"))
    page.goto(f"/{language}/voices/{voice.subject.code}/support/")
    expect(page.get_by_role("heading", level=1, name=says("You support this"))).to_be_visible()
    voice.subject.refresh_from_db()
    assert voice.subject.support_count == 1
    assert Voice.objects.count() == 1


def test_the_draft_survives_a_lost_line_and_a_closed_tab_and_goes_when_the_words_are_sent(page: Page, says: Says, language: str) -> None:
    page.goto("/sv/speak/")
    page.context.set_offline(True)
    page.get_by_label(says("Your words")).fill(WORDS["sv"])
    page.locator("#id_email").fill("rea@example.org")
    expect(page.locator("[data-draft-said]")).to_contain_text(says("Your words are kept on this device."))
    page.context.set_offline(False)

    page.goto("/sv/")
    page.goto("/sv/speak/")
    assert page.get_by_label(says("Your words")).input_value() == WORDS["sv"]
    assert page.locator("#id_email").input_value() == ""
    assert "rea@" not in page.evaluate("JSON.stringify(localStorage)")
    page.goto(f"/sv/status/{factories.receipt().code}/")
    page.goto("/sv/speak/")
    assert page.get_by_label(says("Your words")).input_value() == WORDS["sv"], "another voice's page took the draft away"

    page.get_by_role("button", name=says("Look it over")).click()
    page.get_by_role("button", name=says("Send"), exact=True).click()
    page.wait_for_url("**/status/**")
    page.goto("/sv/speak/")
    assert page.get_by_label(says("Your words")).input_value() == ""


@two_ways
def test_an_elected_official_speaks_to_the_staff_alone(open_page: OpenPage, cast: Cast, says: Says, arrive: Arrive, language: str) -> None:
    page = open_page(client=client_for(cast.official))
    page.goto(f"/{language}/speak/")
    arrive(page, says("What do you want to say?"))
    page.get_by_label(says("Your words")).fill(WORDS[language])
    page.get_by_label(says(SpeaksAs.OFFICIAL.label), exact=True).check()
    page.get_by_label(says("Only staff and elected officials read it.")).check()
    page.get_by_role("button", name=says("Look it over")).click()
    page.get_by_role("button", name=says("Send"), exact=True).click()
    arrive(page, says("Thank you. We have received your words."))
    voice = Voice.objects.get()
    assert (voice.speaks_as, voice.publication) == (SpeaksAs.OFFICIAL, Publication.STAFF)


def test_the_sheet_for_those_who_write_by_hand_is_a_file_in_both_languages(page: Page, says: Says) -> None:
    page.goto("/sv/speak/")
    sheet = page.request.get(page.get_by_role("link", name=says("Print the form (PDF)")).get_attribute("href") or "")
    assert sheet.body().startswith(b"%PDF")
    assert sheet.headers["content-type"] == "application/pdf"
