"""After the words are ready: preview, more time, the result, the decision."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean, set_state
from dialogi.commons.permissions import NotPossible, require
from dialogi.consultations.actions.preparing import retime
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import FLOW, Consultation, Phase, State
from dialogi.consultations.rules import PREPARE, TAKE_OUT


def make_preview(consultation: Consultation, *, by: Actor) -> Consultation:
    """Make a link that opens the draft to whoever has it; a new link makes the old one useless."""
    with change(consultation) as consultation:
        require(by, PREPARE, consultation)
        if consultation.state != State.DRAFT:
            raise NotPossible(_("It is published already: share the page itself."))
        consultation.preview_key = secrets.token_urlsafe(24)
        consultation.save(update_fields=["preview_key"])
        record(Happened.PREVIEWED, on=consultation, by=by)
    return consultation


def take_back_preview(consultation: Consultation, *, by: Actor) -> Consultation:
    """Make the preview link useless."""
    with change(consultation) as consultation:
        require(by, PREPARE, consultation)
        consultation.preview_key = ""
        consultation.save(update_fields=["preview_key"])
        record(Happened.PREVIEWED, on=consultation, by=by)
    return consultation


def extend(phase: Phase, *, closes_at: datetime, reason: str, by: Actor, opens_at: datetime | None = None) -> Phase:
    """Move the closing of a published phase (and its opening while it has not opened), with a reason that stands on the timeline.

    Time that people have been promised is never cut short. A phase that had closed opens again.
    """
    with change(phase.consultation) as consultation:
        require(by, PREPARE, consultation)
        if consultation.state != State.PUBLISHED:
            raise NotPossible(_("Only the time of a published consultation that is not answered yet is changed like this."))
        phase = Phase.objects.select_for_update().get(pk=phase.pk)
        if closes_at < phase.closes_at:
            raise NotPossible(_("The time that people have been promised is not cut short. Choose a later moment."))
        if closes_at <= clock.now():
            raise NotPossible(_("Choose a moment that has not passed yet."))
        if opens_at is not None and opens_at != phase.opens_at:
            if phase.opened_at is not None or phase.opens_at <= clock.now():
                raise NotPossible(_("It has opened already."))
            phase.opens_at = opens_at
        phase.closes_at, phase.closed_at = closes_at, None
        save_clean(phase)
        retime(consultation)
        record(
            Happened.EXTENDED,
            on=consultation,
            by=by,
            data={"closing_key": closes_at.isoformat(), "phase_key": phase.kind},
            note={"told": {"reason": reason.strip()}},
        )
    return phase


def state_result(consultation: Consultation, *, result: Mapping[str, str], by: Actor, expecting: int | None = None) -> Consultation:
    """Put the result on top of the page, in Swedish and Finnish (`result` maps language to words), when taking part has closed."""
    with change(consultation, expecting=expecting) as consultation:
        require(by, PREPARE, consultation)
        if consultation.state == State.DRAFT or consultation.closes_at is None or clock.now() < consultation.closes_at:
            raise NotPossible(_("The result is stated when the time for answers is over."))
        if not result.get("sv", "").strip() or not result.get("fi", "").strip():
            raise NotPossible(_("Write the result in both Swedish and Finnish."))
        for language, words in result.items():
            setattr(consultation, f"result_{language}", words.strip())
        save_clean(consultation)
        record(Happened.RESULT_STATED, on=consultation, by=by)
    return consultation


def mark_decided(consultation: Consultation, *, by: Actor) -> Consultation:
    """Say that the matter has been decided; the decision itself stands on the thread."""
    with change(consultation) as consultation:
        require(by, PREPARE, consultation)
        FLOW.require(consultation.state, State.DECIDED)
        set_state(consultation, State.DECIDED)
        record(Happened.DECIDED, on=consultation, by=by)
    return consultation


def note_taking_out(consultation: Consultation, *, by: Actor) -> None:
    """Write down that the full record with personal data was taken out, and by whom."""
    with change(consultation) as consultation:
        require(by, TAKE_OUT, consultation)
        record(Happened.READ_OUT, on=consultation, by=by)
