"""Who acts: a person, nobody by name, a named machine, or a clerk on behalf of somebody else."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class ActorKind(StrEnum):
    """What sort of actor did it; the only thing about an actor that the ledger keeps in the open."""

    PERSON = "person"
    ANONYMOUS = "anonymous"
    MACHINE = "machine"
    ON_BEHALF = "on_behalf"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that reaches some units (ids of their Subjects), or the whole house when `units` is None."""

    role: str
    units: frozenset[int] | None = None

    def reaches(self, unit_id: int | None) -> bool:
        """Tell whether the role reaches this unit; work that no unit has yet is reached only from the whole house."""
        return self.units is None or (unit_id is not None and unit_id in self.units)


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts, with everything that permissions and visibility need, read once a request.

    `audiences` are the audiences of Subjects that the actor belongs to; `case_roles` the roles whose grants open
    a unit's restricted Subjects; `reviews` opens what waits for a publication check; `home_units` (ids of Subjects) are where
    the actor's seats are, whatever those reach.
    """

    kind: ActorKind
    name: str = ""
    account_id: int | None = None
    person_id: int | None = None
    language: str = "sv"
    grants: tuple[Grant, ...] = ()
    audiences: frozenset[str] = frozenset({"public"})
    case_roles: frozenset[str] = frozenset()
    reviews: bool = False
    home_units: frozenset[int] = frozenset()
    address: str = field(default="", compare=False)

    @property
    def is_anonymous(self) -> bool:
        """Nobody by name."""
        return self.account_id is None and self.kind is not ActorKind.MACHINE

    @property
    def is_machine(self) -> bool:
        """A named job of the house."""
        return self.kind is ActorKind.MACHINE

    @property
    def is_staff(self) -> bool:
        """Belongs to the staff audience."""
        return "staff" in self.audiences

    def holds(self, *roles: str, unit_id: int | None = None, anywhere: bool = False) -> bool:
        """Tell whether one of the roles is held so that it reaches the unit, or at all with `anywhere`."""
        return any(grant.role in roles and (anywhere or grant.reaches(unit_id)) for grant in self.grants)

    def units(self, *roles: str) -> frozenset[int] | None:
        """Return ids of the unit Subjects that the roles reach; None means every unit."""
        found: set[int] = set()
        for grant in self.grants:
            if grant.role in roles:
                if grant.units is None:
                    return None
                found |= grant.units
        return frozenset(found)

    def case_units(self) -> frozenset[int] | None:
        """Return ids of the units whose restricted Subjects this actor may see; None means every unit."""
        return self.units(*self.case_roles) if self.case_roles else frozenset()

    def on_behalf(self) -> "Actor":
        """Return the same actor, now acting for somebody else."""
        return replace(self, kind=ActorKind.ON_BEHALF)


ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)


def machine(name: str) -> Actor:
    """Return a named job of the house; it sees everything and may do only what a rule grants it by name."""
    return Actor(kind=ActorKind.MACHINE, name=name, audiences=frozenset({"public", "officials", "staff"}), reviews=True)
