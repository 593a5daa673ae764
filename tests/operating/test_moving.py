"""From SQLite to PostgreSQL by one command: every row and its hash, numbers that go on, guards in place, SQLite untouched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from dialogi.commons import tombstones
from dialogi.commons.management.commands import move_to_postgresql
from dialogi.testing import Cast, Town
from dialogi.voices.tests import factories
from tests.operating.installation import Place, Postgres
from tests.sweep import samples

pytestmark = pytest.mark.django_db(transaction=True)
STAND = """
import json
from django.db import connection
from dialogi.commons import guards
from dialogi.commons.actors import machine
from dialogi.people.actions import create_person
from dialogi.people.models import Person
highest = max(Person.objects.values_list("pk", flat=True))
new = create_person(by=machine("setup"), name="Ny", email="ny@town.example", language="sv").pk
print(json.dumps({"vendor": connection.vendor, "missing": guards.missing(), "goes_on": new > highest}))
"""


@pytest.fixture
def moved_from(request: pytest.FixtureRequest) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("moves away from SQLite, which is not here")


@pytest.fixture
def url(server: Postgres) -> str:
    return server.empty_database()[0]


@pytest.mark.usefixtures("moved_from")
def test_everything_moves_and_sqlite_stays_as_it_was(
    cast: Cast, town: Town, server: Postgres, place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    samples.make(cast, town)
    address, settings = server.empty_database()
    monkeypatch.setattr(tombstones, "NAME", "no-such-list.jsonl")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "dialogi.settings")
    before = Path(connection.settings_dict["NAME"]).read_bytes()
    call_command("move_to_postgresql", address)
    told = capsys.readouterr().out
    assert Path(connection.settings_dict["NAME"]).read_bytes() == before
    assert "commons_subject" in told
    assert "DIALOGI_DATABASE=postgresql" in told
    there = Place(place.home, **settings)
    assert json.loads(there.shell(STAND)) == {"vendor": "postgresql", "missing": [], "goes_on": True}
    with pytest.raises(CommandError, match="is not empty"):
        call_command("move_to_postgresql", address)


@pytest.mark.usefixtures("moved_from")
def test_what_is_written_meanwhile_calls_the_move_off(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.roads  # noqa: B018 - a unit that answers
    # The new database is filled while somebody speaks in the old one.
    monkeypatch.setattr(move_to_postgresql.Command, "_fill", lambda *_given: factories.given())
    with pytest.raises(CommandError, match=r"Something was written to SQLite meanwhile \(.*voices_voice.*\)"):
        call_command("move_to_postgresql", "postgresql://dialogi@127.0.0.1/dialogi")


@pytest.mark.usefixtures("moved_from")
@pytest.mark.parametrize("address", ["dialogi", "mysql://a/b", "postgresql://host", "postgresql://host:port/name", "/var/dialogi.sqlite3"])
def test_an_address_that_names_no_database_is_refused(address: str) -> None:
    with pytest.raises(CommandError, match="postgresql://USER@HOST:PORT/NAME"):
        call_command("move_to_postgresql", address)


@pytest.mark.usefixtures("moved_from")
def test_a_server_that_does_not_answer_is_told_in_a_sentence(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "dialogi.settings")
    with pytest.raises(CommandError, match="Nothing was moved, and SQLite is as it was"):
        call_command("move_to_postgresql", "postgresql://dialogi@127.0.0.1:1/dialogi")
