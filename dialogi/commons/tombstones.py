"""Numbers of erased persons, beside the database and not only in it: a restored database does not know whom to forget.

One JSON object a line, in a file that only grows. A restore adds lines to it and takes none away.
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

NAME = "erased.jsonl"


def path() -> Path:
    """Return where the list lies."""
    return Path(settings.HOME) / NAME


def write(person_id: int, account_number: int | None) -> None:
    """Add an erasure to the list; it is on the disk when this returns."""
    _append([json.dumps({"person": person_id, "account": account_number})])


def written() -> Iterator[tuple[int, int | None]]:
    """Yield (person, account) of each erasure, the oldest first."""
    for line in lines():
        row = json.loads(line)
        yield row["person"], row["account"]


def lines() -> list[str]:
    """Return the list as it stands; empty when nobody was erased."""
    return path().read_text().splitlines() if path().exists() else []


def checked(found: Iterable[str]) -> list[str]:
    """Return the lines that name an erasure, without blanks; raises ValueError for anything else."""
    good = []
    for line in filter(None, map(str.strip, found)):
        row = json.loads(line)
        if not isinstance(row, dict) or not isinstance(row.get("person"), int) or not isinstance(row.get("account"), int | None):
            raise ValueError("a line of it names no person")
        good.append(line)
    return good


def add(found: Iterable[str]) -> None:
    """Add what the list does not have yet."""
    known = set(lines())
    _append([line for line in dict.fromkeys(found) if line not in known])


def _append(new: list[str]) -> None:
    if new:
        with path().open("a") as file:
            file.write("".join(f"{line}\n" for line in new))
            file.flush()
            os.fsync(file.fileno())
