"""The thread in a browser: from what people said to the matter, from the matter to the decision, and back to who follows."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from dialogi.commons import outbox, sending
from dialogi.commons.attachments import prepare_upload
from dialogi.commons.follows import follow
from dialogi.decisions import actions
from dialogi.decisions.models import Decision, DecisionState, Matter, Outcome
from dialogi.testing import SETUP, Cast, Town, actor, client_for
from dialogi.voices import actions as voices
from dialogi.voices.models import Voice
from dialogi.voices.tests import factories
from tests.journeys.browser import both_languages, four_ways, two_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = {"is_public": False, "mention_sv": "Ett personärende", "mention_fi": "Henkilöasia", "secrecy": "621/1999, 24 § 1 mom. 32"}


def carry_mail() -> None:
    """As the worker does."""
    while outbox.drain():
        pass
    sending.send()


@two_ways
def test_a_handler_ties_a_theme_to_a_matter_and_the_registrar_decides_it(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str, javascript: bool
) -> None:
    assert town.council
    voice = factories.given("Lampan är släckt.", service=town.street_lights, public=True)
    voices.publish(voice, by=actor(cast.communications))
    theme = voices.open_theme(titles={"sv": "Mörka vägar", "fi": "Pimeät tiet"}, unit=town.roads, by=actor(cast.handler))
    voices.gather([Voice.objects.get(pk=voice.pk)], theme=theme, by=actor(cast.handler))
    follow(voice.subject, by=actor(cast.another_resident), language="fi")

    desk = open_page(client=client_for(cast.handler))
    desk.goto(f"/{language}/desk/matters/")
    arrive(desk, says("Matters"))
    desk.get_by_role("main").get_by_role("link", name=says("Open a matter")).click()
    desk.get_by_label(says("Title in Swedish")).fill("Gatubelysning hela natten")
    desk.get_by_label(says("What it is about, in Swedish")).fill("Ska lamporna lysa?")
    desk.get_by_label(says("What it is about, in Finnish")).fill("Palavatko valot?")
    desk.get_by_role("button", name=says("Save")).click()
    arrive(desk)
    expect(desk.locator(".errors")).to_be_visible()
    desk.get_by_label(says("Title in Finnish")).fill("Katuvalot koko yöksi")
    desk.get_by_role("button", name=says("Save")).click()
    arrive(desk, "Gatubelysning hela natten" if language == "sv" else "Katuvalot koko yöksi")
    matter = Matter.objects.get()

    desk.goto(f"/{language}/desk/themes/{theme.subject.code}/")
    desk.get_by_role("link", name=says("Tie to a matter that it sets in motion")).click()
    arrive(desk, says("Tie to a matter"))
    desk.get_by_label(str(matter.title_sv if language == "sv" else matter.title_fi)).check()
    desk.get_by_role("button", name=says("Tie together")).click()
    expect(desk.get_by_role("heading", name=says("Tied already"))).to_be_visible()

    registrar = open_page(client=client_for(cast.registrar))
    registrar.goto(f"/{language}/desk/matters/{matter.subject.code}/")
    registrar.get_by_role("link", name=says("Record a decision")).click()
    arrive(registrar, says("Record a decision"))
    registrar.get_by_label(says("Body that decided")).select_option(label=str(town.council.name_sv if language == "sv" else town.council.name_fi))
    registrar.get_by_label(says("Section (§)")).fill("45")
    registrar.get_by_label(says(Outcome.APPROVED.label), exact=True).check()
    registrar.get_by_label(says("What was decided, in Swedish")).fill("Fullmäktige godkänner förslaget.")
    registrar.get_by_label(says("What was decided, in Finnish")).fill("Valtuusto hyväksyy ehdotuksen.")
    registrar.get_by_role("button", name=says("Save")).click()
    arrive(registrar)
    registrar.get_by_text(says("Add files"), exact=True).click()
    registrar.get_by_label(says("Files"), exact=True).set_input_files({"name": "karta.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"})
    registrar.get_by_label(says("What they are")).fill("Karta")
    registrar.get_by_role("button", name=says("Add the files")).click()
    expect(registrar.get_by_role("link", name="Karta")).to_be_visible()
    registrar.get_by_label(says("Code of what it decides on")).fill(town.street_lights.subject.code)
    registrar.get_by_role("button", name=says("Add what it decides on")).click()
    registrar.get_by_role("button", name=says("Make public")).click()
    arrive(registrar)
    assert Decision.objects.get().state == DecisionState.PUBLISHED

    reader = open_page()
    reader.goto(f"/{language}/voices/{voice.subject.code}/")
    arrive(reader)
    reader.get_by_role("complementary").get_by_role("link", name=Decision.objects.get().title_sv if language == "sv" else Decision.objects.get().title_fi).last.click()
    expect(reader.get_by_text("Fullmäktige godkänner förslaget." if language == "sv" else "Valtuusto hyväksyy ehdotuksen.")).to_be_visible()
    arrive(reader)
    carry_mail()
    (told,) = [message for message in mail.outbox if message.to == ["another.resident@town.example"] and "Hyväksyttiin" in message.body]
    assert f"/fi/decisions/{Decision.objects.get().subject.code}/" in told.body


@four_ways
def test_anybody_narrows_reads_and_follows(page: Page, town: Town, says: Says, arrive: Arrive, language: str, javascript: bool) -> None:
    assert town.council_decision
    actions.add_files(town.matter, uploads=[prepare_upload(SimpleUploadedFile("karta.pdf", b"%PDF-1.4\n%%EOF\n"))], description="Karta", by=SETUP)
    actions.open_matter(by=SETUP, unit=town.roads, title_sv="x", title_fi="x", summary_sv="x", summary_fi="x", **SECRET)
    page.goto(f"/{language}/matters/")
    arrive(page)
    page.get_by_text(says("Narrow the list")).click()
    page.get_by_label(says("State")).select_option("decided")
    page.get_by_role("button", name=says("Show")).click()
    arrive(page)
    page.get_by_role("link", name=town.matter.title_sv if language == "sv" else town.matter.title_fi).click()
    arrive(page)
    expect(page.get_by_role("link", name="Karta")).to_be_visible()
    page.get_by_role("link", name=town.council_decision.title_sv if language == "sv" else town.council_decision.title_fi).first.click()
    arrive(page)
    page.get_by_role("link", name=says("Follow"), exact=True).click()
    arrive(page)
    page.goto(f"/{language}/matters/?state=preparation")
    page.get_by_role("link", name=SECRET["mention_sv"] if language == "sv" else SECRET["mention_fi"]).click()
    arrive(page)
    expect(page.get_by_text("621/1999, 24 § 1 mom. 32")).to_be_visible()


@both_languages
def test_a_correction_asks_for_its_reason_and_shows_it(open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str) -> None:
    decision = town.council_decision
    page = open_page(client=client_for(cast.registrar), width=320)
    page.goto(f"/{language}/desk/decisions/{decision.subject.code}/")
    page.get_by_role("link", name=says("Correct")).click()
    arrive(page, says("Correct the decision"))
    page.get_by_label(says("Section (§)")).fill("46")
    page.get_by_role("button", name=says("Save")).click()
    arrive(page)
    expect(page.locator(".errors")).to_be_visible()
    page.get_by_label(says("Why is it corrected?")).fill("Fel paragraf. / Väärä pykälä.")
    page.get_by_role("button", name=says("Save")).click()
    arrive(page)
    page.goto(f"/{language}/decisions/{decision.subject.code}/")
    expect(page.get_by_text("Fel paragraf. / Väärä pykälä.")).to_be_visible()
    expect(page.get_by_text("§ 46").first).to_be_visible()
