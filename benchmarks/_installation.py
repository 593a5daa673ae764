"""Installations of the benchmarks' own: filled by the demo once and kept for the next time, served as ./run serves."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks import progress
from tools.serve import ROOT, wait_until_open, web_command

REUSE = "DIALOGI_BENCH_REUSE"
SIZES = [int(size) for size in os.environ.get("DIALOGI_BENCH_VOICES", "1000,100000").split(",")]
DATABASE = "dialogi.sqlite3"
# A table of a scratch installation that nobody but the references knows.
ROWS_TABLE = "benchmark_row"


def homes() -> Path:
    """Where filled towns are kept: DIALOGI_BENCH_HOMES, or a folder in the user's cache."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("DIALOGI_BENCH_HOMES") or caches / "dialogi-bench").resolve()


def environment(home: Path) -> dict[str, str]:
    """The environment of such an installation: nothing that the surroundings say of another one reaches it."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("DIALOGI_")}
    dictionaries = os.environ.get("DIALOGI_DICTIONARIES") or str(homes() / "dictionaries")
    ours = {"DIALOGI_HOME": str(home), "DIALOGI_DICTIONARIES": dictionaries, "DIALOGI_DEMO": "1", "DIALOGI_PROXIES": "1"}
    return outside | ours | {"DJANGO_SETTINGS_MODULE": "benchmarks._settings", "PYTHONPATH": str(ROOT)}


def there(home: Path, script: str, *arguments: str) -> None:
    """Run a script of the repository there; what it says goes to standard error."""
    subprocess.run([sys.executable, str(ROOT / script), *arguments], env=environment(home), stdout=sys.stderr, check=True)


@cache
def demo_as_it_is() -> str:
    """A fingerprint of what fills a town."""
    told = hashlib.sha256()
    for path in sorted((ROOT / "dialogi" / "demo").rglob("*")):
        if path.is_file() and path.suffix not in {".pyc", ".html", ".po", ".mo"} and "tests" not in path.parts:
            told.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return told.hexdigest()


@cache
def town(voices: int) -> Path:
    """An installation with so many voices, kept for the next time. Do not write there: `scratch` is for that."""
    home = homes() / str(voices)
    homes().mkdir(parents=True, exist_ok=True)
    with (homes() / f"{voices}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _make_ready(home, voices)
    return home


def _make_ready(home: Path, voices: int) -> None:
    """Fill it when it is not filled, or was filled by another demo; else only bring it up to the code."""
    marker = home / "filled"
    filled_by = marker.read_text().strip() if marker.exists() else ""
    if home.exists() and filled_by != demo_as_it_is() and not (filled_by and os.environ.get(REUSE)):
        progress(f"the town of {voices} voices was filled by another demo, or not to its end; it is made anew")
        shutil.rmtree(home)
    home.mkdir(exist_ok=True)
    there(home, "tools/prepare.py")
    if not marker.exists():
        progress(f"filling a town of {voices} voices in {home}; this happens once ...")
        begun = time.monotonic()
        there(home, "manage.py", "demo", "--voices", str(voices))
        marker.write_text(demo_as_it_is())
        progress(f"filled {voices} voices in {time.monotonic() - begun:.0f} s")


@contextlib.contextmanager
def scratch(voices: int) -> Iterator[Path]:
    """A copy of a town to write into, gone afterwards; it has ROWS_TABLE beside the house's own tables."""
    home = town(voices)
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=homes()) as folder:
        copy = Path(folder)
        for path in home.iterdir():
            if path.name.endswith("-key"):
                shutil.copy(path, copy)
            elif path.name == "static":
                (copy / path.name).symlink_to(path)
        # The copy is whole even while somebody reads the town.
        with contextlib.closing(sqlite3.connect(home / DATABASE)) as kept, contextlib.closing(sqlite3.connect(copy / DATABASE)) as ours:
            kept.backup(ours)
            ours.execute(f"CREATE TABLE {ROWS_TABLE} (id integer PRIMARY KEY AUTOINCREMENT, said_at text NOT NULL, words text NOT NULL)")
        yield copy


@contextlib.contextmanager
def in_town(voices: int) -> Iterator[None]:
    """Set Django up in this process, on a copy of a town, for what is measured without a server; once in a process."""
    with scratch(voices) as copy:
        os.environ.update(environment(copy))
        import django
        from django.db import connections

        django.setup()
        try:
            yield
        finally:
            connections.close_all()


@dataclass(frozen=True)
class Served:
    """A server of two workers, as ./run starts it."""

    port: int
    pid: int

    def processor_seconds(self) -> float:
        """The time that the processors have spent on the server's processes, as Linux tells it; elsewhere nothing."""
        if not Path("/proc/self/stat").exists():
            return float("nan")
        ticks = 0
        for pid in (self.pid, *_children(self.pid)):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@cache
def _children(pid: int) -> tuple[int, ...]:
    """The workers of a server; they stay the same for as long as none of them dies."""
    return tuple(int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split())


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(home: Path) -> Iterator[Served]:
    """Serve an installation as ./run does, with the references beside it."""
    port = free_port()
    process = subprocess.Popen(web_command(port, application="benchmarks._server:application"), env=environment(home), stdout=sys.stderr, cwd=ROOT)
    try:
        if not wait_until_open(port):
            raise SystemExit("the server did not open its port")
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait()
