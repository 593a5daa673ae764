"""How the machinery stands: queues, messages, jobs, disk, backups. Numbers and times, nothing about anybody."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Max

from dialogi.commons import clock, outbox, sending
from dialogi.commons.models import BackupTaken, Delivery, Duty, OutboxMessage, ScheduledJob, WorkerBeat
from dialogi.commons.models.messages import DeliveryState

LATELY = timedelta(days=1)
FAILS_AGAIN = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """A look at everything at one moment."""

    at: datetime
    worker_seen: datetime | None
    outbox_waiting: int
    outbox_parked: int
    outbox_oldest_seconds: int
    unsent: int
    unsent_oldest_seconds: int
    failed_messages: int
    failed_lately: int
    failing_jobs: int
    duties_overdue: int
    disk_free: int
    disk_total: int
    database_bytes: int
    backup: BackupTaken | None


def how_it_stands() -> Standing:
    """Look at everything."""
    now = clock.now()
    disk = shutil.disk_usage(settings.HOME)
    failed = sending.failed()
    oldest = Delivery.objects.filter(state=DeliveryState.WAITING, channel="email").order_by("created_at").values_list("created_at", flat=True).first()
    return Standing(
        at=now,
        worker_seen=_worker_seen(),
        outbox_waiting=OutboxMessage.objects.filter(done_at__isnull=True).count(),
        outbox_parked=outbox.parked().count(),
        outbox_oldest_seconds=outbox.oldest_waiting_seconds(),
        unsent=Delivery.objects.filter(state=DeliveryState.WAITING, channel="email").count(),
        unsent_oldest_seconds=max(0, int((now - oldest).total_seconds())) if oldest else 0,
        failed_messages=failed.count(),
        failed_lately=failed.filter(created_at__gte=now - LATELY).count(),
        failing_jobs=ScheduledJob.objects.filter(attempts__gte=FAILS_AGAIN).count(),
        duties_overdue=Duty.objects.open().filter(due_at__lt=now).count(),
        disk_free=disk.free,
        disk_total=disk.total,
        database_bytes=_database_bytes(),
        backup=BackupTaken.objects.order_by("-taken_at").first(),
    )


def _worker_seen() -> datetime | None:
    """An idle worker beats no drum; but it runs a job every few minutes."""
    seen = (WorkerBeat.objects.aggregate(at=Max("beat_at"))["at"], ScheduledJob.objects.aggregate(at=Max("last_run_at"))["at"])
    return max(filter(None, seen), default=None)


def _database_bytes() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0]
    path = Path(str(connection.settings_dict["NAME"]))
    return sum(part.stat().st_size for part in (path, path.with_name(f"{path.name}-wal")) if part.exists())
