"""Where the systems of a picture of integrations lie: by networkx, the same each time."""

from collections.abc import Iterable
from dataclasses import dataclass

import networkx

SEED = 7


@dataclass(frozen=True, slots=True)
class Placed:
    """A system at a place between 0 and 1 in both directions."""

    node: int
    x: float
    y: float


def place(nodes: Iterable[int], edges: Iterable[tuple[int, int]]) -> list[Placed]:
    """Place what hangs together close together; the same picture for the same systems, in whatever order they come."""
    graph = networkx.Graph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_edges_from(sorted({(min(edge), max(edge)) for edge in edges}))
    if len(graph) == 1:
        return [Placed(node, 0.5, 0.5) for node in graph]
    spots = networkx.spring_layout(graph, seed=SEED, k=1.2 / max(len(graph), 1) ** 0.5, iterations=80)
    across, down = [float(x) for x, _y in spots.values()], [float(y) for _x, y in spots.values()]
    return [
        Placed(node, _share(float(x), min(across, default=0), max(across, default=1)), _share(float(y), min(down, default=0), max(down, default=1)))
        for node, (x, y) in spots.items()
    ]


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5
