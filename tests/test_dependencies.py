"""Every dependency has its reason, and the locks hold what the lists ask for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)


def wanted(name: str) -> set[str]:
    """The packages that a list asks for."""
    return {found.lower() for found in NAME.findall((ROOT / "requirements" / f"{name}.in").read_text())}


@pytest.mark.parametrize("name", ["main", "dev", "uv", "audit"])
def test_every_dependency_has_its_reason(name: str) -> None:
    rows = [line for line in (ROOT / "docs" / "dependencies.md").read_text().splitlines() if line.startswith("|")]
    choices = " ".join(row.split("|")[2] for row in rows)
    missing = [package for package in sorted(wanted(name)) if not re.search(rf"(?<![\w-]){re.escape(package)}(?![\w-])", choices)]
    assert not missing, f"docs/dependencies.md has no row for {missing}"


@pytest.mark.parametrize("name", ["main", "dev", "uv", "audit"])
def test_a_lock_holds_what_its_list_asks_for(name: str) -> None:
    locked = {found.lower() for found in re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE)}
    extras = {package.split("[")[0] for package in wanted(name)}
    assert not extras - locked, "run tools/lock.sh"


def test_the_makers_lock_agrees_with_the_running_programs() -> None:
    pinned = [dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE)) for name in ("main", "dev")]
    assert not [package for package, version in pinned[0].items() if pinned[1].get(package) != version]


@pytest.mark.parametrize("name", ["main", "dev", "uv", "audit"])
def test_every_locked_package_has_hashes(name: str) -> None:
    blocks = re.split(r"^(?=[\w.-]+==)", (ROOT / "requirements" / f"{name}.txt").read_text(), flags=re.MULTILINE)
    assert not [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]
