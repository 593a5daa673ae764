"""The yearly question whether the register is still true, as a duty of whoever answers for the system."""

from dialogi.commons.actors import Actor, machine
from dialogi.commons.calendar import CalendarDays
from dialogi.commons.door import change, record
from dialogi.commons.duties import finish_duty, open_duty
from dialogi.commons.models import Duty
from dialogi.commons.permissions import require
from dialogi.systems.kinds import Happened
from dialogi.systems.models import System, SystemState
from dialogi.systems.queries.confirming import waiting_for_a_duty
from dialogi.systems.rules import CONFIRM_DUTY, FIRST_DAYS, IMPORT, KEPT_UP_TO_DATE, YEAR_DAYS

BATCH = 500


def ask_again(system: System, *, days: int = YEAR_DAYS) -> None:
    """Close the open question and ask anew in so many days; a retired system is asked no more. Part of the verbs that ask and tell."""
    finish_duty(system.subject, what=CONFIRM_DUTY)
    if system.state != SystemState.RETIRED and system.post_id is not None:
        unit_id, post_id = system.subject.unit_id, system.post.subject_id if system.post else None
        open_duty(system.subject, what=CONFIRM_DUTY, unit_id=unit_id, post_id=post_id, days=CalendarDays(days, KEPT_UP_TO_DATE))


def ask_those_never_asked(*, by: Actor) -> int:
    """Ask of each system that somebody answers for and nobody has been asked about; returns of how many."""
    require(by, IMPORT)
    count = 0
    for pk in list(waiting_for_a_duty()[:BATCH]):
        with change(System(pk=pk)) as system:
            ask_again(system, days=FIRST_DAYS)
            record(Happened.ASKED, on=system, by=by)
        count += 1
    return count


def mark_unconfirmed(duty: Duty) -> None:
    """Tell once that nobody has confirmed a system in time."""
    system = System.objects.filter(subject=duty.subject_id).first()
    if system is not None:
        with change(System(pk=system.pk)) as locked:
            record(Happened.NOT_CONFIRMED, on=locked, by=machine("duties"))
