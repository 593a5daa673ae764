"""Speaking, the receipt, and the status page, as a person's browser meets them."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dialogi.commons import clock
from dialogi.commons.tests import files
from dialogi.testing import Cast, Town, actor, days_later
from dialogi.voices import actions
from dialogi.voices.actions import Answer
from dialogi.voices.models import State, Theme, Voice
from dialogi.voices.tests import factories

Browser = Callable[..., Client]


@pytest.fixture(autouse=True)
def _no_earlier_counts() -> None:
    cache.clear()


def fields_of(html: str) -> dict[str, str]:
    """Return what a browser would send back from the page's form: hidden fields and their values."""
    tags = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", html)
    pairs = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags]
    return {name[1]: (value[1] if value else "") for name, value in pairs if name}


def speak(client: Client, language: str = "sv", **words: str) -> str:
    """Fill in the form, look it over, send it; return the follow-up code from the receipt's address."""
    opened = fields_of(client.get(f"/{language}/speak/").content.decode())
    with days_later(0.001):
        looked = client.post(f"/{language}/speak/", {**opened, "text": "Gatlampan vid skolan är sönder igen.", **words, "do": "check"})
        assert looked.status_code == 200, looked.content.decode()[:2000]
        sent = client.post(f"/{language}/speak/", {**fields_of(looked.content.decode()), "language": words.get("language", "sv"), "do": "send"})
    assert sent.status_code == 302, sent.content.decode()
    return str(sent.url).rstrip("/").rsplit("/", 1)[-1]  # type: ignore[attr-defined]


def test_a_resident_speaks_without_an_account_and_follows_it_with_the_code(town: Town, client: Client) -> None:
    code = speak(client, email="anna@town.example")
    page = client.get(f"/sv/status/{code}/")
    assert page.status_code == 200
    assert "Gatlampan vid skolan" in page.content.decode()
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert Voice.objects.get().contact is not None


def test_a_wrong_code_opens_nothing_and_says_so(town: Town, client: Client) -> None:
    assert client.get("/fi/status/2222222222222222/").status_code == 404
    answer = client.post("/fi/status/", {"code": "abc"})
    assert answer.status_code == 422
    assert 'class="errors"' in answer.content.decode()


def test_only_so_many_wrong_codes_are_taken_from_one_place(town: Town, client: Client) -> None:
    answers = {client.get("/sv/status/XXXXXXXXXXXXXXXX/").status_code for _try in range(32)}
    assert 429 in answers


def test_a_place_that_was_looked_over_is_sent_with_the_words(town: Town, client: Client) -> None:
    speak(client, place_words="Vid bryggan i Replot", place_latitude="63.229", place_longitude="21.417")
    voice = Voice.objects.get()
    assert (voice.place_words, voice.latitude, voice.longitude) == ("Vid bryggan i Replot", 63.229, 21.417)


def test_the_author_says_what_a_photo_shows_and_sees_it_although_nobody_else_does(town: Town, client: Client) -> None:
    opened = fields_of(client.get("/sv/speak/").content.decode())
    photo = SimpleUploadedFile("bild.jpg", files.photo(colour="red"), content_type="image/jpeg")
    with days_later(0.001):
        looked = client.post("/sv/speak/", {**opened, "text": "Lampan är sönder.", "photos": photo, "do": "check"}).content.decode()
        assert "Vad visar foto 1?" in looked
        sent = client.post("/sv/speak/", {**fields_of(looked), "photos_description": "En släckt gatlampa", "language": "sv", "do": "send"})
    html = client.get(sent.headers["Location"]).content.decode()
    assert 'alt="En släckt gatlampa"' in html
    address = unescape(re.search(r'<img src="(/files/[^"]+)"', html)[1])  # type: ignore[index]
    assert client.get(address).status_code == 200
    assert client.get(address.partition("?")[0]).status_code == 404


