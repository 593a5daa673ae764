"""A backup of an installation in use, restored into an empty place: everything is there, and whoever was erased stays erased."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections

from dialogi.commons import tombstones
from dialogi.commons.backups import NotABackup, Opened, rows
from dialogi.commons.models import BackupTaken
from dialogi.people.actions import ask_erasure, decide_erasure
from dialogi.people.models import Person
from dialogi.testing import Cast, Town, actor
from dialogi.voices.models import Voice
from dialogi.voices.tests import factories
from tests.operating.installation import Place, Postgres
from tests.sweep import samples

pytestmark = pytest.mark.django_db(transaction=True)
# Not rows of ours: what a database keeps for itself, and what is made from rows again.
MADE_FROM_OTHERS = ("django_migrations", "sqlite_stat", "commons_searchentry_terms", "commons_searchentry_grams")
ERASURE_WRITES = {
    "commons_backuptaken",  # noted in the installation once the backup is whole
    *("account_emailaddress", "commons_ledgerentry", "commons_ledgernote", "commons_outboxmessage", "commons_searchentry"),
    *("people_seat", "people_tombstone"),
}
STAND = """
import json
from django.apps import apps
from dialogi.commons.actors import machine
from dialogi.people.actions import create_person
from dialogi.people.models import Person
counts = {m._meta.db_table: m._base_manager.count() for m in apps.get_models(include_auto_created=True)}
named = list(Person.objects.exclude(name="").values_list("pk", flat=True))
print(json.dumps({"counts": counts, "named": named, "next": create_person(by=machine("setup"), name="Ny", email="ny@town.example", language="sv").pk}))
"""


@pytest.fixture(autouse=True)
def _tombstones() -> Iterator[None]:
    yield
    tombstones.path().unlink(missing_ok=True)


def erase(person: Person, registrar: Person) -> None:
    decide_erasure(ask_erasure(person, by=actor(person)), by=actor(registrar), outcome="granted", reason="Inget hindrar.")


@pytest.fixture
def backup(cast: Cast, town: Town, tmp_path: Path) -> Path:
    """A town with one of each thing; somebody was erased before."""
    samples.make(cast, town)
    erase(cast.resident, cast.registrar)
    path = tmp_path / "backup.zip"
    call_command("backup", str(path))
    return path


def counts() -> dict[str, int]:
    return {model._meta.db_table: model._base_manager.count() for model in apps.get_models(include_auto_created=True)}


def grown(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {table: count - before[table] for table, count in after.items() if count != before[table]}


def refusal(*arguments: object) -> str:
    """What `restore` says before it has written anything; the place under test is not empty, so it always says something."""
    with pytest.raises(CommandError) as refused:
        call_command("restore", *map(str, arguments))
    return str(refused.value)


def test_everything_lies_in_the_empty_place_and_whoever_was_erased_stays_erased(backup: Path, place: Place, cast: Cast) -> None:
    before = counts()
    erase(cast.official, cast.registrar)
    told = place.manage("restore", str(backup), "--erased", str(tombstones.path()))
    assert "Restored and compared" in told
    assert "1 persons erased again" in told
    stands = json.loads(place.shell(STAND))
    # What the repeated erasure wrote, and the note of the backup itself.
    assert set(grown(before, stands["counts"])) <= ERASURE_WRITES
    assert cast.handler.pk in stands["named"]
    assert not {cast.resident.pk, cast.official.pk} & set(stands["named"])
    assert len(set((place.home / "erased.jsonl").read_text().splitlines())) == 2
    assert stands["next"] > max(Person.objects.values_list("pk", flat=True)), "a number was given twice"
    with Opened(backup) as opened:
        assert len(opened.of("files")) >= 2
        for part in opened.of("files"):
            name = part.name.removeprefix("files/")
            assert (place.home / "files" / name).read_bytes() == (Path(settings.MEDIA_ROOT) / name).read_bytes()
    assert "is not empty" in place.refusal("restore", str(backup), "--nobody-erased-since")


def test_a_backup_is_restored_into_the_other_database_too(backup: Path, place: Place, server: Postgres, cast: Cast) -> None:
    before = counts()
    erase(cast.official, cast.registrar)
    there = Place(place.home, **server.empty_database()[1])
    there.manage("restore", str(backup), "--nobody-erased-since")
    again = place.home / "again.zip"
    there.manage("backup", str(again))
    with Opened(backup) as first, Opened(again) as second:
        assert [(part.name, part.sha256) for part in first.of("tables")] == [(part.name, part.sha256) for part in second.of("tables")]
        assert first.manifest.ledger == second.manifest.ledger
    stands = json.loads(there.shell(STAND))
    assert grown(before, stands["counts"]) == {}
    assert cast.official.pk in stands["named"], "without the newer list the erased person is back"


def test_who_was_erased_since_must_be_told(backup: Path, tmp_path: Path) -> None:
    tombstones.path().unlink()
    assert "Who was erased after the backup" in refusal(backup)
    assert "is not empty" in refusal(backup, "--nobody-erased-since")


def test_other_keys_than_those_of_the_installation_are_noticed(backup: Path, settings: Any) -> None:
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another one"
    assert "another server key" in refusal(backup)
    assert "is not empty" in refusal(backup, "--keys-are-lost")
    settings.SECRET_KEY_FALLBACKS = [old]
    assert "is not empty" in refusal(backup)


def test_a_backup_tells_no_key(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert settings.SECRET_KEY.encode() not in everything
    assert settings.PERSONAL_KEYS[0].encode() not in everything
    assert backup.stat().st_mode & 0o077 == 0


def test_every_table_is_in_a_backup() -> None:
    kept = {table.name for table in rows.tables()}
    lying = set(connection.introspection.table_names())
    assert not {name for name in lying - kept if not name.startswith(MADE_FROM_OTHERS)}


def give() -> int:
    try:
        return factories.given().pk
    finally:
        connections.close_all()


def test_what_was_written_meanwhile_is_in_the_next_backup_and_nobody_waits(town: Town) -> None:
    town.roads  # noqa: B018 - a unit that answers
    with rows.one_moment():
        before = Voice.objects.count()
        with ThreadPoolExecutor(1) as pool:
            given = pool.submit(give).result(60)
        assert Voice.objects.count() == before
    assert Voice.objects.filter(pk=given).exists()


def test_only_the_newest_backups_of_a_folder_are_kept(town: Town, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        (tmp_path / f"dialogi-2026-01-0{day}T000000Z.zip").write_text("old")
    (tmp_path / "mine.zip").write_text("not ours")
    call_command("backup", str(tmp_path), keep=2)
    assert len(list(tmp_path.glob("dialogi-*.zip"))) == 2
    remembered = BackupTaken.objects.get()
    assert remembered.size == (tmp_path / remembered.name).stat().st_size
    assert (tmp_path / "dialogi-2026-01-03T000000Z.zip").exists()
    assert (tmp_path / "mine.zip").exists()
    with pytest.raises(CommandError, match="there already"):
        call_command("backup", str(tmp_path / "mine.zip"))


def test_a_full_disk_leaves_no_half_backup(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(table: rows.Table) -> Iterator[bytes]:
        yield b"[]\n"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rows, "lines", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", str(tmp_path / "backup.zip"))
    assert list(tmp_path.iterdir()) == []


def copied(source: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes] | None], **more: bytes) -> Path:
    """An archive with something changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if kept := change(name, old.read(name)):
                new.writestr(*kept)
        for name, data in more.items():
            new.writestr(name, data)
    return target


