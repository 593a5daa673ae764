"""./manage look_after: is the machinery well? For a timer of the system, which notices a silent worker too."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dialogi.commons.watching.troubles import look_after


class Command(BaseCommand):
    """Look, tell the operator once, end with 1 when something is wrong."""

    help = "Look at worker, jobs, queue, messages, disk and backup; mail the operator what is new and what is mended. Ends with 1 when something is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        wrong = look_after()
        for kind, sentence in wrong.items():
            self.stderr.write(f"{kind.value}: {sentence}")
        if wrong:
            raise CommandError(f"{len(wrong)} troubles.")
        self.stdout.write("All is well.")
