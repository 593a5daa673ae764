"""./manage outbox: what could not be told, and a second chance for it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dialogi.commons import outbox, sending
from dialogi.commons.models import ScheduledJob


class Command(BaseCommand):
    """List what failed; retry it when asked to."""

    help = "Show ledger entries, messages and jobs that failed, with their errors. --retry lets entries and messages try again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the parked rows try again."""
        parser.add_argument("--retry", action="store_true", help="let the parked entries and the messages that failed try again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command."""
        for row in outbox.parked().select_related("entry"):
            self.stdout.write(f"parked: entry {row.entry_id} {row.entry.kind}: {row.error}")
        for delivery in sending.failed()[:100]:
            self.stdout.write(f"not sent: message {delivery.pk} of {delivery.created_at:%Y-%m-%d}: {delivery.error}")
        for job in ScheduledJob.objects.exclude(error="").order_by("name"):
            self.stdout.write(f"failing: job {job.name}, {job.attempts} times: {job.error}")
        if options["retry"]:
            self.stdout.write(f"{outbox.retry_parked()} entries and {sending.retry_failed()} messages try again.")
