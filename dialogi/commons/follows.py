"""Following a Subject: by account, or by an e-mail address that its owner confirms."""

import hashlib
import secrets
from datetime import timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.encryption import blind_indexes
from dialogi.commons.languages import LANGUAGES, current_language
from dialogi.commons.limits import Limit, check
from dialogi.commons.messages import Message, Receiver, queue, site_url, subject_url
from dialogi.commons.models import Follow, Subject
from dialogi.commons.permissions import NotPossible
from dialogi.commons.sending import STOP_SALT, stop_url

CONFIRM_WITHIN = timedelta(days=7)
# Nobody's mailbox is flooded through us.
CONFIRMATIONS = Limit("follow confirmations", 5, 86_400)
LINK_USED = gettext_lazy("The link has been used already, or it is too old. Follow the page again and you get a new link.")


def follow(subject: Subject, *, by: Actor, email: str = "", language: str = "") -> Follow:
    """Follow a Subject: at once by account, or by an e-mail address that first gets a link to confirm.

    The answer is the same whether the address follows already, so that nobody learns who follows what.
    Raises ValidationError for an address that cannot be one, TooMany, NotPossible.
    """
    language = language if language in LANGUAGES else current_language()
    if by.account_id is not None and not email:
        return _by_account(subject, by.account_id, language)
    address = email.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError({"email": _("Write an e-mail address, such as name@example.org.")}) from None
    return _by_email(subject, address, language)


def confirm_follow(token: str) -> Follow:
    """Confirm with the link from the e-mail; it works once. Raises NotPossible."""
    with transaction.atomic():
        found = Follow.objects.select_for_update().filter(token_digest=_digest(token), created_at__gte=clock.now() - CONFIRM_WITHIN).first()
        if not token or found is None:
            raise NotPossible(LINK_USED)
        found.token_digest = ""
        if found.confirmed_at is None:
            found.confirmed_at = clock.now()
            _count(found.subject_id, 1)
        found.save(update_fields=["token_digest", "confirmed_at"])
    return found


def waits_for(token: str) -> Follow | None:
    """Return the follow that a link would confirm, without using the link up."""
    return Follow.objects.filter(token_digest=_digest(token), created_at__gte=clock.now() - CONFIRM_WITHIN).select_related("subject").first() if token else None


def unfollow(subject: Subject, *, by: Actor) -> bool:
    """Stop following by account; tell whether it was followed."""
    if by.account_id is None:
        return False
    return _stop(Follow.objects.filter(subject=subject, account=by.account_id).first())


def followed_by_token(token: str) -> Follow | None:
    """Return the follow that a message's link stops; None when it is stopped already or the link is not ours."""
    try:
        pk = signing.loads(token, salt=STOP_SALT)
    except signing.BadSignature:
        return None
    return Follow.objects.filter(pk=pk).select_related("subject").first()


def stop_follow(token: str) -> bool:
    """Stop following with the link from a message; stopping twice is as good as once."""
    return _stop(followed_by_token(token))


def follows(subject: Subject, *, by: Actor) -> bool:
    """Tell whether the account follows the Subject."""
    return by.account_id is not None and Follow.objects.filter(subject=subject, account=by.account_id, confirmed_at__isnull=False).exists()


def forget_unconfirmed() -> int:
    """Erase addresses that nobody confirmed within a week; return how many."""
    return Follow.objects.filter(confirmed_at__isnull=True, created_at__lt=clock.now() - CONFIRM_WITHIN).delete()[0]


def _by_account(subject: Subject, account_id: int, language: str) -> Follow:
    with transaction.atomic():
        found, made = Follow.objects.get_or_create(
            subject=subject, account_id=account_id, defaults={"language": language, "confirmed_at": clock.now(), "created_at": clock.now()}
        )
        if made:
            _count(subject.pk, 1)
    return found


def _by_email(subject: Subject, address: str, language: str) -> Follow:
    indexes = blind_indexes(address, purpose="follow")
    check(CONFIRMATIONS, key=indexes[0])
    # Who follows since before the server's key was changed follows once.
    known = Follow.objects.filter(subject=subject, email_index__in=indexes).values_list("email_index", flat=True).first()
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        found, _made = Follow.objects.select_for_update().get_or_create(
            subject=subject, email_index=known or indexes[0], defaults={"email": address, "language": language, "created_at": clock.now()}
        )
        if found.confirmed_at is None:
            found.token_digest, found.language, found.created_at = _digest(token), language, clock.now()
            found.save(update_fields=["token_digest", "language", "created_at"])
        queue([_already(found) if found.confirmed_at else _please_confirm(found, token)])
    return found


def _please_confirm(found: Follow, token: str) -> Message:
    def body() -> str:
        address = site_url(f"/{found.language}/follow/confirm/{token}/")
        asked = _("Somebody, we hope you, wants to be told by e-mail what happens to this page:")
        link = _("Open the link and confirm. It works for seven days:")
        otherwise = _("If it was not you, do nothing: you get no more messages and the address is erased.")
        return "\n\n".join([asked, f"{found.subject}\n{subject_url(found.subject, language=found.language)}", f"{link}\n{address}", otherwise])

    return Message(Receiver("email", found.email, found.language), lambda: _("Confirm that you want to follow"), body, is_essential=True)


def _already(found: Follow) -> Message:
    def body() -> str:
        words = _("You follow this page already, so there is nothing to confirm:")
        stop = _("Stop following: %(address)s") % {"address": stop_url(found.pk, language=found.language)}
        return "\n\n".join([words, f"{found.subject}\n{subject_url(found.subject, language=found.language)}", stop])

    return Message(Receiver("email", found.email, found.language), lambda: _("You follow this already"), body, is_essential=True)


def _stop(found: Follow | None) -> bool:
    if found is None:
        return False
    with transaction.atomic():
        gone = Follow.objects.filter(pk=found.pk)
        was_counted = gone.filter(confirmed_at__isnull=False).exists()
        deleted = gone.delete()[0]
        if deleted and was_counted:
            _count(found.subject_id, -1)
    return bool(deleted)


def _count(subject_id: int, step: int) -> None:
    Subject.objects.filter(pk=subject_id).update(follower_count=F("follower_count") + step)


def _digest(token: str) -> str:
    return hashlib.sha256(f"follow {token}".encode()).hexdigest()
