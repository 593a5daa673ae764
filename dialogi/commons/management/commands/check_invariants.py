"""./manage check_invariants: ask everything that must always be true of the data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dialogi.commons.invariants import problems
from dialogi.commons.registry import registry


class Command(BaseCommand):
    """Check every registered invariant."""

    help = "Check what must always be true of the data; names each problem and ends with 1 when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        found = 0
        for name, sentence in problems():
            found += 1
            self.stderr.write(f"{name}: {sentence}")
        if found:
            raise CommandError(f"{found} problems.")
        self.stdout.write(f"All is as it must be: {len(registry.invariants)} invariants hold.")
