"""./manage verify_ledger: name the first row of the ledger that is not as it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dialogi.commons.models import LedgerEntry, Seal
from dialogi.commons.sealing import faults_of_ledger


class Command(BaseCommand):
    """Check every entry, seal and note."""

    help = "Verify the ledger: entries, the chain of seals, and the notes that are still there. Names the first broken row."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let everything be told."""
        parser.add_argument("--all", action="store_true", help="name every broken row, not only the first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command; ends with 1 when a row is broken."""
        found = 0
        for fault in faults_of_ledger():
            found += 1
            self.stderr.write(fault)
            if not options["all"]:
                break
        if found:
            raise CommandError("The ledger is not as it was written.")
        self.stdout.write(f"The ledger is whole: {LedgerEntry.objects.count()} entries, {Seal.objects.count()} seals.")
