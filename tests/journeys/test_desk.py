"""The handler's morning, without touching the mouse; the theme that is answered once; what a head of unit sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from dialogi.commons import clock
from dialogi.testing import SETUP, Cast, Town, actor, client_for
from dialogi.voices import actions
from dialogi.voices.actions import ContactDetails
from dialogi.voices.actions.configuring import add_reply_template
from dialogi.voices.models import InternalNote, Kind, Reply, State, Theme, Voice
from dialogi.voices.tests import factories
from dialogi.voices.tests.sent import sent
from tests.journeys.browser import both_languages, two_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)

MOST_STEPS = 60


def tab_to(page: Page, selector: str) -> None:
    """Go on with the Tab key until the focus is there; whoever has no mouse gets there too."""
    for _step in range(MOST_STEPS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_STEPS} presses of Tab did not lead to {selector}")


def press(page: Page, key: str) -> None:
    """A key of the desk, pressed where nobody writes."""
    page.keyboard.press("Escape")
    page.keyboard.press(key)


def answer_by_keys(page: Page, text: str, language: str) -> None:
    """r leads into the answer; the state by its radio button; the button that opens the next case."""
    press(page, "r")
    expect(page.locator(f"#answer [name=text_{language}]")).to_be_focused()
    page.keyboard.type(text)
    tab_to(page, "[name=state]")
    page.keyboard.press("Space")
    while not page.locator(f"[name=state][value={State.DONE.value}]").is_checked():
        page.keyboard.press("ArrowRight")
    tab_to(page, "[name=then]")
    with page.expect_navigation():
        page.keyboard.press("Enter")


@both_languages
def test_three_cases_are_answered_without_the_mouse(open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str) -> None:
    for number in range(3):
        factories.given(f"Vägen är hal, nummer {number}.", service=town.snow, language=language, kind=Kind.FAULT)
    page = open_page(client=client_for(cast.handler))
    page.goto(f"/{language}/desk/?view=unanswered&kind=fault")
    arrive(page, says("Inbox"))
    press(page, "j")
    press(page, "j")
    press(page, "k")
    press(page, "o")
    page.wait_for_url("**/desk/voices/**")
    arrive(page)
    for number in range(3):
        answer_by_keys(page, f"Sandat, {number}.", language)
        assert "view=unanswered" in page.url
    arrive(page)
    assert set(Voice.objects.values_list("state", flat=True)) == {State.DONE}
    assert Reply.objects.count() == 3
    press(page, "u")
    page.wait_for_url("**/desk/?*kind=fault*")
    expect(page.get_by_text(says("Nothing waits here."))).to_be_visible()


@both_languages
def test_a_note_a_ready_text_and_a_move_by_keyboard(open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str) -> None:
    add_reply_template(by=SETUP, name="Sandning", text_sv="Vi sandar i dag.", text_fi="Hiekoitamme tänään.", state=State.IN_HAND, unit=town.roads)
    _other = town.parks
    voice = factories.given("Vägen är hal.", service=town.snow, language=language)
    page = open_page(client=client_for(cast.handler))
    page.goto(f"/{language}/desk/voices/{voice.subject.code}/")
    press(page, "n")
    expect(page.locator("#note textarea")).to_be_focused()
    page.keyboard.type("Entreprenören kommer i morgon.")
    tab_to(page, "#note button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Entreprenören kommer i morgon.")).to_be_visible()
    assert InternalNote.objects.get().author == cast.handler

    page.get_by_text(says("Ready texts")).press("Enter")
    tab_to(page, "[data-template]")
    page.keyboard.press("Enter")
    assert page.locator(f"[name=text_{language}]").input_value() == ("Vi sandar i dag." if language == "sv" else "Hiekoitamme tänään.")
    expect(page.locator(f"[name=state][value={State.IN_HAND.value}]")).to_be_checked()
    tab_to(page, "#answer .actions button")
    page.keyboard.press("Enter")
    expect(page.get_by_text(says("The answer is given. The author is told in their own language."))).to_be_visible()
    arrive(page)

    press(page, "a")
    expect(page.locator("#assign select").first).to_be_focused()
    page.locator("#assign [name=unit]").select_option(str(town.parks.pk))
    tab_to(page, "#assign [name=reason]")
    page.keyboard.type("Vägen går genom parken.")
    page.keyboard.press("Enter")
    expect(page.get_by_text(says("The case was moved."))).to_be_visible()
    assert Voice.objects.get().unit == town.parks


def test_whose_matter_it_is_and_which_other_it_is_like_are_asked_only_with_that_answer(open_page: OpenPage, cast: Cast, town: Town) -> None:
    voice = factories.given("Vägen är hal.", service=town.snow)
    page = open_page(client=client_for(cast.handler))
    page.goto(f"/sv/desk/voices/{voice.subject.code}/")
    whose, which = page.locator("[name=forwarded_to]"), page.locator("[name=same_as]")
    for state, asked in ((State.DONE, ()), (State.NOT_OURS, (whose,)), (State.SAME_AS, (which,))):
        page.locator(f"[name=state][value={state.value}]").check()
        for field in (whose, which):
            expect(field).to_be_visible(visible=field in asked)


def test_somebody_else_who_answered_first_is_said_beside_the_words_that_are_kept(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive
) -> None:
    voice = factories.given("Vägen är hal.", service=town.snow)
    page = open_page(client=client_for(cast.handler))
    page.goto(f"/sv/desk/voices/{voice.subject.code}/")
    actions.assign(voice, unit=town.parks, reason="Parkens väg.", by=actor(cast.head_of_unit))
    actions.assign(Voice.objects.get(), unit=town.roads, reason="Ändå vägarnas.", by=actor(cast.head_of_unit))
    page.locator("[name=text_sv]").fill("Vi sandar i dag.")
    page.locator(f"[name=state][value={State.DONE.value}]").check()
    page.get_by_role("button", name=says("Give the answer"), exact=True).click()
    expect(page.locator(".errors")).to_be_visible()
    arrive(page)
    assert page.locator("[name=text_sv]").input_value() == "Vi sandar i dag."
    assert not Reply.objects.exists()


@two_ways
def test_voices_are_gathered_in_a_theme_and_each_author_is_told_in_their_language(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str
) -> None:
    for own, text in (("sv", "Plogbilen kom inte."), ("fi", "Aura ei tullut.")):
        factories.given(text, language=own, service=town.snow, contact=ContactDetails(email=f"{own}@town.example"))
    sent()
    page = open_page(client=client_for(cast.handler))
    page.goto(f"/{language}/desk/themes/")
    arrive(page, says("Themes"))
    page.get_by_role("link", name=says("Open a new theme")).click()
    arrive(page, says("Open a new theme"))
    page.get_by_label(says("Title in Swedish")).fill("Plogning")
    page.get_by_label(says("Title in Finnish")).fill("Auraus")
    page.get_by_label(says("Unit that keeps the theme")).select_option(str(town.roads.pk))
    page.get_by_role("button", name=says("Save")).click()
    arrive(page, "Plogning" if language == "sv" else "Auraus")
    theme = Theme.objects.get()

    page.goto(f"/{language}/desk/")
    for box in page.locator("input[name=case]").all():
        box.check()
    page.get_by_label(says("Theme"), exact=True).select_option(str(theme.pk))
    page.get_by_role("button", name=says("Gather in the theme")).click()
    expect(page.get_by_text(says("The cases are in the theme."))).to_be_visible()

    page.goto(f"/{language}/desk/themes/{theme.subject.code}/")
    page.locator("[name=text_sv]").fill("Vi köper en plog till.")
    page.locator("[name=text_fi]").fill("Ostamme toisen auran.")
    page.locator(f"[name=state][value={State.PLANNED.value}]").check()
    page.get_by_role("button", name=says("Answer all voices of the theme")).click()
    expect(page.get_by_text(says("The answer is given. Each author is told in their own language."))).to_be_visible()
    arrive(page)
    assert set(Voice.objects.values_list("state", flat=True)) == {State.PLANNED}
    assert {delivery.language for delivery in sent()} >= {"sv", "fi"}
    page.goto(f"/{language}/themes/{theme.subject.code}/")
    arrive(page, "Plogning" if language == "sv" else "Auraus")


@two_ways
def test_a_head_of_unit_sees_what_was_promised_and_what_is_late(open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        late = factories.given("Ingen har svarat om hålet i vägen.", language=language, service=town.snow)
    factories.given("Lampan är släckt.", language=language, service=town.street_lights)
    page = open_page(client=client_for(cast.head_of_unit))
    page.goto(f"/{language}/desk/promises/")
    arrive(page, says("Promises of your units"))
    row = page.get_by_role("row").filter(has_text=str(town.roads.name_sv if language == "sv" else town.roads.name_fi))
    expect(row.get_by_role("cell").nth(0)).to_have_text("2")
    expect(row.get_by_role("cell").nth(1)).to_have_text("1")
    page.get_by_role("link", name=late.text).click()
    arrive(page)
    expect(page.locator("article .promise[data-kind=overdue]")).to_be_visible()

    stranger = open_page()
    stranger.goto(f"/{language}/promises/")
    arrive(stranger, says("Promises kept"))
