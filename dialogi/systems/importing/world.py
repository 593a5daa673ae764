"""What the house knows when an import is planned: systems, units, functions, vendors by their names. A handful of queries, whatever the size of the file."""

from collections import defaultdict
from dataclasses import dataclass, field

from dialogi.people.models import Unit
from dialogi.systems.importing.mapping import Mapping, folded
from dialogi.systems.models import Function, SourceKey, System

NAMES = ("name_sv", "name_fi", "name_en")


@dataclass(slots=True)
class World:
    """Names and numbers of what is there."""

    keys: dict[str, int] = field(default_factory=dict)
    identifiers: dict[str, int] = field(default_factory=dict)
    names: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    units: dict[str, int] = field(default_factory=dict)
    functions: dict[str, int] = field(default_factory=dict)

    def system(self, key: str, *, identifier: str, name: str) -> int | None:
        """Return the system that a row means: the one that it made before, else by its identifier, else the only one of its name."""
        return self.keys.get(key) or self.identifiers.get(folded(identifier)) or self.named(folded(name))

    def named(self, name: str) -> int | None:
        """Return the only system of this name."""
        found = self.names.get(name, set())
        return next(iter(found)) if len(found) == 1 else None

    def unit_key(self, text: str, mapping: Mapping) -> str:
        """Return the name by which a spelling of a unit is compared."""
        return folded(mapping.units.get(folded(text), text))

    def unit(self, text: str, mapping: Mapping) -> int | None:
        """Return the unit that a spelling means."""
        return self.units.get(self.unit_key(text, mapping))

    def function(self, text: str) -> int | None:
        """Return the function by its code or its name."""
        return self.functions.get(folded(text)) if text else None


def look_around(source: str) -> World:
    """Read what is there, as far as an import from this source asks."""
    world = World()
    world.keys = dict(SourceKey.objects.filter(source__slug=source).values_list("key", "system_id"))
    for pk, identifier, *names in System.objects.values_list("pk", "identifier", *NAMES):
        if identifier:
            world.identifiers[folded(identifier)] = pk
        for name in {folded(name) for name in names if name}:
            world.names[name].add(pk)
    for pk, *names in Unit.objects.active().values_list("pk", *NAMES):
        world.units |= {folded(name): pk for name in names if name}
    for pk, code, *names in Function.objects.active().values_list("pk", "code", *NAMES):
        world.functions |= {folded(name): pk for name in (code, *names) if name}
    return world
