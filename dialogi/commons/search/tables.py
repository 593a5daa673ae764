"""The full-text indexes that the database keeps beside SearchEntry: FTS5 tables with triggers, or generated columns with GIN.

SQLite drops triggers without a word when a migration rebuilds a table, therefore `install` may be called at any time.
"""

from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

ENTRY = "commons_searchentry"
TERMS = "commons_searchentry_terms"
GRAMS = "commons_searchentry_grams"

SQLITE = (
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS {TERMS} USING fts5(terms, content='{ENTRY}', content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS {GRAMS} USING fts5(grams, content='{ENTRY}', content_rowid='id', detail=none, columnsize=0, tokenize="ascii")""",
    f"""CREATE TRIGGER IF NOT EXISTS {ENTRY}_added AFTER INSERT ON {ENTRY} BEGIN
        INSERT INTO {TERMS}(rowid, terms) VALUES (new.id, new.terms);
        INSERT INTO {GRAMS}(rowid, grams) VALUES (new.id, new.grams);
    END""",
    f"""CREATE TRIGGER IF NOT EXISTS {ENTRY}_removed AFTER DELETE ON {ENTRY} BEGIN
        INSERT INTO {TERMS}({TERMS}, rowid, terms) VALUES ('delete', old.id, old.terms);
        INSERT INTO {GRAMS}({GRAMS}, rowid, grams) VALUES ('delete', old.id, old.grams);
    END""",
    f"""CREATE TRIGGER IF NOT EXISTS {ENTRY}_changed AFTER UPDATE OF id, terms, grams ON {ENTRY} BEGIN
        INSERT INTO {TERMS}({TERMS}, rowid, terms) VALUES ('delete', old.id, old.terms);
        INSERT INTO {GRAMS}({GRAMS}, rowid, grams) VALUES ('delete', old.id, old.grams);
        INSERT INTO {TERMS}(rowid, terms) VALUES (new.id, new.terms);
        INSERT INTO {GRAMS}(rowid, grams) VALUES (new.id, new.grams);
    END""",
)
# The vector is a column of its own because ranking would otherwise parse every hit again.
POSTGRESQL = (
    f"ALTER TABLE {ENTRY} ADD COLUMN IF NOT EXISTS vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', terms)) STORED",
    f"CREATE INDEX IF NOT EXISTS {TERMS} ON {ENTRY} USING gin (vector)",
    f"CREATE INDEX IF NOT EXISTS {GRAMS} ON {ENTRY} USING gin (string_to_array(grams, ' '))",
)


def install(database: BaseDatabaseWrapper | Any = connection) -> None:
    """Make the indexes and triggers that are missing."""
    statements = SQLITE if database.vendor == "sqlite" else () if _has_vector(database) else POSTGRESQL
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _has_vector(database: BaseDatabaseWrapper | Any) -> bool:
    """ALTER TABLE takes a lock that everybody waits for, even when it has nothing to add."""
    with database.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = 'vector' AND NOT attisdropped", [ENTRY])
        return cursor.fetchone() is not None


def refill() -> None:
    """Read the whole table into the indexes again and pack them; PostgreSQL does so by itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in (TERMS, GRAMS):
                for order in ("rebuild", "optimize"):
                    cursor.execute(f"INSERT INTO {table}({table}) VALUES (%s)", [order])  # noqa: S608 names of our own tables
        else:
            cursor.execute(f"ANALYZE {ENTRY}")
