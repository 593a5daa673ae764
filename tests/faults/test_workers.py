"""Workers are killed and the mail server goes away: everything is told once, nothing is lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parents[2]
HAPPENINGS = 40
PATIENCE = 300  # seconds; a slow machine takes long to start a process
FILL = f"""
from dialogi.commons import follows
from dialogi.commons.actors import Actor, ActorKind, machine
from dialogi.commons.door import change, record
from dialogi.commons.models import Account, OutboxMessage
from dialogi.commons.registry import registry
from dialogi.people import actions
setup = machine("setup")
area = actions.create_area(by=setup, name_sv="Holmen", name_fi="Saari", name_en="Holmen", latitude=63.2, longitude=21.4)
OutboxMessage.objects.update(done_at="2026-01-01T00:00Z")
account = Account.objects.create_account("rea@town.example")
follows.follow(area.subject, by=Actor(ActorKind.PERSON, account_id=account.pk), language="sv")
for number in range({HAPPENINGS}):
    with change(area) as area:
        record(registry.kinds["people.area.changed"], on=area, by=setup)
"""
LATER = """
from dialogi.commons import clock
from dialogi.commons.models import Delivery, OutboxMessage, ScheduledJob
OutboxMessage.objects.filter(done_at=None).update(available_at=clock.now())
Delivery.objects.filter(state="waiting").update(available_at=clock.now())
from django_tasks_db.models import DBTaskResult
from django.utils import timezone
from datetime import timedelta
DBTaskResult.objects.filter(status="RUNNING").update(started_at=timezone.now() - timedelta(minutes=5))
"""
STAND = """
from dialogi.commons.models import Delivery, OutboxMessage
print("open", OutboxMessage.objects.filter(done_at=None).count(), "states", sorted(Delivery.objects.values_list("state", flat=True)))
"""


class Installation:
    """An installation of its own, filled with things to tell."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DIALOGI_") or name.startswith("DIALOGI_DATABASE")}
        self.environment = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "dialogi.settings",
            "DIALOGI_HOME": str(home),
            "DIALOGI_DICTIONARIES": os.environ["DIALOGI_DICTIONARIES"],
            **settings,
        }

    def fill(self) -> None:
        self.manage("migrate", "--verbosity", "0")
        self.shell(FILL)

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(self._command(*arguments), env=self.environment, capture_output=True, text=True, check=False, timeout=PATIENCE)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        return self.manage("shell", "--no-imports", "-c", code)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command(*arguments), env=self.environment, stderr=subprocess.DEVNULL)

    def mails(self) -> Counter[str]:
        """How often each message left, by its Message-ID."""
        text = "".join(path.read_text() for path in (self.home / "mail").glob("*"))
        return Counter(re.findall(r"^Message-ID: (\S+)", text, re.MULTILINE))

    @staticmethod
    def _command(*arguments: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *arguments]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One installation with things to tell, made once and copied for each fault."""
    if os.environ.get("DIALOGI_DATABASE") == "postgresql":
        pytest.skip("an installation on PostgreSQL cannot be emptied between faults: its ledger only grows")
    folder = tmp_path_factory.mktemp("filled")
    Installation(folder).fill()
    return folder


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "home"))


def wait_for_the_first(town: Installation) -> None:
    """Go on when the first message has left."""
    until = time.monotonic() + PATIENCE
    while not town.mails():
        assert time.monotonic() < until, "nothing left"
        time.sleep(0.02)


def test_two_workers_tell_everything_once(home: Path) -> None:
    town = Installation(home)
    workers = [town.start("worker", "--once") for _worker in range(2)]
    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0]
    town.manage("worker", "--once")
    assert "open 0" in town.shell(STAND)
    assert sum(town.mails().values()) == HAPPENINGS
    assert len(town.mails()) == HAPPENINGS
    town.manage("check_invariants")


def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_at_most_what_it_had_in_hand(home: Path) -> None:
    town = Installation(home)
    worker = town.start("worker")
    wait_for_the_first(town)
    worker.send_signal(signal.SIGKILL)
    worker.wait(PATIENCE)
    town.shell(LATER)
    town.manage("worker", "--once")
    assert "open 0" in town.shell(STAND)
    assert len(town.mails()) == HAPPENINGS
    assert sum(town.mails().values()) <= HAPPENINGS + 1, "one may have left just before the kill; it has the same Message-ID"
    town.manage("check_invariants")


def test_a_worker_that_is_asked_to_stop_stops_and_leaves_the_rest_to_the_next(home: Path) -> None:
    town = Installation(home)
    worker = town.start("worker")
    wait_for_the_first(town)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE) == 0
    town.manage("worker", "--once")
    assert "open 0" in town.shell(STAND)
    assert list(town.mails().values()) == [1] * HAPPENINGS


class Sink:
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.keys += re.findall(r"^Message-ID: (\S+)", envelope.content.decode(), re.MULTILINE)
        return "250 kept"


@pytest.fixture
def sink() -> Iterator[tuple[Controller, Sink]]:
    kept = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    yield controller, kept
    controller.stop(no_assert=True)


def test_a_mail_server_that_was_away_gets_every_message_once_when_it_is_back(home: Path, sink: tuple[Controller, Sink]) -> None:
    controller, kept = sink
    town = Installation(home, DIALOGI_SMTP_HOST="127.0.0.1", DIALOGI_SMTP_PORT=str(controller.port))
    town.manage("worker", "--once")
    assert kept.keys == []
    assert f"open 0 states {['waiting'] * HAPPENINGS}" in town.shell(STAND)
    controller.start()
    town.shell(LATER)
    town.manage("worker", "--once")
    assert len(kept.keys) == len(set(kept.keys)) == HAPPENINGS
    town.manage("check_invariants")
