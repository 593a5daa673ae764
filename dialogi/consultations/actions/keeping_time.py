"""What the worker does by itself when a moment comes: tell of openings and closings, open the planner's duty, remind.

Whether something is open is never stored, so none of this decides it; a worker that comes late tells late, once.
"""

from datetime import timedelta

from django.db.models import Q

from dialogi.commons import clock
from dialogi.commons.actors import machine
from dialogi.commons.calendar import WorkingDays, working_days_between
from dialogi.commons.door import change, record
from dialogi.commons.duties import open_duty
from dialogi.commons.models import Duty
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Consultation, Phase, State
from dialogi.consultations.queries.timing import answer_until, untold
from dialogi.consultations.rules import ANSWER_DUTY, ANSWER_PROMISE_DAYS

TIMEKEEPER = machine("timetable")
NAG_DAYS = 7


def tell_of_times() -> int:
    """Record each opening and closing that has come, once; return how many. Safe to repeat."""
    told = 0
    for phase in untold().select_related("consultation").order_by("opens_at", "id")[:500]:
        told += tell_of_phase(phase)
    return told


def tell_of_phase(phase: Phase) -> int:
    """Record that one phase opened or closed, in a transaction of its own; return how many entries it took."""
    told = 0
    with change(phase.consultation) as consultation:
        now = clock.now()
        phase = Phase.objects.select_for_update().get(pk=phase.pk)
        for mark, moment, kind in (("opened_at", phase.opens_at, Happened.OPENED), ("closed_at", phase.closes_at, Happened.CLOSED)):
            if getattr(phase, mark) is None and moment <= now:
                setattr(phase, mark, now)
                phase.save(update_fields=[mark])
                record(kind, on=consultation, by=TIMEKEEPER, data={"phase_key": phase.kind})
                told += 1
        if consultation.closes_at is not None and consultation.closes_at <= now:
            _open_answer_duty(consultation)
    return told


def _open_answer_duty(consultation: Consultation) -> None:
    """The planner answers by the end of the phase for answers, or within the usual promise."""
    closed_at = consultation.closes_at or clock.now()
    until = answer_until(consultation)
    days = working_days_between(closed_at, until) if until else ANSWER_PROMISE_DAYS
    account_id = consultation.planner.account_id if consultation.planner else None
    unit_id = consultation.unit.subject_id
    open_duty(consultation.subject, what=ANSWER_DUTY, unit_id=unit_id, account_id=account_id, days=WorkingDays(max(days, 1)), started_at=closed_at)


def mark_overdue(consultation: Consultation) -> None:
    """Record in the open that the promised day passed without answers."""
    with change(consultation) as consultation:
        record(Happened.OVERDUE, on=consultation, by=machine("escalation"))


def remind(consultation: Consultation) -> None:
    """Record that the planner is reminded; the worker sends the reminder."""
    with change(consultation) as consultation:
        consultation.nagged_at = clock.now()
        consultation.save(update_fields=["nagged_at"])
        record(Happened.REMINDED, on=consultation, by=machine("reminder"))


def nag() -> int:
    """Remind once a week of answers that are late, until they are there; return how many were reminded of."""
    late = Duty.objects.overdue().filter(what=ANSWER_DUTY).values("subject")
    before = clock.now() - timedelta(days=NAG_DAYS)
    due = Consultation.objects.filter(subject__in=late, state=State.PUBLISHED).filter(Q(nagged_at__isnull=True) | Q(nagged_at__lt=before))
    found = list(due.select_related("subject")[:200])
    for consultation in found:
        remind(consultation)
    return len(found)
