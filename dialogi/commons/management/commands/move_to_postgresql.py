"""./manage move_to_postgresql URL: from this installation's SQLite into an empty PostgreSQL, compared table by table."""

import os
import subprocess
import sys
import tempfile
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from dialogi.commons.backups import Opened, make_backup, rows
from dialogi.commons.backups.archive import Manifest

SETTINGS = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
HELP = """Move the database to PostgreSQL; the files and keys stay where they are, and SQLite is left as it is.

Stop web and worker first: what is written meanwhile would be left behind, so that is noticed and the move called off.
URL: postgresql://USER@HOST:PORT/NAME; the password from DIALOGI_DATABASE_PASSWORD."""


class Command(BaseCommand):
    """The same way as a backup and its restoring, without the files."""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        """Keep the lines of the help apart."""
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **options)

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("url", metavar="URL")

    def handle(self, *, url: str, **options: Any) -> None:
        """Run the command; ends with 1 when what lies in PostgreSQL is not what lay in SQLite."""
        if connection.vendor != "sqlite":
            raise CommandError("This installation runs on PostgreSQL already.")
        target = settings_of(url)
        with tempfile.TemporaryDirectory(dir=settings.HOME, prefix="moving-") as folder:
            path = Path(folder) / "database.zip"
            manifest = make_backup(path, with_files=False)
            with Opened(path):
                self._fill(path, target)
        self._unchanged(manifest)
        for part in sorted(manifest.parts, key=lambda part: part.name):
            if part.rows is not None:
                self.stdout.write(f"{part.name[7:-6]:<48}{part.rows:>10} rows  {part.sha256[:16]}")
        self.stdout.write("Every table holds the same rows with the same hashes in PostgreSQL. Start web and worker with:")
        for name in sorted(target.keys() - {"DIALOGI_DATABASE_PASSWORD"}):
            self.stdout.write(f"{name}={target[name]}")

    def _fill(self, path: Path, target: dict[str, str]) -> None:
        """In a process of its own, which knows no other database than the new one."""
        command = [sys.executable, "-m", "django", "restore", str(path), "--nobody-erased-since"]
        environment = os.environ | target
        done = subprocess.run(command, env=environment, cwd=settings.BASE.parent, capture_output=True, text=True, check=False)  # noqa: S603 our own program
        if done.returncode:
            raise CommandError(f"Nothing was moved, and SQLite is as it was. {done.stderr.strip().removeprefix('CommandError: ')[-2000:]}")

    def _unchanged(self, manifest: Manifest) -> None:
        """Whatever was written since would be left behind."""
        told = {part.name: part.sha256 for part in manifest.parts}
        with rows.one_moment():
            changed = [table.name for table in rows.tables() if rows.counted(table)[1] != told[f"tables/{table.name}.jsonl"]]
        if changed:
            raise CommandError(
                f"Something was written to SQLite meanwhile ({', '.join(changed)}), and is not in PostgreSQL. Stop web and worker, empty the new database,"
                " and move again."
            )


def settings_of(url: str) -> dict[str, str]:
    """Return the settings that name a PostgreSQL database; raises CommandError when the address names none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise CommandError("The address makes no sense: postgresql://USER@HOST:PORT/NAME") from error
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise CommandError("The address must be like postgresql://USER@HOST:PORT/NAME")
    host = parse_qs(parts.query).get("host", [parts.hostname or "127.0.0.1"])[0]
    values = (unquote(parts.path.strip("/")), unquote(parts.username or "dialogi"), unquote(parts.password or ""), host, str(port or 5432))
    found = {f"DIALOGI_DATABASE_{name}": value for name, value in zip(SETTINGS, values, strict=True) if value}
    return {"DIALOGI_DATABASE": "postgresql"} | found
