"""Contract: with whom, about which systems, until when, and by when one must say something."""

from calendar import monthrange
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.models import Noun
from dialogi.decisions.models import Decision
from dialogi.people.models import NounQuerySet, Post, Unit
from dialogi.systems.models.classification import Vendor
from dialogi.systems.models.system import System


class ContractQuerySet(NounQuerySet):
    """Contracts, asked as adjectives."""

    def ending(self, *, before: date) -> Self:
        """In use and ending, or to be given notice of, before the day."""
        return self.active().filter(Q(ends_on__lt=before) | Q(notice_by__lt=before))


class Contract(Noun):
    """A contract with a vendor. `notice_by` is reckoned from the end and the notice, so that the database can sort by it."""

    name = models.CharField(_("name"), max_length=200)
    number = models.CharField(pgettext_lazy("of a contract", "number"), max_length=60, blank=True, default="")
    vendor = models.ForeignKey(Vendor, null=True, blank=True, on_delete=models.PROTECT, related_name="contracts", verbose_name=_("vendor"))
    systems = models.ManyToManyField(System, blank=True, related_name="contracts", verbose_name=_("systems"))
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="contracts", verbose_name=_("responsible unit"))
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="contracts", verbose_name=_("responsible post"))
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True, help_text=_("Leave empty when it goes on until further notice."))
    notice_months = models.PositiveSmallIntegerField(_("notice in months"), null=True, blank=True)
    notice_by = models.DateField(null=True, blank=True, editable=False)
    renews_by_itself = models.BooleanField(_("goes on by itself if nobody gives notice"), default=False)
    options = models.TextField(_("options to extend"), blank=True, default="")
    exit_terms = models.TextField(_("how one gets out, and one’s data too"), blank=True, default="")
    terms = models.CharField(_("general terms"), max_length=120, blank=True, default="", help_text=_("For example JIT 2025."))
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="system_contracts", verbose_name=_("decision on the purchase")
    )
    is_active = models.BooleanField(_("in force"), default=True)

    objects: ClassVar[ContractQuerySet] = ContractQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="contract_period_in_order",
                violation_error_message=_("The contract ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(notice_months__isnull=True) | Q(notice_months__lte=120),
                name="contract_notice_sensible",
                violation_error_message=_("A notice is at most 120 months."),
            ),
        ]
        indexes = [
            models.Index(fields=["is_active", "ends_on"], name="contract_by_end"),
            models.Index(fields=["is_active", "notice_by"], name="contract_by_notice"),
            models.Index(fields=["vendor", "ends_on"], name="contract_by_vendor"),
        ]

    def __str__(self) -> str:
        return self.name


def notice_day(*, ends_on: date | None, notice_months: int | None) -> date | None:
    """Return the last day on which notice can be given so that the contract ends on its day; None when that is not known."""
    if ends_on is None or notice_months is None:
        return None
    year, month = divmod(ends_on.year * 12 + ends_on.month - 1 - notice_months, 12)
    return date(year, month + 1, min(ends_on.day, monthrange(year, month + 1)[1]))
