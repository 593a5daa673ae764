"""Who may import whom, and what of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.house import House, Module

FACTS = {"people", "services", "decisions", "documents", "bulletins", "figures"}
WINGS = {"voices", "consultations", "initiatives", "ballots", "obligations", "procurement", "systems", "programme", "network", "skills"}

# Beside commons, on which every room stands.
PLAN: dict[str, set[str]] = {
    "commons": set(),
    "people": set(),
    "services": {"people"},
    "decisions": {"people", "services"},
    "documents": {"people", "services", "decisions"},
    "bulletins": {"people"},
    "figures": {"people"},
    "voices": {"people", "services"},
    "consultations": FACTS | {"voices"},
    "initiatives": FACTS | {"voices"},
    "ballots": FACTS | {"voices"},
    "obligations": FACTS,
    "procurement": FACTS | {"obligations"},
    "systems": FACTS | {"obligations"},
    "programme": FACTS | {"obligations", "systems", "procurement"},
    "network": FACTS | {"programme"},
    "skills": FACTS,
    **dict.fromkeys(("portal", "reports", "opendata", "paper", "demo"), FACTS | WINGS),
}
# kinds: the words of the ledger, which an upper room's reactions answer.
PUBLIC = {"models", "rules", "actions", "queries", "kinds"}
LAZY = re.compile(rf"^({'|'.join(PLAN)})\.[A-Z]\w*$")
DOTTED = re.compile(r"^dialogi\.(\w+)(?:\.(\w+))?")
FORBIDDEN = {"utils", "util", "helpers", "helper", "misc", "manager", "managers", "base"}
# A room needs these at start, when the models are there and not before.
LATE_IMPORTS_ALLOWED = {"ready"}
MODEL_SIGNALS = {"pre_init", "post_init", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}


def _imports(module: Module) -> Iterator[tuple[int, str, str | None]]:
    """(line, room, module in it) of whatever a module takes from the rooms: imports, lazy references, dotted paths, migrations."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            dotted = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            dotted = [node.module] if node.module.count(".") > 1 else [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, "", "a relative import"
            continue
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if lazy := LAZY.match(node.value):
                yield node.lineno, lazy[1], "models"
            dotted = [node.value] if " " not in node.value else []
        else:
            continue
        for name in dotted:
            if match := DOTTED.match(name):
                yield node.lineno, match[1], match[2]


def _is_private(module: Module, room: str, inner: str | None) -> bool:
    if inner is None or room == module.room:
        return False
    if room == "commons":
        return inner in {"views", "urls"} or (inner == "tests" and not module.is_test)
    return inner not in PUBLIC and not (module.is_test and inner == "tests")


def imports_follow_the_floor_plan(house: House) -> Iterator[str]:
    """From below only, from the cellar always, from private modules never."""
    for module in house.modules:
        if module.room is None:
            continue
        if module.room not in PLAN:
            yield f"{module.path}: the floor plan has no room {module.room!r}"
            continue
        for line, room, inner in _imports(module):
            where = f"{module.path}:{line}"
            if not room:
                yield f"{where}: write the import from dialogi onward"
            elif room == "testing":
                if not module.is_test:
                    yield f"{where}: dialogi.testing serves tests alone"
            elif room not in PLAN:
                yield f"{where}: rooms do not import the wiring on top ({room})"
            elif room not in {module.room, "commons"} and room not in PLAN[module.room]:
                yield f"{where}: {module.room} may not know {room}"
            elif _is_private(module, room, inner):
                yield f"{where}: {inner} is private to {room}; ask its models, rules, actions or queries"


def the_plan_has_no_circles(plan: dict[str, set[str]] = PLAN) -> Iterator[str]:
    """Rooms can be put in an order in which each knows only earlier ones."""
    placed: set[str] = set()
    while rest := {room for room in plan if room not in placed}:
        ready = {room for room in rest if plan[room] <= placed}
        if not ready:
            yield f"a circle among {sorted(rest)}"
            return
        placed |= ready


def names_say_what_is_inside(house: House) -> Iterator[str]:
    """No drawers."""
    for module in house.modules:
        for part in module.parts:
            if part in FORBIDDEN:
                yield f"{module.path}: {part!r} says nothing about what is inside"


def imports_stand_at_the_top(house: House) -> Iterator[str]:
    """A late import hides a circle."""
    for module in house.modules:
        if module.is_test:
            continue
        for function in module.functions:
            if function.name in LATE_IMPORTS_ALLOWED and module.parts[-1] == "apps":
                continue
            for node in ast.walk(function):
                if isinstance(node, (ast.Import, ast.ImportFrom)):
                    yield f"{module.path}:{node.lineno}: import at the top of the module"


def nothing_happens_behind_the_back(house: House) -> Iterator[str]:
    """No model signals; generic foreign keys in the cellar alone."""
    for module in house.modules:
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            names = {alias.name for alias in node.names}
            if node.module.startswith("django.db.models") and names & MODEL_SIGNALS:
                yield f"{module.path}:{node.lineno}: a model signal; write a verb, or a reaction"
            if node.module == "django.contrib.contenttypes.fields" and module.room != "commons":
                yield f"{module.path}:{node.lineno}: a generic foreign key outside commons; point to a Subject"


def rooms_keep_their_templates(house: House) -> Iterator[str]:
    """A template of another room is as private as its views; panels are the way up."""
    for template in house.templates:
        for match in re.finditer(r"""{%-?\s*(?:include|extends)\s+["'](\w+)/""", template.source):
            if match[1] in PLAN and match[1] not in {template.room, "commons"}:
                line = template.source.count("\n", 0, match.start()) + 1
                yield f"{template.path}:{line}: the templates of {match[1]} are private"
