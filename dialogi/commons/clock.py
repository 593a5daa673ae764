"""The one clock. Everything that asks for the time asks here, so that a demo town or a test can live at another time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the aware present moment (UTC), or the moment the clock was set to."""
    return _set.get() or timezone.now()


def today() -> date:
    """Return the present day in the municipality's own time zone (Europe/Helsinki)."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Live at another moment for a while; `moment` must be aware."""
    if timezone.is_naive(moment):
        raise ValueError("the clock takes aware moments only")
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
