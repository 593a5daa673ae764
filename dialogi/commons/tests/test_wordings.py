"""The door keeps wordings: what is outdated is known with the change itself, at a price that is known too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import Happening, bring_in, change, draft, new_subject, record, record_many, save_clean
from dialogi.commons.freshness import texts_of
from dialogi.commons.invariants import wordings_are_those_of_the_texts
from dialogi.commons.models import LedgerEntry, Noun, Subject, Wording
from dialogi.commons.permissions import Conflict, NotPossible
from dialogi.commons.registry import registry
from dialogi.commons.tests.happenings import happened
from dialogi.commons.wordings import mark_checked, missing, outdated, outdated_on_page, promise, promise_all, waiting
from dialogi.testing import SETUP, Cast, Town, actor, days_later

N = TypeVar("N", bound=Noun)
pytestmark = pytest.mark.django_db


def edited(noun: N, what: str = "changed", **fields: object) -> N:
    """Change a noun of the town as its verbs do."""
    with change(noun) as noun:
        for name, value in fields.items():
            setattr(noun, name, value)
        save_clean(noun)
        record(registry.kinds[f"{noun.subject.kind}.{what}"], on=noun, by=SETUP)
    return noun


@contextmanager
def statements(about: str) -> Iterator[list[str]]:
    """Collect the statements that name a table, without what comes round them."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as caught:
        yield found
    found += [query["sql"] for query in caught.captured_queries if about in query["sql"]]


@pytest.fixture
def keeper(cast: Cast) -> Actor:
    return actor(cast.communications)


def test_what_is_written_in_both_languages_is_up_to_date(town: Town) -> None:
    assert outdated(town.snow.subject) == [] == waiting(town.snow.subject)
    assert Wording.objects.get(subject=town.snow.subject).key == "name"


def test_a_change_of_one_language_leaves_the_others_outdated(town: Town) -> None:
    service = edited(town.snow, name_sv="Snöröjning och sandning")
    assert [(each.key, each.language, each.than) for each in outdated(service.subject)] == [("name", "fi", "sv"), ("name", "en", "sv")]
    service = edited(service, name_fi="Lumenauraus ja hiekoitus")
    assert [each.language for each in outdated(service.subject)] == ["en"]


def test_a_text_in_one_language_waits_for_the_other(town: Town) -> None:
    service = edited(town.snow, description_fi="Auraamme ennen kello seitsemää.")
    assert [(each.key, each.language) for each in waiting(service.subject)] == [("description", "sv")]
    assert missing(service) == [("description", "sv")]
    assert missing(service, languages=("sv", "fi", "en")) == [("description", "sv"), ("description", "en")]


def test_what_is_missing_is_known_of_a_noun_that_no_door_has_seen() -> None:
    area = registry.nouns["people.area"].model
    assert missing(area(name_sv="Smedsby", name_fi="  ")) == [("name", "fi")]
    assert missing(area(name_sv="Smedsby", name_fi="Sepänkylä")) == []


def test_the_reader_is_told_of_the_words_that_the_page_shows_and_of_no_others(town: Town) -> None:
    service = edited(edited(town.snow, description_sv="Före sju.", description_fi="Ennen seitsemää."), name_sv="Snö", description_sv="Före sex.")
    assert [each.language for each in outdated(service.subject)] == ["fi", "fi", "en"]
    with translation.override("fi"):
        assert [each.sentence for each in outdated_on_page(service.subject)] == [
            "Suomenkielinen teksti on vanhempi kuin ruotsinkielisen tekstin viimeisin muutos, ja sitä tarkistetaan."
        ]
        assert outdated_on_page(service.subject)[0].newer_url == "/sv/services/snow/"
    with translation.override("en"):
        assert [each.language for each in outdated_on_page(service.subject)] == ["en"]
    with translation.override("sv"):
        assert outdated_on_page(service.subject) == []


def test_a_page_that_falls_back_is_judged_by_the_words_it_falls_back_to(town: Town) -> None:
    service = edited(edited(town.snow, description_sv="Före sju.", description_fi="Ennen seitsemää."), description_fi="Ennen kuutta.")
    with translation.override("en"):
        assert [(each.key, each.language) for each in outdated_on_page(service.subject)] == [("description", "sv")]


