"""Services, service points and promises, in public and in the registers."""

from collections.abc import Callable

import pytest
from django.test import Client

from dialogi.commons.permissions import NotAllowed
from dialogi.services import actions
from dialogi.services.forms import ServicePointForm
from dialogi.services.models import Promise, Service
from dialogi.services.queries import promised_days
from dialogi.testing import SETUP, Cast, Town, actor

Browser = Callable[..., Client]


def test_the_most_exact_promise_wins(town: Town) -> None:
    assert promised_days(kind="fault", unit=town.roads) == 10
    actions.promise(working_days=9, by=SETUP)
    actions.promise(working_days=8, kind="fault", by=SETUP)
    actions.promise(working_days=7, unit=town.roads, by=SETUP)
    assert promised_days(kind="fault", unit=town.roads) == 7
    actions.promise(working_days=6, unit=town.roads, kind="fault", by=SETUP)
    actions.promise(working_days=3, unit=town.roads, kind="fault", by=SETUP)
    assert promised_days(kind="fault", unit=town.roads) == 3
    assert promised_days(kind="fault", unit=town.library) == 8
    assert promised_days(kind="idea", unit=None) == 9
    assert Promise.objects.count() == 4


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
def test_anybody_reads_services_and_service_points(town: Town, client: Client, language: str) -> None:
    addresses = [town.snow.get_absolute_url(), town.health_centre.get_absolute_url(), town.service_point.get_absolute_url()]
    for address in ["/sv/services/", "/sv/service-points/", "/sv/service-points/places.json", *addresses]:
        assert client.get(f"/{language}{address[3:]}").status_code == 200, address
    page = client.get(f"/{language}/services/health-centre/").content.decode()
    assert str(town.wellbeing_county.name_sv if language == "sv" else town.wellbeing_county.name_fi if language == "fi" else town.wellbeing_county.name_en) in page


def test_the_administrator_keeps_services_and_nobody_else_does(town: Town, cast: Cast, client_for: Browser) -> None:
    form = {"slug": "boats", "name_sv": "Båtplatser", "name_fi": "Venepaikat", "name_en": "", "unit": town.parks.pk, "is_active": "on"}
    assert client_for(cast.handler).post("/sv/registers/services/add/", form).status_code == 403
    added = client_for(cast.administrator).post("/sv/registers/services/add/", form)
    assert added.status_code == 302, added.content.decode()
    assert Service.objects.get(slug="boats").subject.title_fi == "Venepaikat"
    missing = client_for(cast.administrator).post("/sv/registers/services/add/", {**form, "slug": "other", "name_fi": ""})
    assert missing.status_code == 422
    assert not Service.objects.filter(slug="other").exists()
    with pytest.raises(NotAllowed):
        actions.close_service(town.snow, by=actor(cast.handler))


@pytest.mark.parametrize("slug", ["services", "service-points", "promises", "routes", "reply-templates", "moderation-rules"])
def test_the_registers_open_for_staff_and_for_nobody_else(town: Town, cast: Cast, client_for: Browser, slug: str) -> None:
    assert client_for(cast.administrator).get(f"/fi/registers/{slug}/").status_code == 200
    assert client_for(cast.administrator).get(f"/fi/registers/{slug}/add/").status_code == 200
    assert client_for(cast.resident).get(f"/fi/registers/{slug}/").status_code == 403


def test_a_promise_and_a_route_are_made_in_the_registers(town: Town, cast: Cast, client_for: Browser) -> None:
    client = client_for(cast.administrator)
    assert client.post("/sv/registers/promises/add/", {"unit": town.roads.pk, "kind": "fault", "working_days": "4"}).status_code == 302
    assert promised_days(kind="fault", unit=town.roads) == 4
    assert client.post("/sv/registers/routes/add/", {"service": "", "kind": "idea", "area": "", "unit": town.library.pk, "order": "1"}).status_code == 302
    assert client.post("/sv/registers/promises/add/", {"unit": "", "kind": "", "working_days": "0"}).status_code == 422


@pytest.mark.parametrize(("language", "address", "access"), [("sv", "Hamnvägen 20", "Ramp till bryggan"), ("fi", "Satamatie 20", "Luiska laiturille")])
def test_a_service_point_says_where_it_is_and_how_accessible_in_the_language_of_the_page(
    town: Town, client: Client, language: str, address: str, access: str
) -> None:
    names = {"name_sv": "Replot båthamn", "name_fi": "Raippaluodon venesatama", "address_sv": "Hamnvägen 20", "address_fi": "Satamatie 20"}
    point = actions.create_service_point(by=SETUP, unit=town.parks, access_sv="Ramp till bryggan", access_fi="Luiska laiturille", **names)
    for path in (f"/{language}/service-points/", f"/{language}{point.get_absolute_url()[3:]}"):
        page = client.get(path).content.decode()
        assert address in page
        assert access in page
        assert ("Satamatie" in page) == (language == "fi")


@pytest.mark.parametrize(("language", "sentence"), [("sv", "Ge namnet både på svenska och på finska."), ("fi", "Anna nimi sekä ruotsiksi että suomeksi.")])
def test_a_register_asks_for_the_name_in_both_languages_and_says_so_beside_the_field(
    town: Town, cast: Cast, client_for: Browser, language: str, sentence: str
) -> None:
    form = ServicePointForm()
    assert [name for name in form.fields if form.fields[name].required] == ["name_sv", "name_fi", "unit"]
    sent = {"name_sv": "Hamnkontoret", "unit": town.parks.pk, "is_active": "on"}
    page = client_for(cast.administrator).post(f"/{language}/registers/service-points/add/", sent)
    assert page.status_code == 422
    assert sentence in page.content.decode()
