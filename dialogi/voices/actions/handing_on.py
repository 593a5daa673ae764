"""Handing on what belongs to somebody else: nothing travels but what the author agreed to."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record
from dialogi.commons.permissions import NotPossible, require
from dialogi.people.actions import give_consent
from dialogi.voices.kinds import Happened
from dialogi.voices.models import State, Voice
from dialogi.voices.rules import HAND_ON


def agree_to_hand_on(voice: Voice, *, contact: bool, words: bool, wording: str, by: Actor, with_receipt: bool = False) -> Voice:
    """The author says what the other organisation may get beside the bare fact; a handler may write down what the author said.

    `wording` is what was agreed to, as it was read. Can be taken back until the matter is handed on: what has travelled has travelled.
    """
    with change(voice) as voice:
        if not with_receipt:
            require(by, HAND_ON, voice)
        if not voice.misdirected and voice.state != State.NOT_OURS:
            raise NotPossible(_("The matter is ours. Nothing is handed on."))
        if contact and voice.contact is None and voice.author is None:
            raise NotPossible(_("There are no contact details that could be handed on."))
        voice.may_pass_contact, voice.may_pass_words = contact, words
        voice.save(update_fields=["may_pass_contact", "may_pass_words"])
        if contact and voice.contact is not None:
            give_consent(by=by, what="voices.hand_on", wording=wording, contact=voice.contact)
        parts = [name for name, is_agreed in (("contact", contact), ("words", words)) if is_agreed]
        record(Happened.AGREED, on=voice, by=by, data={"parts": parts})
    return voice
