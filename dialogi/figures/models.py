"""Nouns: Amount."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models import Subject
from dialogi.commons.models.subjects import visibility
from dialogi.people.models import Post


class Certainty(models.TextChoices):
    """What kind of number an amount is."""

    BUDGET = "budget", pgettext_lazy("of an amount", "Budget")
    ACTUAL = "actual", pgettext_lazy("of an amount", "Actual")
    ESTIMATE = "estimate", pgettext_lazy("of an amount", "Estimate")


class Spending(models.TextChoices):
    """What the money is spent on."""

    INVEST = "invest", pgettext_lazy("of an amount", "Investment")
    RUN = "run", pgettext_lazy("of an amount", "Running costs")
    PEOPLE = "people", pgettext_lazy("of an amount", "People’s work")


class SourceKind(models.TextChoices):
    """Where an amount is known from."""

    INVOICE = "invoice", pgettext_lazy("source of an amount", "Invoice")
    CONTRACT = "contract", pgettext_lazy("source of an amount", "Contract")
    BUDGET = "budget", pgettext_lazy("source of an amount", "Budget document")
    ESTIMATE = "estimate", pgettext_lazy("source of an amount", "Somebody’s estimate")
    UNKNOWN = "unknown", pgettext_lazy("source of an amount", "Not known")


class AmountQuerySet(models.QuerySet["Amount"]):
    """Amounts, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only those about something that the actor may see."""
        return self.filter(visibility(actor, "subject__"))

    def about(self, *subjects: Subject) -> Self:
        """Only those about these Subjects."""
        return self.filter(subject__in=[subject.pk for subject in subjects])

    def of_year(self, year: int) -> Self:
        """Only those of one year."""
        return self.filter(year=year)


class Amount(models.Model):
    """Money in euro for one year, or for a period that begins in it, about any Subject. A sum of unknown source says so."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="amounts", verbose_name=pgettext_lazy("of an amount", "about"))
    certainty = models.CharField(_("kind of number"), max_length=10, choices=Certainty)
    spending = models.CharField(_("spent on"), max_length=10, choices=Spending, default=Spending.RUN)
    year = models.PositiveSmallIntegerField(_("year"))
    since = models.DateField(_("first day of the period"), null=True, blank=True, help_text=_("Leave empty when it is the whole year."))
    until = models.DateField(_("last day of the period"), null=True, blank=True)
    euros = models.DecimalField(_("euro"), max_digits=14, decimal_places=2)
    days = models.DecimalField(_("working days of people"), max_digits=8, decimal_places=1, null=True, blank=True)
    source_kind = models.CharField(pgettext_lazy("of an amount", "source"), max_length=10, choices=SourceKind, default=SourceKind.UNKNOWN)
    source = models.CharField(_("what the source is, in words"), max_length=300, blank=True, default="")
    source_key = models.CharField(max_length=80, blank=True, default="", editable=False, help_text="row of the source that it was brought in from")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by the post"))
    recorded_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[AmountQuerySet] = AmountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(certainty__in=Certainty.values), name="amount_certainty_known"),
            models.CheckConstraint(condition=Q(spending__in=Spending.values), name="amount_spending_known"),
            models.CheckConstraint(condition=Q(source_kind__in=SourceKind.values), name="amount_source_known"),
            models.CheckConstraint(
                condition=Q(year__range=(1980, 2200)), name="amount_year_sensible", violation_error_message=_("Give the year with four digits.")
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True, until__isnull=True) | Q(since__isnull=False, until__gte=models.F("since")),
                name="amount_period_in_order",
                violation_error_message=_("Give both the first and the last day of the period, the earlier one first."),
            ),
            models.CheckConstraint(
                condition=Q(source_kind=SourceKind.UNKNOWN) | ~Q(source=""),
                name="amount_has_source",
                violation_error_message=_("Say which invoice, contract, document or reckoning the sum comes from."),
            ),
            models.UniqueConstraint(fields=["subject", "source_key"], condition=~Q(source_key=""), name="amount_once_a_source"),
        ]
        indexes = [
            models.Index(fields=["subject", "year", "certainty"], name="amount_about_by_year"),
            models.Index(fields=["year", "certainty", "spending"], name="amount_by_year"),
        ]

    def __str__(self) -> str:
        return f"{self.euros} € {self.year}"