def _in_manifest(data: bytes, change: Callable[[dict], object]) -> bytes:
    told = json.loads(data)
    change(told)
    return json.dumps(told).encode()


def manifest_with(change: Callable[[dict], object]) -> Callable[[str, bytes], tuple[str, bytes]]:
    return lambda name, data: (name, _in_manifest(data, change) if name == "manifest.json" else data)


def _out_of_the_place(told: dict) -> None:
    told["parts"][0]["name"] = "files/../../../etc/cron.d/evil"


def _huge(told: dict) -> None:
    told["parts"][-1]["size"] = 10**15


SPOILT: dict[str, tuple[Callable[[str, bytes], tuple[str, bytes] | None], str]] = {
    "a row changed": (lambda name, data: (name, data.replace(b'"sv"', b'"fi"') if "people_person.jsonl" in name else data), "not what was put in"),
    "a table missing": (lambda name, data: None if "people_person.jsonl" in name else (name, data), "missing"),
    "no manifest": (lambda name, data: None if name == "manifest.json" else (name, data), "no manifest"),
    "manifest of something else": (lambda name, data: (name, b'{"format": 1}' if name == "manifest.json" else data), "makes no sense"),
    "manifest with deep nesting": (lambda name, data: (name, b"[" * 100_000 if name == "manifest.json" else data), "makes no sense"),
    "another format": (manifest_with(lambda told: told.update(format=99)), "format 99"),
    "a way out of the place": (manifest_with(_out_of_the_place), "no backup holds"),
    "a size that is not true": (manifest_with(_huge), "Sizes"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_spoilt_backup_is_refused_with_a_sentence(backup: Path, tmp_path: Path, spoilt: str) -> None:
    change, sentence = SPOILT[spoilt]
    with pytest.raises(NotABackup, match=sentence):
        Opened(copied(backup, tmp_path / "spoilt.zip", change))


def test_nothing_is_taken_that_the_manifest_does_not_name(backup: Path, tmp_path: Path) -> None:
    for name in ("../evil", "/etc/evil", "files/attachments/zz/evil", "C:\\evil"):
        with pytest.raises(NotABackup, match="does not name"):
            Opened(copied(backup, tmp_path / "spoilt.zip", lambda *kept: kept, **{name: b"x"}))


def test_half_a_backup_and_what_is_none_are_refused(backup: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.zip"
    data = backup.read_bytes()
    for length in (0, 100, len(data) // 2, len(data) - 1):
        half.write_bytes(data[:length])
        with pytest.raises(NotABackup):
            Opened(half)
    with pytest.raises(NotABackup, match="no file"):
        Opened(tmp_path / "nowhere.zip")


def test_flipped_bytes_are_noticed_wherever_they_are(backup: Path, tmp_path: Path) -> None:
    data = backup.read_bytes()
    flipped = tmp_path / "flipped.zip"
    refused = 0
    for place in range(200, len(data) - 1, len(data) // 40):
        flipped.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        try:
            Opened(flipped).close()
        except NotABackup:
            refused += 1
    # A few bytes of a ZIP say nothing: times, attributes.
    assert refused >= 35


def test_a_bomb_goes_off_nowhere(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(backup) as archive:
        told = json.loads(archive.read("manifest.json"))
    size = 200_000_000
    told["parts"].append({"name": "files/attachments/zz/bomb", "size": size, "sha256": "0" * 64, "rows": None, "last_number": None, "columns": []})
    bomb = copied(backup, tmp_path / "bomb.zip", lambda name, data: None if name == "manifest.json" else (name, data))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("files/attachments/zz/bomb", b"\0" * size)
        archive.writestr("manifest.json", json.dumps(told))
    assert bomb.stat().st_size < 3_000_000
    with pytest.raises(NotABackup, match="not what was put in"):
        Opened(bomb)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9, 10**8))
    with pytest.raises(NotABackup, match="more than is free"):
        Opened(bomb)


def test_another_release_is_told_before_anything_is_written(backup: Path, tmp_path: Path) -> None:
    other = copied(backup, tmp_path / "other.zip", manifest_with(lambda told: told["migrations"].append("voices.0999_of_tomorrow")))
    assert "voices.0999_of_tomorrow" in refusal(other)


def test_a_list_of_erasures_that_makes_no_sense_stops_before_anything_is_written(backup: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jsonl"
    for words in ("not json", '{"person": "x"}', "[1]"):
        wrong.write_text(words)
        assert "list of erasures" in refusal(backup, "--erased", wrong)
    assert "cannot be read" in refusal(backup, "--erased", tmp_path / "nowhere")