def test_a_change_costs_two_statements_when_words_have_changed_and_none_otherwise(town: Town) -> None:
    service = edited(town.snow, description_sv="Före sju.", description_fi="Ennen seitsemää.")
    with statements("commons_wording") as found:
        edited(service, words="plog")
    assert found == []
    with statements("commons_wording") as found:
        edited(service, name_sv="Snö", description_sv="Före sex.", without_device_sv="Ring oss.")
    assert [sql.split()[0] for sql in found] == ["SELECT", "INSERT"]
    with statements("commons_wording") as found:
        edited(service, name_sv="Snö", description_sv="Före sex.\r\n")
    assert found == []
    made = type(service)(slug="sand", name_sv="Sandning", name_fi="Hiekoitus", unit=town.roads)
    with transaction.atomic(), statements("commons_wording") as found:
        made.subject = new_subject("services.service", address="/services/sand/")
        made.save()
        record(registry.kinds["services.service.created"], on=made, by=SETUP)
    assert [sql.split()[0] for sql in found] == ["INSERT"]


def test_what_is_taken_out_of_use_asks_for_nothing(town: Town) -> None:
    service = edited(town.snow, name_sv="Snö")
    edited(service, "closed", is_active=False)
    assert outdated(service.subject) == []


def test_texts_of_rows_that_belong_to_a_noun_have_keys_of_their_own(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    phases = {"phase:1:title": {"sv": "Samråd", "fi": "Kuuleminen"}}
    plug = registry.nouns["services.service"]
    with_phases = replace(plug, wordings=lambda noun: phases)
    monkeypatch.setitem(registry.nouns, plug.kind, with_phases)
    subject = town.snow.subject
    assert dict(texts_of(town.snow, with_phases)) == phases
    phases["phase:1:title"] = {"sv": "Hörande", "fi": "Kuuleminen"}
    happened(town.snow)
    assert [(each.key, each.language) for each in outdated(subject)] == [("phase:1:title", "fi")]
    phases.clear()
    with statements("commons_wording") as found:
        happened(town.snow)
    assert outdated(subject) == []
    assert len(found) == 2


def test_what_is_brought_in_has_its_wordings(town: Town) -> None:
    since = clock.now() - timedelta(days=30)
    drafts = [
        draft(type(town.smedsby)(name_sv=f"By {number}", name_fi=name, latitude=63.1, longitude=21.6), address="/areas/{code}/", since=since)
        for number, name in enumerate(("Kylä", "Saari"))
    ]
    with transaction.atomic(), statements("commons_wording") as found:
        bring_in(drafts)
        record_many([Happening(kind=registry.kinds["people.area.created"], on=each.noun, by=SETUP, at=since) for each in drafts])
    assert len(found) == 1
    rows = Wording.objects.filter(subject__in=[each.noun.subject for each in drafts])
    assert {(row.key, row.changed_at) for row in rows} == {("name", since)}


def test_outdated_words_that_are_still_right_are_so_until_the_next_change(town: Town, keeper: Actor) -> None:
    service = edited(town.snow, name_sv="Snö")
    with days_later(1):
        mark_checked(service.subject, key="name", language="fi", by=keeper)
    assert [each.language for each in outdated(service.subject)] == ["en"]
    entry = LedgerEntry.objects.filter(subject=service.subject).latest("id")
    assert (entry.kind, entry.is_public, entry.data) == ("commons.wording.checked", False, {"text_language": "fi", "wording": "name"})
    service = edited(service, name_sv="Snö och is")
    assert [each.language for each in outdated(service.subject)] == ["fi", "en"]


def test_nothing_is_found_right_that_is_not_outdated_or_that_changed_meanwhile(town: Town, keeper: Actor) -> None:
    with pytest.raises(NotPossible):
        mark_checked(town.snow.subject, key="name", language="fi", by=keeper)
    service = edited(town.snow, name_sv="Snö")
    seen = service.subject.version
    edited(service, name_sv="Snö och is")
    with pytest.raises(Conflict):
        mark_checked(service.subject, key="name", language="fi", by=keeper, expecting=seen)
    assert len(outdated(service.subject)) == 2


def test_a_promise_names_a_language_a_person_and_a_day_and_ends_when_it_is_kept(town: Town, keeper: Actor) -> None:
    service = edited(town.snow, name_sv="Snö")
    day = clock.today() + timedelta(days=3)
    promise(service.subject, key="name", language="fi", until=day, by=keeper)
    wording = Wording.objects.get(subject=service.subject)
    assert (wording.promised_language, wording.promised_by_id, wording.promised_until) == ("fi", keeper.account_id, day)
    with days_later(3):
        assert not Wording.objects.overdue().exists()
    with days_later(4):
        assert Wording.objects.overdue().get() == wording
    edited(service, name_fi="Lumi")
    wording.refresh_from_db()
    assert (wording.promised_language, wording.promised_by_id, wording.promised_until) == ("", None, None)


def test_everything_in_a_language_is_promised_at_once(town: Town, keeper: Actor) -> None:
    service = edited(edited(town.snow, description_sv="Före sju."), name_sv="Snö")
    assert promise_all(service.subject, language="fi", until=clock.today(), by=keeper) == 2
    assert promise_all(service.subject, language="fi", until=clock.today() + timedelta(days=1), by=keeper) == 2


@pytest.mark.parametrize("days", [-1, 400])
def test_a_day_that_is_past_or_too_far_away_is_not_promised(town: Town, keeper: Actor, days: int) -> None:
    service = edited(town.snow, name_sv="Snö")
    with pytest.raises(ValidationError):
        promise(service.subject, key="name", language="fi", until=clock.today() + timedelta(days=days), by=keeper)
    assert not Wording.objects.promised().exists()


def test_nobody_promises_what_is_up_to_date_or_what_is_promised_in_another_language(town: Town, keeper: Actor) -> None:
    with pytest.raises(NotPossible):
        promise(town.snow.subject, key="name", language="fi", until=clock.today(), by=keeper)
    service = edited(town.snow, name_sv="Snö")
    with pytest.raises(NotPossible):
        promise(service.subject, key="name", language="fi", until=clock.today(), by=SETUP)
    promise(service.subject, key="name", language="fi", until=clock.today(), by=keeper)
    with pytest.raises(NotPossible):
        promise(service.subject, key="name", language="en", until=clock.today(), by=keeper)
    with pytest.raises(NotPossible):
        promise_all(service.subject, language="en", until=clock.today(), by=keeper)
    assert Wording.objects.promised().get().promised_language == "fi"


@pytest.fixture
def from_before(town: Town) -> Noun:
    """A service as it is after an upgrade from before there were wordings."""
    service = edited(town.snow, description_fi="Ennen seitsemää.")
    Wording.objects.all().delete()
    Subject.objects.update(wording_digest="")
    return type(service).objects.get(pk=service.pk)


def test_after_an_upgrade_what_waits_is_found_and_the_next_change_is_seen(from_before: Noun) -> None:
    service = from_before
    assert any("rebuild_wordings" in sentence for sentence in wordings_are_those_of_the_texts())
    call_command("rebuild_wordings", verbosity=0)
    assert list(wordings_are_those_of_the_texts()) == []
    assert [(each.key, each.language) for each in waiting(service.subject)] == [("description", "sv")]
    assert outdated(edited(service, name_sv="Snö").subject) != []


def test_without_it_the_first_change_only_makes_the_wordings_known(from_before: Noun) -> None:
    """The twin of the test above."""
    service = edited(from_before, name_sv="Snö")
    assert outdated(service.subject) == []
    assert outdated(edited(service, name_sv="Snö och is").subject) != []


def test_texts_that_were_changed_past_the_door_are_told_of_and_noted(town: Town) -> None:
    type(town.snow).objects.filter(pk=town.snow.pk).update(name_sv="Smugglad")
    assert [sentence.split(":")[0] for sentence in wordings_are_those_of_the_texts()] == [f"services.service {town.snow.subject.code}"]
    call_command("rebuild_wordings", verbosity=0)
    assert outdated(town.snow.subject) == []
    call_command("rebuild_wordings", "--all", verbosity=0)
    assert [each.language for each in outdated(town.snow.subject)] == ["fi", "en"]


def test_texts_are_not_read_at_what_leaves_them_as_they_were(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def texts(noun: Noun) -> dict[str, dict[str, str]]:
        read.append("read")
        return {"name": {"sv": f"Läst {len(read)} gånger", "fi": "Lumenauraus"}}

    plug = registry.nouns["services.service"]
    subject = town.snow.subject
    monkeypatch.setitem(registry.nouns, plug.kind, replace(plug, wordings=texts, leaves_words=frozenset({registry.kinds["services.service.closed"]})))
    happened(town.snow, "closed")
    assert read == []
    assert outdated(subject) == []
    happened(town.snow, "changed")
    assert read == ["read"]
    assert [each.language for each in outdated(subject)] == ["fi"]