def test_a_form_without_words_keeps_everything_else(town: Town, client: Client) -> None:
    opened = fields_of(client.get("/sv/speak/").content.decode())
    with days_later(0.001):
        answer = client.post("/sv/speak/", {**opened, "text": "", "email": "not an address", "place_words": "Vid bryggan", "do": "check"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Vid bryggan" in html
    assert "not an address" in html
    assert Voice.objects.count() == 0


def test_the_same_form_sent_twice_gives_the_same_receipt(town: Town, client: Client) -> None:
    opened = fields_of(client.get("/sv/speak/").content.decode())
    with days_later(0.001):
        looked = fields_of(client.post("/sv/speak/", {**opened, "text": "Dubbelt skickat.", "do": "check"}).content.decode())
        first, second = (client.post("/sv/speak/", {**looked, "language": "sv", "do": "send"}) for _time in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Voice.objects.count() == 1


def test_fields_that_are_not_in_the_form_change_nothing(town: Town, client: Client) -> None:
    speak(client, state="done", answered_at="2020-01-01", case_number="1", unit="1")
    voice = Voice.objects.get()
    assert (voice.state, voice.publication, voice.answered_at, voice.case_number) == (State.RECEIVED, "not_asked", None, "")


def test_similar_public_voices_are_shown_before_sending(town: Town, cast: Cast, client: Client, actor: Callable[..., object]) -> None:
    known = factories.given("Gatlampan vid Smedsby skola är sönder, det är mörkt.", public=True, service=town.street_lights)
    hidden = factories.given("Gatlampan vid Smedsby skola är sönder, hemligt.", service=town.street_lights)
    actions.publish(known, by=actor(cast.communications))
    opened = fields_of(client.get("/sv/speak/").content.decode())
    with days_later(0.001):
        html = client.post("/sv/speak/", {**opened, "text": "Lampan vid Smedsby skola är sönder och mörk", "do": "check"}).content.decode()
    assert known.subject.code in html
    assert hidden.subject.code not in html


def test_what_belongs_elsewhere_is_explained_before_sending(town: Town, client: Client) -> None:
    assert town.wellbeing_county
    opened = fields_of(client.get("/fi/speak/").content.decode())
    with days_later(0.001):
        html = client.post("/fi/speak/", {**opened, "text": "Terveyskeskuksen lääkäriin ei saa aikaa.", "do": "check"}).content.decode()
    assert "Pohjanmaan hyvinvointialue" in html


def test_the_author_says_that_it_did_not_help_and_it_opens_again(town: Town, cast: Cast, client: Client, actor: Callable[..., object]) -> None:
    code = speak(client)
    voice = Voice.objects.get()
    Voice.objects.filter(pk=voice.pk).update(unit=town.roads)
    actions.reply(voice, answer=Answer(state=State.DONE, text_sv="Lampan är bytt."), by=actor(cast.handler))
    assert "Lampan är bytt." in client.get(f"/sv/status/{code}/").content.decode()
    assert client.post(f"/sv/status/{code}/reopen/", {"reason": ""}).status_code == 422
    assert client.post(f"/sv/status/{code}/reopen/", {"reason": "Fortfarande mörkt"}).status_code == 302
    voice.refresh_from_db()
    assert voice.state == State.IN_HAND


def test_a_clerk_records_at_the_counter_and_prints_in_the_residents_language(town: Town, cast: Cast, client_for: Browser) -> None:
    client = client_for(cast.clerk)
    opened = fields_of(client.get("/sv/desk/record/").content.decode())
    arrived = clock.now().strftime("%Y-%m-%dT%H:%M")
    said = {**opened, "channel": "counter", "arrived_at": arrived, "language": "fi", "text": "Kirjasto on liian aikaisin kiinni.", "publication": "not_asked"}
    refused = client.post("/sv/desk/record/", {**said, "phone": "050 000 0001"})
    assert refused.status_code == 422
    sent = client.post("/sv/desk/record/", {**said, "phone": "050 000 0001", "consents": "on"})
    assert sent.status_code == 302, sent.content.decode()
    receipt = client.get(sent.headers["Location"]).content.decode()
    assert "/fi/status/" in receipt
    assert client_for(cast.resident).get("/sv/desk/record/").status_code == 403


def test_the_desk_answers_and_goes_on_to_the_next(town: Town, cast: Cast, client_for: Browser) -> None:
    first, second = factories.given("Första", service=town.snow), factories.given("Andra", service=town.snow)
    client = client_for(cast.handler)
    inbox = client.get("/sv/desk/").content.decode()
    assert first.subject.code in inbox
    assert second.subject.code in inbox
    address = f"/sv/desk/voices/{first.subject.code}/"
    assert client.get(address).status_code == 200
    assert client.post(f"{address}reply/", {"state": "done", "text_sv": ""}).status_code == 422
    answered = client.post(f"{address}reply/", {"state": "done", "text_sv": "Plogat.", "then": "next"})
    assert answered.headers["Location"] == f"/sv/desk/voices/{second.subject.code}/#main"
    assert client_for(cast.other_handler).get(address).status_code == 404


def test_a_page_that_was_overtaken_keeps_the_words_and_says_so(town: Town, cast: Cast, client_for: Browser, actor: Callable[..., object]) -> None:
    voice = factories.given("Första", service=town.snow)
    seen = voice.subject.version
    actions.write_note(voice, text="Ringt.", by=actor(cast.head_of_unit))
    answer = client_for(cast.handler).post(f"/sv/desk/voices/{voice.subject.code}/reply/", {"state": "done", "text_sv": "Mina ord", "version": seen})
    assert answer.status_code == 422
    assert "Mina ord" in answer.content.decode()
    assert Voice.objects.get(pk=voice.pk).state == State.RECEIVED


def test_themes_are_opened_and_answered_at_the_desk(town: Town, cast: Cast, client_for: Browser) -> None:
    voice = factories.given("Plogbilen kom inte", service=town.snow)
    client = client_for(cast.handler)
    made = client.post("/sv/desk/themes/new/", {"title_sv": "Plogning", "title_fi": "Auraus", "unit": town.roads.pk})
    assert made.status_code == 302, made.content.decode()
    theme = made.headers["Location"]
    assert client.get(theme).status_code == 200
    key = theme.rstrip("/").rsplit("/", 1)[-1]
    from_inbox = client.post("/sv/desk/bulk/", {"case": [voice.subject.code], "do": "gather", "theme": Theme.objects.get(subject__code=key).pk})
    assert from_inbox.status_code == 302
    assert client.post(f"{theme}reply/", {"state": "done", "text_sv": "Klart."}).status_code == 422
    assert client.post(f"{theme}reply/", {"state": "done", "text_sv": "Klart.", "text_fi": "Valmis."}).status_code == 302
    assert Voice.objects.get(pk=voice.pk).state == State.DONE


def test_another_unit_gathers_in_a_theme_but_neither_changes_nor_answers_it(town: Town, cast: Cast, client_for: Browser) -> None:
    theme = actions.open_theme(titles={"sv": "Belysning", "fi": "Valaistus"}, unit=town.roads, by=actor(cast.handler))
    voice = factories.given("Läslampan är trasig", service=town.loans)
    desk = f"/sv/desk/themes/{theme.subject.code}/"
    other, registrar, own = client_for(cast.other_handler), client_for(cast.registrar), client_for(cast.handler)
    words = {"title_sv": "Lampor", "title_fi": "Lamput", "unit": town.roads.pk, "version": theme.subject.version}
    answer = {"state": "done", "text_sv": "Klart.", "text_fi": "Valmis.", "version": theme.subject.version}
    page = other.get(desk).content.decode()
    assert f"{desk}edit/" not in page
    assert f"{desk}reply/" not in page
    assert "Bara den enhet som har hand om temat svarar på det." in page
    for browser, path, sent in ((other, "edit/", words), (other, "reply/", answer), (registrar, "reply/", answer)):
        assert browser.post(f"{desk}{path}", sent).status_code == 403
    assert other.post(f"/sv/desk/voices/{voice.subject.code}/gather/", {"theme": theme.pk}).status_code == 302
    assert Voice.objects.get(pk=voice.pk).theme == theme
    assert f"{desk}edit/" in registrar.get(desk).content.decode()
    assert registrar.post(f"{desk}edit/", words).status_code == 302
    theme.refresh_from_db()
    assert theme.title_sv == "Lampor"
    assert f"{desk}edit/" in own.get(desk).content.decode()
    assert own.post(f"{desk}reply/", {**answer, "version": Theme.objects.get(pk=theme.pk).subject.version}).status_code == 302
    assert Voice.objects.get(pk=voice.pk).state == State.DONE
