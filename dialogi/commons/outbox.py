"""The outbox: each ledger entry is carried to the rooms that react and the people who are told, at least once."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from dialogi.commons import clock
from dialogi.commons.messages import messages_for, queue
from dialogi.commons.models import OutboxMessage
from dialogi.commons.registry import registry

MOST_ATTEMPTS = 5
LEASE = timedelta(minutes=5)
BATCH = 100

log = logging.getLogger(__name__)


def backoff(attempts: int, *, first: int = 30, most: int = 900) -> timedelta:
    """Return how long to wait after so many failures: half a minute, doubling, a quarter of an hour at most."""
    return timedelta(seconds=min(first * 2 ** max(0, min(attempts, 20) - 1), most))


def fault_of(error: BaseException) -> str:
    """Name an error by its type and place, without its words: those may hold personal data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_globals.get('__name__', '')}.{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"[:300]


def waiting() -> QuerySet[OutboxMessage]:
    """Return the rows to be carried now, oldest first."""
    return OutboxMessage.objects.filter(done_at__isnull=True, attempts__lt=MOST_ATTEMPTS, available_at__lte=clock.now()).order_by("id")


def parked() -> QuerySet[OutboxMessage]:
    """Return the rows that failed too often and wait for somebody to look at them."""
    return OutboxMessage.objects.filter(done_at__isnull=True, attempts__gte=MOST_ATTEMPTS, available_at__lte=clock.now()).order_by("id")


def retry_parked() -> int:
    """Let the parked rows try again; return how many."""
    return parked().update(attempts=0, available_at=clock.now())


def drain(*, limit: int = BATCH) -> int:
    """Carry what is waiting, at most `limit` rows; return how many were carried. Safe to run in several workers."""
    carried = 0
    for pk in list(waiting().values_list("pk", flat=True)[:limit]):
        # The lease is written before the work: whoever dies in it gives the row back, and a row that kills is parked in the end.
        claimed = waiting().filter(pk=pk).update(attempts=F("attempts") + 1, available_at=clock.now() + LEASE)
        if claimed:
            carried += _carry(OutboxMessage.objects.select_related("entry__subject").get(pk=pk))
    return carried


def _carry(row: OutboxMessage) -> bool:
    faults = []
    try:
        queue(messages_for(row.entry), outbox=row)
    except Exception as error:
        faults.append(fault_of(error))
        log.exception("messages of an entry could not be made")
    for reaction in registry.reactions.get(row.entry.kind, ()):
        try:
            with transaction.atomic():
                reaction(row.entry)
        except Exception as error:
            faults.append(fault_of(error))
            log.exception("a reaction failed")
    if faults:
        row.error, row.available_at = "; ".join(faults)[:300], clock.now() + backoff(row.attempts)
    else:
        row.error, row.done_at = "", clock.now()
    row.save(update_fields=["error", "available_at", "done_at"])
    return not faults


def oldest_waiting_seconds() -> int:
    """Return the age in seconds of the oldest row that should have been carried by now; 0 when there is none."""
    oldest = waiting().values_list("available_at", flat=True).first()
    return max(0, int((timezone.now() - oldest).total_seconds())) if oldest else 0


def consider_carried() -> int:
    """Take every waiting row as carried, without telling anybody; for what was filled in from elsewhere. Returns how many."""
    return OutboxMessage.objects.filter(done_at__isnull=True).update(done_at=clock.now())
