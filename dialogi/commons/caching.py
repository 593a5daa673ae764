"""A cache that the processes of a machine share without a server."""

import logging
import os
import pickle
import sqlite3
import time
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

logger = logging.getLogger(__name__)
TABLE = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value NOT NULL, ends REAL)"
SET = "INSERT INTO kept (key, value, ends) VALUES (:key, :value, :ends) ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends = excluded.ends"
ADD = f"{SET} WHERE kept.ends <= :now RETURNING 1"
GET = "SELECT value FROM kept WHERE key = :key AND (ends IS NULL OR ends > :now)"
INCREASE = "UPDATE kept SET value = value + :delta WHERE key = :key AND (ends IS NULL OR ends > :now) AND typeof(value) = 'integer' RETURNING value"
TOUCH = "UPDATE kept SET ends = :ends WHERE key = :key AND (ends IS NULL OR ends > :now) RETURNING 1"
DELETE = "DELETE FROM kept WHERE key = :key RETURNING 1"
EXPIRED = "DELETE FROM kept WHERE ends <= :now"
# Rows are numbered as they come, so what is furthest behind the newest is the oldest.
TOO_MANY = "DELETE FROM kept WHERE rowid <= (SELECT max(rowid) FROM kept) - :most"
CLEANED_EVERY = 64
MOST = 100_000


class FileCache(BaseCache):
    """A cache in one SQLite file beside the database: the processes of this machine count together, and its writers wait for nobody else's.

    Numbers are counted by the database itself, so that no count is lost between two processes. What is kept may be lost at any
    time: nothing waits for the disk, a broken file is made anew, and what fails is logged and counts as not found.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__({"max_entries": MOST, **params})
        self._path = Path(location)
        self._connection: sqlite3.Connection | None = None
        self._opened_by = 0
        self._writes = 0

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value only where there is none."""
        return self._write(ADD, key, version, value=_packed(value), ends=self.get_backend_timeout(timeout)) is not None

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept."""
        row = self._ask(GET, {"key": self.make_and_validate_key(key, version=version), "now": time.time()})
        return default if row is None else _unpacked(row[0])

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value."""
        self._write(SET, key, version, value=_packed(value), ends=self.get_backend_timeout(timeout))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep what there is for longer."""
        return self._write(TOUCH, key, version, ends=self.get_backend_timeout(timeout)) is not None

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count; ValueError where nothing is counted yet."""
        row = self._write(INCREASE, key, version, delta=delta)
        if row is None:
            raise ValueError(f"{key} is not counted")
        return int(row[0])

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget one."""
        return self._write(DELETE, key, version) is not None

    def clear(self) -> None:
        """Forget all."""
        self._ask("DELETE FROM kept", {})

    def _write(self, sql: str, key: str, version: int | None, **values: Any) -> Any:
        row = self._ask(sql, {"key": self.make_and_validate_key(key, version=version), "now": time.time(), **values})
        self._writes += 1
        if self._writes % CLEANED_EVERY == 0:
            self._ask(EXPIRED, {"now": time.time()})
            self._ask(TOO_MANY, {"most": self._max_entries})
        return row

    def _ask(self, sql: str, values: dict[str, Any]) -> Any:
        try:
            return self._opened().execute(sql, values).fetchone()
        except (OSError, sqlite3.OperationalError):
            logger.exception("The cache of this machine could not be used.")
        except sqlite3.DatabaseError:
            logger.exception("The cache of this machine is broken and is made anew.")
            self._connection = None
            for path in self._path.parent.glob(f"{self._path.name}*"):
                path.unlink(missing_ok=True)
        return None

    def _opened(self) -> sqlite3.Connection:
        # A connection belongs to its process: what a child inherited is left alone.
        if self._connection is None or self._opened_by != os.getpid():
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            connection = sqlite3.connect(self._path, timeout=2, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(TABLE)
            self._connection, self._opened_by = connection, os.getpid()
        return self._connection


def _packed(value: Any) -> int | bytes:
    return value if type(value) is int else pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _unpacked(value: int | bytes) -> Any:
    # Our own words out of our own file, which nobody else may write.
    return value if isinstance(value, int) else pickle.loads(value)  # noqa: S301
