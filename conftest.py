"""What every test may ask for by name."""

from collections.abc import Callable

import pytest

from dialogi import testing


@pytest.fixture
def town(db: None) -> testing.Town:
    """A small Korsholm; each unit, area and service is made when first asked for."""
    return testing.Town()


@pytest.fixture
def cast(town: testing.Town) -> testing.Cast:
    """The people of the town; each is made when first asked for."""
    return testing.Cast(town)


@pytest.fixture
def client_for() -> Callable[..., object]:
    """Make a browser signed in as somebody of the cast."""
    return testing.client_for


@pytest.fixture
def actor() -> Callable[..., object]:
    """Make the actor of somebody of the cast."""
    return testing.actor
