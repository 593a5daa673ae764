"""Keeping the register: case numbers, records taken out, what is due by itself, and forgetting people."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor, machine
from dialogi.commons.codes import is_case_number
from dialogi.commons.door import change, record
from dialogi.commons.permissions import NotAllowed, NotPossible, require
from dialogi.people.actions import erase_contact_details
from dialogi.voices.kinds import Happened
from dialogi.voices.models import Voice
from dialogi.voices.rules import KEEP_REGISTER


def give_case_number(voice: Voice, *, number: str, retention_class: str, by: Actor) -> Voice:
    """Give a voice that starts a matter its number in the register, such as 123/00.04.01/2026, and its retention class."""
    with change(voice) as voice:
        require(by, KEEP_REGISTER, voice)
        if not is_case_number(number.strip()):
            raise NotPossible(_("A case number looks like 123/00.04.01/2026."))
        voice.case_number, voice.retention_class = number.strip(), retention_class
        voice.save(update_fields=["case_number", "retention_class"])
        record(Happened.CASE_NUMBERED, on=voice, by=by, data={"number": voice.case_number})
    return voice


def note_reading(voice: Voice, *, by: Actor, what: str) -> None:
    """Record that somebody took out the full record, personal data and all."""
    with change(voice) as voice:
        require(by, KEEP_REGISTER, voice)
        record(Happened.READ, on=voice, by=by, data={"what": what})


def erase_contact(voice: Voice, *, by: Actor) -> bool:
    """Erase the contact details of a voice. Returns False when there were none."""
    with change(voice) as voice:
        if voice.contact_id is None:
            return False
        contact_id, voice.contact = voice.contact_id, None
        voice.save(update_fields=["contact"])
        if not Voice.objects.filter(contact_id=contact_id).exists():
            erase_contact_details(contact_id, by=by)
        record(Happened.CONTACT_ERASED, on=voice, by=by)
    return True


def forget_author(voice: Voice, *, by: Actor) -> None:
    """Detach the author and the contact from a voice; the words stay as a public record unless they name the person."""
    with change(voice) as voice:
        voice.author, voice.helped_by = None, ""
        voice.save(update_fields=["author", "helped_by"])
        record(Happened.AUTHOR_ERASED, on=voice, by=by)
    erase_contact(voice, by=by)


def mark_overdue(voice: Voice) -> None:
    """Record in the open that the promised day passed without an answer."""
    with change(voice) as voice:
        record(Happened.OVERDUE, on=voice, by=machine("escalation"), data={"day": clock.today().isoformat()})


def remind(voice: Voice) -> None:
    """Record that the handler is reminded of the promised day; the worker sends the reminder."""
    with change(voice) as voice:
        record(Happened.REMINDED, on=voice, by=machine("reminder"))


def mark_check_overdue(voice: Voice, *, what: str) -> None:
    """Record that the check for publication, or the review (`what` is the duty), took longer than promised."""
    with change(voice) as voice:
        record(Happened.CHECK_OVERDUE, on=voice, by=machine("escalation"), data={"duty": what})


def claim(voice: Voice, *, by: Actor) -> Voice:
    """Tie a voice to the account of its author, who is signed in and holds its follow-up code."""
    with change(voice) as voice:
        if by.person_id is None:
            raise NotAllowed(_("Sign in first. Then open your case with the code again."))
        if voice.author_id is not None:
            raise NotPossible(_("It is tied to an account already."))
        voice.author_id = by.person_id
        voice.save(update_fields=["author"])
        record(Happened.CLAIMED, on=voice, by=by)
    return voice
