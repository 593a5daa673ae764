"""The map, for hands that point and for hands that type, and the form without it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dialogi.services.actions import create_service_point
from dialogi.testing import SETUP, Town
from tests.journeys.browser import assert_accessible, both_widths

pytestmark = pytest.mark.django_db(transaction=True)


def _opened_map(page: Page) -> None:
    page.goto("/sv/speak/")
    page.get_by_text("Peka ut platsen på en karta").click()
    page.locator("[data-pick][data-ready]").wait_for()


@both_widths
def test_a_place_is_put_with_the_keys_alone(page: Page, width: int, language: str) -> None:
    _opened_map(page)
    page.locator("[data-pick]").focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Sätt platsen mitt på kartan").press("Enter")
    expect(page.locator("[data-place-said]")).to_contain_text("Platsen är på kartan")
    assert page.locator("[name$=_latitude]").input_value().startswith("63.")
    assert_accessible(page, language=language)
    page.get_by_role("button", name="Ta bort platsen från kartan").press("Enter")
    assert page.locator("[name$=_latitude]").input_value() == ""


def test_the_words_find_their_village_and_a_click_puts_the_place(page: Page) -> None:
    page.goto("/sv/speak/")
    page.locator("[data-place-words]").fill("Vid skolan i Kvevlax")
    page.get_by_text("Peka ut platsen på en karta").click()
    page.locator("[data-pick][data-ready]").wait_for()
    expect(page.locator("[data-place-said]")).to_contain_text("Kvevlax")
    page.locator("[data-pick]").click()
    expect(page.locator("[data-place-said]")).to_contain_text("Närmaste namn: Kvevlax")
    assert page.locator("[data-place-words]").input_value() == "Vid skolan i Kvevlax"


def test_a_device_elsewhere_is_told_so_and_one_here_is_put_on_the_map(page: Page) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 60.17, "longitude": 24.94})
    _opened_map(page)
    page.get_by_role("button", name="Där jag är nu").click()
    expect(page.locator("[data-place-said]")).to_contain_text("utanför vårt område")
    assert page.locator("[name$=_latitude]").input_value() == ""
    page.context.set_geolocation({"latitude": 63.229, "longitude": 21.417})
    page.get_by_role("button", name="Där jag är nu").click()
    expect(page.locator("[data-place-said]")).to_contain_text("Närmaste namn: Replot")


@pytest.mark.parametrize("javascript", [False])
def test_without_scripts_the_words_and_the_numbers_remain(page: Page, javascript: bool) -> None:
    page.goto("/sv/speak/")
    expect(page.locator("[data-place-words]")).to_be_visible()
    expect(page.get_by_text("Peka ut platsen på en karta")).to_be_hidden()
    page.get_by_text("Koordinater, om du känner till dem").click()
    expect(page.locator("[name$=_latitude]")).to_be_visible()


def test_a_place_on_a_map_is_reached_and_opened_by_keyboard(page: Page, town: Town) -> None:
    names = {"name_sv": "Bokbussen", "name_fi": "Kirjastoauto", "name_en": "Book bus"}
    create_service_point(by=SETUP, unit=town.library, address_sv="Skolvägen 1", address_fi="Koulutie 1", latitude=63.229, longitude=21.417, **names)
    page.goto("/sv/service-points/")
    page.get_by_role("button", name="Flytta kartan").press("Enter")
    expect(page.locator(".map[data-ready]")).to_be_focused()
    page.locator(".map-spot").focus()
    page.keyboard.press("Enter")
    link = page.locator(".map-popup a")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".map-spot")).to_be_focused()
    assert_accessible(page)
