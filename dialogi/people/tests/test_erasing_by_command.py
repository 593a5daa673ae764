"""./manage erase_person: the registrar's decision about somebody who wrote a letter, made on the machine."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from dialogi.commons import tombstones
from dialogi.commons.models import Delivery
from dialogi.people.actions import ask_erasure, save_contact
from dialogi.people.models import ErasureRequest, Person, Tombstone
from dialogi.testing import Cast, actor

pytestmark = pytest.mark.django_db
REASON = "Inget hindrar att allt raderas."


@pytest.fixture(autouse=True)
def _tombstones() -> Iterator[None]:
    yield
    tombstones.path().unlink(missing_ok=True)


def erase(who: str, **options: object) -> None:
    call_command("erase_person", who, **{"by": "registrar@town.example", "reason": REASON} | options)


def test_somebody_who_wrote_a_letter_is_erased_and_told(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    me, email = cast.resident, cast.resident.account.email
    save_contact(by=actor(me), language="sv", name="Rea", email=email, person=me)
    assert cast.registrar.account.email == "registrar@town.example"
    erase(email)
    assert me.subject.code in capsys.readouterr().out
    assert Person.objects.get(pk=me.pk).name == ""
    assert Tombstone.objects.get().person_id == me.pk
    request = ErasureRequest.objects.get()
    assert (request.state, request.decided_by) == ("granted", cast.registrar)
    assert REASON in Delivery.objects.get(receiver_key__isnull=False).body


def test_a_dry_run_tells_what_is_stored_and_does_nothing(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    me = cast.resident
    save_contact(by=actor(me), language="sv", name="Rea", email="rea@canary.example", phone="050", person=me)
    call_command("erase_person", me.subject.code.lower(), dry_run=True)
    told = capsys.readouterr().out
    assert "People" in told
    assert "Kept" in told
    assert "Nothing was done" in told
    assert "canary" not in told, "it tells how much, not what"
    assert Person.objects.get(pk=me.pk).name
    assert not ErasureRequest.objects.exists()


def test_a_request_that_waits_is_the_one_that_is_decided(cast: Cast) -> None:
    asked = ask_erasure(cast.resident, by=actor(cast.resident), words="Tack.")
    assert cast.registrar
    erase(cast.resident.account.email, partly=True)
    assert ErasureRequest.objects.get().pk == asked.pk
    assert ErasureRequest.objects.get().state == "partly"


@pytest.mark.parametrize("name", ["handler", "communications", "clerk", "another_resident"])
def test_only_who_may_decide_on_the_page_may_decide_here(cast: Cast, name: str) -> None:
    me = cast.resident
    with pytest.raises(CommandError, match="Nothing was erased"):
        erase(me.account.email, by=getattr(cast, name).account.email)
    assert Person.objects.get(pk=me.pk).name
    assert not ErasureRequest.objects.exists()


def test_who_decides_and_why_is_asked_for(cast: Cast) -> None:
    assert cast.registrar
    for options in ({"by": None}, {"reason": " "}):
        with pytest.raises(CommandError, match="Nothing was done"):
            erase(cast.resident.account.email, **options)
    with pytest.raises(CommandError, match="Nobody has the address"):
        erase("nobody@town.example")
    with pytest.raises(CommandError, match="Nobody has the code"):
        erase("ZZZZ")
    assert not ErasureRequest.objects.exists()


def test_the_last_administrator_is_not_erased(cast: Cast) -> None:
    assert cast.registrar
    with pytest.raises(CommandError, match="Nothing was erased"):
        erase(cast.administrator.account.email)
    assert not ErasureRequest.objects.exists()
