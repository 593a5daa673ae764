"""A person keeps control: signs in without a password, sees and takes along what is stored, asks for erasure; staff show a second lock."""

from __future__ import annotations

import json
import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from dialogi.people.models import Erasure, ErasureRequest
from dialogi.testing import Cast, actor, client_for
from dialogi.voices.tests import factories
from tests.journeys.browser import four_ways, two_ways
from tests.journeys.conftest import Arrive, OpenPage, Says
from tests.journeys.test_passkey import with_authenticator

pytestmark = pytest.mark.django_db(transaction=True)


def code_from_mail() -> str:
    """The code in the newest message."""
    found = re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def sign_in_by_mail(page: Page, says: Says, email: str) -> None:
    """Ask for a code on the sign-in page, and type it."""
    page.get_by_label(says("E-mail address")).fill(email)
    page.get_by_role("button", name=says("Send me a code")).click()
    page.get_by_label(says("Code"), exact=True).fill(code_from_mail())
    page.get_by_role("button", name=says("Go on")).click()


@four_ways
def test_a_resident_signs_in_by_a_code_sees_own_voices_and_chooses_the_language(page: Page, cast: Cast, says: Says, arrive: Arrive, language: str) -> None:
    factories.given("Bänken vid ån är trasig.", by=actor(cast.resident))
    page.goto(f"/{language}/me/")
    arrive(page, says("Sign in"))
    sign_in_by_mail(page, says, cast.resident.account.email)
    arrive(page, "Rea Resident")
    expect(page.get_by_role("link", name="Bänken vid ån är trasig.")).to_be_visible()
    page.get_by_role("link", name=says("Name, language and messages")).click()
    arrive(page, says("Name, language and messages"))
    page.get_by_label(says("Finnish"), exact=True).check()
    page.get_by_role("button", name=says("Save")).click()
    arrive(page)
    cast.resident.refresh_from_db()
    assert cast.resident.language == "fi"


def test_a_resident_adds_a_passkey_and_comes_back_with_it(open_page: OpenPage, cast: Cast, says: Says, arrive: Arrive) -> None:
    page = open_page()
    with_authenticator(page)
    page.goto("/sv/account/login/")
    sign_in_by_mail(page, says, cast.resident.account.email)
    page.get_by_role("link", name=says("Ways to sign in")).click()
    arrive(page)
    page.get_by_role("link", name=says("Add a passkey")).first.click()
    arrive(page)
    page.get_by_role("main").get_by_role("button", name=says("Add a passkey")).click()
    page.wait_for_url(lambda address: "/add/" not in address)
    arrive(page)
    page.goto("/sv/account/logout/")
    arrive(page)
    page.get_by_role("main").get_by_role("button", name=says("Sign out")).click()
    page.goto("/sv/account/login/")
    page.get_by_role("button", name=says("Sign in with a passkey")).click()
    page.wait_for_url(lambda address: "account/login" not in address)
    page.goto("/sv/me/")
    arrive(page, "Rea Resident")


@two_ways
def test_what_is_stored_is_taken_along_as_a_file_and_erasure_gets_a_reasoned_decision(
    open_page: OpenPage, cast: Cast, says: Says, arrive: Arrive, language: str
) -> None:
    factories.given("Bänken vid ån är trasig.", by=actor(cast.resident))
    page = open_page(client=client_for(cast.resident))
    page.goto(f"/{language}/me/data/")
    arrive(page, says("What is stored about you"))
    with page.expect_download() as taken:
        page.get_by_role("link", name=says("Download everything as a file")).click()
    assert "Bänken vid ån" in json.dumps(json.loads(taken.value.path().read_text()), ensure_ascii=False)

    page.get_by_role("link", name=says("Ask for erasure")).click()
    arrive(page, says("Ask for erasure"))
    page.get_by_role("button", name=says("Send the request")).click()
    expect(page.get_by_text(says(Erasure.ASKED.label))).to_be_visible()
    arrive(page)

    registrar = open_page(client=client_for(cast.registrar))
    registrar.goto(f"/{language}/erasures/")
    arrive(registrar)
    registrar.get_by_role("link", name="Rea Resident").click()
    arrive(registrar, says("A request for erasure"))
    registrar.get_by_label(says(Erasure.PARTLY.label)).check()
    registrar.get_by_label(says("Reason")).fill("Orden bevaras utan ditt namn (lagen 621/1999).")
    registrar.get_by_role("button", name=says("Decide")).click()
    arrive(registrar)
    assert ErasureRequest.objects.get().state == Erasure.PARTLY
    page.goto(f"/{language}/me/")
    arrive(page, says("Sign in"))


@two_ways
def test_staff_without_a_second_lock_are_led_to_it(open_page: OpenPage, cast: Cast, says: Says, arrive: Arrive, language: str) -> None:
    page = open_page(client=client_for(cast.handler, second_factor=False))
    page.goto(f"/{language}/desk/")
    arrive(page, says("A second lock for those who work here"))
    page.get_by_role("link", name=says("Use an authenticator app")).click()
    arrive(page)
    page.goto(f"/{language}/me/")
    arrive(page, "Hanna Handläggare")
    expect(page.get_by_text(says("Your roles are closed until you have shown a second lock."))).to_be_visible()
