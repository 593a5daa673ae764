"""Guards in the database itself: rows of the ledger and its seals can be added, and nothing else.

Installed after every migration (SQLite drops triggers silently when it rebuilds a table) and verified by
`./manage check_invariants`. Only the test harness lifts them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

REFUSAL = "the ledger only grows"

# INSERT OR REPLACE deletes without a delete trigger unless recursive_triggers is on, so an insert over an old row is refused too.
SQLITE = {
    "ledger_entry_no_update": """CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON commons_ledgerentry
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    "ledger_entry_no_delete": """CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON commons_ledgerentry
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    "ledger_entry_no_replace": """CREATE TRIGGER ledger_entry_no_replace BEFORE INSERT ON commons_ledgerentry
WHEN EXISTS (SELECT 1 FROM commons_ledgerentry WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    "seal_no_update": """CREATE TRIGGER seal_no_update BEFORE UPDATE ON commons_seal
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    "seal_no_delete": """CREATE TRIGGER seal_no_delete BEFORE DELETE ON commons_seal
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    "seal_no_replace": """CREATE TRIGGER seal_no_replace BEFORE INSERT ON commons_seal
WHEN EXISTS (SELECT 1 FROM commons_seal WHERE id = NEW.id OR last_entry = NEW.last_entry OR digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
}
SQLITE_DROP = {name: f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE}

FUNCTION = """CREATE OR REPLACE FUNCTION dialogi_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$"""
FUNCTION_BODY = "BEGIN RAISE EXCEPTION 'the ledger only grows'; END"
POSTGRESQL = {
    "ledger_entry_no_change": """CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON commons_ledgerentry
FOR EACH ROW EXECUTE FUNCTION dialogi_only_grows()""",
    "ledger_entry_no_truncate": """CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON commons_ledgerentry
FOR EACH STATEMENT EXECUTE FUNCTION dialogi_only_grows()""",
    "seal_no_change": """CREATE TRIGGER seal_no_change BEFORE UPDATE OR DELETE ON commons_seal
FOR EACH ROW EXECUTE FUNCTION dialogi_only_grows()""",
    "seal_no_truncate": """CREATE TRIGGER seal_no_truncate BEFORE TRUNCATE ON commons_seal
FOR EACH STATEMENT EXECUTE FUNCTION dialogi_only_grows()""",
}
POSTGRESQL_DROP = {name: f"DROP TRIGGER IF EXISTS {name} ON {'commons_ledgerentry' if name.startswith('ledger') else 'commons_seal'}" for name in POSTGRESQL}
POSTGRESQL_FOUND = """SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND p.proname = 'dialogi_only_grows' AND trim(p.prosrc) = %s
AND t.tgrelid IN ('commons_ledgerentry'::regclass, 'commons_seal'::regclass)"""


def install() -> None:
    """Put every guard in place; safe to repeat."""
    if not missing():
        return
    drops, makes = (SQLITE_DROP, SQLITE) if connection.vendor == "sqlite" else (POSTGRESQL_DROP, POSTGRESQL)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for name, make in makes.items():
            cursor.execute(drops[name])
            cursor.execute(make)


def after_migration(**options: object) -> None:
    """Install the guards once the tables that they guard are there."""
    if {"commons_ledgerentry", "commons_seal"} <= set(connection.introspection.table_names()):
        install()


def remove() -> None:
    """Take the guards away; for the test harness alone."""
    with connection.cursor() as cursor:
        for drop in (SQLITE_DROP if connection.vendor == "sqlite" else POSTGRESQL_DROP).values():
            cursor.execute(drop)


@contextmanager
def lifted() -> Iterator[None]:
    """Do without the guards for a while, to damage a ledger on purpose or to empty a test database."""
    remove()
    try:
        yield
    finally:
        install()


def missing() -> list[str]:
    """Return the names of guards that are not in place, or not as they should be."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = {name for name, sql in cursor.fetchall() if SQLITE.get(name) == sql}
            return sorted(set(SQLITE) - found)
        cursor.execute(POSTGRESQL_FOUND, [FUNCTION_BODY])
        return sorted(set(POSTGRESQL) - {name for (name,) in cursor.fetchall()})
