"""An empty database with every table, made once and copied by each process that tests: making it takes longer than most tests.

It lies in var/tests under the digest of everything it is made from, so that whoever changes a migration gets a new one.
PostgreSQL makes its own, in a server that is gone after the run.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "tests"
# Migrations, and what they and the signal after them call.
MADE_FROM = (
    *("dialogi/*/migrations/*.py", "dialogi/commons/search/**/*", "dialogi/commons/guards.py", "dialogi/commons/clock.py"),
    *("dialogi/commons/encryption.py", "dialogi/settings.py", "requirements/dev.txt"),
)


def sources(root: Path = ROOT) -> list[Path]:
    """The files that decide what the database looks like."""
    return sorted(path for pattern in MADE_FROM for path in root.glob(pattern) if path.is_file() and path.suffix != ".pyc")


def digest(root: Path = ROOT) -> str:
    """One name for all that the database is made from."""
    made_from = hashlib.sha256(sys.version.encode())
    for path in sources(root):
        made_from.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return made_from.hexdigest()[:16]


def lay(target: Path) -> None:
    """Copy the database to where it is wanted; whoever comes first makes it, the others wait."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    ready = FOLDER / f"{digest()}.sqlite3"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            for older in FOLDER.glob("*.sqlite3*"):
                older.unlink()
            _make(ready)
        shutil.copyfile(ready, target)


def _make(ready: Path) -> None:
    home = ready.with_suffix(".home")
    shutil.rmtree(home, ignore_errors=True)
    settings = {"DJANGO_SETTINGS_MODULE": "dialogi.settings", "DIALOGI_HOME": str(home), "DIALOGI_TESTING": "1", "DIALOGI_DATABASE": "sqlite"}
    try:
        subprocess.run([sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"], env=os.environ | settings, cwd=ROOT, check=True)
        made = ready.with_suffix(".new")
        made.unlink(missing_ok=True)
        with sqlite3.connect(home / "dialogi.sqlite3") as database:
            database.execute("VACUUM INTO ?", [str(made)])
        database.close()
        made.replace(ready)
    finally:
        shutil.rmtree(home, ignore_errors=True)
