"""Telling those who are reached by phone alone."""

from dialogi.commons.actors import Actor
from dialogi.commons.calendar import WorkingDays
from dialogi.commons.door import change, record
from dialogi.commons.duties import finish_duty, open_duty
from dialogi.commons.permissions import NotPossible, require
from dialogi.voices.kinds import Happened
from dialogi.voices.models import Voice
from dialogi.voices.queries.reach import is_only_by_phone
from dialogi.voices.rules import CALL_DUTY, CALL_PROMISE_DAYS, NOTE, NOTHING_TO_CALL


def wait_for_call(voice: Voice) -> bool:
    """Put the voice on the list of calls when its author has only a phone; part of the verb that has something to tell."""
    if not is_only_by_phone(voice):
        return False
    open_duty(voice.subject, what=CALL_DUTY, unit_id=voice.unit.subject_id if voice.unit else None, days=WorkingDays(CALL_PROMISE_DAYS))
    return True


def say_called(voice: Voice, *, by: Actor) -> Voice:
    """Somebody called the author and told them."""
    with change(voice) as voice:
        require(by, NOTE, voice)
        if finish_duty(voice.subject, what=CALL_DUTY) is None:
            raise NotPossible(NOTHING_TO_CALL)
        record(Happened.CALLED, on=voice, by=by)
    return voice
