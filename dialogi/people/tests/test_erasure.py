"""What is stored about a person, and having it erased."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from dialogi.commons import clock
from dialogi.commons.actors import Actor, machine
from dialogi.commons.models import Account, Delivery, Duty, Follow, LedgerEntry, LedgerNote, Wording
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.commons.registry import registry
from dialogi.commons.wordings import promise
from dialogi.people.actions import (
    ask_erasure,
    decide_erasure,
    edit_area,
    edit_preferences,
    ensure_person,
    erase_idle_accounts,
    give_consent,
    save_contact,
    warn_idle_accounts,
    withdraw_consent,
    withdraw_erasure,
)
from dialogi.people.models import Contact, ErasureRequest, Person, Tombstone
from dialogi.people.retention import sweep
from dialogi.people.rules import SWEEPER
from dialogi.testing import SETUP, Cast, Town, days_later

pytestmark = pytest.mark.django_db(transaction=False)
Acts = Callable[[Person | None], Actor]


@pytest.fixture(autouse=True)
def _tombstones() -> Iterator[None]:
    yield
    (Path(settings.HOME) / "erased.jsonl").unlink(missing_ok=True)


@pytest.fixture
def asked(cast: Cast, actor: Acts) -> ErasureRequest:
    me = cast.resident
    save_contact(by=actor(me), language="sv", name="Rea", email="rea@canary.example", phone="050", person=me)
    give_consent(by=actor(me), what="publication", wording="Du får visa det.", person=me)
    Follow.objects.create(subject=cast.official.subject, account=me.account)
    return ask_erasure(me, by=actor(me), words="Glöm mig, Canary.")


def test_the_answer_is_due_within_a_month(asked: ErasureRequest) -> None:
    duty = Duty.objects.get(what="people.erasure")
    assert duty.basis == "statute"
    assert 27 <= (duty.due_at.date() - clock.today()).days <= 35


def test_asking_twice_is_refused(asked: ErasureRequest, actor: Acts) -> None:
    with pytest.raises(Exception, match=r"redan|already|jo "):
        ask_erasure(asked.person, by=actor(asked.person))


def test_somebody_else_cannot_ask_nor_take_back(asked: ErasureRequest, cast: Cast, actor: Acts) -> None:
    with pytest.raises(NotAllowed):
        ask_erasure(cast.resident, by=actor(cast.another_resident))
    with pytest.raises(NotAllowed):
        withdraw_erasure(asked, by=actor(cast.another_resident))


def test_a_request_taken_back_cannot_be_decided(asked: ErasureRequest, cast: Cast, actor: Acts) -> None:
    withdraw_erasure(asked, by=actor(cast.resident))
    assert not Duty.objects.open().exists()
    with pytest.raises(NotPossible):
        decide_erasure(asked, by=actor(cast.registrar), outcome="granted", reason="x")


@pytest.mark.parametrize("name", ["handler", "communications", "clerk", "resident", "official"])
def test_only_the_registrar_and_the_administrator_decide(asked: ErasureRequest, cast: Cast, actor: Acts, name: str) -> None:
    with pytest.raises(NotAllowed):
        decide_erasure(asked, by=actor(getattr(cast, name)), outcome="granted", reason="x")


def test_when_granted_nothing_is_left_that_tells_who_it_was(asked: ErasureRequest, cast: Cast, actor: Acts) -> None:
    account_id, person_id, email = asked.person.account.pk, asked.person_id, asked.person.account.email
    decide_erasure(asked, by=actor(cast.registrar), outcome="granted", reason="Inget hindrar.")
    person = Person.objects.get(pk=person_id)
    assert (person.name, person.account) == ("", None)
    account = Account.objects.get(pk=account_id)
    assert not account.is_active
    assert not Account.objects.filter(email=email).exists()
    assert not EmailAddress.objects.filter(email=email).exists()
    assert not Follow.objects.filter(account=account_id).exists()
    assert not any(contact.email or contact.name or contact.phone for contact in Contact.objects.all())
    assert not LedgerNote.objects.filter(account=account_id).exists()
    assert "Canary" not in ErasureRequest.objects.get().words
    assert cast.resident.name not in person.subject.title_sv
    assert Tombstone.objects.get().account_number == account_id
    letter = Delivery.objects.get(channel="email")
    assert letter.receiver == email
    assert "Inget hindrar." in letter.body
    assert LedgerEntry.objects.filter(subject=person.subject).exists()


def test_when_refused_everything_stays_and_the_reason_is_sent(asked: ErasureRequest, cast: Cast, actor: Acts) -> None:
    decide_erasure(asked, by=actor(cast.registrar), outcome="refused", reason="Ärendet pågår.")
    assert Person.objects.get(pk=asked.person_id).account is not None
    assert "Ärendet pågår." in Delivery.objects.get().body
    assert not Tombstone.objects.exists()


def test_the_registrar_decides_on_the_page_with_a_reason(asked: ErasureRequest, cast: Cast, client_for: Callable[..., Client]) -> None:
    desk = client_for(cast.registrar)
    assert "Canary" in desk.get(f"/fi/erasures/{asked.pk}/").content.decode()
    assert desk.post(f"/sv/erasures/{asked.pk}/", {"outcome": "granted", "reason": ""}).status_code == 422
    assert desk.post(f"/sv/erasures/{asked.pk}/", {"outcome": "granted", "reason": "Inget hindrar."}).status_code == 302
    assert ErasureRequest.objects.get().state == "granted"
    assert desk.get(f"/sv/erasures/{asked.pk}/").status_code == 200


def test_a_resident_does_it_all_on_their_own_page(cast: Cast, client_for: Callable[..., Client]) -> None:
    me = client_for(cast.resident)
    for path in ("me/", "me/preferences/", "me/data/", "me/data/erase/"):
        for language in ("sv", "fi", "en"):
            assert me.get(f"/{language}/{path}").status_code == 200
    me.post("/sv/me/data/erase/", {"words": "Tack."})
    request = ErasureRequest.objects.get()
    other = client_for(cast.another_resident)
    assert other.post(f"/sv/me/data/erase/{request.pk}/take-back/").status_code == 404
    me.post(f"/sv/me/data/erase/{request.pk}/take-back/")
    assert ErasureRequest.objects.get().state == "withdrawn"


def test_the_file_holds_what_is_stored_and_nobody_else_gets_it(asked: ErasureRequest, cast: Cast, client: Client, client_for: Callable[..., Client]) -> None:
    response = client_for(cast.resident).get("/sv/me/data/file/")
    held = json.loads(response.content)
    assert "no-store" in response["Cache-Control"]
    kinds = {row["what"] for row in held["records"]["people.person"]}
    assert {"person", "account", "follow", "contact", "consent", "request for erasure"} <= kinds
    assert "rea@canary.example" in response.content.decode()
    assert "rea@canary.example" not in client_for(cast.another_resident).get("/sv/me/data/file/").content.decode()
    assert client.get("/sv/me/data/file/").status_code == 403


def test_a_promised_text_is_in_the_file_and_stays_promised_by_nobody_once_the_person_is_forgotten(
    cast: Cast, town: Town, actor: Acts, client_for: Callable[..., Client]
) -> None:
    area = edit_area(town.smedsby, by=SETUP, name_sv="Smedsby centrum")
    promise(area.subject, key="name", language="fi", until=clock.today(), by=actor(cast.communications))
    held = json.loads(client_for(cast.communications).get("/sv/me/data/file/").content)
    row = {"what": "promised text", "address": area.subject.address, "language": "fi", "until": clock.today().isoformat()}
    assert row in held["records"]["people.person"]
    asked = ask_erasure(cast.communications, by=actor(cast.communications))
    decide_erasure(asked, by=actor(cast.registrar), outcome="granted", reason="Inget hindrar.")
    promised = Wording.objects.promised().get()
    assert (promised.promised_by, promised.promised_language) == (None, "fi")


def test_the_file_wants_a_fresh_sign_in(cast: Cast, client_for: Callable[..., Client]) -> None:
    client = client_for(cast.resident)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    assert "Logga in på nytt" in client.get("/sv/me/data/file/").content.decode()
    assert client.post("/sv/me/sign-in-again/", {"next": "/sv/me/data/file/"}).url == "/sv/account/login/?next=%2Fsv%2Fme%2Fdata%2Ffile%2F"
    assert client.get("/sv/me/data/").status_code == 403


def test_wishes_are_saved_and_only_by_oneself(cast: Cast, actor: Acts, client_for: Callable[..., Client]) -> None:
    client_for(cast.resident).post("/sv/me/preferences/", {"name": "Rea R", "language": "fi", "digest": "daily"})
    person = Person.objects.get(pk=cast.resident.pk)
    assert (person.name, person.language, person.digest) == ("Rea R", "fi", "daily")
    assert registry.digest_of is not None
    assert registry.digest_of([person.account.pk]) == {person.account.pk: "daily"}
    with pytest.raises(NotAllowed):
        edit_preferences(person, by=actor(cast.another_resident), name="x", language="sv", digest="never")


def test_a_consent_is_taken_back_once_and_by_its_giver(cast: Cast, actor: Acts) -> None:
    consent = give_consent(by=actor(cast.resident), what="publication", wording="Du får visa det.", person=cast.resident)
    with pytest.raises(NotAllowed):
        withdraw_consent(consent, by=actor(cast.another_resident))
    withdrawn = withdraw_consent(consent, by=actor(cast.resident))
    assert withdrawn.withdrawn_at is not None
    assert withdraw_consent(consent, by=actor(cast.resident)).withdrawn_at == withdrawn.withdrawn_at


def test_an_account_that_nobody_uses_is_told_of_and_erased_a_month_later(cast: Cast) -> None:
    by = machine(SWEEPER)
    idle, active = cast.resident, cast.another_resident
    assert cast.handler
    with days_later(735):
        active.account.last_login = clock.now()
        active.account.save()
        assert (warn_idle_accounts(by=by), warn_idle_accounts(by=by), erase_idle_accounts(by=by)) == (1, 0, 0)
    with days_later(770):
        assert erase_idle_accounts(by=by) == 1
        assert erase_idle_accounts(by=by) == 0
    assert Person.objects.get(pk=idle.pk).account is None
    assert Person.objects.get(pk=active.pk).account is not None
    assert Person.objects.get(pk=cast.handler.pk).account is not None


def test_nobody_else_runs_the_sweep(cast: Cast, actor: Acts) -> None:
    with pytest.raises(NotAllowed):
        warn_idle_accounts(by=actor(cast.administrator))


def test_the_daily_job_runs_every_retention(db: None) -> None:
    assert set(sweep()) == {name for name, retention in registry.retentions.items() if retention.expire}


def test_a_restored_backup_forgets_again(
    asked: ErasureRequest, cast: Cast, actor: Acts, django_capture_on_commit_callbacks: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    account_id, person_id = asked.person.account.pk, asked.person_id
    with django_capture_on_commit_callbacks(execute=True):
        decide_erasure(asked, by=actor(cast.registrar), outcome="granted", reason="x")
    Account.objects.filter(pk=account_id).update(email="rea@canary.example", is_active=True)
    Person.objects.filter(pk=person_id).update(name="Rea Canary", account=account_id)
    call_command("repeat_erasures")
    assert "1 erased again" in capsys.readouterr().out
    assert Person.objects.get(pk=person_id).name == ""
    assert not Account.objects.filter(email="rea@canary.example").exists()


def test_a_person_is_made_once_for_an_account(db: None) -> None:
    account = Account.objects.create_account("new@town.example")
    assert ensure_person(account, by=SETUP).pk == ensure_person(account, by=SETUP).pk


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
def test_everybody_reads_how_long_what_is_kept(client: Client, language: str) -> None:
    assert client.get(f"/{language}/retention/").status_code == 200
