""" "This looks wrong": anybody says so, whoever answers decides with a reason, the asker is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from dialogi.commons import outbox, sending
from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.duties import escalate
from dialogi.commons.models import Duty
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.commons.traps import opened_now
from dialogi.people import actions as people
from dialogi.people.models import Contact
from dialogi.systems import actions
from dialogi.systems.models import Correction, CorrectionState
from dialogi.systems.rules import CORRECT_DUTY
from dialogi.testing import SETUP, Cast, Town, actor, client_for, days_later

pytestmark = pytest.mark.django_db
BOTH = {"sv": "Uppgiften var rätt.", "fi": "Tieto oli oikein."}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English."""
    with override("en"):
        yield


def carry_mail() -> None:
    """As the worker does."""
    while outbox.drain():
        pass
    sending.send()


def form(**fields: str) -> dict[str, str]:
    """What a person sends who took their time."""
    return {"text": "Lagringstiden är fel.", "field": "retention", "opened": opened_now(seconds_ago=60), **fields}


def test_anybody_says_that_it_looks_wrong_and_reads_who_answers_by_when(town: Town) -> None:
    client, address = Client(), f"/sv/systems/{town.map_system.subject.code}/wrong/"
    assert client.get(address).status_code == 200
    empty = client.post(address, form(text="", email="nej"))
    assert empty.status_code == 422
    assert not Correction.objects.exists()
    answer = client.post(address, form(email="anna@example.org", form_key="a" * 32), follow=True)
    assert "Vägingenjör" in answer.content.decode()
    assert client.post(address, form(email="anna@example.org", form_key="a" * 32)).status_code == 302
    made = Correction.objects.get()
    assert (made.field, made.language, made.state) == ("retention", "sv", CorrectionState.OPEN)
    assert made.contact is not None
    assert made.contact.email == "anna@example.org"
    duty = Duty.objects.get(what=CORRECT_DUTY)
    assert duty.unit_id == town.roads.subject_id
    assert duty.post_id == town.road_engineer.subject_id


def test_a_machine_and_one_in_a_hurry_are_held_up_and_too_many_are_refused(town: Town) -> None:
    client, address = Client(), f"/sv/systems/{town.map_system.subject.code}/wrong/"
    assert client.post(address, form(website="https://spam.example")).status_code == 422
    statuses = [client.post(address, form(text=f"Fel {number}")).status_code for number in range(12)]
    assert statuses[0] == 302
    assert statuses[-1] == 429


def test_what_only_staff_know_of_is_corrected_by_staff_alone(town: Town, cast: Cast) -> None:
    address = f"/sv/systems/{town.archive_system.subject.code}/wrong/"
    assert Client().get(address).status_code == 404
    assert client_for(cast.handler).post(address, form()).status_code == 302


def test_the_holder_of_the_post_is_told_decides_and_the_asker_is_told(town: Town, cast: Cast) -> None:
    people.fill_post(town.road_engineer, person=cast.handler, by=SETUP)
    correction = actions.say_wrong(town.map_system, text="Hemligt ord: lagringstiden.", language="fi", reached={"email": "anna@example.org"}, by=ANONYMOUS)
    carry_mail()
    told = [message for message in mail.outbox if message.to == [cast.handler.account.email]]  # type: ignore[union-attr]
    assert told
    assert "/desk/corrections/" in str(told[0].body)
    assert "Hemligt" not in str(told[0].body)
    with pytest.raises(NotAllowed):
        actions.accept_correction(correction, reason={}, by=actor(cast.other_handler))
    with pytest.raises(ValidationError, match="refused"):
        actions.refuse_correction(correction, reason={"sv": "Nej."}, by=actor(cast.handler))
    mail.outbox.clear()
    actions.refuse_correction(correction, reason=BOTH, by=actor(cast.handler))
    carry_mail()
    answer = next(message for message in mail.outbox if message.to == ["anna@example.org"])
    assert "Tieto oli oikein." in str(answer.body)
    assert "Tieinsinööri" in str(answer.body)
    with pytest.raises(NotPossible):
        actions.accept_correction(correction, reason={}, by=actor(cast.handler))
    assert not Duty.objects.open().filter(what=CORRECT_DUTY).exists()
    page = Client().get(f"/fi/systems/{town.map_system.subject.code}/").content.decode()
    assert "Tieto oli oikein." in page
    assert "Hemligt ord" not in page


def test_the_duty_stays_as_old_as_the_oldest_that_waits(town: Town) -> None:
    first = actions.say_wrong(town.map_system, text="Ett.", language="sv", by=ANONYMOUS)
    with days_later(3):
        second = actions.say_wrong(town.map_system, text="Två.", language="sv", by=ANONYMOUS)
    assert Duty.objects.open().get(what=CORRECT_DUTY).started_at == first.given_at
    actions.accept_correction(first, reason={}, by=SETUP)
    assert Duty.objects.open().get(what=CORRECT_DUTY).started_at == second.given_at
    page = Client().get(f"/en/systems/{town.map_system.subject.code}/").content.decode()
    assert "1 correction waits" in page
    with days_later(30):
        escalate()
        assert "has not been looked at in time" in Client().get(f"/en/systems/{town.map_system.subject.code}/").content.decode()


def test_contact_details_are_erased_half_a_year_after_the_decision(town: Town) -> None:
    correction = actions.say_wrong(town.map_system, text="Fel.", language="sv", reached={"email": "anna@example.org"}, by=ANONYMOUS)
    with days_later(400):
        assert actions.expire_correction_contacts(by=SETUP) == 0
        actions.accept_correction(correction, reason={}, by=SETUP)
        assert actions.expire_correction_contacts(by=SETUP) == 0
    with days_later(600):
        assert actions.expire_correction_contacts(by=SETUP) == 1
    assert not Contact.objects.exists()


def test_the_desk_shows_each_what_they_decide_and_refuses_the_rest(town: Town, cast: Cast) -> None:
    correction = actions.say_wrong(town.map_system, text="Fel med kartan.", language="sv", by=ANONYMOUS)
    team, other = client_for(cast.ict_member), client_for(cast.other_handler)
    assert "Fel med kartan." in team.get("/sv/desk/corrections/").content.decode()
    assert "Fel med kartan." not in other.get("/sv/desk/corrections/").content.decode()
    assert other.get(f"/sv/desk/corrections/{correction.pk}/").status_code == 403
    address = f"/sv/desk/corrections/{correction.pk}/"
    refused = team.post(address, {"do": "refuse", "reason_sv": "Bara svenska"})
    assert refused.status_code == 422
    assert "Bara svenska" in refused.content.decode()
    assert team.post(address, {"do": "accept"}).status_code == 302
    correction.refresh_from_db()
    assert correction.state == CorrectionState.ACCEPTED
    assert "Fel med kartan." in team.get("/sv/desk/corrections/?view=decided").content.decode()
