"""Commenting: a voice about the consultation, and beside it where in the draft it stands."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.door import record, save_clean
from dialogi.commons.permissions import NotPossible, require
from dialogi.commons.search import get_ready
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Alternative, Comment, DraftVersion, Lateness, Phase
from dialogi.consultations.queries.timing import lateness_of
from dialogi.consultations.rules import ANSWER_POINTS, TAKE_PART
from dialogi.voices.actions import Receipt, Recorded, Said, give_voice, record_voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Commented:
    """What is said besides the words: where it stands, what was drawn, and what is told voluntarily."""

    phase: Phase
    anchor: str = ""
    version: DraftVersion | None = None
    alternative: Alternative | None = None
    geometry: str = ""
    age_band: str = ""


def comment(said: Said, commented: Commented, *, form_key: str, by: Actor) -> tuple[Comment, Receipt]:
    """Give a comment; the same `form_key` always gives the same comment and receipt. After closing it is received and marked late.

    `said.about` is the consultation's Subject. Raises NotPossible before the opening and when the consultation is answered already.
    """
    get_ready(said.text, language=said.language)
    with transaction.atomic():
        require(by, TAKE_PART, commented.phase)
        receipt = give_voice(said, form_key=form_key, by=by)
        return _beside(receipt, commented, by=by), receipt


def record_comment(said: Said, commented: Commented, *, recorded: Recorded, form_key: str, by: Actor) -> tuple[Comment, Receipt]:
    """Record a comment for somebody else: counter, phone, letter, paper. Whether it is late is judged by its arrival."""
    get_ready(said.text, language=said.language)
    with transaction.atomic():
        require(by, TAKE_PART, commented.phase)
        receipt = record_voice(said, recorded, form_key=form_key, by=by)
        return _beside(receipt, commented, by=by), receipt


def _beside(receipt: Receipt, commented: Commented, *, by: Actor) -> Comment:
    known = Comment.objects.filter(voice=receipt.voice).first()
    if known is not None:
        return known
    phase = commented.phase
    made = save_clean(
        Comment(
            voice=receipt.voice,
            consultation=phase.consultation,
            phase=phase,
            version=commented.version,
            alternative=commented.alternative,
            anchor=commented.anchor,
            geometry=commented.geometry,
            age_band=commented.age_band,
            lateness=lateness_of(phase, arrived_at=receipt.voice.arrived_at),
        )
    )
    record(Happened.COMMENTED, on=phase.consultation, by=by, data={"channel": receipt.voice.channel, "language": receipt.voice.language})
    return made


def decide_late(made: Comment, *, taken: bool, because: str, by: Actor) -> Comment:
    """Take a late comment into account, or leave it out, with a reason."""
    with transaction.atomic():
        along = ("consultation__subject", "consultation__unit__subject", "consultation__area")
        made = Comment.objects.select_for_update(of=("self",)).select_related(*along).get(pk=made.pk)
        require(by, ANSWER_POINTS, made.consultation)
        if made.lateness == Lateness.IN_TIME:
            raise NotPossible(_("It came in time."))
        made.lateness, made.late_because = (Lateness.TAKEN if taken else Lateness.LEFT_OUT), because.strip()
        save_clean(made)
        record(Happened.LATE_DECIDED, on=made.consultation, by=by)
    return made
