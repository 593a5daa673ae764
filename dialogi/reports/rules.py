"""What may be told without telling about anybody."""

from collections.abc import Sequence

LEAST = 5


def suppressed(counts: Sequence[int]) -> list[int | None]:
    """Hide counts of one to four, and one more where the only hidden one could be worked out from the total.

    None means "fewer than five, or hidden for their sake". Nought tells about nobody and stays.
    """
    shown: list[int | None] = [count if count == 0 or count >= LEAST else None for count in counts]
    if shown.count(None) == 1:
        others = [(count, place) for place, count in enumerate(counts) if shown[place] is not None and count > 0]
        if others:
            shown[min(others)[1]] = None
    return shown


def share(part: int, whole: int) -> int | None:
    """Return whole per cent, or None when there were fewer than five to count from."""
    return round(100 * part / whole) if whole >= LEAST else None
