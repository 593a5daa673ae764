"""The database that tests begin with is made anew whenever anything that it is made from has changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.empty_database import ROOT, digest, sources


def called_by(migration: Path) -> Iterator[Path]:
    """The files of the house that a migration takes anything from."""
    for node in ast.walk(ast.parse(migration.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        for name in names:
            full = f"{node.module}.{name}" if isinstance(node, ast.ImportFrom) else name
            for module in (full, full.rpartition(".")[0]):
                path = ROOT / f"{module.replace('.', '/')}.py"
                if module.startswith("dialogi.") and path.exists():
                    yield path


def test_whatever_a_migration_calls_is_among_what_the_database_is_made_from() -> None:
    known = set(sources())
    migrations = [path for path in known if path.parent.name == "migrations"]
    called = {path for migration in migrations for path in called_by(migration)}
    assert ROOT / "dialogi/commons/search/tables.py" in called
    assert called <= known, sorted(called - known)


@pytest.mark.parametrize("name", ["dialogi/voices/migrations/0002_more.py", "dialogi/commons/search/data/synonyms.csv", "dialogi/commons/guards.py"])
def test_a_change_in_one_of_them_asks_for_another_database_and_a_view_does_not(tmp_path: Path, name: str) -> None:
    before = digest(tmp_path)
    changed = tmp_path / name
    changed.parent.mkdir(parents=True)
    changed.write_text("one")
    one = digest(tmp_path)
    changed.write_text("two")
    assert len({before, one, digest(tmp_path)}) == 3
    two = digest(tmp_path)
    (tmp_path / "dialogi/views.py").write_text("other")
    assert digest(tmp_path) == two
