"""The case register, letters, calls, and what an author lets another organisation have."""

import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogi.commons.codes import normalise
from dialogi.commons.models import Delivery, Duty, LedgerEntry
from dialogi.testing import Cast, Town
from dialogi.voices import actions
from dialogi.voices.actions import Answer, ContactDetails
from dialogi.voices.models import State, Voice
from dialogi.voices.tests import factories
from dialogi.voices.tests.sent import forget_sent, sent

Acting = Callable[..., object]
Browser = Callable[..., Client]
LETTER = ContactDetails(name="Vera Brev", postal_address="Brevvägen 1\n65610 Korsholm")
PHONE = ContactDetails(name="Tore Telefon", phone="050 000 0001")
DONE = Answer(state=State.DONE, text_sv="Lampan är bytt.")


def test_the_register_tells_apart_numbered_unnumbered_and_unrouted(cast: Cast, town: Town, actor: Acting, client_for: Browser) -> None:
    numbered, unrouted = factories.given("Med nummer", service=town.snow), factories.given("Utan enhet")
    actions.give_case_number(numbered, number="1/00.04.01/2026", retention_class="voices.matter", by=actor(cast.registrar))
    browser = client_for(cast.registrar)

    def shown(query: str) -> str:
        return browser.get(f"/sv/desk/register/?{query}").content.decode()

    for query, there, gone in (
        ("view=numbered", numbered, unrouted),
        ("view=unnumbered", unrouted, numbered),
        ("view=unrouted", unrouted, numbered),
        ("retention=voices.matter", numbered, unrouted),
        ("words=00.04.01", numbered, unrouted),
    ):
        assert there.subject.code in shown(query)
        assert gone.subject.code not in shown(query)
    assert client_for(cast.handler).get("/sv/desk/register/").status_code == 403


def test_the_registrar_gives_a_case_number_on_the_page(cast: Cast, town: Town, client_for: Browser) -> None:
    voice = factories.given(service=town.snow)
    browser, address = client_for(cast.registrar), f"/sv/desk/register/{voice.subject.code}/"
    assert browser.post(address, {"number": "hej", "retention_class": "voices.matter"}).status_code == 422
    assert browser.post(address, {"number": "12/00.04.01/2026", "retention_class": "voices.matter"}).status_code == 302
    voice.refresh_from_db()
    assert (voice.case_number, voice.retention_class) == ("12/00.04.01/2026", "voices.matter")
    assert "12/00.04.01/2026" in browser.get(address).content.decode()
    assert client_for(cast.handler).post(address, {"number": "13/00.04.01/2026"}).status_code == 403


