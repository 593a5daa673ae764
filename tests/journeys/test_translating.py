"""Communications goes through the translation queue; whoever reads is told what is behind until it is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from dialogi.commons import clock
from dialogi.commons.models import Wording
from dialogi.commons.wordings import outdated
from dialogi.services import actions as services
from dialogi.services.models import Service
from dialogi.testing import SETUP, Cast, Town, client_for
from tests.journeys.browser import four_ways
from tests.journeys.conftest import Arrive, OpenPage, Says

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def behind(town: Town) -> Service:
    """A service whose Finnish and English names are behind, with a description that waits for Finnish."""
    service = services.edit_service(town.snow, by=SETUP, name_sv="Snöröjning och sandning")
    return services.edit_service(service, by=SETUP, description_sv="Vi plogar före klockan sju.")


@four_ways
def test_texts_are_promised_written_and_found_still_right(
    open_page: OpenPage, cast: Cast, behind: Service, says: Says, arrive: Arrive, language: str, width: int, javascript: bool
) -> None:
    address = f"/{language}/desk/translations/{behind.subject.code}/"
    page = open_page(client=client_for(cast.communications))
    page.goto(f"/{language}/desk/translations/")
    arrive(page)
    page.locator(f"a[data-item][href='{address}']").click()
    arrive(page)

    page.locator("#promise [name=language][value=fi]").check()
    page.locator("#promise [name=until]").fill((clock.today() + timedelta(days=3)).isoformat())
    page.get_by_role("button", name=says("Promise it"), exact=True).click()
    arrive(page)
    expect(page.locator(".promise").first).to_contain_text("Kaisa Kommunikatör")
    assert Wording.objects.promised().count() == 2

    page.locator("[name=name_fi]").fill("Lumenauraus ja hiekoitus")
    page.locator("[name='right:name_en']").check()
    page.locator("[name=description_fi]").fill("Auraamme ennen kello seitsemää.")
    page.get_by_role("button", name=says("Save"), exact=True).click()
    arrive(page)
    assert page.url.endswith(f"/{language}/desk/translations/")
    assert outdated(behind.subject) == []
    assert not Wording.objects.promised().exists()
    assert Service.objects.get(pk=behind.pk).description_fi == "Auraamme ennen kello seitsemää."


@four_ways
def test_nobody_loses_words_that_met_somebody_elses(
    open_page: OpenPage, cast: Cast, behind: Service, says: Says, arrive: Arrive, language: str, width: int, javascript: bool
) -> None:
    page = open_page(client=client_for(cast.communications))
    page.goto(f"/{language}/desk/translations/{behind.subject.code}/")
    page.locator("[name=name_fi]").fill("Lumenauraus ja hiekoitus")
    services.edit_service(behind, by=SETUP, name_sv="Vinterväghållning")
    page.get_by_role("button", name=says("Save"), exact=True).click()
    arrive(page)
    expect(page.locator("[name=name_fi]")).to_have_value("Lumenauraus ja hiekoitus")
    expect(page.locator(".notice").filter(has_text="Vinterväghållning")).to_be_visible()
    page.locator("[name=name_fi]").fill("Talvikunnossapito")
    page.get_by_role("button", name=says("Save"), exact=True).click()
    arrive(page)
    assert Service.objects.get(pk=behind.pk).name_fi == "Talvikunnossapito"


@pytest.mark.parametrize("language", ["fi"])
def test_the_reader_is_told_what_is_behind(open_page: OpenPage, behind: Service, arrive: Arrive, language: str) -> None:
    page = open_page()
    page.goto("/fi/services/snow/")
    arrive(page)
    notice = page.locator(".notice[data-kind=watch]")
    expect(notice).to_have_count(1)
    notice.get_by_role("link").click()
    assert page.url.endswith("/sv/services/snow/")
    expect(page.locator(".notice[data-kind=watch]")).to_have_count(0)
