"""Bodies: what they are, who is what in them, what continues them."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from dialogi.people.actions import appoint, close_body, create_body, edit_body
from dialogi.people.models import Body, BodyKind, Position, Role, Seat
from dialogi.testing import SETUP, Cast, Town

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db


def test_advisory_councils_are_found_with_the_address_they_are_invited_at(town: Town) -> None:
    assert town.council
    councils = Body.objects.active().filter(kind=BodyKind.ADVISORY)
    assert councils.exists() is False
    assert town.youth_council.email
    assert list(councils.all()) == [town.youth_council]
    with pytest.raises(ValidationError):
        edit_body(town.youth_council, by=SETUP, kind="club")
    with pytest.raises(ValidationError):
        edit_body(town.youth_council, by=SETUP, email="nowhere")


def test_a_body_tells_what_it_continues_and_what_continues_it(town: Town, client: Client) -> None:
    old = create_body(by=SETUP, name_sv="Tekniska nämnden", name_fi="Tekninen lautakunta")
    new = create_body(by=SETUP, name_sv="Samhällsutskottet", name_fi="Yhdyskuntavaliokunta")
    edit_body(old, by=SETUP, successor=new)
    close_body(old, by=SETUP)
    assert "Yhdyskuntavaliokunta" in client.get(old.subject.url_in("fi")).content.decode()
    assert "Tekniska nämnden" in client.get(new.subject.url_in("sv")).content.decode()


def test_no_body_continues_the_one_that_continues_it(town: Town) -> None:
    old = create_body(by=SETUP, name_sv="Tekniska nämnden", name_fi="Tekninen lautakunta")
    middle = create_body(by=SETUP, name_sv="Utskottet", name_fi="Valiokunta", successor=town.council)
    edit_body(old, by=SETUP, successor=middle)
    for body in (town.council, middle):
        with pytest.raises(ValidationError):
            edit_body(body, by=SETUP, successor=old)
    with pytest.raises(ValidationError):
        edit_body(old, by=SETUP, successor=old)
    assert edit_body(middle, by=SETUP, successor=None).successor is None


def test_who_sits_in_a_body_is_a_member_when_nothing_else_is_said(town: Town, cast: Cast) -> None:
    assert appoint(cast.resident, by=SETUP, role=Role.OFFICIAL, body=town.youth_council).position == Position.MEMBER
    assert appoint(cast.another_resident, by=SETUP, role=Role.OFFICIAL, body=town.youth_council, position="chair").position == Position.CHAIR
    assert Seat.objects.get(person=cast.handler).position == ""
    with pytest.raises(ValidationError):
        appoint(cast.employee, by=SETUP, role=Role.EMPLOYEE, unit=town.roads, position="chair")
    with pytest.raises(ValidationError):
        appoint(cast.employee, by=SETUP, role=Role.EMPLOYEE, body=town.council, position="king")


def test_members_are_listed_from_the_chair_on_to_those_who_may_see_them(town: Town, cast: Cast, client: Client, client_for: Browser) -> None:
    council = town.council
    appoint(cast.resident, by=SETUP, role=Role.OFFICIAL, body=council, position=Position.CHAIR)
    appoint(cast.employee, by=SETUP, role=Role.EMPLOYEE, body=council, position=Position.SECRETARY)
    assert cast.official
    page = client.get(council.subject.url_in("sv")).content.decode()
    assert 0 < page.index(f"{cast.resident.name}</a>, ordförande") < page.index(f"{cast.official.name}</a></li>")
    assert cast.employee.name not in page
    seen = client_for(cast.handler).get(council.subject.url_in("fi")).content.decode()
    assert f"{cast.employee.name}</a>, sihteeri" in seen
    assert "Ordförande" in client.get(cast.resident.subject.url_in("sv")).content.decode()


def test_an_administrator_says_what_a_body_is_and_who_leads_it(town: Town, cast: Cast, client_for: Browser) -> None:
    desk = client_for(cast.administrator)
    names = {"name_sv": "Äldrerådet", "name_fi": "Vanhusneuvosto", "name_en": "", "is_active": "on"}
    added = desk.post("/sv/registers/bodies/add/", {**names, "kind": "advisory", "email": "aldre@town.example"})
    assert added.status_code == 302
    body = Body.objects.get(name_sv="Äldrerådet")
    assert "Äldrerådet" in desk.get("/sv/registers/bodies/?kind=advisory").content.decode()
    assert "Äldrerådet" not in desk.get("/sv/registers/bodies/?kind=working_group").content.decode()
    desk.post("/sv/registers/seats/add/", {"person": cast.resident.pk, "role": "official", "body": body.pk, "position": "vice_chair"})
    assert Seat.objects.get(body=body).position == Position.VICE_CHAIR
    wrong = desk.post("/sv/registers/seats/add/", {"person": cast.resident.pk, "role": "employee", "unit": town.roads.pk, "position": "chair"})
    assert wrong.status_code == 422
    assert "sitter i ett organ" in wrong.content.decode()
