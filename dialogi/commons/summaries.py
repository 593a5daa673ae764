"""The daily summary: what was kept for those who want one message a day."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from dialogi.commons import clock
from dialogi.commons.calendar import ZONE
from dialogi.commons.messages import Message, Receiver, queue
from dialogi.commons.models import Delivery
from dialogi.commons.models.messages import DeliveryState
from dialogi.commons.sending import stop_url

SENT_AT = time(7)
KEPT_DAYS = 90


def due() -> QuerySet[Delivery]:
    """Return what was kept before seven o'clock in the morning, today's or, before that hour, yesterday's."""
    morning = datetime.combine(clock.today(), SENT_AT, tzinfo=ZONE)
    if clock.now() < morning:
        morning -= timedelta(days=1)
    return Delivery.objects.filter(state=DeliveryState.HELD, created_at__lt=morning).order_by("id")


def is_due() -> bool:
    """Tell whether a summary waits to be made."""
    return due().exists()


def make_summaries() -> int:
    """Gather what was kept into one message for each receiver and language; return how many messages were made."""
    groups: dict[tuple[str, str], list[Delivery]] = {}
    for kept in due()[:5000]:
        groups.setdefault((kept.receiver_key, kept.language), []).append(kept)
    for parts in groups.values():
        _gather(parts)
    return len(groups)


def _gather(parts: list[Delivery]) -> None:
    last = parts[-1]
    with override(last.language):
        count = len(parts)
        heading = ngettext("%(count)s piece of news", "%(count)s pieces of news", count) % {"count": count}
        reason = _("You get one message a day, as you wished. You can change this on your page.")
        body = "\n\n\n".join(_part(part) for part in parts)
    to = Receiver("email", last.receiver, last.language, last.account_id)
    with transaction.atomic():
        queue([Message(to, heading, body, reason, is_essential=True)])
        summary = Delivery.objects.filter(receiver_key=last.receiver_key).order_by("-id").first()
        Delivery.objects.filter(pk__in=[part.pk for part in parts]).update(state=DeliveryState.GATHERED, gathered_in=summary)


def _part(part: Delivery) -> str:
    lines = [part.heading, part.body]
    if part.follow_id:
        lines.append(_("Stop following: %(address)s") % {"address": stop_url(part.follow_id, language=part.language)})
    return "\n\n".join(lines)


def forget_sent() -> int:
    """Erase messages that left more than 90 days ago; return how many. What was said stays in the ledger, to whom does not."""
    until = clock.now() - timedelta(days=KEPT_DAYS)
    gone = Delivery.objects.filter(state__in=[DeliveryState.SENT, DeliveryState.GATHERED, DeliveryState.FAILED], created_at__lt=until)
    return gone.delete()[0]
