"""Making a backup of an installation that others use meanwhile."""

import hashlib
import hmac
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from dialogi.commons import clock, tombstones
from dialogi.commons.attachments.storing import paths
from dialogi.commons.backups import rows
from dialogi.commons.backups.archive import ERASED, MANIFEST, PIECE, Manifest, Part
from dialogi.commons.models import LedgerEntry, Seal
from dialogi.commons.models.attachments import Attachment, HeldUpload

KEPT_APART = [
    "secret-key (or DIALOGI_SECRET_KEY, with DIALOGI_SECRET_KEY_FALLBACKS): without it no follow-up code opens its page. Keep it apart from this file.",
    "personal-key (or DIALOGI_PERSONAL_KEYS): without it contact details, messages and second factors cannot be read. Keep it apart from this file.",
    "The settings of the installation: the variables named under settings had values of their own.",
    "erased.jsonl as it is when you restore: who was erased after this backup is in it.",
]


def make_backup(target: Path, *, with_files: bool = True) -> Manifest:
    """Write everything to `target`, which is there whole or not at all; return its manifest.

    The database is read as it was at one moment. The files that its rows name are written once under random names, so they are copied after it;
    one that was erased meanwhile is told as lost.
    """
    draft = target.with_name(f"{target.name}.part")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
                manifest = _written(archive, with_files=with_files)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def fingerprints() -> dict[str, str]:
    """Return which keys the installation has, without telling them."""
    keys = {"server": settings.SECRET_KEY, "personal": settings.PERSONAL_KEYS[0]}
    return {name: fingerprint(key) for name, key in keys.items()}


def fingerprint(key: str) -> str:
    """Return what tells one key from another and leads to none."""
    return hmac.new(key.encode(), b"fingerprint of a key in a backup", hashlib.sha256).hexdigest()[:16]


def release() -> str:
    """Return the version of the program."""
    try:
        return version("dialogi")
    except PackageNotFoundError:
        return "from its source"


def _written(archive: zipfile.ZipFile, *, with_files: bool) -> Manifest:
    with rows.one_moment():
        migrations = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
        parts = [_table(archive, table) for table in rows.tables()]
        files = list(_files()) if with_files else []
        ledger = _ledger()
    lost = []
    for path in files:
        try:
            with default_storage.open(path) as file:
                parts.append(_put(archive, f"files/{path}", file.chunks(PIECE), zipfile.ZIP_STORED))
        except FileNotFoundError:
            lost.append(path)
    # After the database: nobody is in the one and not in the other.
    parts.append(_put(archive, ERASED, ["".join(f"{line}\n" for line in tombstones.lines()).encode()]))
    manifest = Manifest(
        made_at=clock.now().isoformat(timespec="seconds"),
        release=release(),
        database=connection.vendor,
        migrations=migrations,
        ledger=ledger,
        keys=fingerprints(),
        parts=parts,
        lost_files=lost,
        settings=sorted(name for name in os.environ if name.startswith("DIALOGI_")),
        kept_apart=KEPT_APART,
        has_files=with_files,
    )
    archive.writestr(MANIFEST, manifest.written())
    return manifest


def _table(archive: zipfile.ZipFile, table: rows.Table) -> Part:
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for line in rows.lines(table):
            count += 1
            yield line

    part = _put(archive, f"tables/{table.name}.jsonl", counted())
    return Part(part.name, part.size, part.sha256, rows=count, last_number=rows.last_number(table), columns=tuple(table.columns))


def _put(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], compression: int = zipfile.ZIP_DEFLATED) -> Part:
    digest, size = hashlib.sha256(), 0
    info = zipfile.ZipInfo(name, clock.now().timetuple()[:6])
    info.compress_type = compression
    with archive.open(info, "w", force_zip64=True) as out:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            out.write(piece)
    return Part(name, size, digest.hexdigest())


def _files() -> Iterator[str]:
    for model in (Attachment, HeldUpload):
        for stored in model._default_manager.order_by("pk").iterator(chunk_size=rows.BATCH):
            yield from paths(stored)


def _ledger() -> dict[str, object]:
    head = Seal.objects.order_by("-last_entry").values("last_entry", "digest").first()
    return {
        "entries": LedgerEntry.objects.count(),
        "last_entry": LedgerEntry.objects.order_by("-pk").values_list("pk", flat=True).first(),
        "sealed_to": head["last_entry"] if head else None,
        "head_seal": head["digest"] if head else None,
    }


def keep_newest(folder: Path, *, count: int) -> list[Path]:
    """Delete all but the newest backups of a folder; return those that went."""
    old = sorted(folder.glob("dialogi-*.zip"))[:-count]
    for path in old:
        with suppress(FileNotFoundError):
            path.unlink()
    return old
