"""Results as a table for people: a line for each measured thing and size, a column for each unit and each ratio."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks import Result


def _number(value: float) -> str:
    text = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}" if value >= 1 else f"{value:.3f}"
    return text.replace(",", " ")


def _cells(result: Result) -> list[tuple[str, str]]:
    cells = [(result.unit, _number(result.value))]
    if result.ratio is not None and result.ratio_to is not None:
        # Rates are compared upwards, costs downwards: a ratio says of which unit it is when that is not requests.
        unit = "" if result.unit.endswith("/s") else f" ({result.unit})"
        goal = f" (goal {result.goal:g}{'' if result.ratio >= result.goal else ', missed'})" if result.goal is not None else ""
        cells.append((f"x {result.ratio_to}{unit}", f"{result.ratio:.2f}{goal}"))
    return cells


def table(results: Sequence[Result]) -> str:
    """Return the results as aligned text."""
    columns: list[str] = []
    lines: dict[tuple[str, int | None], dict[str, str]] = {}
    for result in results:
        line = lines.setdefault((result.name, result.n), {})
        for column, text in _cells(result):
            line[column] = text
            if column not in columns:
                columns.append(column)
    heads = ["", "n", *columns]
    rows = [[name, _number(n) if n is not None else "", *(line.get(column, "") for column in columns)] for (name, n), line in lines.items()]
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
    return "\n".join(_aligned(row, widths) for row in [heads, *rows])


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in enumerate(zip(row, widths, strict=True))]
    return "  ".join(cells).rstrip()
