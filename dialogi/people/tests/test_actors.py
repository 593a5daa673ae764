"""Who acts, with which rights; what is seen of units, bodies and people."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models import Subject
from dialogi.commons.permissions import NotAllowed
from dialogi.people.actions import appoint, change_seat, close_unit, create_area, create_person, create_unit, edit_unit, end_seat
from dialogi.people.models import Person, Role, Unit
from dialogi.people.queries import actor_of, holders, names_of, units_below
from dialogi.people.retention import turn_terms
from dialogi.testing import SETUP, Cast, Town, days_later

pytestmark = pytest.mark.django_db
Acts = Callable[[Person | None], Actor]


def test_an_anonymous_request_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/sv/")
    with django_assert_num_queries(0):
        assert actor_of(request).is_anonymous


def test_an_actor_is_read_in_two_queries(cast: Cast, actor: Acts, django_assert_max_num_queries: Any) -> None:
    person = cast.head_of_unit
    with django_assert_max_num_queries(2):
        actor(person)


def test_a_head_of_a_sector_reaches_the_units_within_it_and_no_others(cast: Cast, town: Town, actor: Acts) -> None:
    head = actor(cast.head_of_unit)
    assert head.holds(Role.HEAD, unit_id=town.roads.subject_id)
    assert head.holds(Role.HEAD, unit_id=town.parks.subject_id)
    assert not head.holds(Role.HEAD, unit_id=town.library.subject_id)
    assert not actor(cast.handler).holds(Role.HANDLER, unit_id=town.parks.subject_id)


@pytest.mark.parametrize(
    ("name", "audiences", "reviews"),
    [
        ("resident", {"public"}, False),
        ("official", {"public", "officials"}, False),
        ("employee", {"public", "officials", "staff"}, False),
        ("communications", {"public", "officials", "staff"}, True),
    ],
)
def test_a_role_gives_its_audiences(cast: Cast, actor: Acts, name: str, audiences: set[str], reviews: bool) -> None:
    acting = actor(getattr(cast, name))
    assert (set(acting.audiences), acting.reviews) == (audiences, reviews)


def test_a_role_begins_and_ends_with_its_term(cast: Cast, town: Town, actor: Acts) -> None:
    today = clock.today()
    appoint(cast.resident, by=SETUP, role=Role.EMPLOYEE, unit=town.parks, since=today + timedelta(days=2), until=today + timedelta(days=4))
    assert not actor(cast.resident).is_staff
    with days_later(3):
        assert actor(cast.resident).is_staff
    with days_later(6):
        assert not actor(cast.resident).is_staff


def test_a_role_that_is_ended_is_gone_at_once(cast: Cast, actor: Acts) -> None:
    end_seat(cast.handler.seats.get(), by=SETUP)
    assert not actor(cast.handler).is_staff


@pytest.mark.parametrize("name", ["resident", "handler", "head_of_unit", "registrar", "official"])
def test_only_an_administrator_gives_roles_and_makes_units(cast: Cast, actor: Acts, name: str) -> None:
    by = actor(getattr(cast, name))
    with pytest.raises(NotAllowed):
        appoint(cast.resident, by=by, role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        create_unit(by=by, name_sv="a", name_fi="b")
    with pytest.raises(NotAllowed):
        create_person(by=by, name="x")


def test_fields_that_are_nobodys_business_are_refused(town: Town) -> None:
    with pytest.raises(TypeError):
        edit_unit(town.roads, by=SETUP, subject_id=1)
    with pytest.raises(TypeError):
        create_area(by=SETUP, name_sv="a", name_fi="b", latitude=1, longitude=1, id=7)


def test_who_holds_a_role_is_known(cast: Cast, town: Town) -> None:
    assert all((cast.handler, cast.other_handler))
    assert holders(Role.HANDLER, unit=town.roads) == [cast.handler]
    assert names_of([cast.handler.pk]) == {cast.handler.pk: cast.handler.name}
    assert units_below(town.technical) >= {town.technical.subject_id}


def test_officials_are_public_staff_are_seen_by_staff_and_residents_by_themselves(cast: Cast, client: Client, client_for: Callable[..., Client]) -> None:
    def sees(reader: Client, person: Person) -> int:
        return reader.get(f"/sv/people/{Subject.objects.get(pk=person.subject_id).code}/").status_code

    staff, resident, other = client_for(cast.clerk), client_for(cast.resident), client_for(cast.another_resident)
    assert [sees(reader, cast.official) for reader in (client, other, staff)] == [200, 200, 200]
    assert [sees(reader, cast.handler) for reader in (client, other, staff)] == [404, 404, 200]
    assert [sees(reader, cast.resident) for reader in (client, other, staff, resident)] == [404, 404, 404, 200]


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
def test_the_pages_of_units_bodies_areas_and_organisations_are_public(client: Client, town: Town, cast: Cast, language: str) -> None:
    assert all((cast.official, town.parks))
    for noun in (town.technical, town.roads, town.council, town.smedsby, town.wellbeing_county):
        assert client.get(f"/{language}{noun.subject.address}").status_code == 200


def test_a_closed_unit_keeps_its_page_and_says_so(client: Client, town: Town) -> None:
    close_unit(town.library, by=SETUP)
    assert "Inte längre i bruk" in client.get(f"/sv{town.library.subject.address}").content.decode()
    assert not Unit.objects.get(pk=town.library.pk).is_active


def test_an_official_leaves_public_view_when_the_term_ends(cast: Cast, client: Client) -> None:
    seat = cast.official.seats.get()
    change_seat(seat, by=SETUP, since=seat.since, until=clock.today() + timedelta(days=1), decision="")
    address = f"/sv{cast.official.subject.address}"
    assert turn_terms() == 0
    assert client.get(address).status_code == 200
    with days_later(3):
        assert (turn_terms(), turn_terms()) == (1, 0)
        assert client.get(address).status_code == 404
