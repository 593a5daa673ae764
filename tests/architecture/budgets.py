"""How large a thing may grow before it must be split by noun."""

from __future__ import annotations

from collections.abc import Iterator

from tests.architecture.house import House

FILE, FUNCTION, VIEW, TEMPLATE = 400, 45, 25, 120


def files_stay_small(house: House) -> Iterator[str]:
    """Counted in lines; what Django writes for us is not counted."""
    for module in house.modules:
        lines = module.source.count("\n")
        if lines > FILE and "migrations" not in module.parts:
            yield f"{module.path}: {lines} lines, {FILE} at most; make it a package, split by noun"
    for template in house.templates:
        lines = template.source.count("\n")
        if lines > TEMPLATE:
            yield f"{template.path}: {lines} lines, {TEMPLATE} at most; take a part out into a template of its own"


def functions_stay_small(house: House) -> Iterator[str]:
    """Counted from `def` to the last line."""
    for module in house.modules:
        budget = VIEW if module.is_in("views") and not module.is_test else FUNCTION
        for function in module.functions:
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > budget and "migrations" not in module.parts:
                yield f"{module.path}:{function.lineno}: {function.name} has {lines} lines, {budget} at most"
