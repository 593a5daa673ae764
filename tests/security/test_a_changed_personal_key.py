"""After the personal key was changed, everything opens with both keys; once it is encrypted again, with the new one alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken
from django.core.management import CommandError, call_command
from pytest_django import Settings

from dialogi.commons import encryption
from dialogi.commons.models import Delivery
from dialogi.people.actions import save_contact
from dialogi.people.models import Contact
from dialogi.testing import Cast, actor

pytestmark = pytest.mark.django_db
Keys = Callable[..., None]


@pytest.fixture
def keys(settings: Settings) -> Iterator[Keys]:
    def use(*found: str) -> None:
        settings.PERSONAL_KEYS = list(found)
        encryption._box.cache_clear()

    use("old")
    yield use
    encryption._box.cache_clear()


@pytest.fixture
def written(cast: Cast, keys: Keys) -> None:
    """A contact, a message and a second factor, written with the old key."""
    save_contact(by=actor(cast.resident), language="sv", name="Rea", email="rea@town.example", phone="", person=cast.resident)
    Delivery.objects.create(channel="email", receiver="rea@town.example", receiver_key="x", language="sv", heading="Hej", body="Tack.", message_id="1")
    TOTP.activate(cast.resident.account, "JBSWY3DPEHPK3PXP")


def opened() -> tuple[str, str, str]:
    factor = encryption.decrypt(Authenticator.objects.get(type="totp").data["secret"])
    return Contact.objects.get().email, Delivery.objects.get(message_id="1").body, factor


EVERYTHING = ("rea@town.example", "Tack.", "JBSWY3DPEHPK3PXP")


@pytest.mark.usefixtures("written")
def test_the_old_key_opens_what_it_closed_for_as_long_as_it_is_there(keys: Keys) -> None:
    keys("new", "old")
    assert opened() == EVERYTHING
    keys("new")
    with pytest.raises(InvalidToken):
        opened()


@pytest.mark.usefixtures("written")
def test_once_everything_is_encrypted_again_the_old_key_may_go(keys: Keys) -> None:
    index = Contact.objects.get().email_index
    keys("new", "old")
    call_command("encrypt_again")
    keys("new")
    assert opened() == EVERYTHING
    assert Contact.objects.get().email_index == index
    call_command("encrypt_again")
    assert opened() == EVERYTHING


@pytest.mark.usefixtures("written")
def test_what_no_key_opens_is_left_as_it_is_and_told(keys: Keys) -> None:
    keys("new")
    with pytest.raises(CommandError, match="opened by none of the keys"):
        call_command("encrypt_again")
    keys("new", "old")
    assert opened() == EVERYTHING
