"""./manage worker: carry messages, run jobs, until it is asked to stop. Several workers may run at once."""

import logging
import secrets
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker

from dialogi.commons.jobs import heart, rescue, tick

INTERVAL = 0.7  # seconds between looks when there is nothing to do; a look only reads
RESCUE_EVERY = 15.0
PATIENCE = 5.0  # seconds to wait when the database is away or busy

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """The ticker and the library's worker in one process."""

    help = "Run the worker. TERM lets it finish what it has in hand."

    def add_arguments(self, parser: CommandParser) -> None:
        """A run that ends by itself serves tests and scripts."""
        parser.add_argument("--once", action="store_true", help="do what there is to do, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        self.stopping = threading.Event()
        self.worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=secrets.token_hex(16),
        )
        heart.worker = self.worker.worker_id
        self.rescued_at = 0.0
        if options["once"]:
            while self.work():
                pass
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        self.loop()
        connections.close_all()

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Finish the task in hand, take no more."""
        self.stopping.set()
        self.worker.running = False

    def loop(self) -> None:
        """Look, work, wait a little; go on when the database was away."""
        while not self.stopping.is_set():
            close_old_connections()
            try:
                wait = 0.0 if self.work() else INTERVAL
            except (DatabaseError, InterfaceError):
                log.exception("the worker waits for the database")
                connections.close_all()
                wait = PATIENCE
            self.stopping.wait(wait)

    def work(self) -> bool:
        """Do what there is to do; tell whether there was anything."""
        if time.monotonic() - self.rescued_at > RESCUE_EVERY:
            self.rescued_at = time.monotonic()
            rescue()
        if not tick():
            return False
        done = threading.Event()
        beating = threading.Thread(target=heart.beats_until, args=(done,), name="heartbeat", daemon=True)
        beating.start()
        try:
            self.worker.run()
        finally:
            done.set()
            beating.join()
        return not self.stopping.is_set()
