"""Who in the house is told about a voice."""

from dialogi.people.models import Person, Role, Unit
from dialogi.people.queries import holders

MOST_LEVELS = 6


def handlers_of(unit: Unit | None) -> list[Person]:
    """Return the handlers of a unit; its heads when it has none, the registrars when nobody answers for it."""
    found = holders(Role.HANDLER, unit=unit) if unit else []
    return found or heads_of(unit)


def heads_of(unit: Unit | None) -> list[Person]:
    """Return the heads of a unit, or of the nearest unit above it that has one; the registrars when there is none."""
    for _level in range(MOST_LEVELS):
        if unit is None:
            break
        if found := holders(Role.HEAD, unit=unit):
            return found
        unit = unit.parent
    return holders(Role.REGISTRAR)
