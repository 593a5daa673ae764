"""Files of a form that is not sent yet: kept for a day, opened only by the signed token that stands in the form itself.

It works without sign-in, without a session and without a script; a form that comes back with errors has lost nothing.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.files.storage import default_storage
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.attachments.kinds import refusal
from dialogi.commons.attachments.preparing import Prepared
from dialogi.commons.attachments.storing import paths, store
from dialogi.commons.models.attachments import HeldUpload
from dialogi.commons.text.cleaning import clean_text

KEPT_FOR = timedelta(hours=24)
MOST_BYTES = 5_000_000_000  # of everybody together, so that nobody fills the disk without signing in
MOST_DESCRIPTION = 300
_TOKEN, _LOOK = "commons.held", "commons.held.look"


def hold(files: Iterable[Prepared]) -> list[HeldUpload]:
    """Keep prepared files for a day; raises ValidationError when the house holds too much already. `token` opens each again."""
    prepared = list(files)
    if not prepared:
        return []
    used = HeldUpload.objects.aggregate(total=Sum("size"))["total"] or 0
    if used + sum(file.size for file in prepared) > getattr(settings, "HELD_MAX_BYTES", MOST_BYTES):
        raise refusal(_("Photos cannot be received right now. Send the rest without them, or try again later."))
    expires_at = clock.now() + KEPT_FOR
    return [HeldUpload.objects.create(**store(file), expires_at=expires_at) for file in prepared]


def token(upload: HeldUpload) -> str:
    """Return the signed token that stands in the form and opens the file again."""
    return signing.dumps(upload.storage_name, salt=_TOKEN)


def held(tokens: Iterable[str]) -> list[HeldUpload]:
    """Return the files that the tokens open, in their order; forged, expired and used ones open nothing."""
    names = [name for name in (_opened(text, _TOKEN) for text in tokens) if name]
    if not names:
        return []
    found = {upload.storage_name: upload for upload in HeldUpload.objects.filter(storage_name__in=names, expires_at__gt=clock.now())}
    return [found[name] for name in dict.fromkeys(names) if name in found]


def describe(descriptions: Iterable[tuple[str, str]]) -> None:
    """Keep what a held photo shows, in its sender's words, by the token that opens it."""
    for text, description in descriptions:
        name = _opened(text, _TOKEN)
        if name:
            shown = clean_text(description[:MOST_DESCRIPTION], max_length=MOST_DESCRIPTION, single_line=True)
            HeldUpload.objects.filter(storage_name=name).exclude(description=shown).update(description=shown)


def release(tokens: Iterable[str]) -> int:
    """Let go of files that are not wanted; return how many."""
    return _discard(held(tokens))


def look_address(upload: HeldUpload) -> str:
    """Return the address that shows the small picture of a held photo and opens nothing else."""
    return reverse("commons:held_photo", args=[signing.dumps(upload.storage_name, salt=_LOOK)])


def looked_at(text: str) -> HeldUpload | None:
    """Return the held file whose small picture an address shows, or None."""
    name = _opened(text, _LOOK)
    return HeldUpload.objects.filter(storage_name=name, expires_at__gt=clock.now()).first() if name else None


def discard_expired() -> int:
    """Delete what was held for a day and never sent; return how many. Run by the worker."""
    return _discard(HeldUpload.objects.filter(expires_at__lte=clock.now()).order_by("pk")[:500])


def _discard(uploads: Iterable[HeldUpload]) -> int:
    gone = 0
    for upload in uploads:
        # Only whoever deletes the row may delete the file: a form sent meanwhile has made it an attachment.
        if HeldUpload.objects.filter(pk=upload.pk).delete()[0]:
            gone += 1
            for path in paths(upload):
                default_storage.delete(path)
    return gone


def _opened(text: str, salt: str) -> str:
    try:
        name = signing.loads(text, salt=salt, max_age=KEPT_FOR)
    except signing.BadSignature:
        return ""
    return name if isinstance(name, str) else ""
