"""Somebody always administers: the only one hands over first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from dialogi.commons import clock
from dialogi.commons.permissions import NotPossible
from dialogi.people import actions
from dialogi.people.administering import faults
from dialogi.people.models import Person, Role, Seat
from dialogi.testing import SETUP, Cast, actor, days_later

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def only(cast: Cast) -> Seat:
    return cast.administrator.seats.get()


def ways_to_lose(cast: Cast, seat: Seat) -> dict[str, Callable[[], object]]:
    """Each verb after which the person would not administer, by the person's own hand or the registrar's."""
    me, today = actor(seat.person), clock.today()
    change = {"by": me, "decision": ""}
    return {
        "ended": lambda: actions.end_seat(seat, by=me),
        "ended one day": lambda: actions.end_seat(seat, by=me, on=today + timedelta(days=90)),
        "cut": lambda: actions.change_seat(seat, since=seat.since, until=today + timedelta(days=90), **change),
        "cut to the past": lambda: actions.change_seat(seat, since=seat.since, until=seat.since, **change),
        "begun later": lambda: actions.change_seat(seat, since=today + timedelta(days=1), until=None, **change),
        "closed": lambda: actions.close_account(seat.person, by=me),
        "erased": lambda: actions.decide_erasure(actions.ask_erasure(seat.person, by=me), by=actor(cast.registrar), outcome="partly", reason="På begäran."),
    }


WAYS = ["ended", "ended one day", "cut", "cut to the past", "begun later", "closed", "erased"]


@pytest.mark.parametrize("way", WAYS)
def test_the_only_administrator_cannot_be_taken_away(cast: Cast, only: Seat, way: str) -> None:
    with pytest.raises(NotPossible, match=r"Lämna över först|Hand over first") as refusal:
        ways_to_lose(cast, only)[way]()
    assert refusal.value.reason
    only.refresh_from_db()
    assert only.until is None
    assert Person.objects.get(pk=only.person_id).account.is_active
    assert list(faults()) == []


@pytest.mark.parametrize("way", WAYS)
def test_once_somebody_else_has_the_role_it_can(cast: Cast, only: Seat, way: str) -> None:
    actions.appoint(cast.employee, by=actor(only.person), role=Role.ADMINISTRATOR)
    ways_to_lose(cast, only)[way]()
    with days_later(91):
        assert list(faults()) == []
        lost = not Seat.objects.current().filter(role=Role.ADMINISTRATOR, person=only.person_id, person__account__is_active=True).exists()
        assert lost is (way != "begun later")


@pytest.mark.parametrize("why", ["cannot sign in", "ends sooner", "begins later"])
def test_somebody_who_cannot_use_the_role_is_nobody_to_hand_over_to(cast: Cast, only: Seat, why: str) -> None:
    today = clock.today()
    terms = {"cannot sign in": {}, "ends sooner": {"until": today + timedelta(days=80)}, "begins later": {"since": today + timedelta(days=100)}}[why]
    other = actions.create_person(by=SETUP, name="Nils Ny", email="" if why == "cannot sign in" else "nils@town.example")
    actions.appoint(other, by=SETUP, role=Role.ADMINISTRATOR, **terms)
    with pytest.raises(NotPossible):
        actions.end_seat(only, by=actor(only.person), on=today + timedelta(days=90))


def test_a_longer_term_and_other_roles_are_nobodys_concern(cast: Cast, only: Seat) -> None:
    me, today = actor(only.person), clock.today()
    actions.change_seat(only, by=SETUP, since=only.since, until=today + timedelta(days=10), decision="")
    longer = actions.change_seat(only, by=me, since=only.since, until=today + timedelta(days=400), decision="§ 9")
    assert longer.until == today + timedelta(days=400)
    assert actions.end_seat(cast.handler.seats.get(), by=me).until == today - timedelta(days=1)


def test_it_is_told_when_nobody_administers_or_soon_nobody_will(cast: Cast, only: Seat) -> None:
    assert list(faults()) == []
    actions.change_seat(only, by=SETUP, since=only.since, until=clock.today() + timedelta(days=20), decision="")
    assert "create_administrator" in next(faults())
    with days_later(21):
        assert clock.today().isoformat() in next(faults())


@pytest.mark.parametrize("language", ["sv", "fi"])
def test_the_page_says_why_not_and_how_to_hand_over(cast: Cast, only: Seat, client_for: Browser, language: str) -> None:
    desk = client_for(cast.administrator)
    refused = desk.post(f"/{language}/registers/seats/{only.pk}/close/")
    assert refused.status_code == 409
    assert {"sv": "Lämna över först", "fi": "Siirrä tehtävä ensin"}[language] in refused.content.decode()
    cut = desk.post(f"/{language}/registers/seats/{only.pk}/edit/", {"since": only.since, "until": clock.today().isoformat(), "decision": ""})
    assert cut.status_code == 422
    person = Person.objects.get(pk=only.person_id)
    closed = desk.post(f"/{language}/registers/people/{person.subject.code}/edit/", {"name": person.name, "language": "sv", "version": person.subject.version})
    assert closed.status_code == 422
    asked = actions.ask_erasure(person, by=actor(person))
    erased = client_for(cast.registrar).post(f"/{language}/erasures/{asked.pk}/", {"outcome": "granted", "reason": "x"})
    assert erased.status_code == 422
    assert {"sv": "Lämna över först", "fi": "Siirrä tehtävä ensin"}[language] in erased.content.decode()
