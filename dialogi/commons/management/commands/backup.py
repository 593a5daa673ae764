"""./manage backup FILE-or-FOLDER: everything of a running installation in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dialogi.commons import clock
from dialogi.commons.backups import make_backup
from dialogi.commons.backups.making import keep_newest
from dialogi.commons.models import BackupTaken


class Command(BaseCommand):
    """Take a backup while the doors are open."""

    help = "Write the database, the files and the list of erased persons to one file; the site may be open meanwhile. Into a folder under a name with the time."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and how many to keep."""
        parser.add_argument("target", type=Path, metavar="FILE-or-FOLDER")
        parser.add_argument("--keep", type=int, metavar="N", help="in a folder: keep the newest N backups and delete older ones")

    def handle(self, *, target: Path, keep: int | None, **options: Any) -> None:
        """Run the command."""
        is_folder = target.is_dir()
        if keep is not None and (keep < 1 or not is_folder):
            raise CommandError("--keep needs a folder, and at least 1.")
        if not is_folder and (target.exists() or not target.parent.is_dir()):
            raise CommandError(f"{target} is there already." if target.exists() else f"There is no folder {target.parent}.")
        path = target / f"dialogi-{clock.now():%Y-%m-%dT%H%M%SZ}.zip" if is_folder else target
        try:
            manifest = make_backup(path)
        except OSError as error:
            raise CommandError(f"No backup was made: {error.strerror or error}.") from error
        count = sum(part.rows or 0 for part in manifest.parts)
        files = sum(part.name.startswith("files/") for part in manifest.parts)
        self.stdout.write(f"{path}: {count} rows, {files} files, {path.stat().st_size} bytes.")
        BackupTaken.objects.create(name=path.name[:200], size=path.stat().st_size, rows=count, files=files)
        for lost in manifest.lost_files:
            self.stderr.write(f"Not in the backup, because the storage has lost it or it was erased meanwhile: {lost}")
        self.stdout.write("Kept apart from it, by you:")
        for line in manifest.kept_apart:
            self.stdout.write(f"- {line}")
        for old in keep_newest(target, count=keep) if keep else []:
            self.stdout.write(f"Deleted: {old.name}")
