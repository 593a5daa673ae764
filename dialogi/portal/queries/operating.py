"""What the page about the machinery shows: numbers, times, and errors by their place; nothing about anybody."""

from dataclasses import dataclass

from dialogi.commons import outbox, sending
from dialogi.commons.models import BackupTaken, Delivery, OutboxMessage, ScheduledJob, Trouble
from dialogi.commons.watching.standing import Standing, how_it_stands
from dialogi.commons.watching.troubles import sentences

MOST = 50


@dataclass(frozen=True, slots=True)
class Machinery:
    """Everything on the page."""

    standing: Standing
    wrong: list[tuple[str, str]]
    mended: list[Trouble]
    parked: list[OutboxMessage]
    failed: list[Delivery]
    jobs: list[ScheduledJob]
    backups: list[BackupTaken]

    @property
    def free_percent(self) -> int:
        """How much of the disk is free."""
        return self.standing.disk_free * 100 // max(self.standing.disk_total, 1)


def machinery() -> Machinery:
    """Look at everything; the newest fifty of each list."""
    standing = how_it_stands()
    return Machinery(
        standing=standing,
        wrong=[(str(kind.label), sentence) for kind, sentence in sentences(standing).items()],
        mended=list(Trouble.objects.filter(mended_at__isnull=False).order_by("-mended_at")[:10]),
        parked=list(outbox.parked().select_related("entry")[:MOST]),
        failed=list(sending.failed()[:MOST]),
        jobs=list(ScheduledJob.objects.order_by("name")),
        backups=list(BackupTaken.objects.order_by("-taken_at")[:10]),
    )
