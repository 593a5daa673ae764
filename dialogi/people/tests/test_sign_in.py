"""Signing in and out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client

from dialogi.commons.models import Account
from dialogi.people.actions import close_account, end_seat, remove_second_factors
from dialogi.people.models import Person
from dialogi.testing import SETUP, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_limits() -> None:
    cache.clear()


def code_in(message: mail.EmailMessage) -> str:
    return re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", message.body, re.MULTILINE)[1]


def sign_in(client: Client, email: str, *, language: str = "sv", next: str = "") -> Any:
    client.post(f"/{language}/account/login/code/", {"email": email, "next": next})
    return client.post(f"/{language}/account/login/code/confirm/", {"code": code_in(mail.outbox[-1]), "next": next})


def app_code(secret: str) -> str:
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"


def test_a_resident_signs_in_with_a_code_from_the_mail(client: Client, cast: Cast) -> None:
    response = sign_in(client, cast.resident.account.email)
    assert response.url == "/sv/me/"
    assert client.get("/sv/me/").status_code == 200


def test_a_wrong_code_opens_nothing_and_says_so_in_the_language_of_the_page(client: Client, cast: Cast) -> None:
    client.post("/fi/account/login/code/", {"email": cast.resident.account.email})
    response = client.post("/fi/account/login/code/confirm/", {"code": "XXXXXX"})
    assert response.status_code == 200
    assert "Koodi on väärä tai liian vanha" in response.content.decode()
    assert client.get("/fi/me/data/").status_code == 403


def test_the_mail_is_in_the_language_of_the_receiver(client: Client, cast: Cast) -> None:
    client.post("/sv/account/login/code/", {"email": cast.another_resident.account.email})
    assert "Koodisi" in mail.outbox[-1].subject


def test_a_new_account_is_made_with_an_address_alone(client: Client) -> None:
    client.post("/sv/account/signup/", {"email": "ny@town.example"})
    assert not Person.objects.exists()
    client.post("/sv/account/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert client.get("/sv/me/").status_code == 200
    account = Account.objects.get(email="ny@town.example")
    assert account.person.language == "sv"
    assert not account.has_usable_password()


@pytest.mark.parametrize("address", ["account/login/code/", "account/signup/"])
def test_the_page_does_not_tell_who_has_an_account(address: str, cast: Cast) -> None:
    known, unknown = Client(), Client()
    first = known.post(f"/sv/{address}", {"email": cast.resident.account.email})
    second = unknown.post(f"/sv/{address}", {"email": "nobody@town.example"})
    assert (first.status_code, first.url) == (second.status_code, second.url)
    pages = [browser.get(first.url).content.decode() for browser in (known, unknown)]
    pages = [re.sub(r'value="[\w-]{64}"', "", page).replace(cast.resident.account.email, "x").replace("nobody@town.example", "x") for page in pages]
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2


def test_the_session_gets_a_new_number_at_sign_in(client: Client, cast: Cast) -> None:
    client.post("/sv/account/login/code/", {"email": cast.resident.account.email})
    before = client.cookies["session"].value
    client.post("/sv/account/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert client.cookies["session"].value != before


def test_signing_out_ends_the_session_on_the_server(cast: Cast, client_for: Callable[..., Client]) -> None:
    client = client_for(cast.resident)
    kept = client.cookies["session"].value
    response = client.post("/sv/account/logout/")
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    client.cookies["session"] = kept
    assert client.get("/sv/me/data/").status_code == 403


@pytest.mark.parametrize("path", ["account/password/reset/", "account/password/change/", "account/password/set/", "account/reauthenticate/"])
def test_there_are_no_pages_for_passwords(path: str, cast: Cast, client_for: Callable[..., Client]) -> None:
    assert client_for(cast.resident).get(f"/sv/{path}").status_code == 404


def test_a_password_sent_to_the_sign_in_page_opens_nothing(client: Client, cast: Cast) -> None:
    cast.resident.account.set_password("secret")
    cast.resident.account.save()
    client.post("/sv/account/login/", {"login": cast.resident.account.email, "password": "secret"})
    assert client.get("/sv/me/data/").status_code == 403


def test_the_way_back_never_leads_to_another_site(client: Client, cast: Cast) -> None:
    assert sign_in(client, cast.resident.account.email, next="https://evil.example/").url == "/sv/me/"


def test_a_closed_account_loses_its_session_at_once(cast: Cast, client_for: Callable[..., Client]) -> None:
    client = client_for(cast.resident)
    assert client.get("/sv/me/").status_code == 200
    close_account(cast.resident, by=SETUP)
    assert client.get("/sv/me/data/").status_code == 403
    mail.outbox.clear()
    client.post("/sv/account/login/code/", {"email": cast.resident.account.email})
    assert not any(re.search("kod är", message.subject) for message in mail.outbox)


def test_staff_without_a_second_factor_have_only_a_residents_rights_and_are_led_to_it(cast: Cast, client_for: Callable[..., Client]) -> None:
    client = client_for(cast.registrar, second_factor=False)
    assert client.get("/sv/erasures/").url == "/sv/me/second-factor/?next=%2Fsv%2Ferasures%2F"
    assert "andra lås" in client.get("/sv/me/second-factor/").content.decode()
    assert client_for(cast.registrar).get("/sv/erasures/").status_code == 200


def test_a_resident_without_a_role_is_refused_not_led(cast: Cast, client_for: Callable[..., Client]) -> None:
    assert client_for(cast.resident, second_factor=False).get("/sv/erasures/").status_code == 403


def test_staff_add_an_app_and_use_it_at_the_next_sign_in(client: Client, cast: Cast) -> None:
    account = cast.registrar.account
    assert sign_in(client, account.email).url == "/sv/me/second-factor/"
    client.get("/sv/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    client.post("/sv/account/2fa/totp/activate/", {"code": app_code(secret)})
    assert client.get("/sv/erasures/").status_code == 200
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    cache.clear()

    again = Client()
    assert sign_in(again, account.email).url == "/sv/account/2fa/authenticate/"
    assert again.get("/sv/erasures/").status_code == 403
    again.post("/sv/account/2fa/authenticate/", {"code": "000000"})
    assert again.get("/sv/erasures/").status_code == 403
    again.post("/sv/account/2fa/authenticate/", {"code": app_code(secret)})
    assert again.get("/sv/erasures/").status_code == 200


def test_an_old_session_cannot_add_a_second_factor(cast: Cast, client_for: Callable[..., Client]) -> None:
    client = client_for(cast.registrar)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    response = client.post("/sv/account/2fa/totp/activate/", {"code": "000000"})
    assert "Logga in på nytt" in response.content.decode()
    assert not Authenticator.objects.exists()


def test_an_administrator_opens_the_way_for_who_lost_the_second_factor(cast: Cast, actor: Callable[..., Any]) -> None:
    TOTP.activate(cast.handler.account, "JBSWY3DPEHPK3PXP")
    remove_second_factors(cast.handler, by=actor(cast.administrator))
    assert not Authenticator.objects.exists()


def test_rights_end_with_the_seat(cast: Cast, client_for: Callable[..., Client]) -> None:
    client = client_for(cast.registrar)
    assert client.get("/sv/erasures/").status_code == 200
    end_seat(cast.registrar.seats.get(), by=SETUP)
    assert client.get("/sv/erasures/").status_code == 403


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
@pytest.mark.parametrize("path", ["account/login/", "account/login/code/", "account/signup/", "account/inactive/", "account/3rdparty/login/error/"])
def test_the_entrance_pages_open(client: Client, path: str, language: str) -> None:
    assert client.get(f"/{language}/{path}").status_code in {200, 401}


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
@pytest.mark.parametrize("path", ["2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "email/", "logout/", "3rdparty/"])
def test_the_pages_of_ones_own_sign_in_open(cast: Cast, client_for: Callable[..., Client], path: str, language: str) -> None:
    assert client_for(cast.resident).get(f"/{language}/account/{path}").status_code == 200


def test_a_mail_server_that_is_down_is_said_on_the_page(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    response = client.post("/sv/account/login/code/", {"email": cast.resident.account.email})
    assert response.status_code == 503


def test_my_page_leads_a_stranger_to_the_sign_in_and_back(client: Client) -> None:
    assert client.get("/sv/me/")["Location"] == "/sv/account/login/?next=/sv/me/"
