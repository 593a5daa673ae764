"""The worker: each job once, by one worker at a time, taken over from a dead one, and no writing when there is nothing to do."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from dialogi.commons import clock, jobs, outbox
from dialogi.commons.models import Delivery, LedgerEntry, OutboxMessage, ScheduledJob, Seal, WorkerBeat
from dialogi.commons.registry import Job, registry
from dialogi.commons.tests.happenings import happened
from dialogi.testing import Town

pytestmark = pytest.mark.django_db
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@task()
def break_down() -> None:
    """Fail, always."""
    raise ValueError("broken")


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library would drop the connection that holds the test's transaction."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)


class Counter:
    """A job that counts how often it ran."""

    def __init__(self) -> None:
        self.runs = 0
        self.breaks = False

    def __call__(self) -> None:
        self.runs += 1
        if self.breaks:
            raise ValueError


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    counter = Counter()
    monkeypatch.setattr(registry, "jobs", {"tests.count": Job("tests.count", 60, counter)})
    return counter


def work() -> None:
    call_command("worker", "--once")


def written() -> list[str]:
    seen: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        jobs.tick()
    return [sql for sql in seen if sql.startswith(WRITES)]


def test_the_worker_carries_what_happened_and_seals_it(town: Town) -> None:
    happened(town.smedsby)
    work()
    assert not OutboxMessage.objects.filter(done_at__isnull=True).exists()
    assert Seal.objects.order_by("-last_entry")[0].last_entry == LedgerEntry.objects.order_by("-id")[0].pk
    assert not DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists()


def test_the_worker_writes_nothing_when_there_is_nothing_to_do(town: Town) -> None:
    assert town.smedsby
    work()
    assert written() == []
    happened(town.smedsby)
    assert written() != []


def test_a_job_runs_when_its_time_has_come(counter: Counter) -> None:
    work()
    work()
    assert counter.runs == 1
    with clock.at(clock.now() + timedelta(seconds=61)):
        work()
    assert counter.runs == 2


def test_two_workers_that_see_a_job_due_put_it_in_the_queue_once(counter: Counter) -> None:
    jobs.tick()
    row = ScheduledJob.objects.get()
    ScheduledJob.objects.update(leased_until=None, next_at=clock.now())
    seen = ScheduledJob.objects.get()
    DBTaskResult.objects.all().delete()
    jobs._enqueue_job(registry.jobs["tests.count"], seen)
    jobs._enqueue_job(registry.jobs["tests.count"], seen)
    assert DBTaskResult.objects.count() == 1
    assert row.name == "tests.count"


def test_a_job_that_still_runs_is_not_begun_again(counter: Counter) -> None:
    jobs.tick()
    DBTaskResult.objects.all().delete()
    with clock.at(clock.now() + timedelta(seconds=70)):
        jobs.tick()
        assert not DBTaskResult.objects.exists()
    with clock.at(clock.now() + timedelta(minutes=11)):
        jobs.tick()
        assert DBTaskResult.objects.count() == 1, "a lease that nobody renews runs out"


def test_a_job_that_looks_first_runs_only_when_wanted(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [False]
    monkeypatch.setitem(registry.jobs, "tests.count", Job("tests.count", 60, counter, lambda: wanted[0]))
    work()
    assert counter.runs == 0
    wanted[0] = True
    work()
    assert counter.runs == 1


def test_a_job_that_fails_is_seen_and_tried_again(counter: Counter) -> None:
    counter.breaks = True
    work()
    row = ScheduledJob.objects.get()
    assert row.attempts == 1
    assert row.error.startswith("ValueError in")
    assert row.leased_until is None
    counter.breaks = False
    with clock.at(clock.now() + timedelta(seconds=31)):
        work()
    row.refresh_from_db()
    assert (row.attempts, row.error, counter.runs) == (0, "", 2)


def test_what_a_dead_worker_had_begun_goes_back(counter: Counter) -> None:
    jobs.run_job.enqueue("tests.count")
    begun = DBTaskResult.objects.get()
    begun.claim("dead")
    WorkerBeat.objects.create(worker="dead", beat_at=timezone.now())
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=5))
    assert jobs.rescue() == 0, "it beats"
    WorkerBeat.objects.update(beat_at=timezone.now() - timedelta(minutes=2))
    assert jobs.rescue() == 1
    work()
    assert counter.runs == 2, "once given back, once by the timetable"


def test_a_task_that_fails_is_parked_after_five_attempts_with_its_error() -> None:
    break_down.enqueue()
    for _time in range(12):
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())
        work()
    parked = DBTaskResult.objects.get(task_path=break_down.module_path)
    assert parked.status == TaskResultStatus.FAILED
    assert len(parked.worker_ids) == 5
    assert "broken" in parked.traceback


def test_results_of_tasks_are_forgotten_in_time(counter: Counter) -> None:
    work()
    assert jobs.forget_done() == 0
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=8))
    assert jobs.forget_done() > 0


def test_what_went_wrong_can_be_read_and_tried_again(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    entry = happened(town.smedsby)
    OutboxMessage.objects.filter(entry=entry).update(attempts=5, error="ValueError in somewhere:1")
    Delivery.objects.create(channel="email", receiver="x", language="sv", heading="x", body="x", message_id="<x>", state="failed", error="550")
    call_command("outbox", "--retry")
    told = capsys.readouterr().out
    assert f"parked: entry {entry.pk}" in told
    assert "ValueError in somewhere:1" in told
    assert "550" in told
    assert outbox.waiting().filter(entry=entry).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL measures its tables by itself")
@pytest.mark.parametrize(("plan", "measured"), [([("a migration", False)], True), ([], False)])
def test_the_tables_are_measured_after_a_migration_that_did_something(town: Town, plan: list[Any], measured: bool) -> None:
    assert town.smedsby
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
        jobs.after_migration(plan=plan)
        cursor.execute("SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = 'commons_subject'")
        assert bool(cursor.fetchone()[0]) is measured
