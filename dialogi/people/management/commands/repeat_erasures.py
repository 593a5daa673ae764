"""After a backup was restored: erase again whom it brought back."""

from typing import Any

from django.core.management.base import BaseCommand

from dialogi.commons.actors import machine
from dialogi.people.actions import repeat_erasures
from dialogi.people.rules import SWEEPER


class Command(BaseCommand):
    """./manage repeat_erasures"""

    help = "Erase again the people whom a restored backup brought back, from the list beside the database."

    def handle(self, **options: Any) -> None:
        """Say how many."""
        self.stdout.write(f"{repeat_erasures(by=machine(SWEEPER))} erased again")
