"""The table of who gets in where, as it is checked in: `test_sweep.py` holds it to the house, and other tests may go by it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("doors.txt")


@dataclass(frozen=True)
class Door:
    """What an address answers to whom: `else` to everybody who is not named."""

    named: dict[str, int]
    otherwise: int

    def to(self, person: str) -> int:
        """The status that somebody gets there."""
        return self.named.get(person, self.otherwise)


def written(statuses: dict[str, int]) -> str:
    """One line for people: 200 for whom, and what everybody else gets."""
    groups = {status: sorted(name for name, got in statuses.items() if got == status) for status in sorted(set(statuses.values()))}
    rest = max(groups, key=lambda status: len(groups[status]))
    return "; ".join([*(f"{status}: {' '.join(names)}" for status, names in groups.items() if status != rest), f"else {rest}"])


def read(line: str) -> Door:
    """What `written` wrote."""
    *groups, rest = line.split("; ")
    pairs = [group.split(": ") for group in groups]
    return Door({name: int(status) for status, names in pairs for name in names.split(" ")}, int(rest.removeprefix("else ")))


def doors() -> dict[str, Door]:
    """Each row of the table: an address by its name and label, or by its name alone where it is only sent to."""
    rows = [line.rsplit(" | ", 1) for line in FILE.read_text().splitlines()]
    return {row: read(line) for row, line in rows}


# Addresses that nobody may GET.
ONLY_SENT = {row for row, door in doors().items() if door == Door({}, 405)}
