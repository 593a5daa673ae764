"""Verbs of the logs of who did what: they are deleted when their time is up."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models import LedgerNote
from dialogi.commons.permissions import require
from dialogi.people.rules import SWEEP

# At most five years and at most one: what the privacy notice promises, leap years or not.
ACCESS_MONTHS, ACCESS_DAYS = 60, 5 * 365
SIGN_IN_MONTHS, SIGN_IN_DAYS = 12, 365
BATCH = 500


def expire_access_log(*, by: Actor) -> int:
    """Delete who read or changed what, and in which words, five years ago; the ledger keeps what happened. Return how many."""
    require(by, SWEEP)
    before = clock.now() - timedelta(days=ACCESS_DAYS)
    deleted = 0
    # Looked for outside, deleted a batch at a time: nobody else waits while an old log goes.
    while old := list(LedgerNote.objects.filter(entry__happened_at__lt=before).values_list("pk", flat=True)[:BATCH]):
        LedgerNote.objects.filter(pk__in=old).delete()
        deleted += len(old)
    return deleted


def expire_sign_ins(*, by: Actor) -> int:
    """Delete who signed in or tried to a year ago, when and from where; return how many."""
    require(by, SWEEP)
    before = clock.now() - timedelta(days=SIGN_IN_DAYS)
    return sum(log.objects.filter(attempt_time__lt=before).delete()[0] for log in (AccessLog, AccessAttempt, AccessFailureLog))
