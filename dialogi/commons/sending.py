"""Sending: deliveries leave as e-mail, or wait as letters for somebody to print them."""

import logging
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import in_language
from dialogi.commons.messages import site_url
from dialogi.commons.models import Delivery
from dialogi.commons.models.messages import DeliveryState
from dialogi.commons.outbox import backoff, fault_of
from dialogi.commons.permissions import Permission, require, when
from dialogi.commons.text import header_safe

LEASE = timedelta(minutes=5)
GIVE_UP = timedelta(days=5)
BATCH = 50
STOP_SALT = "stop following"

PRINT_LETTERS = Permission("commons.print_letters", lambda actor, _obj: when(actor.is_staff, _("Only the staff prints letters.")))

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to print."""

    id: int
    address: str
    language: str
    heading: str
    body: str
    reason: str
    written_at: datetime


def waiting() -> QuerySet[Delivery]:
    """Return the e-mails to be sent now, oldest first."""
    return Delivery.objects.filter(state=DeliveryState.WAITING, channel="email", available_at__lte=clock.now()).order_by("id")


def send(*, limit: int = BATCH) -> int:
    """Send what is waiting, at most `limit` e-mails; return how many were sent. Nothing is lost while the mail server is away.

    A crash between the server's yes and ours sends a message once more, under the same Message-ID.
    """
    sent = 0
    connection = get_connection()
    try:
        for pk in list(waiting().values_list("pk", flat=True)[:limit]):
            claimed = waiting().filter(pk=pk).update(attempts=F("attempts") + 1, available_at=clock.now() + LEASE)
            if not claimed:
                continue
            outcome = _send_one(Delivery.objects.get(pk=pk), connection)
            sent += outcome == DeliveryState.SENT
            if outcome is None:
                waiting().update(available_at=clock.now() + backoff(1))
                break
    finally:
        _close(connection)
    return sent


def _send_one(delivery: Delivery, connection: BaseEmailBackend) -> DeliveryState | None:
    """Try once; None says that the server is away and the others may as well wait."""
    try:
        validate_email(delivery.receiver)
        connection.open()
        connection.send_messages([email_of(delivery)])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        return _settle(delivery, error, connection, is_final=bool(codes) and all(500 <= code < 600 for code in codes), code=max(codes, default=0))
    except smtplib.SMTPDataError as error:
        return _settle(delivery, error, connection, is_final=500 <= error.smtp_code < 600, code=error.smtp_code)
    except (smtplib.SMTPException, OSError) as error:
        _settle(delivery, error, connection, is_final=False)
        return None
    except (ValidationError, ValueError, UnicodeError) as error:
        return _settle(delivery, error, connection, is_final=True)
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.SENT, sent_at=clock.now(), error="")
    return DeliveryState.SENT


def _settle(delivery: Delivery, error: Exception, connection: BaseEmailBackend, *, is_final: bool, code: int = 0) -> DeliveryState:
    _close(connection)
    is_final = is_final or clock.now() - delivery.created_at > GIVE_UP
    state = DeliveryState.FAILED if is_final else DeliveryState.WAITING
    words = f"{fault_of(error)} {code}" if code else fault_of(error)
    Delivery.objects.filter(pk=delivery.pk).update(state=state, error=words[:300], available_at=clock.now() + backoff(delivery.attempts))
    log.warning("a message was not sent: %s", words)
    return state


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        # The server went away first; there is nothing left to close.
        log.info("the mail server had gone")


def email_of(delivery: Delivery) -> EmailMultiAlternatives:
    """Return the e-mail of a delivery, plain text with an HTML alternative, in the receiver's language."""
    with override(delivery.language):
        stop = stop_url(delivery.follow_id, language=delivery.language) if delivery.follow_id else ""
        context = {
            "delivery": delivery,
            "stop": stop,
            "language": delivery.language,
            "house_name": in_language(_House(), "name", delivery.language),
            "site_address": site_url(f"/{delivery.language}/"),
        }
        text = render_to_string("commons/mail/message.txt", context)
        html = render_to_string("commons/mail/message.html", context)
    headers = {"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated", "Content-Language": delivery.language}
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    email = EmailMultiAlternatives(header_safe(delivery.heading), text, settings.DEFAULT_FROM_EMAIL, [delivery.receiver], headers=headers)
    email.attach_alternative(html, "text/html")
    return email


def stop_url(follow_id: int, *, language: str) -> str:
    """Return the full address where a follow is stopped, without signing in."""
    token = signing.dumps(follow_id, salt=STOP_SALT, compress=False)
    return site_url(f"/{language}/follow/stop/{token}/")


class _House:
    """The municipality's names, read like any other translated field."""

    def __getattr__(self, name: str) -> str:
        return settings.MUNICIPALITY.get(name, "")


def letters_waiting(*, by: Actor) -> list[Letter]:
    """Return the letters that wait to be printed, oldest first, at most 200; raises NotAllowed."""
    require(by, PRINT_LETTERS)
    found = Delivery.objects.filter(state=DeliveryState.WAITING, channel="letter").order_by("id")[:200]
    return [Letter(each.pk, each.receiver, each.language, each.heading, each.body, each.reason, each.created_at) for each in found]


def letters_printed(ids: Iterable[int], *, by: Actor) -> int:
    """Mark letters as printed and posted; return how many. One marked before is not counted again."""
    require(by, PRINT_LETTERS)
    waiting_letters = Delivery.objects.filter(pk__in=list(ids), state=DeliveryState.WAITING, channel="letter")
    return waiting_letters.update(state=DeliveryState.SENT, sent_at=clock.now())


def retry_failed() -> int:
    """Let the messages that could not be sent try again; return how many."""
    return failed().update(state=DeliveryState.WAITING, attempts=0, available_at=clock.now())


def failed() -> QuerySet[Delivery]:
    """Return the messages that could not be sent, newest first, with the reason in `error`."""
    return Delivery.objects.filter(state=DeliveryState.FAILED).order_by("-id")
