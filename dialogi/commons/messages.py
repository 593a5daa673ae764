"""Messages: what is told to whom. Texts are made in the receiver's language and wait as Deliveries for the worker."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import override

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.encryption import blind_indexes
from dialogi.commons.kinds import QUIET, USUAL_REACH
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import Delivery, Follow, LedgerEntry, OutboxMessage, Subject
from dialogi.commons.models.messages import DeliveryState
from dialogi.commons.registry import registry
from dialogi.commons.text import header_safe
from dialogi.commons.thread import heard_by_followers_of
from dialogi.commons.timeline import sentence_of

Text = str | Lazy | Callable[[], str]
BATCH = 500


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where a message goes: an e-mail address, or a postal address on several lines; and in which language."""

    channel: Literal["email", "letter"]
    address: str
    language: str
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message. Texts may be lazy or functions: they are read while the receiver's language is on.

    `reason` says why the receiver gets it. An essential message comes at once whatever the receiver prefers.
    """

    to: Receiver
    heading: Text
    body_text: Text
    reason: Text = ""
    follow_id: int | None = None
    is_essential: bool = False


def site_url(path: str) -> str:
    """Return a full address on this site for a path that begins with a slash; never made from what a request says."""
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"


def subject_url(subject: Subject, *, language: str) -> str:
    """Return the full address of a Subject's page in a language."""
    return site_url(subject.url_in(language))


def receiver_keys(receiver: Receiver) -> tuple[str, ...]:
    """Return the blind indexes of channel and address, by which one message each is told from others; the first is kept with a new one."""
    return blind_indexes(f"{receiver.channel} {receiver.address}", purpose="receiver")


def queue(messages: Iterable[Message], *, outbox: OutboxMessage | None = None) -> int:
    """Put messages in the worker's hands and return how many; with `outbox`, a receiver who has one from it gets no second."""
    told = set(outbox.deliveries.values_list("receiver_key", flat=True)) if outbox else set()
    count = 0
    for batch in _batches(messages):
        wishes = _wishes(batch)
        deliveries = []
        for message in batch:
            keys = receiver_keys(message.to)
            wish = "at_once" if message.is_essential or message.to.channel == "letter" else wishes.get(message.to.account_id or 0, "at_once")
            if (outbox and not told.isdisjoint(keys)) or wish == "never" or not message.to.address.strip():
                continue
            told.add(keys[0])
            deliveries.append(_delivery(message, outbox, DeliveryState.HELD if wish == "daily" else DeliveryState.WAITING))
        with transaction.atomic():
            Delivery.objects.bulk_create(deliveries)
        count += len(deliveries)
    return count


def messages_for(entry: LedgerEntry) -> Iterator[Message]:
    """Yield every message that an entry gives rise to: first those the rooms address, then those to followers."""
    for builder in registry.messages.get(entry.kind, ()):
        yield from builder(entry)
    if entry.is_public:
        yield from to_followers(entry)


def to_followers(entry: LedgerEntry) -> Iterator[Message]:
    """Yield the messages to those who follow the Subject, or one that the red thread ties it to; only of what everybody may see."""
    subject, kind = entry.subject, registry.kinds.get(entry.kind)
    reach = kind.reach if kind else USUAL_REACH
    if subject.audience != "public" or reach == QUIET:
        return
    heard = heard_by_followers_of(subject, depth=reach)
    follows = Follow.objects.filter(confirmed_at__isnull=False, subject__in=heard, subject__audience="public")
    texts: dict[tuple[str, int], tuple[str, str, str]] = {}
    for follow in follows.select_related("subject", "account").order_by("id").iterator(chunk_size=BATCH):
        language = follow.language if follow.language in LANGUAGES else settings.LANGUAGE_CODE
        key = (language, follow.subject_id)
        if key not in texts:
            with override(language):
                texts[key] = _news(entry, follow.subject, language)
        heading, body, reason = texts[key]
        address = follow.account.email if follow.account else follow.email
        yield Message(Receiver("email", address, language, follow.account_id), heading, body, reason, follow_id=follow.pk)


def _news(entry: LedgerEntry, followed: Subject, language: str) -> tuple[str, str, str]:
    subject = entry.subject
    heading = _("News: %(title)s") % {"title": str(subject)}
    body = "\n\n".join([sentence_of(entry, actor=ANONYMOUS), _("Read more: %(address)s") % {"address": subject_url(subject, language=language)}])
    if followed.pk == subject.pk:
        return heading, body, _("You get this message because you follow “%(title)s”.") % {"title": str(subject)}
    reason = _("You get this message because you follow “%(title)s”, and this is tied to it.") % {"title": str(followed)}
    return heading, body, reason


def _delivery(message: Message, outbox: OutboxMessage | None, state: DeliveryState) -> Delivery:
    with override(message.to.language):
        heading, body, reason = (_text(part) for part in (message.heading, message.body_text, message.reason))
    return Delivery(
        outbox=outbox,
        channel=message.to.channel,
        receiver=message.to.address.strip(),
        receiver_key=receiver_keys(message.to)[0],
        account_id=message.to.account_id,
        follow_id=message.follow_id,
        language=message.to.language,
        heading=header_safe(heading, max_length=180),
        body=body,
        reason=reason,
        message_id=f"<{uuid4().hex}@{urlsplit(settings.SITE_ADDRESS).hostname or 'localhost'}>",
        state=state,
        available_at=clock.now(),
    )


def _text(text: Text) -> str:
    return str(text()) if callable(text) else str(text)


def _wishes(messages: list[Message]) -> dict[int, str]:
    accounts = {message.to.account_id for message in messages if message.to.account_id is not None}
    return registry.digest_of(accounts) if registry.digest_of and accounts else {}


def _batches(messages: Iterable[Message]) -> Iterator[list[Message]]:
    batch: list[Message] = []
    for message in messages:
        batch.append(message)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
