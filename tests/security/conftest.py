"""A town that hostile people visit."""

import logging
from collections.abc import Iterator

import pytest

from tests.security import crawling
from tests.security.crawling import World


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Refusals by the hundred are what these tests ask for."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(db: None) -> World:
    """A town with one of everything."""
    return crawling.made()
