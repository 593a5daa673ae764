"""An opinion map: voted on one statement after another, changed in the list, a proposal taken in at the desk, and the map read by everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from dialogi.consultations.actions.mapping import draw_opinion_maps
from dialogi.consultations.models import OpinionStatement, OpinionVote, Participant, Phase
from dialogi.consultations.tests.opinions import opinion_phase, two_camps
from dialogi.testing import Cast, Town, client_for
from dialogi.voices.tests import factories
from tests.journeys.browser import four_ways, two_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)

IDEA = {"sv": "Kommunen borde bjuda på kaffe i byahuset varje höst.", "fi": "Kunnan pitäisi tarjota kahvit kylätalolla joka syksy."}
IN_THE_OTHER = {"sv": "Kunnan pitäisi tarjota kahvit kylätalolla.", "fi": "Kommunen borde bjuda på kaffe i byahuset."}


@pytest.fixture(autouse=True)
def _at_any_pace(settings: Settings) -> None:
    """A test writes faster than a person."""
    settings.FORM_LEAST_SECONDS = 0


def press(page: Page, says: Says, words: str, *, times: int = 1) -> None:
    """Answer by keyboard what the page asks."""
    for _time in range(times):
        before = page.locator("[name=statement]").input_value()
        page.get_by_role("button", name=says(words), exact=True).press("Enter")
        expect(page.locator(f"[name=statement][value='{before}']")).to_have_count(0)


@four_ways
def test_somebody_votes_by_keyboard_changes_a_vote_proposes_and_sees_the_map(
    page: Page, open_page: OpenPage, town: Town, cast: Cast, says: Says, arrive: Arrive, language: str
) -> None:
    phase = opinion_phase(town, statements=8)
    factories.rule()
    page.goto(f"/{language}{phase.consultation.subject.address}")
    page.get_by_role("link", name=says("Vote on the statements")).click()
    arrive(page, says("What do you think?"))
    press(page, says, "Agree")
    expect(page.get_by_text(says("You agreed:"))).to_be_visible()
    arrive(page)
    press(page, says, "Disagree", times=6)
    page.get_by_role("button", name=says("Pass"), exact=True).press("Enter")
    expect(page.get_by_text(says("New ones may come: others propose statements, too."))).to_be_visible()
    arrive(page)

    page.get_by_role("link", name=says("All statements in a list, with your votes")).click()
    first = page.locator("#s1")
    first.get_by_label(says("Agree"), exact=True).check()
    arrive(page)
    page.get_by_role("button", name=says("Save my votes")).click()
    expect(page.locator("#s1").get_by_label(says("Agree"), exact=True)).to_be_checked()
    assert OpinionVote.objects.get(statement__number=1).value == 1
    assert Participant.objects.count() == 1

    _proposes(page, says, arrive, language)
    _is_taken_in(open_page, cast, says, arrive, phase, language)
    page.goto(f"/{language}/consultations/phases/{phase.pk}/opinions/")
    expect(page.get_by_text(IDEA[language])).to_be_visible()


def _proposes(page: Page, says: Says, arrive: Arrive, language: str) -> None:
    page.get_by_role("link", name=says("Propose a statement")).click()
    arrive(page, says("Propose a statement"))
    page.get_by_role("button", name=says("Send the proposal")).click()
    expect(page.get_by_role("alert")).to_be_visible()
    arrive(page)
    page.locator("[name=text]").fill(IDEA[language])
    page.get_by_role("button", name=says("Send the proposal")).click()
    arrive(page, says("Your proposals"))
    expect(page.get_by_text(IDEA[language])).to_be_visible()


def _is_taken_in(open_page: OpenPage, cast: Cast, says: Says, arrive: Arrive, phase: Phase, language: str) -> None:
    desk = open_page(client=client_for(cast.communications))
    desk.goto(f"/{language}/desk/consultations/{phase.consultation.subject.code}/")
    arrive(desk)
    desk.get_by_role("link", name=IDEA[language]).click()
    arrive(desk)
    other = "fi" if language == "sv" else "sv"
    desk.locator(f"[name=text_{other}]").fill(IN_THE_OTHER[language])
    desk.get_by_role("button", name=says("Take it in"), exact=True).click()
    expect(desk.get_by_text(says("Everybody can vote on the statement now."))).to_be_visible()
    assert OpinionStatement.objects.get(said_in=language).state == "open"


@two_ways
def test_everybody_reads_the_map_table_first_and_somebody_finds_their_own_place(page: Page, town: Town, says: Says, arrive: Arrive, language: str) -> None:
    phase = opinion_phase(town, statements=12)
    two_camps(phase)
    draw_opinion_maps()
    page.goto(f"/{language}/consultations/phases/{phase.pk}/opinions/results/")
    arrive(page, says("Opinion map"))
    expect(page.get_by_role("table", name=says("The groups"))).to_be_visible()
    expect(page.get_by_role("img", name=says("Opinion map"))).to_be_visible()
    table, picture = page.get_by_role("table").first.bounding_box(), page.locator(".opinion-map svg").bounding_box()
    assert table
    assert picture
    assert table["y"] < picture["y"]
    page.get_by_role("link", name=says("Where do I stand?")).click()
    for field in page.locator("main fieldset.field").all():
        field.get_by_label(says("Agree"), exact=True).check()
    page.get_by_role("button", name=says("Save my votes")).click()
    expect(page.get_by_role("heading", name=says("Where you stand"))).to_be_visible()
    arrive(page)


@two_ways
def test_a_clerk_votes_for_somebody_at_the_service_point(open_page: OpenPage, town: Town, cast: Cast, says: Says, arrive: Arrive, language: str) -> None:
    phase = opinion_phase(town)
    desk = open_page(client=client_for(cast.clerk))
    desk.goto(f"/{language}/desk/consultations/phases/{phase.pk}/opinions/record/")
    arrive(desk, says("Vote for somebody else"))
    desk.locator("[name=channel][value=counter]").check()
    desk.locator(f"[name=v{phase.opinion_statements.get(number=1).pk}][value='1']").check()
    desk.get_by_role("button", name=says("Record the votes")).click()
    expect(desk.get_by_text(says("The votes are recorded."))).to_be_visible()
    assert Participant.objects.get().channel == "counter"
