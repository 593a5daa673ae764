"""Follows, the outbox, and what was sent to whom."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.encryption import EncryptedTextField


class Follow(models.Model):
    """Somebody wants to be told what happens to a Subject: an account, or a confirmed e-mail address without one."""

    subject = models.ForeignKey("commons.Subject", on_delete=models.CASCADE, related_name="follows")
    account = models.ForeignKey("commons.Account", null=True, blank=True, on_delete=models.CASCADE, related_name="follows")
    email = EncryptedTextField(blank=True, default="")
    email_index = models.CharField(max_length=64, blank=True, default="", help_text="blind index of the address")
    language = models.CharField(max_length=2, default="sv")
    token_digest = models.CharField(max_length=64, blank=True, default="")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "account"], condition=Q(account__isnull=False), name="follow_once_by_account"),
            models.UniqueConstraint(fields=["subject", "email_index"], condition=~Q(email_index=""), name="follow_once_by_email"),
            models.CheckConstraint(condition=Q(account__isnull=False) ^ ~Q(email_index=""), name="follow_has_one_follower"),
        ]

    def __str__(self) -> str:
        return f"follow of {self.subject_id}"


class OutboxMessage(models.Model):
    """One row for each ledger entry, written with it: the worker fans it out to reactions and receivers, at least once."""

    entry = models.OneToOneField("commons.LedgerEntry", on_delete=models.PROTECT, related_name="outbox")
    attempts = models.PositiveSmallIntegerField(default=0)
    available_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["available_at", "id"], condition=Q(done_at__isnull=True), name="outbox_waiting")]

    def __str__(self) -> str:
        return f"outbox of {self.entry_id}"


class DeliveryState(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    HELD = "held", _("kept for the daily summary")
    GATHERED = "gathered", _("sent in a daily summary")


class Delivery(models.Model):
    """One message to one receiver in the receiver's language, sent by the worker; tried again with the same Message-ID."""

    outbox = models.ForeignKey(OutboxMessage, null=True, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=[("email", "email"), ("letter", "letter")])
    receiver = EncryptedTextField(help_text="e-mail or postal address")
    receiver_key = models.CharField(max_length=64, help_text="blind index of channel and address: one message each")
    account = models.ForeignKey("commons.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    follow = models.ForeignKey(Follow, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="the follow that it is sent for")
    gathered_in = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="gathered", help_text="the daily summary")
    language = models.CharField(max_length=2)
    heading = EncryptedTextField()
    body = EncryptedTextField()
    reason = EncryptedTextField(blank=True, default="", help_text="why the receiver gets it")
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    available_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)

    State: ClassVar[type[DeliveryState]] = DeliveryState

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outbox", "receiver_key"], name="delivery_once_per_receiver")]
        indexes = [models.Index(fields=["state", "available_at"], name="delivery_waiting")]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk} {self.state}"
