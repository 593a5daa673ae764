"""Consultations in a browser: drawing on the map, preparing and answering, a survey in several sittings."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from dialogi.consultations import actions
from dialogi.consultations.models import Comment, MapTools, Phase
from dialogi.testing import SETUP, Town
from tests.journeys.browser import assert_accessible, both_widths, four_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def in_no_hurry(settings: Settings) -> None:
    """A test writes faster than a person."""
    settings.FORM_LEAST_SECONDS = 0


@pytest.fixture
def drawn_on(town: Town) -> Phase:
    """A collection of ideas in which a line or an area may be drawn."""
    return actions.change_phase(town.open_consultation.phases.get(), by=SETUP, map_tools=MapTools.ANY)


def _unfold(page: Page, phase: Phase) -> None:
    page.goto(f"/sv/consultations/phases/{phase.pk}/comment/")
    page.get_by_text("Rita: en plats, en linje eller ett område").click()
    page.locator("[data-draw][data-ready]").wait_for()


@both_widths
def test_a_line_is_drawn_with_the_keys_alone(page: Page, drawn_on: Phase, width: int, language: str) -> None:
    _unfold(page, drawn_on)
    page.get_by_label("En linje").check()
    page.locator("[data-draw]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-draw-said]")).to_contain_text("Punkt 1 är på kartan")
    page.keyboard.press("Enter")
    expect(page.locator("[data-draw-said]")).to_contain_text("Punkt 2 är på kartan")
    rows = page.get_by_label("Punkterna").input_value().splitlines()
    assert len(set(rows)) == 2
    expect(page.locator(".map-drawing")).to_have_count(1)
    assert_accessible(page, language=language)
    page.get_by_role("button", name="Ta bort den sista punkten").press("Enter")
    expect(page.locator(".map-drawing")).to_have_count(0)
    page.get_by_role("button", name="Börja om").press("Enter")
    assert page.get_by_label("Punkterna").input_value() == ""


def test_an_area_is_drawn_by_pointing_mended_by_typing_and_sent(page: Page, drawn_on: Phase) -> None:
    _unfold(page, drawn_on)
    page.get_by_label("Ett område").check()
    for x, y in ((60, 60), (160, 60), (160, 160)):
        page.locator("[data-draw]").click(position={"x": x, "y": y})
    expect(page.locator("[data-draw-said]")).to_contain_text("Punkt 3 är på kartan")
    rows = page.get_by_label("Punkterna")
    rows.fill(f"{rows.input_value()}\nAtlantis")
    page.get_by_role("button", name="Sätt en punkt mitt på kartan").click()
    expect(page.locator("[data-draw-said]")).to_contain_text("förstår inte raden ”Atlantis”")
    page.get_by_label("Dina ord", exact=True).fill("Hela området borde ha 30 km/h.")
    page.get_by_role("button", name="Skicka").click()
    expect(page.locator(".errors")).to_contain_text("Atlantis")
    assert "Atlantis" in rows.input_value()
    rows.fill(rows.input_value().replace("\nAtlantis", ""))
    page.get_by_role("button", name="Skicka").click()
    page.wait_for_url("**/status/**")
    assert '"Polygon"' in Comment.objects.get().geometry


@four_ways
def test_corners_are_typed_by_name_and_words_alone_are_enough(
    open_page: OpenPage, drawn_on: Phase, says: Says, arrive: Arrive, language: str, javascript: bool, width: int
) -> None:
    page = open_page()
    for place, rows in (("Raippaluoto", "Smedsby\nReplot"), ("Vid skolan", "")):
        page.goto(f"/{language}/consultations/phases/{drawn_on.pk}/comment/")
        page.get_by_label(says("Your words"), exact=True).fill("Vägen är smal.")
        page.get_by_label(says("In words")).fill(place)
        if rows:
            page.get_by_text(says("Draw it: a place, a line or an area")).click()
            page.get_by_label(says("A line, for example a road")).check()
            page.get_by_label(says("Its corners")).fill(rows)
            if not javascript:
                expect(page.get_by_role("button", name=says("Start over"))).to_be_hidden()
        arrive(page)
        page.get_by_role("button", name=says("Send"), exact=True).click()
        page.wait_for_url("**/status/**")
    assert [bool(comment.geometry) for comment in Comment.objects.order_by("id")] == [True, False]
