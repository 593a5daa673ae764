"""Answering: one voice, or once for all the voices of a theme. An answer is as public as what it answers."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean, set_state
from dialogi.commons.duties import finish_duty, open_duty
from dialogi.commons.permissions import NotAllowed, NotPossible, require
from dialogi.commons.thread import tie
from dialogi.voices.actions.calling import wait_for_call
from dialogi.voices.answers import CLOSED_STATES, NO_SUCH_VOICE, Answer, check_answer, kind_of, told_of
from dialogi.voices.kinds import Happened
from dialogi.voices.models import FLOW, OPEN_STATES, Reply, State, Theme, Voice
from dialogi.voices.queries import term_for
from dialogi.voices.rules import ANSWER_DUTY, ANSWER_THEME, REOPEN_WITHIN_DAYS, REPLY, is_author


def reply(voice: Voice, *, answer: Answer, by: Actor, expecting: int | None = None) -> Reply:
    """Answer a voice, in its own language at least. The promise is kept from this moment."""
    with change(voice, expecting=expecting) as voice:
        require(by, REPLY, voice)
        check_answer(voice, answer)
        _refuse_unseen(answer.same_as, by=by)
        given = save_clean(Reply(voice=voice, author_id=by.person_id, unit=voice.unit, state=answer.state, minutes=answer.minutes, **answer.texts))
        _answered(voice, answer, by=by)
        record(kind_of(answer), on=voice, by=by, data=told_of(answer))
    return given


def _refuse_unseen(other: Voice | None, *, by: Actor) -> None:
    """Whoever answers names only what they may read: otherwise a guessed code would tell that there is something."""
    if other is not None and not Voice.objects.visible_to(by).filter(pk=other.pk).exists():
        raise NotPossible(NO_SUCH_VOICE)


def _answered(voice: Voice, answer: Answer, *, by: Actor) -> None:
    now = clock.now()
    fields: dict[str, Any] = {"answered_at": voice.answered_at or now, "closed_at": now if answer.state in CLOSED_STATES else None}
    if answer.forwarded_to is not None:
        fields["forwarded_to"] = answer.forwarded_to
    if answer.same_as is not None:
        fields["same_as"] = answer.same_as
        tie(voice.subject, answer.same_as.subject, kind="merged_into", by=by)
    set_state(voice, answer.state, **fields)
    finish_duty(voice.subject, what=ANSWER_DUTY)
    wait_for_call(voice)


def reply_to_theme(theme: Theme, *, answer: Answer, by: Actor, expecting: int | None = None) -> Reply:
    """Answer every open voice of a theme at once, in Swedish and in Finnish; each author is told in their own language.

    Voices that were answered for themselves keep their own answer.
    """
    with change(theme, expecting=expecting) as theme:
        require(by, ANSWER_THEME, theme)
        if answer.state in {State.RECEIVED, State.SAME_AS}:
            raise NotPossible(_("Choose where the matter stands after the answer."))
        if answer.state == State.NOT_OURS and answer.forwarded_to is None:
            raise NotPossible(_("Say to whom the matter is forwarded."))
        given = save_clean(Reply(theme=theme, author_id=by.person_id, unit=theme.unit, state=answer.state, minutes=answer.minutes, **answer.texts))
        for voice in Voice.objects.select_for_update().filter(theme=theme, state__in=[*OPEN_STATES, State.PLANNED]).select_related("subject"):
            if voice.state == answer.state or FLOW.allows(voice.state, answer.state):
                _answered(voice, answer, by=by)
                record(Happened.REPLIED, on=voice, by=by, data={**told_of(answer), "theme_id": theme.subject_id})
        record(Happened.THEME_REPLIED, on=theme, by=by, data=told_of(answer))
    return given


def say_it_helped(voice: Voice, *, by: Actor, with_receipt: bool = False) -> Voice:
    """The author says that the answer helped."""
    with change(voice) as voice:
        _require_author(voice, by=by, with_receipt=with_receipt)
        if not voice.is_answered:
            raise NotPossible(_("There is no answer yet."))
        voice.was_helpful = True
        voice.save(update_fields=["was_helpful"])
        record(Happened.HELPED, on=voice, by=by)
    return voice


def reopen(voice: Voice, *, reason: str, by: Actor, with_receipt: bool = False) -> Voice:
    """The author says that the answer did not help: the voice is open again, with a new promise from today.

    Raises NotPossible before there is an answer and more than 90 days after the last one was asked about.
    """
    with change(voice) as voice:
        _require_author(voice, by=by, with_receipt=with_receipt)
        if not voice.is_answered:
            raise NotPossible(_("There is no answer yet, so the matter is still open."))
        since = voice.asked_helpful_at or voice.answered_at
        if since is not None and (clock.now() - since).days > REOPEN_WITHIN_DAYS:
            raise NotPossible(_("So long has passed that it is better to write anew. You can mention the old code."))
        FLOW.require(voice.state, State.IN_HAND)
        set_state(voice, State.IN_HAND, answered_at=None, closed_at=None, was_helpful=False, reopened_count=voice.reopened_count + 1)
        unit_id = voice.unit.subject_id if voice.unit else None
        open_duty(voice.subject, what=ANSWER_DUTY, unit_id=unit_id, days=term_for(kind=voice.kind, unit=voice.unit), started_at=clock.now())
        record(Happened.REOPENED, on=voice, by=by, note={"reason": reason.strip()})
    return voice


def _require_author(voice: Voice, *, by: Actor, with_receipt: bool) -> None:
    if not with_receipt and not is_author(by, voice) and not by.is_machine:
        raise NotAllowed(_("Only the author can say this. Open your case with the follow-up code."))


def mark_asked(voices: Sequence[Voice], *, by: Actor) -> int:
    """Record that these authors are asked whether the answer helped; the worker sends the question. Returns how many."""
    for voice in voices:
        with change(voice) as asked:
            if asked.asked_helpful_at is None:
                asked.asked_helpful_at = clock.now()
                asked.save(update_fields=["asked_helpful_at"])
                record(Happened.ASKED_HELPFUL, on=asked, by=by)
    return len(voices)
