"""The guard over writes lets verbs write, and nobody else."""

from __future__ import annotations

from types import CodeType
from typing import Any

import pytest

from tests import write_guard


def called_from(path: str) -> Any:
    """Run a statement from code that lies at a path."""
    code: CodeType = compile("def run(watch, sql): return watch(lambda *a: 'done', sql, (), False, {})", f"{write_guard.ROOT}/dialogi/{path}", "exec")
    names: dict[str, Any] = {}
    exec(code, names)
    return names["run"]


@pytest.mark.parametrize(
    ("path", "sql"),
    [
        ("voices/views.py", 'INSERT INTO "voices_voice" VALUES (1)'),
        ("voices/queries/reading.py", 'UPDATE "voices_voice" SET a = 1'),
        ("voices/actions.py", 'DELETE FROM "people_contact"'),
        ("people/forms.py", "INSERT OR REPLACE INTO people_person VALUES (1)"),
    ],
)
def test_a_write_from_elsewhere_is_named(path: str, sql: str) -> None:
    with pytest.raises(write_guard.WroteElsewhere):
        called_from(path)(write_guard.watch, sql)


@pytest.mark.parametrize(
    ("path", "sql"),
    [
        ("voices/actions.py", 'INSERT INTO "voices_voice" VALUES (1)'),
        ("voices/actions/giving.py", 'UPDATE "voices_voice" SET a = 1'),
        ("voices/views.py", 'SELECT * FROM "voices_voice"'),
        ("voices/views.py", 'INSERT INTO "django_session" VALUES (1)'),
        ("voices/tests/factories.py", 'INSERT INTO "voices_voice" VALUES (1)'),
    ],
)
def test_a_verb_may_write_and_anybody_may_read(path: str, sql: str) -> None:
    assert called_from(path)(write_guard.watch, sql) == "done"
