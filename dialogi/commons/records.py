"""Parts that every noun's record for the archive is made of: what it is, its files, ties, duties and history."""

from datetime import date
from typing import Any

from django.conf import settings

from dialogi.commons import clock
from dialogi.commons.models import Duty, LedgerEntry, Link, Subject
from dialogi.commons.models.attachments import Attachment

FORMAT = "dialogi record 1"


def iso(moment: date | None) -> str | None:
    """Return a day or a moment as text for a file."""
    return moment.isoformat() if moment else None


def record_head(subject: Subject) -> dict[str, Any]:
    """Return whose record it is, and when it was taken out."""
    return {"format": FORMAT, "taken_out": iso(clock.now()), "municipality": dict(settings.MUNICIPALITY), "code": subject.code, "address": subject.address}


def record_tail(subject: Subject) -> dict[str, Any]:
    """Return files, ties, duties and every ledger entry, in the order of the database."""
    entries = LedgerEntry.objects.filter(subject=subject.pk).select_related("note").order_by("pk")
    links = Link.objects.filter(source=subject.pk).select_related("target")
    return {
        "files": [
            {"name": file.name, "role": file.role, "type": file.content_type, "bytes": file.size, "sha256": file.sha256, "description": file.description}
            for file in Attachment.objects.filter(subject=subject.pk).order_by("pk")
        ],
        "tied_to": [{"how": link.kind, "code": link.target.code} for link in links],
        "duties": [
            {"what": duty.what, "basis": duty.basis, "section": duty.section, "from": iso(duty.started_at), "due": iso(duty.due_at), "done": iso(duty.done_at)}
            for duty in Duty.objects.filter(subject=subject.pk).order_by("pk")
        ],
        "history": [_entry(entry) for entry in entries],
    }


def _entry(entry: LedgerEntry) -> dict[str, Any]:
    told = {"number": entry.pk, "when": iso(entry.happened_at), "what": entry.kind, "by": entry.actor_kind, "data": entry.data, "digest": entry.digest}
    return {**told, "note": entry.note.body} if hasattr(entry, "note") else told
