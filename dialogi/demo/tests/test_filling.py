"""Bringing in what exceeds the voices that are told event by event."""

from datetime import datetime, timedelta

import pytest

from dialogi.commons import clock
from dialogi.demo.filling import fill
from dialogi.demo.story import ENDS, HELSINKI, LAST_MOMENT, Story, StoryReply
from dialogi.demo.telling import Telling
from dialogi.demo.town import Town
from dialogi.voices.models import State, Voice

pytestmark = pytest.mark.django_db


def _story(key: str, **fields: object) -> Story:
    given_at = datetime.combine(ENDS, datetime.min.time(), tzinfo=HELSINKI) - timedelta(days=60)
    common = {"text": f"Lampan vid {key} är släckt.", "language": "sv", "kind": "fault", "channel": "web", "given_at": given_at, "is_public": True}
    return Story(key=key, **{**common, **fields})


def _fill(*stories: Story) -> Telling:
    telling = Telling(Town())
    with clock.at(LAST_MOMENT):
        fill(stories, telling, lambda done: None)
    return telling


def test_what_is_said_late_on_the_last_evening_is_brought_in_too() -> None:
    late = datetime(ENDS.year, ENDS.month, ENDS.day, 23, 40, tzinfo=HELSINKI)
    _fill(_story("early"), _story("late", given_at=late))
    assert Voice.objects.get(form_key="demo-late").arrived_at == late
    assert Voice.objects.count() == 2


def test_a_voice_that_is_the_same_as_another_is_tied_to_it_and_only_the_other_is_remembered() -> None:
    same = StoryReply("Tack, vi vet redan.", State.SAME_AS, 2)
    telling = _fill(_story("first"), _story("second", state=State.SAME_AS, same_as="first", replies=(same,)), _story("third"))
    assert Voice.objects.get(form_key="demo-second").same_as == telling.voices["first"]
    assert set(telling.voices) == {"first"}
