"""After the server's key was changed, what was made with the old one holds for as long as the old one is kept, and no longer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from dialogi.commons.codes import read_code
from dialogi.commons.follows import confirm_follow, follow, followed_by_token
from dialogi.commons.messages import Message, Receiver, queue
from dialogi.commons.models import Delivery, Follow, LedgerEntry, OutboxMessage
from dialogi.commons.sending import stop_url
from dialogi.people.actions import ask_erasure, decide_erasure
from dialogi.testing import Cast, Town, actor, client_for
from dialogi.voices import actions
from dialogi.voices.actions import Said
from dialogi.voices.models import Support, Voice

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
kept_or_not = pytest.mark.parametrize("is_kept", [True, False], ids=["the old key is kept", "the old key is gone"])


def change_key(settings: Settings, *, is_kept: bool) -> None:
    """A new key; the old one among the fallbacks or not."""
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if is_kept else []
    settings.SECRET_KEY = "another-key-of-the-server-that-is-long-enough-for-anybody"


def a_voice(town: Town, key: str = "one") -> actions.Receipt:
    return actions.give_voice(Said(text="Lampan är trasig.", language="sv", service=town.snow, publication="waiting"), form_key=key, by=actor(None))


def test_the_old_keys_come_from_the_environment(tmp_path: Path) -> None:
    told = "from django.conf import settings; print([settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])"
    environment = os.environ | {"DIALOGI_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "dialogi.settings", "DIALOGI_SECRET_KEY": "new"}
    for given, wanted in (("older, oldest", ["new", "older", "oldest"]), ("", ["new"])):
        run = subprocess.run(
            [sys.executable, "-c", told], cwd=ROOT, env=environment | {"DIALOGI_SECRET_KEY_FALLBACKS": given}, capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == str(wanted)


@kept_or_not
def test_who_is_signed_in_stays_signed_in(cast: Cast, settings: Settings, is_kept: bool) -> None:
    browser = client_for(cast.handler)
    assert browser.get("/sv/desk/").status_code == 200
    change_key(settings, is_kept=is_kept)
    assert (browser.get("/sv/desk/").status_code == 200) is is_kept


@kept_or_not
def test_a_printed_code_opens_its_page_and_the_same_form_gets_the_same_code(town: Town, client: Client, settings: Settings, is_kept: bool) -> None:
    receipt = a_voice(town)
    change_key(settings, is_kept=is_kept)
    assert (client.get(f"/sv/status/{read_code(receipt.code)}/").status_code == 200) is is_kept
    again = a_voice(town)
    assert again.voice == receipt.voice
    assert (again.code == receipt.code) is is_kept
    assert client.get(f"/sv/status/{read_code(a_voice(town, 'two').code)}/").status_code == 200


@kept_or_not
def test_an_old_link_stops_following_and_nobody_follows_twice(cast: Cast, town: Town, settings: Settings, is_kept: bool) -> None:
    follow(town.roads.subject, by=actor(None), email="rea@town.example", language="sv")
    found = Follow.objects.get()
    token = Delivery.objects.get().body.split("/follow/confirm/")[1].split("/")[0]
    confirm_follow(token)
    link = stop_url(found.pk, language="sv").rstrip("/").rsplit("/", 1)[1]
    change_key(settings, is_kept=is_kept)
    cache.clear()
    follow(town.roads.subject, by=actor(None), email="Rea@town.example", language="sv")
    assert (Follow.objects.count() == 1) is is_kept
    assert (followed_by_token(link) == found) is is_kept


@kept_or_not
def test_a_browser_supports_once_and_can_take_it_back(town: Town, cast: Cast, client: Client, settings: Settings, is_kept: bool) -> None:
    voice = a_voice(town).voice
    actions.publish(voice, by=actor(cast.communications))
    address = f"/sv/voices/{voice.subject.code}/support/"
    client.get(address)
    client.post(address, {"do": "support"})
    change_key(settings, is_kept=is_kept)
    client.post(address, {"do": "support"})
    assert (Support.objects.count() == 1) is is_kept
    client.post(address, {"do": "end"})
    assert (Support.objects.count() == 0) is is_kept
    client.post(address, {"do": "support"})
    assert Support.objects.count() == (1 if is_kept else 2)


def test_messages_from_before_go_when_their_receiver_is_erased_and_none_comes_twice(town: Town, cast: Cast, settings: Settings) -> None:
    outbox = OutboxMessage.objects.filter(entry=LedgerEntry.objects.filter(subject=cast.resident.subject).first()).get()
    message = Message(Receiver("email", cast.resident.account.email, "sv"), lambda: "Hej", lambda: "Ord")
    queue([message], outbox=outbox)
    change_key(settings, is_kept=True)
    assert queue([message], outbox=outbox) == 0
    assert queue([message]) == 1
    asked = ask_erasure(cast.resident, by=actor(cast.resident))
    decide_erasure(asked, by=actor(cast.registrar), outcome="granted", reason="Inget hindrar.")
    assert [each.heading for each in Delivery.objects.all() if each.heading == "Hej"] == []


def test_the_codes_of_voices_lie_nowhere(town: Town, settings: Settings) -> None:
    """Keeping old keys must not come to mean keeping codes."""
    receipt = a_voice(town)
    change_key(settings, is_kept=True)
    row = str(Voice.objects.filter(pk=receipt.voice.pk).values().get())
    assert receipt.code not in row
    assert read_code(receipt.code) not in row
