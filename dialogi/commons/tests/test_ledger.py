"""The ledger only grows, and whoever gets past its guards is named."""

import itertools
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from dialogi.commons import guards
from dialogi.commons.models import LedgerEntry, LedgerNote, OutboxMessage, Seal, Subject
from dialogi.commons.sealing import BATCH, faults_of_ledger, seal_ledger
from dialogi.commons.tests.happenings import happened
from dialogi.testing import Cast, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(town: Town) -> list[LedgerEntry]:
    return [happened(town.smedsby, note={"words": f"nummer {number}"}) for number in range(6)]


def refused(sql: str, parameters: list[object]) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
    except DatabaseError as error:
        return guards.REFUSAL in str(error)
    return False


def test_an_entry_cannot_be_changed_or_deleted_in_any_way(entries: list[LedgerEntry]) -> None:
    one = entries[2].pk
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.filter(pk=one).update(kind="another.kind.happened")
    assert refused("UPDATE commons_ledgerentry SET version = 9 WHERE id = %s", [one])
    assert refused("DELETE FROM commons_ledgerentry WHERE id = %s", [one])


def test_a_seal_cannot_be_changed_or_deleted(entries: list[LedgerEntry]) -> None:
    seal_ledger()
    assert refused("UPDATE commons_seal SET count = %s", [1])
    assert refused("DELETE FROM commons_seal WHERE count > %s", [0])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's own")
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_an_entry_cannot_be_replaced_on_sqlite(entries: list[LedgerEntry], recursive: str) -> None:
    columns = ", ".join(str(field.column) for field in LedgerEntry._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers = {recursive}")
    try:
        assert refused(f"INSERT OR REPLACE INTO commons_ledgerentry ({columns}) SELECT {columns} FROM commons_ledgerentry WHERE id = %s", [entries[0].pk])
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = ON")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE is not SQLite's")
def test_the_ledger_cannot_be_emptied_on_postgresql(entries: list[LedgerEntry]) -> None:
    connection.check_constraints()
    assert refused("TRUNCATE commons_ledgerentry CASCADE", [])


def test_a_guard_that_is_gone_is_noticed_and_put_back() -> None:
    assert guards.missing() == []
    guards.remove()
    assert guards.missing()
    guards.install()
    assert guards.missing() == []


def test_without_its_guards_an_entry_can_be_changed(entries: list[LedgerEntry]) -> None:
    """The twin: the tests above would fail without the guards."""
    with guards.lifted():
        assert not refused("UPDATE commons_ledgerentry SET version = version WHERE id = %s", [entries[0].pk])


def test_a_whole_ledger_has_no_faults_sealed_or_not(entries: list[LedgerEntry], town: Town) -> None:
    assert list(faults_of_ledger()) == []
    assert seal_ledger() == LedgerEntry.objects.count()
    happened(town.smedsby)
    assert list(faults_of_ledger()) == []
    assert seal_ledger() == 1
    assert seal_ledger() == 0
    assert Seal.objects.count() == 2
    call_command("verify_ledger")


def test_seals_are_chained_in_batches(entries: list[LedgerEntry], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialogi.commons.sealing.BATCH", 3)
    seal_ledger()
    seals = list(Seal.objects.order_by("last_entry"))
    assert len(seals) > 2 < BATCH
    assert all(later.previous == earlier.digest for earlier, later in itertools.pairwise(seals))


def _change_a_byte(entries: list[LedgerEntry]) -> int:
    LedgerEntry.objects.filter(pk=entries[3].pk).update(data={"changed": "x"})
    return entries[3].pk


def _change_a_byte_and_its_digest(entries: list[LedgerEntry]) -> int:
    entry = entries[3]
    entry.data = {"changed": "x"}
    entry.digest = entry.compute_digest()
    entry.save()
    return entry.pk


def _swap_two_rows(entries: list[LedgerEntry]) -> int:
    first, second = entries[2], entries[4]
    kept = {field: getattr(first, field) for field in ("version", "data", "note_digest", "happened_at", "digest")}
    for field in kept:
        setattr(first, field, getattr(second, field))
        setattr(second, field, kept[field])
    first.save()
    second.save()
    return first.pk


@pytest.mark.parametrize("damage", [_change_a_byte, _change_a_byte_and_its_digest, _swap_two_rows])
def test_the_first_broken_row_is_named(entries: list[LedgerEntry], damage: Callable[[list[LedgerEntry]], int], capsys: pytest.CaptureFixture[str]) -> None:
    seal_ledger()
    with guards.lifted():
        broken = damage(entries)
    assert next(faults_of_ledger()).startswith(f"entry {broken}:")
    with pytest.raises(CommandError):
        call_command("verify_ledger")
    assert f"entry {broken}:" in capsys.readouterr().err


def test_a_deleted_row_is_named(entries: list[LedgerEntry]) -> None:
    seal_ledger()
    pk = entries[3].pk
    with guards.lifted():
        LedgerNote.objects.filter(entry=pk).delete()
        OutboxMessage.objects.filter(entry=pk).delete()
        LedgerEntry.objects.filter(pk=pk).delete()
    assert next(faults_of_ledger()) == f"entry {pk}: the row was deleted"


def test_a_row_changed_before_it_is_sealed_is_named(entries: list[LedgerEntry]) -> None:
    with guards.lifted():
        broken = _change_a_byte(entries)
    assert next(faults_of_ledger()).startswith(f"entry {broken}:")


def test_a_seal_written_anew_breaks_the_chain(entries: list[LedgerEntry]) -> None:
    seal_ledger()
    with guards.lifted():
        Seal.objects.update(leaves="1 forged")
    assert "the chain of seals is broken" in next(faults_of_ledger())


def test_a_changed_note_is_named_and_a_forgotten_one_is_right(entries: list[LedgerEntry]) -> None:
    seal_ledger()
    LedgerNote.objects.filter(entry=entries[1]).delete()
    assert list(faults_of_ledger()) == []
    LedgerNote.objects.filter(entry=entries[2]).update(body={"words": "something else"})
    assert list(faults_of_ledger()) == [f"note of entry {entries[2].pk}: the note was changed"]


def test_every_invariant_holds_for_the_town(town: Town, cast: Cast) -> None:
    assert town.snow
    assert town.library
    assert cast.handler
    assert cast.resident
    seal_ledger()
    call_command("check_invariants")


def test_what_is_wrong_is_told(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    entry = happened(town.smedsby)
    OutboxMessage.objects.filter(entry=entry).delete()
    Subject.objects.filter(pk=town.smedsby.subject_id).update(follower_count=3, version=99)
    guards.remove()
    with pytest.raises(CommandError):
        call_command("check_invariants")
    told = capsys.readouterr().err
    for part in (f"entry {entry.pk} has no outbox row", "follower_count says 3, there are 0", "is missing: run", "its version is not that"):
        assert part in told
