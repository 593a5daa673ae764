"""Keeping files: the storage of the settings, and the rows that say whose they are. Called inside a room's verbs, which ask and record."""

import contextlib
import logging
import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeAlias

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.attachments.preparing import Prepared
from dialogi.commons.attachments.scanning import scan
from dialogi.commons.models.attachments import Attachment, HeldUpload, Role, ScanState, StoredFile
from dialogi.commons.models.subjects import Subject
from dialogi.commons.permissions import NotPossible

Upload: TypeAlias = Prepared | HeldUpload
FOLDER = "attachments"
VARIANTS = {"original": "", "thumbnail": ".thumb"}
_ORPHAN_AGE = timedelta(days=2)
_FACTS = ("storage_name", "name", "content_type", "size", "sha256", "width", "height", "has_thumbnail", "scan")
_log = logging.getLogger(__name__)


def attach(
    upload: Upload, *, owner: Subject, by: Actor, role: str = Role.DOCUMENT, description: str = "", language: str = "", audience: str = ""
) -> Attachment:
    """Keep a prepared or held file with its Subject. `audience` narrows who may see it; empty means whoever sees the Subject.

    Belongs inside the transaction of the verb, which asks the permission and records. A held file is only renamed in the
    rows; raises NotPossible when it is held no more (its day is over, or the form was sent twice).
    """
    if isinstance(upload, HeldUpload):
        description = description or upload.description
    facts = _taken(upload) if isinstance(upload, HeldUpload) else store(upload)
    return Attachment.objects.create(**facts, subject=owner, account_id=by.account_id, role=role, description=description, language=language, audience=audience)


def remove(attachment: Attachment) -> None:
    """Delete an attachment; its files go when the transaction is done. The verb that calls records why."""
    files = list(paths(attachment))
    attachment.delete()
    transaction.on_commit(lambda: _delete_files(files))


def store(prepared: Prepared) -> dict[str, Any]:
    """Write the file and its small picture to the storage under a new random name; return the columns of its row."""
    name = secrets.token_urlsafe(16)
    _write(path_of(name, "original"), prepared.data)
    if prepared.thumbnail is not None:
        _write(path_of(name, "thumbnail"), prepared.thumbnail)
    return {
        "storage_name": name,
        "name": prepared.name,
        "content_type": prepared.kind.content_type,
        "size": prepared.size,
        "sha256": prepared.sha256,
        "width": prepared.width,
        "height": prepared.height,
        "has_thumbnail": prepared.thumbnail is not None,
        "scan": prepared.scan,
    }


def read(stored: StoredFile, variant: str = "original") -> bytes:
    """Return the bytes of a file; raises FileNotFoundError when the storage has lost it."""
    with default_storage.open(path_of(stored.storage_name, variant)) as file:
        return file.read()


def path_of(storage_name: str, variant: str) -> str:
    """Return where a file lies in the storage."""
    return f"{FOLDER}/{storage_name[:2].lower()}/{storage_name}{VARIANTS[variant]}"


def paths(stored: StoredFile) -> Iterator[str]:
    """Yield every place where the file and its derivatives lie."""
    yield path_of(stored.storage_name, "original")
    if stored.has_thumbnail:
        yield path_of(stored.storage_name, "thumbnail")


def scan_waiting() -> int:
    """Ask the scanner again about what is in quarantine; return how many got an answer. Run by the worker."""
    answered = 0
    for model in (Attachment, HeldUpload):
        for stored in model._default_manager.filter(scan=ScanState.WAITING).order_by("pk")[:100]:
            answered += _scan_again(stored)
    return answered


def is_any_waiting() -> bool:
    """Tell whether anything is in quarantine."""
    return any(model._default_manager.filter(scan=ScanState.WAITING).exists() for model in (Attachment, HeldUpload))


def sweep_orphans() -> int:
    """Delete files that no row knows, two days old at least: left by a transaction that never was. Return how many. Run by the worker."""
    before = clock.now() - _ORPHAN_AGE
    orphans = [path for path in _files() if default_storage.get_modified_time(path) < before and not _is_known(Path(path).name)]
    _delete_files(orphans)
    return len(orphans)


def lost_files() -> Iterator[str]:
    """Yield a sentence for each row whose file the storage has lost; for the check of invariants."""
    for stored in Attachment.objects.exclude(scan=ScanState.INFECTED).iterator():
        for path in paths(stored):
            if not default_storage.exists(path):
                yield f"attachment {stored.pk}: {path} is not in the storage"


def _taken(upload: HeldUpload) -> dict[str, Any]:
    # Whoever deletes the row has the file; the other of two finds nothing to delete.
    if not HeldUpload.objects.filter(pk=upload.pk).delete()[0]:
        raise NotPossible(_("A photo was held too long and is gone. Choose it again."))
    return {name: getattr(upload, name) for name in _FACTS}


def _scan_again(stored: StoredFile) -> int:
    state = scan(read(stored))
    if state is ScanState.WAITING:
        return 0
    type(stored)._default_manager.filter(pk=stored.pk, scan=ScanState.WAITING).update(scan=state)
    if state is ScanState.INFECTED:
        _delete_files(list(paths(stored)))
    return 1


def _write(path: str, data: bytes) -> None:
    default_storage.save(path, ContentFile(data))
    # What we have thanked for must survive a power cut, as the database row does; a storage without paths sees to it itself.
    with contextlib.suppress(NotImplementedError):
        place = Path(default_storage.path(path))
        for target in (place, place.parent):
            descriptor = os.open(target, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _delete_files(files: list[str]) -> None:
    for path in files:
        try:
            default_storage.delete(path)
        except OSError as error:
            _log.warning("a file could not be deleted: %s", type(error).__name__)


def _files() -> Iterator[str]:
    if not default_storage.exists(FOLDER):
        return
    for shelf in default_storage.listdir(FOLDER)[0]:
        for name in default_storage.listdir(f"{FOLDER}/{shelf}")[1]:
            yield f"{FOLDER}/{shelf}/{name}"


def _is_known(file_name: str) -> bool:
    name = file_name.removesuffix(VARIANTS["thumbnail"])
    return any(model._default_manager.filter(storage_name=name).exists() for model in (Attachment, HeldUpload))
