"""Scratch installations: filled once by the demo, served as ./run serves, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tools.serve import ROOT, wait_until_open, web_command


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of an installation of its own, with the benchmarks' settings."""
    ours = {"DIALOGI_HOME": str(home), "DIALOGI_DEMO": "1", "DIALOGI_PROXIES": "1", "DJANGO_SETTINGS_MODULE": "benchmarks._settings"}
    return os.environ | ours | {"PYTHONPATH": str(ROOT)} | more


def manage(home: Path, *arguments: str) -> None:
    """Run a management command there; what it says goes to standard error."""
    subprocess.run([sys.executable, str(ROOT / "manage.py"), *arguments], env=environment(home), stdout=sys.stderr, check=True)


@contextlib.contextmanager
def filled(voices: int) -> Iterator[Path]:
    """An installation with so many voices. DIALOGI_BENCH_HOMES keeps it for the next time."""
    kept = os.environ.get("DIALOGI_BENCH_HOMES")
    home = Path(kept) / str(voices) if kept else Path(tempfile.mkdtemp(prefix="dialogi-bench-"))
    try:
        if not (home / "filled").exists():
            home.mkdir(parents=True, exist_ok=True)
            begun = time.monotonic()
            manage(home, "migrate", "--verbosity", "0")
            manage(home, "collectstatic", "--no-input", "--verbosity", "0")
            manage(home, "demo", "--voices", str(voices))
            (home / "filled").write_text(f"{time.monotonic() - begun:.0f} s")
        yield home
    finally:
        if not kept:
            shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(home: Path, **more: str) -> Iterator[int]:
    """Serve an installation as ./run does, two workers, and say on which port."""
    port = free_port()
    command = web_command(port, application="dialogi.wsgi:application")
    process = subprocess.Popen(command, env=environment(home, **more), stdout=sys.stderr, cwd=ROOT)
    try:
        if not wait_until_open(port):
            raise SystemExit("the server did not open its port")
        yield port
    finally:
        process.terminate()
        process.wait()
