"""What every test may ask for by name."""

from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase

from dialogi import testing
from dialogi.commons import guards
from tests import empty_database, write_guard

# A busy machine is no fault of what is tested: examples are counted, never timed.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

_empty = TransactionTestCase._fixture_teardown


def _empty_without_guards(case: TransactionTestCase) -> None:
    """Empty the database after a test that committed: the ledger's guards would rightly refuse."""
    with guards.lifted():
        _empty(case)


TransactionTestCase._fixture_teardown = _empty_without_guards  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Where the database is a file, an empty one is laid there and kept; what is left for `migrate` is to see that nothing is missing."""
    if connection.vendor != "sqlite":
        return False
    empty_database.lay(Path(connection.settings_dict["TEST"]["NAME"]))
    return True


@pytest.fixture(autouse=True, scope="session")
def only_verbs_write() -> None:
    """A table is written by its room's verbs alone."""
    connection.execute_wrappers.append(write_guard.watch)


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    """No test sees a page or a counter of the one before: ids that were rolled back come again."""
    for cache in caches.all():
        cache.clear()


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
