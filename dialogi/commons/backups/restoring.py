"""From a backup into an empty place: all rows and files, compared with the manifest, and erased persons erased again."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from dialogi.commons import invariants, jobs, tombstones
from dialogi.commons.attachments.storing import FOLDER
from dialogi.commons.backups import rows
from dialogi.commons.backups.archive import ERASED, PIECE, Opened, Part
from dialogi.commons.backups.making import fingerprint
from dialogi.commons.registry import registry
from dialogi.commons.search.tables import refill


class CannotRestore(Exception):
    """Restoring stops; says why, and what to do."""


@dataclass(slots=True)
class Restored:
    """What came back."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    forgotten: int = 0
    faults: list[str] = field(default_factory=list)


def restore(backup: Opened, *, with_lost_keys: bool = False, erased: Iterable[str] = ()) -> Restored:
    """Fill the empty place of the settings; raises CannotRestore before anything is written. `erased` are lines of a newer list of erasures.

    What is not as it must be afterwards stands in `faults`.
    """
    _must_fit(backup)
    known = _erasures(backup, erased)
    _must_have_keys(backup, with_lost_keys=with_lost_keys)
    _must_be_empty(backup)
    call_command("migrate", verbosity=0)
    done = Restored()
    with transaction.atomic():
        for part, table in _pairs(backup):
            done.rows[table.name] = rows.fill(table, backup.lines(part))
            if part.last_number is not None:
                rows.count_on_from(table, part.last_number)
    for part in backup.of("files"):
        _bring_file(backup, part)
        done.files += 1
    done.faults += _differences(backup)
    if done.faults:
        return done
    refill()
    jobs.measure_tables()
    tombstones.add(known)
    done.forgotten = sum(forget() for forget in registry.after_restore.values())
    done.faults += [f"{name}: {sentence}" for name, sentence in invariants.problems()]
    return done


def _must_fit(backup: Opened) -> None:
    """The same release: a row is put back where it was taken from."""
    of_backup = set(backup.manifest.migrations)
    of_code = {f"{app}.{name}" for app, name in MigrationLoader(connection, ignore_no_migrations=True).disk_migrations}
    if of_backup != of_code:
        other = min(of_backup ^ of_code)
        raise CannotRestore(
            f"The backup was made by another release ({backup.manifest.release}): they differ in {other}. Restore it with that release, then upgrade."
        )
    if [(part.name, part.columns) for part in backup.of("tables")] != [(f"tables/{table.name}.jsonl", tuple(table.columns)) for table in rows.tables()]:
        raise CannotRestore("The backup's tables are not those of this release. Restore it with the release that made it, then upgrade.")


def _erasures(backup: Opened, newer: Iterable[str]) -> list[str]:
    try:
        older = [line.decode() for line in backup.lines(backup.parts[ERASED])] if ERASED in backup.parts else []
        return tombstones.checked([*older, *newer])
    except ValueError as error:
        raise CannotRestore(f"The list of erasures makes no sense: {error}.") from error


def _must_have_keys(backup: Opened, *, with_lost_keys: bool) -> None:
    have = {"server": [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS], "personal": settings.PERSONAL_KEYS}
    lost = sorted(name for name, keys in have.items() if backup.manifest.keys.get(name) not in {fingerprint(str(key)) for key in keys})
    if lost and not with_lost_keys:
        raise CannotRestore(
            f"This place has another {' and another '.join(lost)} key than the backup. Put the files secret-key and personal-key of that installation into"
            f" {settings.HOME}, or give them as settings. If they are lost for good, --keys-are-lost restores what can be read without them."
        )


def _must_be_empty(backup: Opened) -> None:
    if connection.introspection.table_names():
        raise CannotRestore(f"The database {connection.settings_dict['NAME']} is not empty. A backup is restored into an empty place only.")
    if backup.manifest.has_files and default_storage.exists(FOLDER) and any(default_storage.listdir(FOLDER)):
        raise CannotRestore("There are files in the place where attachments lie. A backup is restored into an empty place only.")


def _pairs(backup: Opened) -> Iterator[tuple[Part, rows.Table]]:
    return zip(backup.of("tables"), rows.tables(), strict=True)


def _bring_file(backup: Opened, part: Part) -> None:
    path = part.name.removeprefix("files/")
    with SpooledTemporaryFile(max_size=16 * PIECE) as spool:
        for piece in backup.pieces(part):
            spool.write(piece)
        spool.seek(0)
        if default_storage.save(path, File(spool, name=path)) != path:
            raise CannotRestore(f"{path} was there already.")


def _differences(backup: Opened) -> Iterator[str]:
    """A sentence for each table and each file that does not lie there as it lay in the installation."""
    for part, table in _pairs(backup):
        count, digest = rows.counted(table)
        if (count, digest) != (part.rows, part.sha256):
            yield f"{table.name}: {count} rows lie here, {part.rows} lay there; their hash is {digest[:12]} here, {part.sha256[:12]} there"
    for part in backup.of("files"):
        content = hashlib.sha256()
        with default_storage.open(part.name.removeprefix("files/")) as file:
            for piece in file.chunks():
                content.update(piece)
        if content.hexdigest() != part.sha256:
            yield f"{part.name}: the file lies here with another content"
