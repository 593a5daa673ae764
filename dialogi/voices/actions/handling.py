"""Handling a voice: taking it in hand, moving it, notes, correcting what it is about."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean, set_state
from dialogi.commons.duties import move_duty
from dialogi.commons.permissions import NotPossible, require
from dialogi.people.models import Area, Person, Unit
from dialogi.services.models import Service
from dialogi.voices.kinds import Happened
from dialogi.voices.models import FLOW, InternalNote, State, Translation, Voice
from dialogi.voices.queries import handlers_of, route_for
from dialogi.voices.rules import ANSWER_DUTY, ASSIGN, CALL_DUTY, NOTE, REPLY


def take_in_hand(voice: Voice, *, by: Actor) -> Voice:
    """Take a voice on one's own desk."""
    with change(voice) as voice:
        require(by, REPLY, voice)
        if voice.state != State.IN_HAND:
            FLOW.require(voice.state, State.IN_HAND)
        set_state(voice, State.IN_HAND, handler_id=by.person_id)
        move_duty(voice.subject, what=ANSWER_DUTY, unit_id=voice.unit.subject_id if voice.unit else None, account_id=by.account_id)
        record(Happened.TAKEN, on=voice, by=by)
    return voice


def assign(voice: Voice, *, unit: Unit, handler: Person | None = None, reason: str, by: Actor, expecting: int | None = None) -> Voice:
    """Move a voice to a unit, and perhaps to one handler there, with a reason that the public reads. The clock goes on."""
    with change(voice, expecting=expecting) as voice:
        require(by, ASSIGN, voice)
        if not reason.strip():
            raise NotPossible(_("Give the reason for the move. Everybody who follows the voice can read it."))
        if handler is not None and handler.pk not in handlers_of(unit):
            raise NotPossible(_("That person does not handle the matters of the unit."))
        voice.unit, voice.handler = unit, handler
        voice.save(update_fields=["unit", "handler"])
        move_duty(voice.subject, what=ANSWER_DUTY, unit_id=unit.subject_id, account_id=handler.account_id if handler else None)
        move_duty(voice.subject, what=CALL_DUTY, unit_id=unit.subject_id)
        record(Happened.REASSIGNED, on=voice, by=by, data={"unit_id": unit.subject_id}, note={"told": {"reason": reason.strip()}})
    return voice


def write_note(voice: Voice, *, text: str, by: Actor) -> InternalNote:
    """Write a note among those who handle the voice; never public."""
    with change(voice) as voice:
        require(by, NOTE, voice)
        note = save_clean(InternalNote(voice=voice, text=text, author_id=by.person_id))
        record(Happened.NOTED, on=voice, by=by)
    return note


def reclassify(voice: Voice, *, kind: str, language: str, service: Service | None, area: Area | None, by: Actor, expecting: int | None = None) -> Voice:
    """Correct what a voice is: kind, language, service, area. A new service may bring a new responsible unit."""
    with change(voice, expecting=expecting) as voice:
        require(by, NOTE, voice)
        moved = service != voice.service
        voice.kind, voice.language, voice.service, voice.area = kind, language, service, area
        unit = route_for(service=service, kind=kind, area=area, about=voice.about, language=language) if moved else voice.unit
        if unit is not None:
            voice.unit = unit
        voice.full_clean()
        voice.save(update_fields=["kind", "language", "service", "area", "unit"])
        if moved and voice.unit:
            move_duty(voice.subject, what=ANSWER_DUTY, unit_id=voice.unit.subject_id)
        record(Happened.RECLASSIFIED, on=voice, by=by)
    return voice


def add_translation(voice: Voice, *, language: str, text: str, by: Actor) -> Translation:
    """Add the words in another language beside the author's own, with the name of the one who translated."""
    with change(voice) as voice:
        require(by, NOTE, voice)
        if language == voice.language:
            raise NotPossible(_("The words are in that language already."))
        Translation.objects.filter(voice=voice, language=language).delete()
        translation = save_clean(Translation(voice=voice, language=language, text=text, made_by_id=by.person_id))
        record(Happened.TRANSLATED, on=voice, by=by, data={"language": language})
    return translation
