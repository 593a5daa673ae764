"""The administrator keeps the house in order on the product's own pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dialogi.people.models import Person, Role, Unit
from dialogi.services.models import Promise, Service
from dialogi.testing import Cast, Town, client_for
from dialogi.voices.models import ReplyTemplate
from tests.journeys.browser import two_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)


def add(page: Page, says: Says, arrive: Arrive, locale: str, register: str, **fields: str) -> None:
    """Open a register, press its button, fill in the fields by their names, save."""
    page.goto(f"/{locale}/registers/{register}/")
    arrive(page)
    page.locator(f"main a[href$='/{register}/add/']").click()
    arrive(page)
    form = page.locator("main form[method=post]")
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.get_by_role("button", name=says("Save")).click()
    expect(page.locator(".errors")).to_have_count(0)
    arrive(page)


@two_ways
def test_a_unit_a_person_a_seat_a_service_a_promise_and_a_ready_text_are_added(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str
) -> None:
    page = open_page(client=client_for(cast.administrator))
    page.goto(f"/{language}/registers/")
    arrive(page, says("Registers"))
    add(page, says, arrive, language, "units", name_sv="Hamnar", name_fi="Satamat", parent=str(town.technical.pk))
    unit = Unit.objects.get(name_sv="Hamnar")
    assert unit.parent == town.technical
    add(page, says, arrive, language, "people", name="Hilma Hamn", email="hilma@town.example", language="fi")
    person = Person.objects.get(name="Hilma Hamn")
    add(page, says, arrive, language, "seats", person=str(person.pk), role=Role.HANDLER.value, unit=str(unit.pk))
    assert person.seats.get().unit == unit
    add(page, says, arrive, language, "services", slug="boat-places", name_sv="Båtplatser", name_fi="Venepaikat", unit=str(unit.pk))
    assert Service.objects.get(slug="boat-places").unit == unit
    add(page, says, arrive, language, "service-points", name_sv="Hamnkontoret", name_fi="Satamatoimisto", unit=str(unit.pk), address_sv="Hamnvägen 1", address_fi="Satamatie 1")
    add(page, says, arrive, language, "promises", unit=str(unit.pk), working_days="3")
    assert Promise.objects.get(unit=unit).working_days == 3
    add(page, says, arrive, language, "reply-templates", name="Tack", unit=str(unit.pk), text_sv="Tack!", text_fi="Kiitos!")
    assert ReplyTemplate.objects.get().unit == unit

    stranger = open_page()
    stranger.goto(f"/{language}/services/boat-places/")
    arrive(stranger, "Båtplatser" if language == "sv" else "Venepaikat")


@two_ways
def test_a_name_in_one_language_alone_is_refused_beside_its_field(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str
) -> None:
    page = open_page(client=client_for(cast.administrator))
    page.goto(f"/{language}/registers/units/add/")
    page.locator("[name=name_sv]").fill("Hamnar")
    page.get_by_role("main").get_by_role("button", name=says("Save")).click()
    expect(page.locator(".errors")).to_be_visible()
    arrive(page)
    assert page.locator("[name=name_sv]").input_value() == "Hamnar"
    assert not Unit.objects.filter(name_sv="Hamnar").exists()


@two_ways
def test_a_unit_is_edited_and_taken_out_of_use_and_its_history_stays(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str
) -> None:
    page = open_page(client=client_for(cast.administrator))
    page.goto(f"/{language}/registers/units/{town.parks.subject.code}/")
    arrive(page)
    page.get_by_role("link", name=says("Edit"), exact=True).click()
    arrive(page)
    page.locator("[name=phone]").fill("050 000 0001")
    page.get_by_role("main").get_by_role("button", name=says("Save")).click()
    page.get_by_role("main").get_by_role("link", name=says("Take out of use")).click()
    arrive(page)
    page.get_by_role("main").get_by_role("button", name=says("Take out of use")).click()
    arrive(page)
    page.goto(f"/{language}/registers/units/{town.parks.subject.code}/")
    expect(page.locator(".knot")).to_have_count(3)
    town.parks.refresh_from_db()
    assert not town.parks.is_active
