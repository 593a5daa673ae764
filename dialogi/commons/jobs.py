"""The worker's work: what waits in the outbox, what waits to be sent, and the jobs that the rooms registered.

The library django-tasks keeps the queue and runs it. Here is what it leaves to us: a timetable that several workers
share, heartbeats, giving back what a dead worker had begun, and trying again.
"""

import logging
import threading
from datetime import timedelta
from typing import Any

from django.db import close_old_connections, connection, connections, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from dialogi.commons import clock, outbox, sending
from dialogi.commons.models import ScheduledJob, WorkerBeat
from dialogi.commons.registry import Job, registry

LEASE = timedelta(minutes=10)
BEAT_SECONDS = 15
SILENT = timedelta(seconds=60)
MOST_ATTEMPTS = 5
KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=30)
UNFINISHED = [TaskResultStatus.READY, TaskResultStatus.RUNNING]

log = logging.getLogger(__name__)


@task()
def drain_outbox() -> int:
    """Carry what waits in the outbox."""
    return outbox.drain()


@task()
def send_deliveries() -> int:
    """Send the e-mails that wait."""
    return sending.send()


@task()
def run_job(name: str) -> bool:
    """Run a registered job and write down how it went; a failure is tried again, ever more patiently."""
    job = registry.jobs.get(name)
    if job is None:
        return False
    with heart.lease(name):
        try:
            job.run()
        except Exception as error:
            log.exception("the job %s failed", name)
            _failed(job, error)
            return False
    ScheduledJob.objects.filter(name=name).update(leased_until=None, last_run_at=clock.now(), attempts=0, error="")
    return True


def _failed(job: Job, error: Exception) -> None:
    row = ScheduledJob.objects.get(name=job.name)
    row.attempts += 1
    row.leased_until = None
    row.error = outbox.fault_of(error)
    row.next_at = clock.now() + min(outbox.backoff(row.attempts), timedelta(seconds=job.every))
    row.save()


def work_off() -> int:
    """Carry and send at once, in this process, what waits: for commands and tests; return how many entries were carried."""
    carried = 0
    while count := outbox.drain():
        carried += count
    while sending.send():
        pass
    return carried


def tick() -> bool:
    """Put what is due into the queue; tell whether the queue holds anything to run now. Writes nothing when nothing is due."""
    if outbox.waiting().exists():
        _enqueue_once(drain_outbox)
    if sending.waiting().exists():
        _enqueue_once(send_deliveries)
    now = clock.now()
    rows = {row.name: row for row in ScheduledJob.objects.all()}
    for job in registry.jobs.values():
        row = rows.get(job.name) or ScheduledJob.objects.get_or_create(name=job.name, defaults={"next_at": now})[0]
        if row.next_at <= now and (row.leased_until is None or row.leased_until < now) and _is_wanted(job):
            _enqueue_job(job, row)
    return DBTaskResult.objects.ready().exists()


def _is_wanted(job: Job) -> bool:
    try:
        return job.wanted is None or job.wanted()
    except Exception:
        # One job that cannot look must not stop the others; running it will say what is wrong.
        log.exception("the job %s could not look for work", job.name)
        return True


def _enqueue_once(work: Any) -> None:
    if not DBTaskResult.objects.filter(task_path=work.module_path, status__in=UNFINISHED).exists():
        work.enqueue()


def _enqueue_job(job: Job, row: ScheduledJob) -> None:
    """Of all the workers that see the job due, the one whose update finds the row unchanged puts it in the queue."""
    now = clock.now()
    with transaction.atomic():
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
        claimed = ScheduledJob.objects.filter(free, pk=row.pk, next_at=row.next_at)
        if claimed.update(leased_until=now + LEASE, next_at=now + timedelta(seconds=job.every)):
            run_job.enqueue(job.name)


def rescue() -> int:
    """Give back what silent workers had begun, and let failed tasks try again until five attempts are spent; return how many."""
    now = timezone.now()
    rescued = 0
    beats = dict(WorkerBeat.objects.values_list("worker", "beat_at"))
    for result in DBTaskResult.objects.running():
        worker = result.worker_ids[-1] if result.worker_ids else ""
        since = max(filter(None, [beats.get(worker), result.started_at]), default=None)
        if since is None or now - since > SILENT:
            rescued += _again(result, timedelta(0))
    recently = DBTaskResult.objects.failed().filter(finished_at__gte=now - timedelta(days=1))
    for result in recently:
        if len(result.worker_ids) < MOST_ATTEMPTS:
            rescued += _again(result, outbox.backoff(len(result.worker_ids)))
    return rescued


def _again(result: DBTaskResult, wait: timedelta) -> int:
    found = DBTaskResult.objects.filter(pk=result.pk, status=result.status, started_at=result.started_at)
    if len(result.worker_ids) >= MOST_ATTEMPTS:
        # It killed five workers: parked, for somebody to look at.
        return found.update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), exception_class_path="WorkerDied") and 0
    return found.update(status=TaskResultStatus.READY, run_after=timezone.now() + wait)


def forget_done() -> int:
    """Erase results of tasks that are long done."""
    now = timezone.now()
    gone = DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP_DONE) | Q(status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_FAILED)
    ).delete()[0]
    return gone + WorkerBeat.objects.filter(beat_at__lt=now - KEEP_DONE).delete()[0]


def measure_tables() -> None:
    """Let SQLite look at its tables anew, so that it chooses indexes by how many rows there are; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def after_migration(**options: Any) -> None:
    """Measure the tables when a migration may have rebuilt some."""
    if options.get("plan"):
        measure_tables()


class Heart:
    """The heartbeat of this process: says that the worker lives, and renews the leases of what it runs."""

    def __init__(self) -> None:
        self.worker = ""
        self._running: set[str] = set()

    def beat(self) -> None:
        """Say once that the worker lives."""
        if self.worker:
            WorkerBeat.objects.update_or_create(worker=self.worker, defaults={"beat_at": timezone.now()})
        for name in sorted(self._running):
            ScheduledJob.objects.filter(name=name).update(leased_until=clock.now() + LEASE)

    def lease(self, name: str) -> "Leased":
        """Hold a job's lease while it runs."""
        return Leased(self._running, name)

    def beats_until(self, done: threading.Event) -> None:
        """Beat until the work is done; for a thread of its own."""
        try:
            while not done.wait(BEAT_SECONDS):
                self._try_to_beat()
        finally:
            connections.close_all()

    def _try_to_beat(self) -> None:
        try:
            close_old_connections()
            self.beat()
        except Exception:
            # The database is away or busy: a beat is missed, the next one may come through.
            log.warning("a heartbeat was missed")


class Leased:
    """The time in which a job runs."""

    def __init__(self, running: set[str], name: str) -> None:
        self._running, self._name = running, name

    def __enter__(self) -> None:
        self._running.add(self._name)

    def __exit__(self, *error: object) -> None:
        self._running.discard(self._name)


heart = Heart()
