"""The integrations around a system: its neighbours, and theirs, as many as one picture holds."""

from dataclasses import dataclass

from django.db.models import Q

from dialogi.systems.models import Integration, System

MOST_NODES = 40
MOST_EDGES = 120


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The integrations that are shown, and whether there were more."""

    integrations: list[Integration]
    is_cut: bool


def around(system: System) -> Neighbourhood:
    """Return the integrations of a system and of its neighbours; the nearest first."""
    live = Integration.objects.filter(is_active=True, target__isnull=False).select_related("system__subject", "target__subject").order_by("pk")
    own = list(live.filter(Q(system=system) | Q(target=system))[:MOST_EDGES])
    near = {each.system_id for each in own} | {each.target_id for each in own if each.target_id}
    nodes = near | {system.pk}
    further = list(live.filter(Q(system__in=near) | Q(target__in=near)).exclude(pk__in=[each.pk for each in own])[: MOST_EDGES + 1])
    kept, is_cut = list(own), len(own) == MOST_EDGES
    for each in further:
        wanted = nodes | {each.system_id, each.target_id or each.system_id}
        if len(wanted) > MOST_NODES or len(kept) >= MOST_EDGES:
            is_cut = True
            continue
        nodes = wanted
        kept.append(each)
    return Neighbourhood(kept, is_cut)
