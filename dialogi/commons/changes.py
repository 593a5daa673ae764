"""Changed since it was approved? What came to a Subject after the version that somebody approved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dialogi.commons.models import LedgerEntry, Subject
from dialogi.commons.registry import registry


@dataclass(frozen=True, slots=True)
class Approved:
    """A Subject at the version that was approved."""

    subject_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Changes:
    """How often it has been changed since, and when last; `commons/_changed_since.html` shows it."""

    count: int = 0
    last: datetime | None = None


def version_at(subject: Subject, *, moment: datetime) -> int:
    """Return the version that a Subject had at a moment; the first one when it was not here yet."""
    entries = LedgerEntry.objects.filter(subject=subject)
    found = entries.filter(happened_at__lte=moment).order_by("-id").values_list("version", flat=True).first()
    return found if found is not None else entries.order_by("id").values_list("version", flat=True).first() or subject.version


def changes_since(approved: Iterable[Approved]) -> dict[Approved, Changes]:
    """Return what has changed since each approval, in one query. Only what the noun's plug names in `changed_by` counts as a change."""
    wanted = list(dict.fromkeys(approved))
    if not wanted:
        return {}
    kinds = [f"{plug.kind}.{word}" for plug in registry.nouns.values() for word in plug.changed_by]
    after = min(each.version for each in wanted)
    entries = LedgerEntry.objects.filter(subject__in={each.subject_id for each in wanted}, version__gt=after, kind__in=kinds)
    rows = list(entries.order_by("id").values_list("subject_id", "version", "happened_at"))
    found = {}
    for each in wanted:
        moments = [moment for subject_id, version, moment in rows if subject_id == each.subject_id and version > each.version]
        found[each] = Changes(len(moments), moments[-1] if moments else None)
    return found
