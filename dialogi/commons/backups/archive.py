"""The file itself: a ZIP with a manifest that names everything in it, and the reading of one that somebody may have spoilt.

Nothing is taken from an archive that its manifest does not name with size and hash, and every name has one of three shapes of ours:
`tables/NAME.jsonl`, `files/PLACE`, `erased.jsonl`. All of it is read through once before anything is written.
"""

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Self

FORMAT = 1
MANIFEST = "manifest.json"
ERASED = "erased.jsonl"
MOST_MANIFEST = 256_000_000
LONGEST_LINE = 64_000_000
PIECE = 1 << 20
NAME = re.compile(r"tables/[a-z0-9_]{1,63}\.jsonl|files/[A-Za-z0-9_-]{1,40}/[A-Za-z0-9_-]{1,40}/[A-Za-z0-9_-]{1,60}(?:\.thumb)?|erased\.jsonl")


class NotABackup(Exception):
    """The file cannot be restored from; says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file in the archive; of a table also how many rows, and the last number it gave out."""

    name: str
    size: int
    sha256: str
    rows: int | None = None
    last_number: int | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive holds, of what installation, and what it does not hold."""

    made_at: str
    release: str
    database: str
    migrations: list[str]
    ledger: dict[str, Any]
    keys: dict[str, str]
    parts: list[Part]
    lost_files: list[str] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    kept_apart: list[str] = field(default_factory=list)
    has_files: bool = True
    format: int = FORMAT

    def written(self) -> bytes:
        """Return the manifest as it stands in the archive."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode()

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Take a manifest apart; raises NotABackup when it makes no sense."""
        try:
            told = json.loads(data)
            if told["format"] != FORMAT:
                raise NotABackup(f"The backup has format {told['format']}, this release reads {FORMAT}.")
            parts = [Part(**(part | {"columns": tuple(part["columns"])})) for part in told.pop("parts")]
            manifest = cls(**told, parts=parts)
            _must_make_sense(manifest)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise NotABackup("The manifest makes no sense: this is no backup of Dialogi, or somebody has changed it.") from error
        return manifest


def _must_make_sense(manifest: Manifest) -> None:
    for part in manifest.parts:
        if not NAME.fullmatch(part.name) or part.size < 0 or not re.fullmatch(r"[0-9a-f]{64}", part.sha256):
            raise NotABackup(f"The backup holds something that no backup holds: {part.name[:80]!r}.")
    if not all(isinstance(found, dict) for found in (manifest.keys, manifest.ledger)) or not all(isinstance(name, str) for name in manifest.migrations):
        raise ValueError


class Opened:
    """A backup that was read through: everything in it is what its manifest says."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError as error:
            raise NotABackup(f"There is no file {path}.") from error
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise NotABackup(f"{path.name} is no backup of Dialogi, or its end is missing.") from error
        try:
            self.manifest = self._manifest()
            self.parts = {part.name: part for part in self.manifest.parts}
            self._names_and_sizes(path)
            for part in self.manifest.parts:
                for _piece in self.pieces(part):
                    pass
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def of(self, folder: str) -> list[Part]:
        """Return the parts in a folder, "tables" or "files"."""
        return [part for part in self.manifest.parts if part.name.startswith(f"{folder}/")]

    def pieces(self, part: Part) -> Iterator[bytes]:
        """Yield a part's bytes; raises NotABackup when they are not those of the manifest, at the latest after the last of them."""
        digest, size = hashlib.sha256(), 0
        with self._open(part.name) as file:
            while piece := self._read(file, PIECE, part.name):
                size += len(piece)
                if size > part.size:
                    break
                digest.update(piece)
                yield piece
        if size != part.size or digest.hexdigest() != part.sha256:
            raise NotABackup(f"{part.name} is not what was put in: the backup is damaged, or somebody has changed it.")

    def lines(self, part: Part) -> Iterator[bytes]:
        """Yield the lines of a part."""
        with self._open(part.name) as file:
            while line := file.readline(LONGEST_LINE):
                if not line.endswith(b"\n"):
                    raise NotABackup(f"{part.name} holds a line that is longer than any row.")
                yield line

    def _manifest(self) -> Manifest:
        try:
            info = self._zip.getinfo(MANIFEST)
        except KeyError as error:
            raise NotABackup("The file has no manifest: it is no backup of Dialogi.") from error
        with self._open(MANIFEST) as file:
            data = self._read(file, MOST_MANIFEST + 1, MANIFEST)
        if info.file_size > MOST_MANIFEST or len(data) > MOST_MANIFEST:
            raise NotABackup("The manifest is larger than any backup's.")
        return Manifest.read(data)

    def _names_and_sizes(self, path: Path) -> None:
        """Nothing more and nothing less than the manifest names, and not more than the disk holds."""
        found = self._zip.infolist()
        if len({info.filename for info in found}) != len(found) or len(self.parts) != len(self.manifest.parts):
            raise NotABackup("The backup holds two files of the same name.")
        if stray := {info.filename for info in found} - self.parts.keys() - {MANIFEST}:
            raise NotABackup(f"The backup holds something that its manifest does not name: {min(stray)[:80]!r}.")
        if lost := self.parts.keys() - {info.filename for info in found}:
            raise NotABackup(f"{min(lost)} is missing in the backup.")
        if any(info.file_size != self.parts[info.filename].size for info in found if info.filename != MANIFEST):
            raise NotABackup("Sizes in the backup are not those of its manifest: it is damaged, or somebody has changed it.")
        needed = sum(part.size for part in self.manifest.parts)
        if needed > shutil.disk_usage(path.resolve().parent).free:
            raise NotABackup(f"What is in the backup takes {needed // 1_000_000} MB, more than is free on the disk.")

    def _open(self, name: str) -> IO[bytes]:
        try:
            return self._zip.open(name)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
            raise NotABackup(f"{name} cannot be read: the backup is damaged, or somebody has changed it.") from error

    @staticmethod
    def _read(file: IO[bytes], most: int, name: str) -> bytes:
        try:
            return file.read(most)
        except (zipfile.BadZipFile, zipfile.zlib.error, EOFError, OSError, ValueError) as error:  # type: ignore[attr-defined]
            raise NotABackup(f"{name} is not what was put in: the backup is damaged, or somebody has changed it.") from error
