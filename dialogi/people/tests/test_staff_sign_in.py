"""Staff sign in through the municipality's own OpenID Connect service; here a small one in the same process."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from dialogi.commons.models import Account
from dialogi.testing import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    people = [
        oidc_provider_mock.User(sub="staff-1", claims={"email": "registrar@town.example", "email_verified": True}),
        oidc_provider_mock.User(sub="staff-2", claims={"email": "new.colleague@town.example", "email_verified": True}),
        oidc_provider_mock.User(sub="unsure", claims={"email": "registrar@town.example", "email_verified": False}),
    ]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def house(provider: str, settings: Any) -> Any:
    app = {"provider_id": "staff", "name": "Korsholm", "client_id": "dialogi", "secret": "secret", "settings": {"server_url": provider}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    settings.OIDC_HAS_SECOND_FACTOR = True
    return settings


def sign_in(client: Client, sub: str, process: str = "login") -> Any:
    start = client.post(f"/sv/account/oidc/staff/login/?process={process}")
    answer = requests.post(start["Location"], data={"sub": sub}, allow_redirects=False, timeout=5)
    back = urlsplit(answer.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def trust(house: Any) -> None:
    house.OIDC_IS_TRUSTED = house.SOCIALACCOUNT_EMAIL_AUTHENTICATION = house.SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True


def test_the_sign_in_page_offers_it_only_where_it_is_set_up(client: Client, house: Any) -> None:
    assert "Logga in via Korsholm" in client.get("/sv/account/login/").content.decode()
    house.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Logga in via" not in client.get("/sv/account/login/").content.decode()


@pytest.mark.usefixtures("house")
def test_a_new_colleague_gets_an_account_without_any_role(client: Client) -> None:
    sign_in(client, "staff-2")
    assert client.get("/sv/me/").status_code == 200
    assert client.get("/sv/erasures/").status_code == 403
    assert SocialAccount.objects.get().user.email == "new.colleague@town.example"


@pytest.mark.usefixtures("house")
def test_an_address_alone_opens_no_account_of_a_provider_that_is_not_trusted(client: Client, cast: Cast) -> None:
    assert cast.registrar
    sign_in(client, "staff-1")
    assert client.get("/sv/me/data/").status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_trusted_provider_opens_the_account_with_the_same_confirmed_address(client: Client, cast: Cast, house: Any) -> None:
    assert cast.registrar
    trust(house)
    sign_in(client, "staff-1")
    assert client.get("/sv/erasures/").status_code == 200


def test_even_a_trusted_provider_opens_nothing_with_an_address_it_has_not_confirmed(client: Client, cast: Cast, house: Any) -> None:
    assert cast.registrar
    trust(house)
    sign_in(client, "unsure")
    assert client.get("/sv/me/data/").status_code == 403


def test_without_a_second_factor_of_its_own_it_gives_a_residents_rights(client: Client, cast: Cast, house: Any) -> None:
    assert cast.registrar
    trust(house)
    house.OIDC_HAS_SECOND_FACTOR = False
    assert sign_in(client, "staff-1")["Location"] == "/sv/me/second-factor/"
    assert client.get("/sv/erasures/")["Location"].startswith("/sv/me/second-factor/")


@pytest.mark.usefixtures("house")
def test_staff_connect_it_to_the_account_they_are_signed_in_to(cast: Cast, client_for: Any) -> None:
    sign_in(client_for(cast.registrar), "staff-1", process="connect")
    assert SocialAccount.objects.get().user == cast.registrar.account
    mail.outbox.clear()
    again = Client()
    sign_in(again, "staff-1")
    assert again.get("/sv/erasures/").status_code == 200


def test_a_closed_account_stays_closed(client: Client, cast: Cast, house: Any) -> None:
    trust(house)
    Account.objects.filter(person=cast.registrar).update(is_active=False)
    sign_in(client, "staff-1")
    assert client.get("/sv/me/data/").status_code == 403
