"""The timeline and the red thread: what each reader may see, in the language of the page, at a steady price."""

import itertools

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from dialogi import testing
from dialogi.commons.actors import ANONYMOUS, machine
from dialogi.commons.door import record
from dialogi.commons.kinds import LedgerKind
from dialogi.commons.models import LedgerEntry, Link
from dialogi.commons.registry import registry
from dialogi.commons.tests.happenings import SETUP, happened, hide
from dialogi.commons.thread import thread_of, tie, untie
from dialogi.commons.timeline import timeline
from dialogi.testing import Cast, Town

pytestmark = pytest.mark.django_db


class Odd(LedgerKind):
    """Kinds of the tests."""

    MOVED = "tests.area.moved", "to %(unit)s as %(state)s %(gone)s", True
    NOTED = "tests.area.noted", "noted", False


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in Odd:
        monkeypatch.setitem(registry.kinds, kind.value, kind)


def test_everybody_sees_what_is_public_and_those_who_work_with_it_see_all(town: Town, cast: Cast) -> None:
    area = town.smedsby
    area.subject.unit_id = town.roads.subject_id
    record(Odd.NOTED, on=area, by=SETUP)
    area.subject.unit_id = town.roads.subject_id
    public = [entry.kind for entry in timeline(area.subject, actor=ANONYMOUS)]
    assert public == ["people.area.created"]
    everything = ["tests.area.noted", "people.area.created"]
    assert [entry.kind for entry in timeline(area.subject, actor=testing.actor(cast.handler))] == everything
    assert [entry.kind for entry in timeline(area.subject, actor=testing.actor(cast.other_handler))] == public
    assert [entry.kind for entry in timeline(area.subject, actor=testing.actor(cast.resident))] == public
    assert [entry.kind for entry in timeline(area.subject, actor=machine("tests"))] == everything


def test_a_sentence_is_filled_with_names_that_this_reader_may_know(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.data_words, "state", lambda value: f"<{value}>")
    record(Odd.MOVED, on=town.smedsby, by=SETUP, data={"unit_id": town.roads.subject_id, "state": "done"})
    with override("fi"):
        assert timeline(town.smedsby.subject, actor=ANONYMOUS)[0].sentence == "to Tiet as <done> …"
    hide(town.roads.subject)
    assert timeline(town.smedsby.subject, actor=ANONYMOUS)[0].sentence == "to … as <done> …"


@pytest.mark.parametrize(("language", "sentence"), [("sv", "Området lades till."), ("fi", "Alue lisättiin."), ("en", "The area was added.")])
def test_a_sentence_is_in_the_language_of_the_page(town: Town, language: str, sentence: str) -> None:
    with override(language):
        assert timeline(town.smedsby.subject, actor=ANONYMOUS)[0].sentence == sentence


def test_a_kind_of_a_release_that_is_gone_does_not_break_the_page(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = happened(town.smedsby)
    monkeypatch.delitem(registry.kinds, entry.kind)
    assert timeline(town.smedsby.subject, actor=ANONYMOUS)[0].sentence == entry.kind


def test_a_long_timeline_costs_no_more_queries_than_a_short_one(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    subject = town.smedsby.subject
    for number in range(12):
        record(Odd.MOVED, on=town.smedsby, by=SETUP, data={"unit_id": town.roads.subject_id if number % 2 else town.parks.subject_id})
    with django_assert_num_queries(2):
        first = timeline(subject, actor=ANONYMOUS, limit=5)
    second = timeline(subject, actor=ANONYMOUS, limit=5, before=first[-1].id)
    third = timeline(subject, actor=ANONYMOUS, limit=5, before=second[-1].id)
    ids = [entry.id for entry in first + second + third]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == LedgerEntry.objects.filter(subject=subject).count() == 13


def test_the_thread_is_seen_from_both_ends(town: Town) -> None:
    road, park = town.roads.subject, town.parks.subject
    tie(road, park, kind="merged_into", by=SETUP)
    tie(road, park, kind="merged_into", by=SETUP)
    assert Link.objects.count() == 1
    (forward,) = thread_of(road, actor=ANONYMOUS)
    (backward,) = thread_of(park, actor=ANONYMOUS)
    assert (forward.subject, forward.is_forward) == (park, True)
    assert (backward.subject, backward.is_forward) == (road, False)
    assert str(forward.words) != str(backward.words)
    assert untie(road, park, kind="merged_into", by=SETUP)
    assert thread_of(road, actor=ANONYMOUS) == []
    with pytest.raises(ValueError, match="unknown"):
        tie(road, park, kind="unknown", by=SETUP)


def test_the_thread_ends_where_the_reader_may_not_look(town: Town) -> None:
    chain = [each.subject for each in (town.technical, town.roads, town.parks, town.library, town.communications)]
    for source, target in itertools.pairwise(chain):
        tie(source, target, kind="moved", by=SETUP)
    assert [knot.subject for knot in thread_of(chain[0], actor=ANONYMOUS, depth=2)] == chain[1:3]
    assert [knot.depth for knot in thread_of(chain[0], actor=ANONYMOUS, depth=9)] == [1, 2, 3]
    hide(chain[2])
    assert [knot.subject for knot in thread_of(chain[0], actor=ANONYMOUS, depth=3)] == chain[1:2]
    assert [knot.subject for knot in thread_of(chain[0], actor=machine("tests"), depth=3)] == chain[1:4]


def test_a_knotted_thread_is_bounded(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ring = [town.roads.subject, town.parks.subject, town.library.subject]
    for source, target in zip(ring, [*ring[1:], ring[0]], strict=True):
        tie(source, target, kind="moved", by=SETUP)
    with django_assert_num_queries(3):  # one a step, and one for all that was found
        assert len(thread_of(ring[0], actor=ANONYMOUS, depth=3)) == 2


def test_the_thread_goes_on_and_back_and_never_turns(town: Town) -> None:
    said, other, matter, decided, done = (each.subject for each in (town.roads, town.parks, town.technical, town.library, town.communications))
    for source, target, kind in ((said, matter, "moved"), (other, matter, "moved"), (matter, decided, "decided_in"), (decided, done, "carried_out_by")):
        tie(source, target, kind=kind, by=SETUP)
    assert [knot.subject for knot in thread_of(said, actor=ANONYMOUS)] == [matter, decided, done], "not what else moved the matter"
    assert [knot.subject for knot in thread_of(done, actor=ANONYMOUS)] == [decided, matter, said, other]
    around = [(knot.subject, knot.is_forward) for knot in thread_of(matter, actor=ANONYMOUS)]
    assert around == [(said, False), (other, False), (decided, True), (done, True)]


def test_the_thread_leads_into_what_gathers_and_not_through_all_that_it_gathers(town: Town) -> None:
    theme, matter, voices = town.technical.subject, town.library.subject, [town.roads.subject, town.parks.subject]
    for voice in voices:
        tie(voice, theme, kind="gathered_in", by=SETUP)
    tie(theme, matter, kind="moved", by=SETUP)
    assert [knot.subject for knot in thread_of(voices[0], actor=ANONYMOUS)] == [theme, matter]
    assert [knot.subject for knot in thread_of(matter, actor=ANONYMOUS)] == [theme]
    assert [knot.subject for knot in thread_of(theme, actor=ANONYMOUS)] == [matter]
