"""Bring an installation up to the code: messages, dictionaries, database, static files and, when wished, the demo municipality."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command, get_commands

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dialogi.commons.language import dictionaries
from tools import compile_messages


def step(name: str, *args: str, **options: object) -> None:
    """Run a management command and say what takes time."""
    begun = time.monotonic()
    call_command(name, *args, **options)
    if (took := time.monotonic() - begun) > 2:
        print(f"  {name}: {took:.0f} s", flush=True)


def prepare(*, demo: bool) -> None:
    """Everything that must be true before the first request. Safe to repeat; quick when nothing has changed."""
    compile_messages.main()
    django.setup()
    if dictionaries.missing():
        print("Building the dictionaries of the search; this happens once ...", flush=True)
        step("build_dictionaries")
    step("migrate", interactive=False, verbosity=0)
    step("rebuild_wordings")
    step("collectstatic", interactive=False, verbosity=0)
    if demo and "demo" in get_commands() and not people_of_the_demo().exists():
        print("Filling the demo municipality; this happens once ...", flush=True)
        step("demo", if_empty=True)


def people_of_the_demo() -> Path:
    """Where the demo says who may sign in; it is written last, so that it tells of a demo that is whole."""
    return Path(settings.HOME) / "demo-people.txt"


if __name__ == "__main__":
    prepare(demo="--demo" in sys.argv)
