"""Sealing and verifying the ledger: batches of entries under a chain of hashes, so that a later change shows and can be named."""

import hashlib
from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import QuerySet

from dialogi.commons import clock
from dialogi.commons.models import LedgerEntry, LedgerNote, Seal

BATCH = 1000
START = "0" * 64


def unsealed() -> QuerySet[LedgerEntry]:
    """Return the entries that no seal covers yet, in order."""
    last = Seal.objects.order_by("-last_entry").values_list("last_entry", flat=True).first() or 0
    return LedgerEntry.objects.filter(id__gt=last).order_by("id")


def is_wanted() -> bool:
    """Tell whether there is anything to seal."""
    return unsealed().exists()


def seal_ledger() -> int:
    """Seal everything that is not sealed yet; return how many entries were sealed."""
    sealed = 0
    while count := _seal_batch():
        sealed += count
    return sealed


def _seal_batch() -> int:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # Ids are given before the commit: without the lock an entry with a lower id could still arrive after its batch was sealed.
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '10s'")
                cursor.execute("LOCK TABLE commons_ledgerentry IN SHARE MODE")
        previous = Seal.objects.select_for_update().order_by("-last_entry").first()
        entries = list(unsealed()[:BATCH])
        if not entries:
            return 0
        leaves = "\n".join(f"{entry.pk} {entry.compute_digest()}" for entry in entries)
        before = previous.digest if previous else START
        Seal.objects.create(
            first_entry=entries[0].pk,
            last_entry=entries[-1].pk,
            count=len(entries),
            leaves=leaves,
            previous=before,
            digest=seal_digest(before, leaves),
            sealed_at=clock.now(),
        )
    return len(entries)


def seal_digest(previous: str, leaves: str) -> str:
    """Return the SHA-256 over the seal before and the entries of this one, in hexadecimal."""
    return hashlib.sha256(f"{previous}\n{leaves}".encode()).hexdigest()


def faults_of_ledger() -> Iterator[str]:
    """Yield a sentence for each row that is not as it was written, the first one first: entries, seals, notes."""
    sealed: dict[int, str] = {}
    before = START
    for seal in Seal.objects.order_by("last_entry").iterator(chunk_size=20):
        if seal.previous != before or seal_digest(seal.previous, seal.leaves) != seal.digest:
            yield f"seal {seal.pk} (entries {seal.first_entry} to {seal.last_entry}): the chain of seals is broken here"
        before = seal.digest
        sealed = dict(_leaf(line) for line in seal.leaves.splitlines())
        yield from _faults_between(seal.first_entry, seal.last_entry, sealed)
    yield from _faults_of_tail()


def _leaf(line: str) -> tuple[int, str]:
    number, _blank, digest = line.partition(" ")
    return (int(number) if number.isdecimal() else 0), digest


def _faults_between(first: int, last: int, sealed: dict[int, str]) -> Iterator[str]:
    entries = {entry.pk: entry for entry in LedgerEntry.objects.filter(id__range=(first, last)).order_by("id")}
    notes = {note.entry_id: note for note in LedgerNote.objects.filter(entry__in=list(entries))}
    for pk in sorted(sealed.keys() | entries.keys()):
        entry = entries.get(pk)
        if entry is None:
            yield f"entry {pk}: the row was deleted"
        elif pk not in sealed:
            yield f"entry {pk}: the row was put in after its neighbours were sealed"
        elif entry.compute_digest() != sealed[pk]:
            yield f"entry {pk}: the row was changed or changed places ({entry.kind})"
        else:
            yield from _faults_of_note(entry, notes.get(pk))


def _faults_of_tail() -> Iterator[str]:
    tail = unsealed()
    notes = {note.entry_id: note for note in LedgerNote.objects.filter(entry__in=tail)}
    for entry in tail.iterator(chunk_size=500):
        if entry.compute_digest() != entry.digest:
            yield f"entry {entry.pk}: the row was changed ({entry.kind}; it is not sealed yet)"
        else:
            yield from _faults_of_note(entry, notes.get(entry.pk))


def _faults_of_note(entry: LedgerEntry, note: LedgerNote | None) -> Iterator[str]:
    # A note may be gone: it holds personal data and can be forgotten. One that is there must be the one that was written.
    if note is not None and LedgerNote.digest(note.salt, note.body) != entry.note_digest:
        yield f"note of entry {entry.pk}: the note was changed"
