"""Whoever has the code sees where the matter stands, and has the last word about whether the answer helped."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dialogi.testing import Cast, Town, actor, client_for
from dialogi.voices import actions
from dialogi.voices.actions import Answer
from dialogi.voices.models import Appeal, State, Voice
from dialogi.voices.tests import factories
from tests.journeys.browser import two_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {"sv": "Snön ligger kvar på Strandvägen.", "fi": "Lumi on auraamatta Rantatiellä."}
ANSWER = {"text_sv": "Vägen plogas i natt.", "text_fi": "Tie aurataan ensi yönä."}


def enter_code(page: Page, says: Says, language: str, code: str) -> None:
    """Type the code as people write it."""
    page.goto(f"/{language}/")
    page.get_by_role("main").get_by_role("link", name=says("Follow your matter")).click()
    page.get_by_label(says("Follow-up code")).fill(code)
    page.get_by_role("button", name=says("Open"), exact=True).click()


@two_ways
def test_the_code_opens_the_answer_and_the_author_says_that_it_did_not_help(
    page: Page, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str
) -> None:
    given = factories.receipt(WORDS[language], language=language, service=town.snow)
    enter_code(page, says, language, "2222-2222-2222-2222")
    arrive(page, says("Follow your matter"))
    expect(page.locator(".errors")).to_be_visible()
    page.get_by_label(says("Follow-up code")).fill(given.code.lower().replace("-", " "))
    page.get_by_role("button", name=says("Open"), exact=True).click()
    arrive(page, says("Thank you. We have received your words."))
    expect(page.get_by_text(WORDS[language])).to_be_visible()

    actions.reply(given.voice, answer=Answer(state=State.DONE, **ANSWER), by=actor(cast.handler))
    page.reload()
    arrive(page, says("You have got an answer"))
    expect(page.get_by_text(ANSWER[f"text_{language}"])).to_be_visible()
    page.get_by_text(says("No, it did not help")).click()
    page.get_by_role("button", name=says("Open the matter again")).click()
    arrive(page)
    expect(page.locator(".error").first).to_be_visible()
    page.get_by_label(says("What is still wrong?")).fill("…")
    page.get_by_role("button", name=says("Open the matter again")).click()
    arrive(page, says("Thank you. We have received your words."))
    voice = Voice.objects.get()
    assert voice.state == State.IN_HAND
    assert voice.reopened_count == 1


@two_ways
def test_the_author_says_that_the_answer_helped(page: Page, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str) -> None:
    given = factories.receipt(WORDS[language], language=language, service=town.snow)
    actions.reply(given.voice, answer=Answer(state=State.DONE, **ANSWER), by=actor(cast.handler))
    enter_code(page, says, language, given.code)
    page.get_by_role("button", name=says("Yes, it helped")).click()
    expect(page.get_by_text(says("You said that it helped. Thank you."))).to_be_visible()
    arrive(page, says("You have got an answer"))
    assert Voice.objects.get().was_helpful is True


@two_ways
def test_the_author_asks_for_a_review_of_what_was_not_published(page: Page, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str) -> None:
    given = factories.receipt(WORDS[language], language=language, service=town.snow, public=True)
    actions.refuse(given.voice, rule=factories.rule(), explanation="Nimeää naapurin.", by=actor(cast.communications))
    enter_code(page, says, language, given.code)
    expect(page.get_by_text("Nimeää naapurin.")).to_be_visible()
    expect(page.get_by_text(says("Your matter is handled and answered all the same."))).to_be_visible()
    page.get_by_text(says("I disagree")).click()
    page.get_by_label(says("Why should it be made public?")).fill("Ingen nämns vid namn.")
    page.get_by_role("button", name=says("Ask for a review")).click()
    expect(page.get_by_text(says("You have asked for a review. Somebody else looks at it within ten working days."))).to_be_visible()
    arrive(page)
    assert Appeal.objects.get().text == "Ingen nämns vid namn."


@two_ways
def test_whoever_signs_in_ties_the_matter_to_the_account_and_finds_it_there(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str
) -> None:
    given = factories.receipt(WORDS[language], language=language, service=town.snow)
    page = open_page(client=client_for(cast.resident))
    enter_code(page, says, language, given.code)
    page.get_by_role("button", name=says("Tie to my account")).click()
    page.goto(f"/{language}/me/")
    arrive(page)
    page.get_by_role("link", name=WORDS[language]).click()
    arrive(page)
    assert Voice.objects.get().author == cast.resident
