"""What the tests of operating ask for by name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.operating.installation import Place, Postgres, postgres


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    # A socket's path is short, or it is none.
    with postgres(tmp_path_factory.mktemp("pg")) as made:
        yield made


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty place with the keys of the installation under test."""
    home = tmp_path / "place"
    home.mkdir()
    for name in ("secret-key", "personal-key"):
        (home / name).write_text((Path(settings.HOME) / name).read_text())
    return Place(home)
