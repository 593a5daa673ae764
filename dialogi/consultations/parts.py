"""The parts of a consultation: each way of taking part plugs into the common pages here, so that they know nothing of one another.

`part_of_page` and `part_of_desk` are templates that read `phase` and `part` (what `context` returned). Filled at start by registrations.py.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dialogi.commons.actors import Actor
from dialogi.consultations.models import TALKING_KINDS, Consultation, Phase
from dialogi.consultations.queries.parity import GATES, Lack


@dataclass(frozen=True, slots=True)
class Part:
    """How a kind of phase is shown.

    `public`: values for the public page, the same for everybody, or None for nothing; `desk`: values for the planner's page;
    `gate`: what is still lacking before publication. All take a constant number of queries.
    """

    kind: str
    template: str
    public: Callable[[Phase], Mapping[str, Any] | None]
    desk_template: str = ""
    desk: Callable[[Phase, Actor], Mapping[str, Any]] = lambda phase, actor: {}
    gate: Callable[[Phase], Iterable[Lack]] = lambda phase: ()


PARTS: dict[str, Part] = {}


def add_part(part: Part) -> None:
    """Plug a way of taking part in; each kind once."""
    if part.kind in PARTS:
        raise ValueError(f"{part.kind} is registered twice")
    PARTS[part.kind] = part
    GATES[part.kind] = part.gate


def is_offered(kind: str) -> bool:
    """Tell whether a kind of phase can be put on a timetable: people take part in it on pages that stand, or it only says what happens when."""
    return kind in PARTS or kind not in TALKING_KINDS


def parts_for(consultation: Consultation) -> list[tuple[Phase, Part, Mapping[str, Any]]]:
    """Return the phases of taking part with what the public page shows of each, in their order."""
    shown = [(phase, PARTS[phase.kind]) for phase in consultation.phases.all() if phase.kind in PARTS]
    made = [(phase, part, part.public(phase)) for phase, part in shown]
    return [(phase, part, values) for phase, part, values in made if values is not None]
