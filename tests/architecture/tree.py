"""What lies in the tree: migrations in line, and no trace of the machine it was written on."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import House, Module

# Written apart, so that this file is not its own first finding.
INDEX_HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs"), ("npmjs", "org"), ("yarnpkg", "com"))]
DEBIAN_HOSTS = [".".join(parts) for parts in (("deb", "debian", "org"), ("archive", "ubuntu", "com"))]
PLACES = re.compile(r"(?<![\w./~$}-])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + r"me/\w+", "Us" + r"ers/\w+", "opt/(?:wheels|pypi)")) + r")/(?!\{)")
IN_REQUIREMENTS = re.compile(r"://|^\s*-(?:i|f)\b|--(?:extra-)?index-url|--find-links", re.MULTILINE)
IN_NPM = re.compile(r'"resolved"\s*:|^\s*registry\s*=', re.MULTILINE)
NAMED_BY_DJANGO = re.compile(r"^\d{4}_(?:initial|auto_.*|.*_auto_\d{8}_\d{4}.*)$")


def tracked(root: Path) -> list[Path]:
    """The files that git knows."""
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, check=True).stdout.decode()
    return [root / name for name in listed.split("\0") if name and (root / name).is_file()]


def nothing_tells_of_the_machine(root: Path, paths: list[Path]) -> Iterator[str]:
    """No host of a package index and no path of a workshop in any file: the next person has others."""
    for path in paths:
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        name = path.relative_to(root)
        for host in INDEX_HOSTS + DEBIAN_HOSTS:
            if host in text:
                yield f"{name}: names the host {host}"
        if place := PLACES.search(text):
            yield f"{name}:{text.count(chr(10), 0, place.start()) + 1}: names the path {place[0]}"
        if name.parts[0] == "requirements" and IN_REQUIREMENTS.search(text):
            yield f"{name}: says where packages are fetched from"
        if name.name in {"package-lock.json", ".npmrc"} and IN_NPM.search(text):
            yield f"{name}: says where packages are fetched from"


def _dependencies(module: Module) -> list[tuple[str, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == ["dependencies"] and isinstance(node.value, ast.List):
            pairs = [element for element in node.value.elts if isinstance(element, ast.Tuple)]
            return [(str(ast.literal_eval(pair.elts[0])), str(ast.literal_eval(pair.elts[1]))) for pair in pairs]
    return []


def migrations_stand_in_line(house: House) -> Iterator[str]:
    """One after the other in each room, and named by what they do."""
    rooms: dict[str, list[Module]] = {}
    for module in house.modules:
        if module.room and "migrations" in module.parts and module.parts[-1] != "__init__":
            rooms.setdefault(module.room, []).append(module)
    for room, modules in rooms.items():
        earlier = None
        for number, module in enumerate(sorted(modules, key=lambda each: each.parts[-1]), start=1):
            name = module.parts[-1]
            if NAMED_BY_DJANGO.match(name):
                yield f"{module.path}: name it by what it does"
            if not name.startswith(f"{number:04}_"):
                yield f"{module.path}: number {number:04} was expected"
            own = [dependency for app, dependency in _dependencies(module) if app == room]
            if own != ([earlier] if earlier else []):
                yield f"{module.path}: must follow {earlier or 'nothing'} and follows {own}"
            earlier = name
