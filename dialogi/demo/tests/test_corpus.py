"""The demo's voices: the same seed gives the same town, and every key leads somewhere."""

import hashlib
from collections import Counter
from dataclasses import astuple
from datetime import timedelta

import pytest

from dialogi.demo.corpus import stories
from dialogi.demo.handwritten import rows
from dialogi.demo.outcome import theme_window
from dialogi.demo.story import BEGINS, ENDS, Story
from dialogi.demo.structure import structure
from dialogi.voices.models import OWN_KINDS, Channel, SpeaksAs, State
from dialogi.voices.models.moderation import Outcome
from dialogi.voices.rules import MISDIRECTIONS

COUNT = 1500


def _digest(found: list[Story]) -> str:
    return hashlib.sha256("\n".join(repr(astuple(story)) for story in found).encode()).hexdigest()


@pytest.fixture(scope="module")
def town() -> list[Story]:
    return list(stories(COUNT))


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_town(town: list[Story]) -> None:
    assert _digest(town) == _digest(list(stories(COUNT)))
    assert _digest(town) != _digest(list(stories(COUNT, seed=7)))


@pytest.mark.parametrize("count", [0, 1, 40, 300, 5000])
def test_the_count_is_kept_and_no_two_voices_are_alike(count: int) -> None:
    found = list(stories(count))
    assert len(found) == count
    assert len({story.text for story in found}) == count


def test_enough_voices_are_written_by_hand_and_all_are_in_the_town(town: list[Story]) -> None:
    by_language = Counter(language for language, _ in rows())
    assert by_language["sv"] >= 150
    assert by_language["fi"] >= 95
    assert by_language["en"] >= 15
    assert {row["text"] for _, row in rows()} <= {story.text for story in town}


def test_languages_channels_and_kinds_come_in_the_shares_of_the_town(town: list[Story]) -> None:
    languages = Counter(story.language for story in town)
    assert 0.63 < languages["sv"] / COUNT < 0.67
    assert 0.31 < languages["fi"] / COUNT < 0.35
    assert 0.01 < languages["en"] / COUNT < 0.03
    assert {story.channel for story in town} == set(Channel.values)
    assert {story.kind for story in town} == set(dict(OWN_KINDS))
    assert 0.4 < Counter(story.channel for story in town)["web"] / COUNT < 0.6
    assert {story.speaks_as for story in town} == set(SpeaksAs.values) - {SpeaksAs.ORGANISATION}


def test_every_fate_of_a_voice_is_in_the_town(town: list[Story]) -> None:
    assert {story.state for story in town} == set(State.values)
    assert {"", "waiting", "published", "masked", "refused"} == {story.moderation for story in town}
    assert {"", *MISDIRECTIONS} == {story.misdirected for story in town}
    assert sum(not story.replies for story in town) > 20
    assert sum(bool(story.reopened) for story in town) > 5
    assert sum(bool(story.same_as) for story in town) > 20
    assert {story.theme for story in town} == {"", *structure().themes}
    assert {story.contact for story in town} == {"none", "email", "phone", "post"}


def test_every_key_of_a_voice_leads_to_something_that_exists(town: list[Story]) -> None:
    here = structure()
    keys = {story.key: story for story in town}
    for story in town:
        assert story.service in here.services
        assert story.area in {"", *here.areas}
        assert story.forwarded_to in {"", *here.elsewhere}
        assert story.rule in {"", *here.rules}
        assert story.state != "not_ours" or story.forwarded_to
        assert (story.state == "same_as") == bool(story.same_as)
        assert all(reply.state in State.values and reply.after_working_days >= 0 for reply in story.replies)
        assert story.moderation in {"", "waiting", *Outcome.values}
        assert (story.moderation in {"masked", "refused"}) == bool(story.rule)
        if story.same_as:
            assert keys[story.same_as].given_at < story.given_at
            assert keys[story.same_as].service == story.service


def test_voices_lie_within_their_two_years_and_their_theme(town: list[Story]) -> None:
    assert [story.given_at for story in town] == sorted(story.given_at for story in town)
    for story in town:
        assert BEGINS <= story.given_at.date() <= ENDS
        assert story.given_at.utcoffset() in {timedelta(hours=2), timedelta(hours=3)}
        if story.theme:
            since, until = theme_window(story.theme)
            assert since - timedelta(days=2) <= story.given_at.date() <= until


def test_counter_and_phone_keep_office_hours(town: list[Story]) -> None:
    for story in town:
        if story.channel in {"counter", "phone"} and not story.same_as:
            assert story.given_at.weekday() < 5, story.text
            assert 8 <= story.given_at.hour < 16


def test_points_on_the_map_lie_near_their_village(town: list[Story]) -> None:
    on_map = [story for story in town if story.latitude is not None]
    assert len(on_map) > COUNT / 4
    for story in on_map:
        area = structure().areas[story.area]
        assert abs(story.latitude - area.latitude) < 0.04
        assert abs(story.longitude - area.longitude) < 0.08


def test_no_text_holds_an_unfilled_slot_or_a_trace_of_the_composer(town: list[Story]) -> None:
    for story in town:
        for text in (story.text, *(reply.text for reply in story.replies)):
            assert not set("{}|@") & set(text), text
            assert "  " not in text
            assert text == text.strip()


def test_private_matters_are_not_public(town: list[Story]) -> None:
    assert not any(story.is_public for story in town if story.misdirected in {"appeal", "wellbeing"})
    for story in town:
        assert story.supports == 0 or story.is_public
        assert story.moderation != "masked" or (story.published_text and story.published_text != story.text)
