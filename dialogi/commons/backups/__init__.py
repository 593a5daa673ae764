"""The whole installation in one file, and from that file into an empty place: the same from SQLite and from PostgreSQL, into either.

A backup holds the rows of every table as lines of JSON, the files that rows point to, the list of erased persons, and a manifest
with counts and hashes of all of it. It does not hold the keys: those are kept apart.
"""

from dialogi.commons.backups.archive import NotABackup, Opened
from dialogi.commons.backups.making import make_backup
from dialogi.commons.backups.restoring import CannotRestore, Restored, restore

__all__ = ["CannotRestore", "NotABackup", "Opened", "Restored", "make_backup", "restore"]
