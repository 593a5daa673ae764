"""The message catalogues of the rooms: where they lie, how they are read, written and compiled."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("sv", "fi")
PLURALS = "nplurals=2; plural=(n != 1);"

Key = tuple[str | None, str]


def path_of(room: str, language: str) -> Path:
    """The catalogue of a room in a language."""
    return ROOT / "dialogi" / room / "locale" / language / "LC_MESSAGES" / "django.po"


def rooms() -> list[str]:
    """The rooms that stand now, by name."""
    return sorted(path.parent.name for path in (ROOT / "dialogi").glob("*/__init__.py"))


def catalogues() -> list[Path]:
    """Every catalogue of Dialogi, in a steady order."""
    return sorted((ROOT / "dialogi").glob("**/locale/*/LC_MESSAGES/django.po"))


def key_of(entry: polib.POEntry) -> Key:
    """What makes an entry itself: its context and its msgid."""
    return (entry.msgctxt, entry.msgid)


def load(path: Path, language: str) -> polib.POFile:
    """Read a catalogue, or begin an empty one, with the headers Django needs."""
    catalogue = polib.pofile(str(path), wrapwidth=100) if path.exists() else polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Project-Id-Version": "Dialogi",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS,
    }
    catalogue.metadata_is_fuzzy = False
    return catalogue


def save(catalogue: polib.POFile, path: Path) -> None:
    """Write a catalogue sorted by msgid, whole or not at all, and compile it beside itself."""
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, str(catalogue).rstrip("\n").encode() + b"\n")
    compile_one(path, catalogue)


def compile_one(path: Path, catalogue: polib.POFile | None = None) -> Path:
    """Make the .mo beside a catalogue; a reader never sees half a file."""
    target = path.with_suffix(".mo")
    _replace(target, (catalogue or polib.pofile(str(path))).to_binary())
    return target


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".catalogue-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """Only one writer of the catalogues of this checkout at a time."""
    name = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    with open(Path(tempfile.gettempdir()) / f"dialogi-catalogue-{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
