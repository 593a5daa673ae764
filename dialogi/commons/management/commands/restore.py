"""./manage restore FILE: from a backup into an empty place."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, OperationalError

from dialogi.commons import sending, tombstones
from dialogi.commons.backups import CannotRestore, NotABackup, Opened, restore


class Command(BaseCommand):
    """Bring an installation back, without those who were erased since."""

    help = "Restore a backup into an empty place, compare counts and hashes, erase again who was erased since, and check everything that must be true."
    # The database that is not there yet can answer no checks.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The backup, and who was erased after it."""
        parser.add_argument("backup", type=Path, metavar="FILE")
        parser.add_argument("--erased", type=Path, metavar="FILE", help="the newest erased.jsonl; without it the one in the installation's folder")
        parser.add_argument("--nobody-erased-since", action="store_true", help="there is no newer list: nobody was erased after the backup")
        parser.add_argument("--keys-are-lost", action="store_true", help="restore although the keys of the installation are gone for good")

    def handle(self, *, backup: Path, erased: Path | None, **options: Any) -> None:
        """Run the command; ends with 1 when what lies there is not what was saved."""
        if not (erased or options["nobody_erased_since"] or tombstones.path().exists()):
            raise CommandError(
                f"Who was erased after the backup must stay erased. Put the newest erased.jsonl into {tombstones.path().parent},"
                " or name it by --erased; if nobody was erased since, say so by --nobody-erased-since."
            )
        try:
            with Opened(backup) as opened:
                newer = self._newer(erased)
                told = opened.manifest
                self.stdout.write(f"{backup.name} is whole: made {told.made_at} from {told.database} by release {told.release}.")
                done = restore(opened, with_lost_keys=options["keys_are_lost"], erased=newer)
        except (NotABackup, CannotRestore) as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError("The database does not answer, or it went away.") from error
        except (DatabaseError, json.JSONDecodeError, ValueError, TypeError) as error:
            raise CommandError(f"The rows could not be put in, so none is there: {type(error).__name__}. Empty the place before you try again.") from error
        for fault in done.faults:
            self.stderr.write(fault)
        if done.faults:
            raise CommandError(f"{len(done.faults)} things are not as they must be. Do not open the doors.")
        self.stdout.write(f"Restored and compared: {sum(done.rows.values())} rows in {len(done.rows)} tables, {done.files} files.")
        self.stdout.write(f"{done.forgotten} persons erased again.")
        if waiting := sending.waiting().count():
            self.stdout.write(f"{waiting} messages wait to be sent; those that left after the backup was made will leave a second time.")

    def _newer(self, erased: Path | None) -> list[str]:
        try:
            return erased.read_text().splitlines() if erased else []
        except OSError as error:
            raise CommandError(f"{erased} cannot be read.") from error
