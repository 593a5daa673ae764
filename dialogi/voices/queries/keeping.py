"""What has been kept long enough."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from dialogi.commons import clock
from dialogi.commons.models.attachments import Attachment
from dialogi.voices.models import InternalNote, Voice
from dialogi.voices.rules import CONTACT_MONTHS, HELPFUL_AFTER_DAYS, PAPERS_MONTHS

DAYS_IN_MONTH = 30.44
ASK_BATCH = 200
# Whoever was answered longer ago has forgotten the matter, and is left in peace.
ASK_WITHIN_DAYS = 60


def _closed_before(months: int) -> QuerySet[Voice]:
    return Voice.objects.filter(closed_at__lt=clock.now() - timedelta(days=months * DAYS_IN_MONTH)).select_related("subject").order_by("pk")


def with_expired_contact() -> QuerySet[Voice]:
    """Return the voices closed 24 months ago that still hold contact details or a helper's name."""
    return _closed_before(CONTACT_MONTHS).filter(Q(contact__isnull=False) | ~Q(helped_by=""))


def with_expired_papers() -> QuerySet[Voice]:
    """Return the voices closed 24 months ago, without a case number, that still hold internal notes or handed-in originals."""
    notes = InternalNote.objects.filter(voice=OuterRef("pk"))
    originals = Attachment.objects.filter(subject=OuterRef("subject"), role="original")
    return _closed_before(PAPERS_MONTHS).filter(Exists(notes) | Exists(originals), case_number="")


def to_be_asked() -> QuerySet[Voice]:
    """Return the voices closed four weeks ago whose authors were not asked yet whether the answer helped."""
    now = clock.now()
    window = (now - timedelta(days=ASK_WITHIN_DAYS), now - timedelta(days=HELPFUL_AFTER_DAYS))
    return (
        Voice.objects.filter(closed_at__range=window, asked_helpful_at__isnull=True, was_helpful__isnull=True).select_related("subject").order_by("closed_at")
    )


def is_anybody_to_be_asked() -> bool:
    """Tell whether somebody is to be asked."""
    return to_be_asked().exists()
