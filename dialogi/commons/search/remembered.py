"""What every process may keep in mind for a minute, so that writing a text asks the database nothing but to store it."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """A value read again when it is older than so many seconds."""

    def __init__(self, read: Callable[[], T], *, seconds: float) -> None:
        self._read = read
        self._seconds = seconds
        self._kept: tuple[float, T] | None = None

    def get(self) -> T:
        """Return the value, read anew when it is too old."""
        now = time.monotonic()
        if self._kept is None or now - self._kept[0] > self._seconds:
            self._kept = (now, self._read())
        return self._kept[1]

    def forget(self) -> None:
        """Read anew next time: it was changed here."""
        self._kept = None
