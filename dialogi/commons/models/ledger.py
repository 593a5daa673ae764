"""The ledger: every change, for ever, without personal data; what is personal lies in a note that can be forgotten."""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.db import models
from django.db.models import Q

from dialogi.commons import clock


def canonical(value: Any) -> str:
    """Return JSON that is the same whoever writes it: keys sorted, no blanks."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


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
    digest = models.CharField(max_length=64, help_text="SHA-256 over everything above but the id")

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="ledger_by_subject"),
            models.Index(fields=["kind", "is_public", "-id"], name="ledger_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    def compute_digest(self) -> str:
        """Return the SHA-256 over what the entry says, in hexadecimal; the same on every database."""
        moment = self.happened_at.astimezone(UTC).isoformat(timespec="microseconds")
        told = [self.subject_id, self.kind, self.actor_kind, self.is_public, self.data, self.version, self.note_digest, moment]
        return hashlib.sha256(canonical(told).encode()).hexdigest()


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
        return hashlib.sha256(f"{salt}\n{canonical(body)}".encode()).hexdigest()


class Seal(models.Model):
    """A batch of entries sealed by a hash over them and the seal before, so that a later change shows."""

    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    leaves = models.TextField(help_text="a line for each entry: its id and digest, so that the row that was touched can be named")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(first_entry__lte=models.F("last_entry")), name="seal_in_order")]

    def __str__(self) -> str:
        return f"seal of {self.first_entry}-{self.last_entry}"
