"""A member of staff adds a passkey and comes in with it alone: the library's scripts live under the strict policy."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page

from dialogi.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def with_authenticator(page: Page) -> None:
    """Give the browser a device that says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_opens_the_desk(open_page: Callable[..., Page], cast: Cast) -> None:
    registrar = cast.registrar
    page = open_page()
    with_authenticator(page)
    page.goto("/sv/account/login/")
    page.get_by_label("E-postadress").fill(registrar.account.email)
    page.get_by_role("button", name="Skicka en kod till mig").click()
    code = re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", mail.outbox[-1].body, re.MULTILINE)
    assert code
    page.get_by_label("Kod").fill(code[1])
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_role("link", name="Lägg till en passnyckel").click()
    page.get_by_role("button", name="Lägg till en passnyckel").click()
    page.get_by_role("heading", name="Återställningskoder").wait_for()
    assert page.goto("/sv/erasures/").status == 200

    page.goto("/sv/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/sv/")
    page.goto("/sv/account/login/")
    page.get_by_role("button", name="Logga in med passnyckel").click()
    page.wait_for_url(lambda address: "account/login" not in address)
    assert page.goto("/sv/erasures/").status == 200
