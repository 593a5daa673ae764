"""What runs behind a service in a browser: a resident finds a fault, whoever answers decides, the team describes anew."""

from __future__ import annotations

import pytest
from django.core import mail
from playwright.sync_api import expect

from dialogi.commons import outbox, sending
from dialogi.people import actions as people
from dialogi.systems import actions
from dialogi.systems.models import Correction, DescriptionState, DescriptionVersion
from dialogi.testing import SETUP, Cast, Town, client_for
from tests.journeys.browser import two_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)


def carry_mail() -> None:
    """As the worker does."""
    while outbox.drain():
        pass
    sending.send()


@two_ways
def test_a_resident_says_that_it_looks_wrong_the_post_accepts_and_the_resident_is_told(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str, javascript: bool
) -> None:
    assert town.road_data
    actions.edit_system(town.map_system, services=[town.snow], by=SETUP)
    people.fill_post(town.road_engineer, person=cast.handler, by=SETUP)

    resident = open_page()
    resident.goto(f"/{language}/services/snow/")
    arrive(resident)
    resident.get_by_role("main").get_by_role("link", name="Kartan").click()
    arrive(resident, "Kartan")
    resident.get_by_role("link", name=says("This looks wrong")).click()
    arrive(resident, says("This looks wrong"))
    resident.get_by_role("button", name=says("Send"), exact=True).click()
    arrive(resident)
    expect(resident.locator(".errors")).to_be_visible()
    resident.get_by_label(says("What looks wrong?")).fill("Tio år? Kartan sparas i tjugo.")
    resident.get_by_label(says("E-mail")).fill("anna@example.org")
    resident.get_by_role("button", name=says("Send"), exact=True).click()
    arrive(resident, says("Thank you"))

    desk = open_page(client=client_for(cast.handler))
    desk.goto(f"/{language}/desk/corrections/")
    arrive(desk, says("Corrections of the register"))
    desk.get_by_role("link", name="Kartan").click()
    arrive(desk, says("Somebody says that this looks wrong"))
    desk.get_by_role("button", name=says("Refuse with this reason")).click()
    arrive(desk)
    expect(desk.locator(".errors")).to_be_visible()
    desk.get_by_label(says("Reason in Swedish")).fill("Det är tjugo år.")
    desk.get_by_label(says("Reason in Finnish")).fill("Se on kaksikymmentä vuotta.")
    desk.get_by_role("button", name=says("Accept: I mend the register")).click()
    arrive(desk)
    assert Correction.objects.get().state == "accepted"

    carry_mail()
    (told,) = [message for message in mail.outbox if message.to == ["anna@example.org"]]
    assert ("Det är tjugo år." if language == "sv" else "Se on kaksikymmentä vuotta.") in told.body
    resident.goto(f"/{language}/systems/{town.map_system.subject.code}/")
    resident.get_by_text(says("What was found earlier")).click()
    expect(resident.get_by_text("Det är tjugo år." if language == "sv" else "Se on kaksikymmentä vuotta.")).to_be_visible()


@two_ways
def test_the_team_makes_writes_approves_and_publishes_a_description_and_anybody_compares(
    open_page: OpenPage, cast: Cast, town: Town, says: Says, arrive: Arrive, language: str, javascript: bool
) -> None:
    assert town.road_data
    people.fill_post(town.road_engineer, person=cast.ict_member, by=SETUP)
    desk = open_page(client=client_for(cast.ict_member))
    desk.goto(f"/{language}/desk/descriptions/")
    arrive(desk, says("Descriptions of systems"))
    desk.locator("button[value=publicity]").click()
    arrive(desk)
    opening = says("%(field)s, in Swedish", field=says("Opening words"))
    desk.get_by_label(opening).fill("Vad vi vet om vägarna.")
    desk.get_by_role("button", name=says("Save the texts")).click()
    arrive(desk)
    expect(desk.get_by_text(says("It is published in Swedish and Finnish together, or not at all. These lack one of them:"))).to_be_visible()
    desk.get_by_label(says("%(field)s, in Finnish", field=says("Opening words"))).fill("Mitä tiedämme teistä.")
    desk.get_by_role("button", name=says("Save the texts")).click()
    arrive(desk)
    desk.get_by_role("button", name=says("Approve this version")).click()
    expect(desk.locator(".errors")).to_be_visible()
    arrive(desk)
    desk.get_by_label(says("I approve it as")).select_option(label="Vägingenjör" if language == "sv" else "Tieinsinööri")
    desk.get_by_role("button", name=says("Approve this version")).click()
    arrive(desk)
    desk.get_by_role("button", name=says("Publish in both languages")).click()
    arrive(desk)
    assert DescriptionVersion.objects.get().state == DescriptionState.PUBLISHED

    actions.edit_store(town.road_data, by=SETUP, search_factors_sv="Vägens nummer", search_factors_fi="Tien numero")
    desk.get_by_role("link", name=says("Descriptions of systems")).first.click()
    desk.get_by_role("main").locator("a[data-item]").first.click()
    desk.get_by_role("button", name=says("Make the next version from the register")).click()
    desk.get_by_label(says("I approve it as")).select_option(label="Vägingenjör" if language == "sv" else "Tieinsinööri")
    desk.get_by_role("button", name=says("Approve this version")).click()
    desk.get_by_role("button", name=says("Publish in both languages")).click()

    reader = open_page()
    reader.goto(f"/{language}/systems/")
    arrive(reader)
    reader.get_by_role("main").get_by_role("link", name="28 §").click()
    arrive(reader)
    reader.get_by_role("link", name=says("What has changed since version %(number)s", number=1)).click()
    arrive(reader)
    expect(reader.get_by_text("Vägens nummer" if language == "sv" else "Tien numero")).to_be_visible()
