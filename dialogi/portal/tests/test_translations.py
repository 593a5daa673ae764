"""The translation queue: what waits and what is outdated, who may work with it, and that nobody writes over somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from dialogi.commons import clock
from dialogi.commons.freshness import has_wordings, translated_fields
from dialogi.commons.models import LedgerEntry, Wording
from dialogi.commons.registry import registry
from dialogi.commons.wordings import outdated, promise, waiting
from dialogi.people import actions as people
from dialogi.services import actions as services
from dialogi.services.models import Service
from dialogi.testing import SETUP, Cast, Town, actor, days_later
from dialogi.voices import actions as voices

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
QUEUE = "/sv/desk/translations/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def behind(town: Town) -> Service:
    """A service whose Finnish and English names are behind, with a description that waits for Finnish."""
    service = services.edit_service(town.snow, by=SETUP, name_sv="Snöröjning och sandning")
    return services.edit_service(service, by=SETUP, description_sv="Före klockan sju.\nÄven på öarna.")


@pytest.fixture
def translator(cast: Cast, client_for: Browser) -> Client:
    return client_for(cast.communications)


def address(service: Service) -> str:
    return f"{QUEUE}{service.subject.code}/"


def form_of(html: str) -> dict[str, object]:
    """The form as a browser sends it when nobody has touched it."""
    fields: dict[str, object] = {}
    for name, value in HIDDEN.findall(html):
        if name == "key":
            fields.setdefault("key", []).append(value)  # type: ignore[attr-defined]
        elif name.startswith("seen:"):
            fields[name] = value
    for name, value in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL):
        fields[name] = value.replace("\n", "\r\n")
    for tag in re.findall(r"<input [^>]+>", html):
        if name := re.search(r'name="(\w+_(?:sv|fi|en))"', tag):
            value = re.search(r'value="([^"]*)"', tag)
            fields[name[1]] = value[1] if value else ""
    return fields


def test_the_queue_shows_what_waits_and_what_is_outdated_over_all_kinds(town: Town, cast: Cast, translator: Client, behind: Service) -> None:
    theme = voices.open_theme(titles={"sv": "Plogning", "fi": "Auraus"}, summaries={"fi": "Talvella"}, unit=town.roads, by=actor(cast.handler))
    people.edit_area(town.smedsby, by=SETUP, name_sv="Smedsby centrum")
    html = translator.get(QUEUE).content.decode()
    for subject in (behind.subject, theme.subject, town.smedsby.subject):
        assert f"{QUEUE}{subject.code}/" in html
    assert "finska: 1 föråldrad text" in html
    assert "finska: 1 text väntar" in html
    assert "svenska: 1 text väntar" in html
    assert town.loans.subject.code not in html
    assert "3 sidor med något att göra" in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=services.service", "service"),
        ("kind=voices.theme", "theme"),
        ("kind=nonsense", "service theme"),
        ("language=sv", "theme"),
        ("language=fi&what=waits", "service"),
        ("language=en&what=waits", ""),
        ("what=outdated", "service"),
        ("language=fi&what=outdated", "service"),
        ("promise=none", "service theme"),
        ("promise=promised", "service"),
        ("promise=mine", "service"),
        ("promise=overdue", ""),
    ],
)
def test_the_queue_is_narrowed_in_the_address(town: Town, cast: Cast, translator: Client, behind: Service, query: str, found: str) -> None:
    theme = voices.open_theme(titles={"sv": "Plogning", "fi": "Auraus"}, summaries={"fi": "Talvella"}, unit=town.roads, by=actor(cast.handler))
    promise(behind.subject, key="name", language="fi", until=clock.today() + timedelta(days=2), by=actor(cast.communications))
    html = translator.get(f"{QUEUE}?{query}").content.decode()
    shown = {"service": behind.subject.code, "theme": theme.subject.code}
    assert {name for name, code in shown.items() if f"{QUEUE}{code}/" in html} == set(found.split())


def test_only_communications_and_the_administrator_come_in(cast: Cast, client_for: Browser, behind: Service) -> None:
    for person in (cast.communications, cast.administrator):
        assert client_for(person).get(QUEUE).status_code == 200
        assert client_for(person).get(address(behind)).status_code == 200
    for outsider in (cast.handler, cast.registrar, cast.resident, None):
        browser = client_for(outsider)
        assert browser.get(QUEUE).status_code == 403
        assert browser.get(address(behind)).status_code == 403
        assert browser.post(address(behind), {"key": "name", "name_fi": "Kaapattu"}).status_code == 403
        assert browser.post(f"{address(behind)}promise/", {"language": "fi", "until": "2030-01-01"}).status_code == 403
    assert Service.objects.get(pk=behind.pk).name_fi == "Lumenauraus"


def test_what_has_nothing_to_translate_or_is_not_there_is_not_found(cast: Cast, town: Town, translator: Client) -> None:
    given = voices.give_voice(voices.Said(text="Lampan är trasig.", language="sv"), form_key="k" * 32, by=actor(cast.resident))
    assert translator.get(f"{QUEUE}{given.voice.subject.code}/").status_code == 404
    assert translator.get(f"{QUEUE}AAAAAA/").status_code == 404


def test_texts_are_written_side_by_side_by_the_verb_of_their_room(translator: Client, behind: Service) -> None:
    form = form_of(translator.get(address(behind)).content.decode())
    assert set(form["key"]) == {"name", "description"}  # type: ignore[call-overload]
    answer = translator.post(address(behind), {**form, "name_fi": "Lumenauraus ja hiekoitus", "description_fi": "Ennen kello seitsemää."})
    assert (answer.status_code, answer["Location"]) == (302, address(behind))
    kept = Service.objects.get(pk=behind.pk)
    assert (kept.name_fi, kept.description_fi, kept.description_sv) == (
        "Lumenauraus ja hiekoitus",
        "Ennen kello seitsemää.",
        "Före klockan sju.\nÄven på öarna.",
    )
    assert [(each.key, each.language) for each in outdated(behind.subject)] == [("name", "en")]
    assert waiting(behind.subject) == []
    assert LedgerEntry.objects.filter(subject=behind.subject).latest("id").data == {"fields": ["description_fi", "name_fi"]}


def test_what_is_still_right_needs_no_new_words(translator: Client, behind: Service) -> None:
    form = form_of(translator.get(address(behind)).content.decode())
    translator.post(address(behind), {**form, "right:name_fi": "on", "right:name_en": "on"})
    assert outdated(behind.subject) == []
    form = form_of(translator.get(address(behind)).content.decode())
    done = translator.post(address(behind), {**form, "description_fi": "Ennen kello seitsemää."})
    assert done["Location"] == QUEUE


def test_a_form_that_nobody_touched_changes_nothing(translator: Client, behind: Service) -> None:
    version = behind.subject.version
    form = form_of(translator.get(f"{address(behind)}?all=1").content.decode())
    assert translator.post(address(behind), form).status_code == 302
    behind.subject.refresh_from_db()
    assert behind.subject.version == version


def test_nobody_writes_over_words_that_changed_meanwhile_and_no_word_is_lost(translator: Client, behind: Service) -> None:
    form = form_of(translator.get(address(behind)).content.decode())
    services.edit_service(behind, by=SETUP, name_sv="Vintervägar", description_sv="Före klockan sex.")
    mine = {**form, "name_fi": "Talvitiet", "right:name_en": "on"}
    answer = translator.post(address(behind), mine)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Någon annan ändrade det här" in html
    assert "Nu står det" in html
    again = form_of(html)
    assert again["name_fi"] == "Talvitiet"
    assert (again["name_sv"], again["description_sv"]) == ("Vintervägar", "Före klockan sex.")
    assert Service.objects.get(pk=behind.pk).name_fi == "Lumenauraus"
    assert translator.post(address(behind), again).status_code == 302
    kept = Service.objects.get(pk=behind.pk)
    assert (kept.name_sv, kept.name_fi, kept.description_sv) == ("Vintervägar", "Talvitiet", "Före klockan sex.")


def test_other_news_about_the_same_page_are_no_conflict(translator: Client, behind: Service) -> None:
    form = form_of(translator.get(address(behind)).content.decode())
    services.edit_service(behind, by=SETUP, words="plog")
    assert translator.post(address(behind), {**form, "name_fi": "Talvitiet"}).status_code == 302
    assert Service.objects.get(pk=behind.pk).name_fi == "Talvitiet"


def test_what_cannot_be_kept_comes_back_with_its_words(translator: Client, behind: Service) -> None:
    form = form_of(translator.get(address(behind)).content.decode())
    answer = translator.post(address(behind), {**form, "name_fi": "", "description_fi": "Ennen kello seitsemää."})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "både på svenska och på finska" in html
    assert form_of(html)["description_fi"] == "Ennen kello seitsemää."
    assert Service.objects.get(pk=behind.pk).description_fi == ""


def test_texts_without_a_verb_of_their_room_are_read_and_found_right(cast: Cast, translator: Client) -> None:
    person = people.edit_person(cast.handler, by=SETUP, title_sv="Vägmästare", title_fi="Tiemestari")
    people.edit_person(person, by=SETUP, title_sv="Gatuchef")
    code = cast.handler.subject.code
    html = translator.get(f"{QUEUE}{code}/").content.decode()
    assert 'name="title_fi"' not in html
    assert "Tiemestari" in html
    form = form_of(html)
    assert translator.post(f"{QUEUE}{code}/", {**form, "title_fi": "Kaapattu"}).status_code == 302
    assert [each.language for each in outdated(person.subject)] == ["fi"]
    assert translator.post(f"{QUEUE}{code}/", {**form, "right:title_fi": "on"}).status_code == 302
    assert outdated(person.subject) == []


def test_a_promise_stands_in_the_queue_and_is_late_after_its_day(cast: Cast, client_for: Browser, translator: Client, behind: Service) -> None:
    day = clock.today() + timedelta(days=2)
    answer = translator.post(f"{address(behind)}promise/", {"language": "fi", "key": "", "until": day.isoformat()})
    assert answer.status_code == 302
    assert Wording.objects.filter(promised_until=day, promised_by=cast.communications.account).count() == 2
    assert "Kaisa Kommunikatör gör det senast" in translator.get(QUEUE).content.decode()
    assert "Kaisa Kommunikatör gör det senast" in translator.get(address(behind)).content.decode()
    with days_later(4):
        late = client_for(cast.administrator).get(f"{QUEUE}?promise=overdue").content.decode()
    assert "Försenad: Kaisa Kommunikatör lovade den" in late
    assert behind.subject.code in late


@pytest.mark.parametrize("sent", [{"until": "2020-01-01"}, {"until": "i morgon"}, {"language": ""}, {"language": "sv"}, {"key": "nonsense"}])
def test_a_promise_that_makes_no_sense_comes_back(translator: Client, behind: Service, sent: dict[str, str]) -> None:
    day = clock.today() + timedelta(days=2)
    answer = translator.post(f"{address(behind)}promise/", {"language": "fi", "key": "name", "until": day.isoformat(), **sent})
    assert answer.status_code == 422
    assert not Wording.objects.promised().exists()


def test_every_translated_field_has_a_name_and_every_noun_says_where_its_texts_are_written() -> None:
    nameless = {
        f"{kind}.{name}"
        for kind, plug in registry.nouns.items()
        if plug.wording_labels is None
        for name in translated_fields(plug.model)
        if name not in registry.wording_labels
    }
    assert nameless == set(), "give them a label in registry.wording_labels"
    # The municipality is named by the settings; titles of people are kept in their register; descriptions are worded and approved on their own pages.
    elsewhere = {kind for kind, plug in registry.nouns.items() if has_wordings(plug) and (plug.reword is None or plug.rewording is None)}
    assert elsewhere == {"people.municipality", "people.person", "systems.description"}


def test_many_texts_of_one_page_are_shown_some_at_a_time(translator: Client, behind: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    plug = registry.nouns["services.service"]
    texts = {f"phase:{number:02}:title": {"sv": f"Fas {number}", "fi": ""} for number in range(45)}
    monkeypatch.setitem(registry.nouns, plug.kind, replace(plug, wordings=lambda noun: texts))
    services.edit_service(behind, by=SETUP, words="fas")
    html = translator.get(address(behind)).content.decode()
    assert len(form_of(html)["key"]) == 20  # type: ignore[arg-type]
    assert "45 av 45 texter" in html
    assert len(form_of(translator.get(f"{address(behind)}?page=3").content.decode())["key"]) == 5  # type: ignore[arg-type]
