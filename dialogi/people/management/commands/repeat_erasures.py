"""After a backup was restored: erase again whom it brought back."""

from typing import Any

from django.core.management.base import BaseCommand

from dialogi.people.retention import forget_again


class Command(BaseCommand):
    """./manage repeat_erasures"""

    help = "Erase again the people whom a restored backup brought back, from the list beside the database."

    def handle(self, **options: Any) -> None:
        """Say how many."""
        self.stdout.write(f"{forget_again()} erased again")
