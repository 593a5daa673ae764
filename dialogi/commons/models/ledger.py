"""The ledger: every change, for ever, without personal data; what is personal lies in a note that can be forgotten."""

import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import Q

from dialogi.commons import clock


class LedgerEntry(models.Model):
    """One thing that happened. Never updated, never deleted: triggers in the database see to it."""

    subject = models.ForeignKey("commons.Subject", on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=12)
    is_public = models.BooleanField(default=False)
    data = models.JSONField(default=dict)
    version = models.PositiveIntegerField(help_text="version of the Subject after the change")
    note_digest = models.CharField(max_length=64, blank=True, default="")
    happened_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="ledger_by_subject"),
            models.Index(fields=["kind", "is_public", "-id"], name="ledger_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class LedgerNote(models.Model):
    """Who did it and which words: personal data beside an entry, deleted by `forget`; the entry keeps a salted digest."""

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="note")
    account = models.ForeignKey("commons.Account", null=True, on_delete=models.SET_NULL, related_name="ledger_notes")
    salt = models.CharField(max_length=32)
    body = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"note of {self.entry_id}"

    @staticmethod
    def digest(salt: str, body: dict[str, Any]) -> str:
        """Return the SHA-256 over salt and canonical JSON, in hexadecimal."""
        canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(f"{salt}\n{canonical}".encode()).hexdigest()


class Seal(models.Model):
    """A batch of entries sealed by a hash over them and the seal before, so that a later change shows."""

    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(first_entry__lte=models.F("last_entry")), name="seal_in_order")]

    def __str__(self) -> str:
        return f"seal of {self.first_entry}-{self.last_entry}"