def test_a_record_is_taken_out_whole_and_that_is_written_down(cast: Cast, town: Town, actor: Acting, client_for: Browser) -> None:
    voice = factories.given("Hela saken", contact=PHONE, service=town.snow)
    actions.write_note(voice, text="Ring först", by=actor(cast.handler))
    actions.reply(voice, answer=DONE, by=actor(cast.handler))
    browser, address = client_for(cast.registrar), f"/sv/desk/register/{voice.subject.code}/record"
    answer = browser.post(f"{address}.json")
    record = json.loads(answer.content)
    assert "no-store" in answer.headers["Cache-Control"]
    assert (record["voice"]["words"], record["author"]["contact"]["phone"]) == ("Hela saken", "050 000 0001")
    assert record["answers"][0]["words"] == {"sv": "Lampan är bytt."}
    assert record["internal_notes"][0]["words"] == "Ring först"
    assert record["history"][-1]["what"] == "voices.voice.read"
    assert voice.receipt_digest not in answer.content.decode()
    pdf = browser.post(f"{address}.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert LedgerEntry.objects.filter(subject=voice.subject, kind="voices.voice.read", is_public=False).count() == 2
    assert browser.get(f"{address}.json").status_code == 405
    assert client_for(cast.handler).post(f"{address}.json").status_code == 403
    assert LedgerEntry.objects.filter(kind="voices.voice.read").count() == 2


def test_letters_are_printed_as_one_pdf_and_wait_until_somebody_says_so(cast: Cast, town: Town, actor: Acting, client_for: Browser) -> None:
    voice = factories.given(contact=LETTER, service=town.snow)
    finnish = factories.given("Lamppu ei pala.", language="fi", contact=LETTER, service=town.snow)
    forget_sent()
    actions.reply(voice, answer=DONE, by=actor(cast.handler))
    actions.reply(finnish, answer=Answer(state=State.DONE, text_fi="Lamppu on vaihdettu."), by=actor(cast.handler))
    waiting = [delivery for delivery in sent() if delivery.channel == "letter"]
    assert len(waiting) == 2
    browser = client_for(cast.clerk)
    assert "Brevvägen 1" in browser.get("/sv/desk/letters/").content.decode()
    assert browser.get("/sv/desk/letters/letters.pdf").content.startswith(b"%PDF")
    assert Delivery.objects.filter(channel="letter", state="waiting").count() == 2
    browser.post("/sv/desk/letters/printed/", {"letters": [waiting[0].pk, 999_999]})
    assert Delivery.objects.filter(channel="letter", state="waiting").count() == 2
    browser.post("/sv/desk/letters/printed/", {"letters": [waiting[0].pk]})
    assert list(Delivery.objects.filter(channel="letter", state="waiting")) == [waiting[1]]
    assert client_for(cast.handler).get("/sv/desk/letters/").status_code == 403


def test_without_letters_there_is_no_pdf(cast: Cast, client_for: Browser) -> None:
    assert client_for(cast.clerk).get("/sv/desk/letters/letters.pdf").status_code == 404


def test_who_has_only_a_phone_is_called_once_when_there_is_an_answer(cast: Cast, town: Town, actor: Acting, client_for: Browser) -> None:
    voice = factories.given("Ring mig", contact=PHONE, service=town.snow)
    browser = client_for(cast.handler)
    assert "050 000 0001" not in browser.get("/sv/desk/calls/").content.decode()
    actions.reply(voice, answer=DONE, by=actor(cast.handler))
    html = browser.get("/sv/desk/calls/").content.decode()
    assert "050 000 0001" in html
    assert "Lampan är bytt." in html
    assert "050 000 0001" not in client_for(cast.other_handler).get("/sv/desk/calls/").content.decode()
    assert client_for(cast.other_handler).post(f"/sv/desk/calls/{voice.subject.code}/").status_code == 404
    assert browser.post(f"/sv/desk/calls/{voice.subject.code}/").status_code == 302
    assert Duty.objects.get(subject=voice.subject, what="voices.call").is_kept
    assert "050 000 0001" not in browser.get("/sv/desk/calls/").content.decode()
    assert browser.post(f"/sv/desk/calls/{voice.subject.code}/").status_code == 409


def test_who_can_be_reached_otherwise_is_not_on_the_list_of_calls(cast: Cast, town: Town, actor: Acting) -> None:
    for contact in (LETTER, ContactDetails(phone="050", email="a@town.example"), None):
        actions.reply(factories.given(contact=contact, service=town.snow), answer=DONE, by=actor(cast.handler))
    actions.reply(factories.given(contact=PHONE, by=actor(cast.resident), service=town.snow), answer=DONE, by=actor(cast.handler))
    assert not Duty.objects.filter(what="voices.call").exists()


def test_the_author_says_on_the_status_page_what_travels(cast: Cast, town: Town, client: Client) -> None:
    receipt = factories.receipt("Jag väntar på läkartid", misdirected="wellbeing", contact=PHONE)
    address = f"/sv/status/{normalise(receipt.code)}/"
    assert 'id="hand-on"' in client.get(address).content.decode()
    client.post(f"{address}hand-on/", {"contact": "on"})
    voice = Voice.objects.get()
    assert (voice.may_pass_contact, voice.may_pass_words) == (True, False)
    assert voice.contact.consents.get(what="voices.hand_on").wording == "De får veta hur de når mig."
    ours = factories.receipt("Lampan", service=town.snow)
    client.post(f"/sv/status/{normalise(ours.code)}/hand-on/", {"words": "on"})
    assert not Voice.objects.get(pk=ours.voice.pk).may_pass_words


def test_a_handler_writes_down_what_the_author_agrees_to_and_another_unit_cannot(cast: Cast, town: Town, client_for: Browser) -> None:
    voice = factories.given("Läkartid", misdirected="wellbeing", contact=PHONE, service=town.snow)
    address = f"/sv/desk/voices/{voice.subject.code}/hand-on/"
    assert client_for(cast.other_handler).post(address, {"words": "on"}).status_code == 404
    assert client_for(cast.handler).post(address, {"words": "on"}).status_code == 302
    voice.refresh_from_db()
    assert (voice.may_pass_contact, voice.may_pass_words) == (False, True)


@pytest.mark.parametrize("address", ["/sv/desk/register/", "/sv/desk/calls/"])
def test_the_lists_cost_the_same_for_ten_and_for_many(address: str, cast: Cast, town: Town, actor: Acting, client_for: Browser) -> None:
    browser = client_for(cast.registrar)
    costs: list[int] = []
    for count in (5, 25):
        for _number in range(count):
            actions.reply(factories.given(contact=PHONE, service=town.snow), answer=DONE, by=actor(cast.handler))
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        costs.append(len(queries))
    assert costs[0] == costs[1]
