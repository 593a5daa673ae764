"""Duties: opening, finishing, moving, pausing; a reminder before the due day and an escalation after it.

The functions run inside the action that they belong to; the action records what happened.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from dialogi.commons import clock
from dialogi.commons.calendar import CalendarDays, Clock, WorkingDays, add_working_days, end_of_day, local_day
from dialogi.commons.calendar import extend as extend_statute
from dialogi.commons.models import Duty, Subject
from dialogi.commons.models.duties import Basis
from dialogi.commons.registry import DutyKind, registry

DUE_SOON_WORKING_DAYS = 2

log = logging.getLogger(__name__)


def open_duty(
    subject: Subject,
    *,
    what: str,
    unit_id: int | None,
    days: Clock,
    started_at: datetime | None = None,
    account_id: int | None = None,
    post_id: int | None = None,
) -> Duty:
    """Open a duty of a registered kind and return it; when one is open already, that one comes back unchanged.

    `days` is WorkingDays for a service promise, CalendarDays or Months for a statute, counted from `started_at` (the arrival, not the recording).
    """
    duty = draft_duty(subject, what=what, unit_id=unit_id, days=days, started_at=started_at or clock.now(), account_id=account_id, post_id=post_id)
    try:
        # The database says whether one is open already: asking it first would be one more question nearly every time.
        with transaction.atomic():
            duty.save(force_insert=True)
    except IntegrityError:
        known = open_duty_of(subject, what=what)
        if known is None:
            raise
        return known
    return duty


def draft_duty(
    subject: Subject,
    *,
    what: str,
    unit_id: int | None,
    days: Clock,
    started_at: datetime,
    done_at: datetime | None = None,
    account_id: int | None = None,
    post_id: int | None = None,
) -> Duty:
    """Return a duty that is not saved; `done_at` for one that was done elsewhere."""
    if what not in registry.duties:
        raise KeyError(f"the duty {what} is not registered")
    due = days.due(started_at)
    return Duty(
        subject=subject,
        what=what,
        unit_id=unit_id,
        account_id=account_id,
        post_id=post_id,
        basis=Basis.PROMISE if isinstance(days, WorkingDays) else Basis.STATUTE,
        days=days.count if isinstance(days, WorkingDays | CalendarDays) else (local_day(due) - local_day(started_at)).days,
        section="" if isinstance(days, WorkingDays) else str(days.section),
        started_at=started_at,
        due_at=due,
        done_at=done_at,
    )


def bring_in_duties(duties: Iterable[Duty]) -> None:
    """Save drafts of duties of Subjects that are new, and so have none open yet, in one statement."""
    Duty.objects.bulk_create(duties)


def finish_duty(subject: Subject, *, what: str, at: datetime | None = None) -> Duty | None:
    """Finish the open duty of this kind, if there is one; a pause ends with it and moves the due moment first."""
    moment = at or clock.now()

    def finish(duty: Duty) -> dict[str, Any]:
        return {**_resumed(duty, moment), "done_at": moment}

    return _change(subject, what, finish)


def move_duty(subject: Subject, *, what: str, unit_id: int | None, account_id: int | None = None) -> Duty | None:
    """Give the open duty to another unit, and to one account in it or to nobody yet; the due moment stays."""
    return _change(subject, what, lambda duty: {"unit_id": unit_id, "account_id": account_id})


def pause_duty(subject: Subject, *, what: str) -> Duty | None:
    """Stop the clock of the open duty; a duty that is paused already stays as it is."""
    return _change(subject, what, lambda duty: {} if duty.paused_at else {"paused_at": clock.now()})


def resume_duty(subject: Subject, *, what: str) -> Duty | None:
    """Let the clock run again: the due moment moves by the time of the pause, in the duty's own kind of days."""
    return _change(subject, what, lambda duty: _resumed(duty, clock.now()))


def extend_duty(subject: Subject, *, what: str, days: int) -> Duty | None:
    """Move the due moment on by so many days: working days for a promise, calendar days for a statute (then Act 150/1930 section 5)."""

    def longer(duty: Duty) -> dict[str, Any]:
        due = end_of_day(add_working_days(duty.due_at, days)) if duty.basis == Basis.PROMISE else extend_statute(duty.due_at, days)
        return {"due_at": due, "nagged_at": None, "escalated_at": None}

    return _change(subject, what, longer)


def open_duty_of(subject: Subject, *, what: str) -> Duty | None:
    """Return the open duty of this kind, or None."""
    return Duty.objects.open().filter(subject=subject, what=what).first()


def remind() -> int:
    """Tell once about each duty that is due within two working days; return how many were told of."""
    until = end_of_day(add_working_days(clock.now(), DUE_SOON_WORKING_DAYS))
    waiting = Duty.objects.open().filter(paused_at=None, nagged_at=None, due_at__gte=clock.now(), due_at__lte=until).values_list("pk", flat=True)
    return sum(_tell(pk, "nagged_at", lambda kind: kind.on_due_soon) for pk in list(waiting))


def escalate() -> int:
    """Tell once about each duty whose due moment has passed; return how many were told of."""
    late = Duty.objects.overdue().filter(escalated_at=None).values_list("pk", flat=True)
    return sum(_tell(pk, "escalated_at", lambda kind: kind.on_overdue) for pk in list(late))


def is_any_late() -> bool:
    """Tell whether there is a duty to escalate."""
    return Duty.objects.overdue().filter(escalated_at=None).exists()


def _tell(pk: int, mark: str, callback: Callable[[DutyKind], Callable[[Duty], None] | None]) -> bool:
    """Mark and call in one transaction, so that each duty is told of once whatever dies in between."""
    try:
        with transaction.atomic():
            duty = Duty.objects.open().select_for_update().filter(pk=pk, **{mark: None}).first()
            if duty is None:
                return False
            setattr(duty, mark, clock.now())
            duty.save(update_fields=[mark])
            kind = registry.duties.get(duty.what)
            call = callback(kind) if kind else None
            if call:
                call(duty)
    except Exception:
        # One duty that cannot be told of must not silence the others; it is tried again at the next run.
        log.exception("a duty could not be told of")
        return False
    return True


def _resumed(duty: Duty, at: datetime) -> dict[str, Any]:
    if duty.paused_at is None:
        return {}
    days: Clock = WorkingDays(duty.days) if duty.basis == Basis.PROMISE else CalendarDays(duty.days, duty.section)
    return {"paused_at": None, "due_at": days.resumed(duty.due_at, paused=duty.paused_at, resumed=at)}


def _change(subject: Subject, what: str, fields: Callable[[Duty], dict[str, Any]]) -> Duty | None:
    with transaction.atomic(savepoint=False):
        duty = Duty.objects.open().select_for_update().filter(subject=subject, what=what).first()
        if duty is None:
            return None
        changed = fields(duty)
        for name, value in changed.items():
            setattr(duty, name, value)
        if changed:
            duty.save(update_fields=list(changed))
        return duty
