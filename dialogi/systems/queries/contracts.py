"""Contracts by when they end."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from dialogi.systems.models import Contract

# The horizon of the desk: what ends within 18 months is seen in time to tender anew.
HORIZON_DAYS = 548
END: list[tuple[str, str | Lazy]] = [
    ("90", _("Within three months")),
    ("365", _("Within a year")),
    (str(HORIZON_DAYS), _("Within 18 months")),
    ("past", _("The day has passed")),
]


def ending_within(rows: QuerySet[Contract], value: str, *, today: date) -> QuerySet[Contract]:
    """Return the contracts in force whose end or last day for notice comes within so many days, or has passed."""
    rows = rows.filter(is_active=True)
    if value == "past":
        return rows.filter(Q(ends_on__lt=today) | Q(notice_by__lt=today))
    until = today + timedelta(days=int(value))
    return rows.filter(Q(ends_on__range=(today, until)) | Q(notice_by__range=(today, until)))
