"""Who may prepare, take part, answer and read in consultations."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.permissions import YES, Permission, Verdict, no, when
from dialogi.consultations.models import Consultation, Invitation, Phase, Response, State
from dialogi.people.models import Role

ANSWER_DUTY = "consultations.answer"
# From the closing to the answers, when the timetable has no phase of its own for them.
ANSWER_PROMISE_DAYS = 30
PLANNING = (Role.HANDLER, Role.HEAD)
RECORDING = (Role.CLERK, Role.HANDLER, Role.HEAD, Role.REGISTRAR, Role.COMMUNICATIONS)


def _of(obj: Any) -> Consultation | None:
    """The consultation that an object of the room belongs to, however far inside it is."""
    for way in ("version", "phase", "consultation"):
        if not isinstance(obj, Consultation) and hasattr(obj, way) and not isinstance(getattr(obj, way), int):
            obj = getattr(obj, way)
    return obj if isinstance(obj, Consultation) else None


def _anyone(actor: Actor, obj: Any) -> Verdict:
    return YES


def _prepares(actor: Actor, obj: Any) -> Verdict:
    if actor.is_machine or actor.holds(Role.COMMUNICATIONS, anywhere=True):
        return YES
    consultation = _of(obj)
    if consultation is None:
        return when(actor.holds(*PLANNING, anywhere=True), _("Consultations are made by communications and by the units' planners."))
    return when(actor.holds(*PLANNING, unit_id=consultation.unit.subject_id), _("Only communications and the responsible unit prepare this consultation."))


def _answers_points(actor: Actor, obj: Any) -> Verdict:
    consultation = _of(obj)
    if actor.is_machine:
        return YES
    unit_id = consultation.unit.subject_id if consultation else None
    return when(
        actor.holds(*PLANNING, unit_id=unit_id) if consultation else actor.holds(*PLANNING, Role.COMMUNICATIONS, anywhere=True),
        _("Only the responsible unit gathers and answers the points."),
    )


def _records(actor: Actor, obj: Any) -> Verdict:
    return when(actor.is_machine or actor.holds(*RECORDING, anywhere=True), _("Only staff at a service point record for somebody else."))


def _reads_answers(actor: Actor, obj: Any) -> Verdict:
    """Single answers with what people wrote in them: the responsible unit and the registrar. Everybody reads the sums."""
    consultation = _of(obj)
    if actor.is_machine or actor.holds(Role.REGISTRAR, anywhere=True):
        return YES
    return when(
        consultation is not None and actor.holds(*PLANNING, unit_id=consultation.unit.subject_id),
        _("Only the responsible unit and the registrar read single answers."),
    )


def _takes_out(actor: Actor, obj: Any) -> Verdict:
    return when(
        actor.is_machine or actor.holds(Role.REGISTRAR, anywhere=True) or bool(_reads_answers(actor, obj)),
        _("The record with personal data is for the responsible unit and the registrar. Each time it is taken out is written down."),
    )


def _is_party(actor: Actor, obj: Any) -> bool:
    """Whoever prepares the consultation, works in its unit, or wrote the statement."""
    consultation, author = _of(obj), getattr(obj, "author", None)
    if consultation is None or actor.person_id is None:
        return False
    if actor.person_id in {consultation.planner_id, author.person_id if author else None}:
        return True
    unit_id = consultation.unit.subject_id
    return unit_id in actor.home_units or any(grant.units is not None and unit_id in grant.units for grant in actor.grants)


def _checks_opinions(actor: Actor, obj: Any) -> Verdict:
    if actor.is_machine:
        return YES
    if not actor.holds(Role.COMMUNICATIONS, anywhere=True):
        return no(_("Only communications decides that a statement is not voted on."))
    # The neutrality rule: whoever asks never decides which statements others may not see.
    return when(not _is_party(actor, obj), _("You prepare this consultation, work in its unit or wrote the statement. Somebody else must decide."))


def _answers(actor: Actor, obj: Any) -> Verdict:
    consultation = _of(obj)
    if consultation is not None and consultation.state == State.CANCELLED:
        return no(_("The consultation was cancelled."))
    return YES


def _owns_response(actor: Actor, response: Response) -> Verdict:
    return when(
        actor.is_machine or (actor.person_id is not None and actor.person_id == response.person_id),
        _("Only the one who answered opens the answer, with the account or the follow-up code."),
    )


def _keeps_invitation(actor: Actor, obj: Invitation | Phase | None) -> Verdict:
    return _prepares(actor, obj)


READ = Permission("consultations.read", _anyone)
TAKE_PART = Permission("consultations.take_part", _answers)
PREPARE = Permission("consultations.prepare", _prepares)
INVITE = Permission("consultations.invite", _keeps_invitation)
RECORD_FOR_OTHER = Permission("consultations.record_for_other", _records)
ANSWER_POINTS = Permission("consultations.answer_points", _answers_points)
READ_ANSWERS = Permission("consultations.read_answers", _reads_answers)
TAKE_OUT = Permission("consultations.take_out", _takes_out)
OWN_RESPONSE = Permission("consultations.own_response", _owns_response)
CHECK_OPINIONS = Permission("consultations.check_opinions", _checks_opinions)
