"""Troubles: found by looking, told to the operator by e-mail once, and once more when they are mended.

The mail is sent at once and by whoever looks - the worker, or `./manage look_after` from a timer of the system: the outbox may be the trouble.
"""

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from dialogi.commons import clock
from dialogi.commons.messages import site_url
from dialogi.commons.models import Trouble
from dialogi.commons.models.watching import TroubleKind
from dialogi.commons.watching.standing import Standing, how_it_stands

SILENT = timedelta(minutes=15)
LATE_QUEUE = 900
LATE_MAIL = 1800
MANY_FAILED = 10
LEAST_FREE = 0.05
LEAST_FREE_BYTES = 500_000_000
KEEP_MENDED = timedelta(days=365)

log = logging.getLogger(__name__)


def sentences(standing: Standing) -> dict[TroubleKind, str]:
    """Return what is wrong, each with a sentence in the language of now."""
    found = {
        TroubleKind.WORKER: _worker(standing),
        TroubleKind.JOBS: _jobs(standing),
        TroubleKind.QUEUE: _queue(standing),
        TroubleKind.MAIL: _mail(standing),
        TroubleKind.DISK: _disk(standing),
        TroubleKind.BACKUP: _backup(standing),
    }
    return {kind: sentence for kind, sentence in found.items() if sentence}


def look_after() -> dict[TroubleKind, str]:
    """Look, remember what began and what ended, and tell the operator what they do not know yet. Returns what is wrong now."""
    with override(settings.OPERATOR_LANGUAGE):
        wrong = sentences(how_it_stands())
        _remember(set(wrong))
        if settings.OPERATOR_ADDRESSES:
            _tell(wrong)
    Trouble.objects.filter(mended_at__lt=clock.now() - KEEP_MENDED).delete()
    return wrong


def _remember(wrong: set[TroubleKind]) -> None:
    now = clock.now()
    Trouble.objects.filter(mended_at__isnull=True).exclude(kind__in=wrong).update(mended_at=now)
    known = set(Trouble.objects.filter(mended_at__isnull=True).values_list("kind", flat=True))
    for kind in sorted(wrong - known):
        try:
            with transaction.atomic():
                Trouble.objects.create(kind=kind, since=now)
        except IntegrityError:
            log.info("somebody else saw the trouble too")


def _tell(wrong: dict[TroubleKind, str]) -> None:
    """One mail for each; who claims the row sends it, and gives it back when the mail server is away."""
    for trouble in Trouble.objects.filter(mended_at__isnull=True, told_at__isnull=True):
        # It may have begun since we looked.
        if sentence := wrong.get(TroubleKind(trouble.kind)):
            _tell_once(trouble, "told_at", _("Trouble: %(what)s") % {"what": trouble.get_kind_display()}, sentence)
    for trouble in Trouble.objects.filter(mended_at__isnull=False, told_at__isnull=False, mending_told_at__isnull=True):
        heading = _("Mended: %(what)s") % {"what": trouble.get_kind_display()}
        began, ended = (localize(localtime(moment)) for moment in (trouble.since, trouble.mended_at))
        _tell_once(trouble, "mending_told_at", heading, _("It began %(began)s and was over %(ended)s.") % {"began": began, "ended": ended})


def _tell_once(trouble: Trouble, when: str, heading: str, sentence: str) -> None:
    if not Trouble.objects.filter(pk=trouble.pk, **{f"{when}__isnull": True}).update(**{when: clock.now()}):
        return
    address = site_url(f"/{settings.OPERATOR_LANGUAGE}/desk/machinery/")
    body = "\n\n".join([sentence, _("How the machinery stands: %(address)s") % {"address": address}])
    try:
        EmailMessage(f"Dialogi: {heading}", body, settings.DEFAULT_FROM_EMAIL, settings.OPERATOR_ADDRESSES).send()
    except (smtplib.SMTPException, OSError) as error:
        log.warning("the operator could not be told: %s", type(error).__name__)
        Trouble.objects.filter(pk=trouble.pk).update(**{when: None})


def _worker(standing: Standing) -> str:
    if standing.worker_seen is None:
        return _("No worker has done anything yet. Messages are not sent and nothing happens by itself.")
    if standing.at - standing.worker_seen < SILENT:
        return ""
    return _("No worker has done anything since %(when)s. Messages are not sent and nothing happens by itself.") % {
        "when": localize(localtime(standing.worker_seen))
    }


def _jobs(standing: Standing) -> str:
    if not (count := standing.failing_jobs):
        return ""
    return ngettext("%(count)s job has failed three times or more.", "%(count)s jobs have failed three times or more.", count) % {"count": count}


def _queue(standing: Standing) -> str:
    if count := standing.outbox_parked:
        return ngettext(
            "%(count)s happening could not be carried on and waits for somebody to look at it.",
            "%(count)s happenings could not be carried on and wait for somebody to look at them.",
            count,
        ) % {"count": count}
    if standing.outbox_oldest_seconds > LATE_QUEUE:
        return _("What happened %(minutes)s minutes ago is not carried on yet.") % {"minutes": standing.outbox_oldest_seconds // 60}
    return ""


def _mail(standing: Standing) -> str:
    if standing.unsent_oldest_seconds > LATE_MAIL:
        return _("The oldest message has waited for %(minutes)s minutes. Is the mail server away?") % {"minutes": standing.unsent_oldest_seconds // 60}
    if standing.failed_lately >= MANY_FAILED:
        return _("%(count)s messages could not be sent since yesterday.") % {"count": standing.failed_lately}
    return ""


def _disk(standing: Standing) -> str:
    if standing.disk_free > LEAST_FREE_BYTES and standing.disk_free > LEAST_FREE * standing.disk_total:
        return ""
    return _("%(free)s MB are free on the disk.") % {"free": standing.disk_free // 1_000_000}


def _backup(standing: Standing) -> str:
    if not settings.BACKUP_HOURS:
        return ""
    if standing.backup is None:
        return _("No backup has been taken yet.")
    if standing.at - standing.backup.taken_at < timedelta(hours=settings.BACKUP_HOURS):
        return ""
    return _("The latest backup was taken %(when)s.") % {"when": localize(localtime(standing.backup.taken_at))}
