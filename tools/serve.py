"""Serve Dialogi on this machine: the web server and the worker side by side, until Ctrl-C or TERM stops both."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 20  # seconds a part gets to finish what it has in hand before it is ended


class Stop(Exception):
    """Somebody wants Dialogi to stop."""


def on_signal(number: int, frame: FrameType | None) -> None:
    """Turn INT and TERM into an orderly way out."""
    raise Stop


class Part:
    """A process that is started again, ever more patiently, when it dies."""

    def __init__(self, name: str, *command: str) -> None:
        self.name = name
        self.command = command
        self.wait = 1.0
        self.start()

    def start(self) -> None:
        """Start it, in a session of its own so that Ctrl-C reaches us first."""
        self.begun = time.monotonic()
        self.again_at: float | None = None
        self.process = subprocess.Popen(self.command, start_new_session=True)

    def look_after(self) -> None:
        """Start it again when it has died; a part that lived for a minute begins with a short wait."""
        if self.process.poll() is None:
            return
        now = time.monotonic()
        if self.again_at is None:
            self.wait = 1.0 if now - self.begun > 60 else min(self.wait * 2, 60)
            self.again_at = now + self.wait
            print(f"The {self.name} ended ({self.process.returncode}); it starts again in {self.wait:.0f} s.", file=sys.stderr, flush=True)
        elif now >= self.again_at:
            self.start()

    def stop(self) -> None:
        """Ask it to finish, and end it when it does not."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def web_command(port: int, *, workers: int = 2, application: str = "dialogi.wsgi:application") -> list[str]:
    """Granian with its limits written out: its defaults let threads, and so database connections, grow without bound."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--backpressure", "64", "--respawn-failed-workers"),
        *("--workers-kill-timeout", "10", "--log-level", "warning", "--no-ws", application),
    ]


def is_free(port: int) -> bool:
    """Whether nobody listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until_open(port: int, *, seconds: float = 60) -> bool:
    """Wait for the server to take connections."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def announce(port: int) -> None:
    """Say where Dialogi is, and who may sign in to the demo."""
    print(f"\nDialogi answers at http://localhost:{port}   (Ctrl-C stops it)\n", flush=True)
    if (people := Path(settings.HOME) / "demo-people.txt").exists():
        print(f"Sign in as anybody of the demo at http://localhost:{port}/sv/demo/sign-in/\n\n{people.read_text().rstrip()}\n", flush=True)


def prepare(*, demo: bool) -> None:
    """Prepare the installation in a process of its own, which leaves nothing behind in ours."""
    process = subprocess.Popen([sys.executable, str(ROOT / "tools" / "prepare.py"), *(["--demo"] if demo else [])])
    try:
        failed = process.wait() != 0
    except Stop:
        process.terminate()
        process.wait()
        raise SystemExit(130) from None
    if failed:
        raise SystemExit("Dialogi could not be prepared; the reason stands above.")


def serve(port: int) -> None:
    """Start both parts and look after them until somebody wants to stop."""
    parts: list[Part] = []
    try:
        parts.append(Part("web server", *web_command(port)))
        parts.append(Part("worker", sys.executable, str(ROOT / "manage.py"), "worker"))
        if wait_until_open(port):
            announce(port)
        while True:
            for part in parts:
                part.look_after()
            time.sleep(0.5)
    except Stop:
        print("\nStopping ...", flush=True)
    finally:
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)
        for part in parts:
            if part.process.poll() is None:
                part.process.terminate()
        for part in parts:
            part.stop()


def main() -> None:
    """Read the port, prepare, serve."""
    parser = argparse.ArgumentParser(prog="./run", description="Serve Dialogi on this machine. State lies in var/, or in DIALOGI_HOME.")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    if not is_free(port):
        raise SystemExit(f"Port {port} is taken. Choose another: ./run --port {port + 1}")
    os.environ.setdefault("DIALOGI_ADDRESS", f"http://localhost:{port}")
    os.environ.setdefault("DIALOGI_DEMO", "1")
    for number in STOPS:
        signal.signal(number, on_signal)
    prepare(demo=os.environ["DIALOGI_DEMO"] not in {"0", "no", "false", ""})
    serve(port)


if __name__ == "__main__":
    main()
