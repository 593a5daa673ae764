"""Fill an empty installation with the demo municipality: `demo`, or `demo --voices 100000` for measuring."""

import sys
import time
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from dialogi.commons import clock
from dialogi.commons.duties import escalate
from dialogi.commons.jobs import measure_tables
from dialogi.commons.outbox import consider_carried
from dialogi.commons.search import refresh_weights
from dialogi.demo.consultations import ask
from dialogi.demo.corpus import stories
from dialogi.demo.describing import describe
from dialogi.demo.filling import fill, parted
from dialogi.demo.people import demo_people
from dialogi.demo.rewording import reword_all
from dialogi.demo.seating import seat
from dialogi.demo.story import BEGINS, HELSINKI, LAST_MOMENT
from dialogi.demo.telling import Telling, tell_all
from dialogi.demo.town import build
from dialogi.people.models import Unit
from dialogi.voices.models import Voice

VOICES = 1500
SECONDS_BETWEEN_LINES = 10


class Command(BaseCommand):
    """Makes the town and tells its two years through the same actions as everything else; the same seed, the same town."""

    help = "Fill an empty installation with the demo municipality."
    # Where nobody watches the line change, progress is a new line now and then.
    _next_line = 0.0

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many voices."""
        parser.add_argument("--voices", type=int, default=VOICES, help=f"how many voices ({VOICES}); what exceeds {VOICES} is brought in in bulk")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is a town already")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse to mix a demo into a town that exists."""
        if Unit.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("There is a town here already. The demo only fills an empty installation.")
        started = time.monotonic()
        with clock.at(datetime(BEGINS.year, BEGINS.month, BEGINS.day, tzinfo=HELSINKI)), transaction.atomic():
            town = build(lambda what: self._show(f"The town: {what} ..."))
            seat(town)
        told, filled = parted(list(stories(options["voices"])), VOICES)
        telling = Telling(town)
        tell_all(told, telling, lambda done: self._show(f"Voices and answers: {done} events ..."))
        reword_all(telling)
        ask(telling, self._show)
        describe(town, self._show)
        with clock.at(LAST_MOMENT):
            fill(filled, telling, lambda done: self._show(f"Voices brought in: {done} of {len(filled)} ..."))
            # One commit for all that is late in a large town, not one for each.
            with transaction.atomic():
                escalate()
        # Two years of messages are not sent once more.
        consider_carried()
        refresh_weights()
        measure_tables()
        self._write_people()
        self._show(f"The demo municipality is ready: {Voice.objects.count()} voices in {time.monotonic() - started:.0f} seconds.\n")

    def _show(self, words: str) -> None:
        if sys.stdout.isatty():
            self.stdout.write(f"\r\033[K{words}", ending="")
        elif words.endswith("\n") or time.monotonic() >= self._next_line:
            self.stdout.write(words.rstrip())
            self._next_line = time.monotonic() + SECONDS_BETWEEN_LINES
        self.stdout.flush()

    def _write_people(self) -> None:
        lines = [f"{person.name:40} {group.label}" for group in demo_people() for person in group.people]
        (settings.HOME / "demo-people.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
