"""Duty: whatever somebody must do by some day."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models.subjects import visibility


class Basis(models.TextChoices):
    """Why the due day binds. The two are counted differently and never mixed."""

    PROMISE = "promise", _("service promise, in working days")
    STATUTE = "statute", _("required by law, in calendar days")


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties, asked as adjectives."""

    def open(self) -> Self:
        """Not done yet."""
        return self.filter(done_at__isnull=True)

    def done(self) -> Self:
        """Done."""
        return self.filter(done_at__isnull=False)

    def overdue(self, at: datetime | None = None) -> Self:
        """Open, running, and past the due moment."""
        return self.open().filter(paused_at__isnull=True, due_at__lt=at or clock.now())

    def kept(self) -> Self:
        """Done by the due moment."""
        return self.done().filter(done_at__lte=F("due_at"))

    def visible_to(self, actor: Actor) -> Self:
        """Only duties about Subjects the actor may see."""
        return self.filter(visibility(actor, "subject__"))

    def for_units(self, units: frozenset[int] | None) -> Self:
        """Only duties of these units (ids of their Subjects); None means all."""
        return self.all() if units is None else self.filter(unit__in=sorted(units))


class Duty(models.Model):
    """Something about a Subject that a unit, and perhaps one account in it, must do by a moment."""

    subject = models.ForeignKey("commons.Subject", on_delete=models.PROTECT, related_name="duties")
    what = models.CharField(max_length=60, help_text="registered duty kind, such as voices.answer")
    unit = models.ForeignKey("commons.Subject", null=True, blank=True, on_delete=models.PROTECT, related_name="unit_duties")
    post = models.ForeignKey("commons.Subject", null=True, blank=True, on_delete=models.PROTECT, related_name="post_duties")
    account = models.ForeignKey("commons.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="duties")
    basis = models.CharField(max_length=10, choices=Basis)
    days = models.PositiveIntegerField(help_text="working days for a promise, calendar days for a statute")
    section = models.CharField(max_length=120, blank=True, default="", help_text="section of law for a statute")
    started_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    nagged_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DutyQuerySet] = DutyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="duty_basis_known"),
            models.CheckConstraint(condition=Q(basis="promise") | ~Q(section=""), name="duty_statute_names_section"),
            models.UniqueConstraint(fields=["subject", "what"], condition=Q(done_at__isnull=True), name="duty_open_once"),
        ]
        indexes = [
            models.Index(fields=["unit", "done_at", "due_at"], name="duty_by_unit_due"),
            models.Index(fields=["done_at", "due_at"], name="duty_by_due"),
            models.Index(fields=["account", "done_at", "due_at"], name="duty_by_account_due"),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.subject_id} by {self.due_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Not done yet."""
        return self.done_at is None

    @property
    def is_overdue(self) -> bool:
        """Open, running, and past the due moment."""
        return self.done_at is None and self.paused_at is None and self.due_at < clock.now()

    @property
    def is_kept(self) -> bool:
        """Done by the due moment."""
        return self.done_at is not None and self.done_at <= self.due_at
