"""The register pages, proved on the registers of people."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogi.commons.register.listing import harmless
from dialogi.people.actions import create_unit, edit_unit
from dialogi.people.models import Person, Seat, Unit
from dialogi.testing import SETUP, Cast, Town

pytestmark = pytest.mark.django_db
SLUGS = ["units", "areas", "organisations", "bodies", "people", "seats", "posts", "holdings"]


@pytest.fixture
def desk(cast: Cast, client_for: Callable[..., Client]) -> Client:
    return client_for(cast.administrator)


def names(sv: str, fi: str) -> dict[str, str]:
    return {"name_sv": sv, "name_fi": fi, "name_en": "", "is_active": "on"}


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_every_register_opens_for_staff(slug: str, language: str, desk: Client, town: Town, cast: Cast) -> None:
    assert all((town.roads, town.smedsby, town.wellbeing_county, town.council, cast.handler))
    for path in (f"registers/{slug}/", f"registers/{slug}/add/", f"registers/{slug}/export.csv"):
        assert desk.get(f"/{language}/{path}").status_code == 200


@pytest.mark.parametrize("slug", SLUGS)
def test_registers_are_closed_to_residents_and_strangers(slug: str, cast: Cast, client: Client, client_for: Callable[..., Client]) -> None:
    for reader in (client, client_for(cast.resident), client_for(cast.official)):
        assert reader.get(f"/sv/registers/{slug}/").status_code == 403


def test_staff_may_read_but_only_an_administrator_adds(cast: Cast, client_for: Callable[..., Client]) -> None:
    reader = client_for(cast.handler)
    assert "registers/units/add/" not in reader.get("/sv/registers/units/").content.decode()
    assert reader.post("/sv/registers/units/add/", names("Hamnar", "Satamat")).status_code == 403
    assert not Unit.objects.filter(name_sv="Hamnar").exists()


def test_an_administrator_adds_edits_and_closes_a_unit(desk: Client) -> None:
    added = desk.post("/sv/registers/units/add/", names("Hamnar", "Satamat"))
    unit = Unit.objects.get(name_sv="Hamnar")
    assert added.url == f"/sv/registers/units/{unit.subject.code}/"
    version = unit.subject.version
    desk.post(f"{added.url}edit/", {**names("Småbåtshamnar", "Venesatamat"), "version": version})
    unit.refresh_from_db()
    assert unit.name_fi == "Venesatamat"
    assert "Enhetens uppgifter ändrades" in desk.get(added.url).content.decode()
    desk.post(f"{added.url}close/")
    unit.refresh_from_db()
    assert not unit.is_active


def test_a_unit_needs_its_name_in_both_languages(desk: Client) -> None:
    response = desk.post("/sv/registers/units/add/", names("Hamnar", ""))
    assert response.status_code == 422
    assert "både på svenska och på finska" in response.content.decode()
    assert "Hamnar" in response.content.decode()


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(desk: Client, town: Town) -> None:
    unit = town.parks
    seen = Unit.objects.get(pk=unit.pk).subject.version
    edit_unit(unit, by=SETUP, name_sv="Grönområden")
    response = desk.post(f"/sv/registers/units/{unit.subject.code}/edit/", {**names("Parkerna", "Puistot"), "version": seen})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Grönområden" in page
    assert "Parkerna" in page
    assert Unit.objects.get(pk=unit.pk).name_sv == "Grönområden"
    again = desk.post(f"/sv/registers/units/{unit.subject.code}/edit/", {**names("Parkerna", "Puistot"), "version": seen + 1})
    assert again.status_code == 302


def test_a_unit_that_still_has_people_is_not_closed(desk: Client, cast: Cast, town: Town) -> None:
    assert cast.handler
    response = desk.post(f"/sv/registers/units/{town.roads.subject.code}/close/")
    assert response.status_code == 409
    assert Unit.objects.get(pk=town.roads.pk).is_active


def test_a_unit_cannot_lie_within_itself(desk: Client, town: Town) -> None:
    technical, roads = town.technical, town.roads
    version = Unit.objects.get(pk=technical.pk).subject.version
    response = desk.post(f"/sv/registers/units/{technical.subject.code}/edit/", {**names("Teknik", "Tekniikka"), "parent": roads.pk, "version": version})
    assert response.status_code == 422


def test_the_list_is_searched_narrowed_and_sorted_by_its_address(desk: Client, town: Town) -> None:
    assert all((town.roads, town.parks, town.library))
    found = desk.get("/sv/registers/units/?q=vägar").content.decode()
    assert "Vägar" in found
    assert "Parker" not in found
    narrowed = desk.get(f"/sv/registers/units/?sector={town.education.pk}").content.decode()
    assert "Biblioteket" in narrowed
    assert "Parker" not in narrowed
    turned = desk.get("/sv/registers/units/?sort=-name").content.decode()
    assert turned.index("Vägar") < turned.index("Biblioteket")


@pytest.mark.parametrize("query", ["sort=subject__owner__password", "sort=-", "page=999", "page=x", "state=%00", "sector=abc", "q=%27%22%3Cscript%3E"])
def test_nonsense_in_the_address_does_no_harm(desk: Client, query: str, town: Town) -> None:
    assert town.roads
    assert desk.get(f"/sv/registers/units/?{query}").status_code in {200, 400}


def test_an_unknown_register_and_an_unknown_row_are_not_there(desk: Client) -> None:
    assert desk.get("/sv/registers/nothing/").status_code == 404
    assert desk.get("/sv/registers/units/XXXXXX/").status_code == 404
    assert desk.get("/sv/registers/seats/abc/").status_code == 404


@pytest.mark.parametrize(("value", "cell"), [("=1+1", "'=1+1"), ("+358", "'+358"), ("@x", "'@x"), ("-2", "'-2"), (-2, "-2"), (3.5, "3.5"), ("Vägar", "Vägar")])
def test_no_cell_becomes_a_formula(value: Any, cell: str) -> None:
    assert harmless(value) == cell


def test_the_export_holds_the_rows_of_the_list(desk: Client, town: Town) -> None:
    assert all((town.roads, town.parks))
    create_unit(by=SETUP, name_sv="=HYPERLINK(1)", name_fi="x")
    lines = b"".join(desk.get("/sv/registers/units/export.csv?q=HYPER")).decode().splitlines()
    assert lines[0].startswith("\ufeffNamn;")
    assert len(lines) == 2
    assert lines[1].startswith("'=HYPERLINK")


def test_a_long_register_asks_the_database_as_often_as_a_short_one(
    desk: Client, town: Town, django_assert_max_num_queries: Callable[..., CaptureQueriesContext]
) -> None:
    for number in range(60):
        create_unit(by=SETUP, name_sv=f"Enhet {number}", name_fi=f"Yksikkö {number}", parent=town.technical)
    with django_assert_max_num_queries(12):
        desk.get("/sv/registers/units/")


def test_an_administrator_adds_a_person_who_can_then_get_a_role(desk: Client, town: Town) -> None:
    added = desk.post("/sv/registers/people/add/", {"name": "Nina Ny", "language": "sv", "email": "nina@town.example"})
    person = Person.objects.get(name="Nina Ny")
    assert added.status_code == 302
    assert desk.get(added.url).status_code == 200
    assert "selected" in desk.get(f"/sv/registers/seats/add/?person={person.pk}").content.decode()
    desk.post("/sv/registers/seats/add/", {"person": person.pk, "role": "handler", "unit": town.roads.pk})
    seat = Seat.objects.get(person=person)
    assert desk.get(f"/sv/registers/seats/{seat.pk}/").status_code == 200
    desk.post(f"/sv/registers/seats/{seat.pk}/edit/", {"since": "2020-01-01", "until": "", "decision": "§ 12"})
    seat.refresh_from_db()
    assert seat.decision == "§ 12"
    desk.post(f"/sv/registers/seats/{seat.pk}/close/")
    assert not Seat.objects.current().filter(pk=seat.pk).exists()


def test_a_handler_needs_a_unit(desk: Client, cast: Cast) -> None:
    response = desk.post("/sv/registers/seats/add/", {"person": cast.employee.pk, "role": "handler"})
    assert response.status_code == 422
    assert "måste ha en enhet" in response.content.decode()


def test_an_address_that_is_taken_is_said_beside_the_field(desk: Client, cast: Cast) -> None:
    response = desk.post("/sv/registers/people/add/", {"name": "Nina Ny", "language": "sv", "email": cast.handler.account.email})
    assert response.status_code == 422
    assert not Person.objects.filter(name="Nina Ny").exists()


def test_residents_are_not_in_the_register_of_people(desk: Client, cast: Cast, client_for: Callable[..., Client]) -> None:
    cast.resident.account.last_login = cast.resident.account.created_at
    cast.resident.account.save()
    assert cast.handler
    page = desk.get("/sv/registers/people/").content.decode()
    assert cast.handler.name in page
    assert cast.resident.name not in page


def test_an_administrator_closes_an_account_by_editing(desk: Client, cast: Cast) -> None:
    person = Person.objects.get(pk=cast.handler.pk)
    data = {"name": person.name, "language": "sv", "version": person.subject.version}
    desk.post(f"/sv/registers/people/{person.subject.code}/edit/", data)
    person.account.refresh_from_db()
    assert not person.account.is_active
