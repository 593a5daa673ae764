"""Voices that come from another system: the same rules, the same traces, nobody told anew."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS, machine
from dialogi.commons.invariants import problems
from dialogi.commons.models import Duty, LedgerEntry, OutboxMessage, SearchEntry, Subject
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.commons.search import search
from dialogi.testing import Cast, Town
from dialogi.voices import actions
from dialogi.voices.actions import Answer, Brought, BroughtAnswer, ContactDetails, Recorded, Said
from dialogi.voices.models import Publication, State, Voice

Acting = Callable[..., Any]
FROM_OLD = machine("import")
WORDS = "Gatlampan på Strandvägen är sönder igen."
DONE = Answer(state=State.DONE, text_sv="Lampan är bytt.")
OWN = ("id", "code", "address", "version", "changed_at", "created_at")


def _moment() -> datetime:
    return clock.now() - timedelta(days=30)


def _brought(town: Town, key: str = "old-1", **changed: Any) -> Brought:
    at = _moment()
    fields: dict[str, Any] = {
        "said": Said(
            text=WORDS,
            language="sv",
            publication=Publication.WAITING,
            service=town.street_lights,
            about=town.street_lights.subject,
            contact=ContactDetails(email="old@town.example"),
        ),
        "recorded": Recorded(channel="email", arrived_at=at),
        "published_at": at + timedelta(days=1),
        "answers": [BroughtAnswer(answer=DONE, given_at=at + timedelta(days=3), by=FROM_OLD)],
    }
    return Brought(form_key=key, **(fields | changed))


def _lived(town: Town) -> Voice:
    """The same voice, given, published and answered here."""
    row = _brought(town, "lived-1")
    with clock.at(row.recorded.arrived_at):
        voice = actions.record_voice(row.said, row.recorded, form_key=row.form_key, by=FROM_OLD).voice
    assert row.published_at is not None
    with clock.at(row.published_at):
        actions.publish(voice, by=FROM_OLD)
    with clock.at(row.answers[0].given_at):
        actions.reply(voice, answer=row.answers[0].answer, by=FROM_OLD)
    return Voice.objects.get(pk=voice.pk)


def test_what_is_brought_in_looks_as_if_it_had_happened_here(town: Town) -> None:
    lived = _lived(town)
    brought = actions.import_voices([_brought(town)], by=FROM_OLD)[0]
    mine, theirs = (Subject.objects.filter(pk=voice.subject_id).values().get() for voice in (lived, brought))
    assert {key: value for key, value in theirs.items() if key not in OWN} == {key: value for key, value in mine.items() if key not in OWN}
    kinds = [list(LedgerEntry.objects.filter(subject=voice.subject).order_by("id").values_list("kind", "version")) for voice in (lived, brought)]
    assert kinds[0] == kinds[1]
    duties = [list(Duty.objects.filter(subject=voice.subject).order_by("what").values_list("what", "unit", "days", "basis")) for voice in (lived, brought)]
    assert duties[0] == duties[1]
    found = [list(SearchEntry.objects.filter(subject=voice.subject).values_list("language", "terms")) for voice in (lived, brought)]
    assert found[0] == found[1]


def test_what_is_brought_in_keeps_every_invariant_and_is_found(town: Town) -> None:
    actions.import_voices([_brought(town, f"old-{number}") for number in range(30)], by=FROM_OLD)
    assert list(problems()) == []
    assert search("gatlampa", languages=["sv"], actor=ANONYMOUS, kinds=["voices.voice"]).total == 30


def test_nobody_is_told_anew_of_what_is_long_past(town: Town) -> None:
    voice = actions.import_voices([_brought(town)], by=FROM_OLD)[0]
    assert not OutboxMessage.objects.filter(entry__subject=voice.subject, done_at=None).exists()
    assert not Duty.objects.open().filter(subject=voice.subject).exists()


def test_the_same_rows_twice_make_the_voices_once(town: Town) -> None:
    rows = [_brought(town, f"old-{number}") for number in range(3)]
    assert len(actions.import_voices(rows, by=FROM_OLD)) == 3
    assert actions.import_voices(rows, by=FROM_OLD) == []
    assert Voice.objects.count() == 3


def test_a_row_that_breaks_a_rule_is_named_and_nothing_is_brought_in(town: Town) -> None:
    at = _moment()
    silent = BroughtAnswer(answer=Answer(state=State.DONE, text_fi="Lamppu on vaihdettu."), given_at=at, by=FROM_OLD)
    with pytest.raises(NotPossible) as refused:
        actions.import_voices([_brought(town), _brought(town, "old-2", answers=[silent])], by=FROM_OLD)
    assert "old-2" in str(refused.value.reason)
    assert not Voice.objects.exists()


def test_the_registrar_may_bring_in_and_a_handler_may_not(town: Town, cast: Cast, actor: Acting) -> None:
    assert actions.import_voices([_brought(town)], by=actor(cast.registrar))
    with pytest.raises(NotAllowed):
        actions.import_voices([_brought(town, "old-2")], by=actor(cast.handler))


def test_a_hundred_voices_take_hardly_more_statements_than_ten(town: Town) -> None:
    # One unit is named, so that no route is asked for each row.
    def statements(count: int, start: int) -> int:
        rows = [_brought(town, f"old-{start + number}", unit=town.roads) for number in range(count)]
        with CaptureQueriesContext(connection) as caught:
            actions.import_voices(rows, by=FROM_OLD)
        return len(caught)

    statements(1, 1000)
    assert statements(100, 0) < 4 * statements(10, 200)
