"""What somebody holds from one day until another."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock

T = TypeVar("T", bound="Term")


class TermQuerySet(models.QuerySet[T]):
    """Terms, asked as adjectives."""

    def current(self, on: date | None = None) -> Self:
        """Only those whose term covers the day (today)."""
        day = on or clock.today()
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gte=day))

    def overlapping(self, since: date, until: date | None) -> Self:
        """Only those that share at least a day with a term."""
        begun = self if until is None else self.filter(since__lte=until)
        return begun.exclude(until__lt=since)

    def lasting(self) -> Self:
        """Only those that have not ended: of today, or yet to begin."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=clock.today()))


class Term(models.Model):
    """Parent of what is held for a term, by a decision; without a last day until further notice."""

    since = models.DateField(_("from"), default=clock.today)
    until = models.DateField(_("until"), null=True, blank=True)
    decision = models.CharField(_("appointing decision"), max_length=200, blank=True, default="")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="%(class)s_ends_after_start",
                violation_error_message=_("The term cannot end before it starts."),
            )
        ]

    def covers(self, day: date) -> bool:
        """Tell whether the term covers the day."""
        return self.since <= day and (self.until is None or self.until >= day)
