"""What tests of the cellar may ask for by name."""

from collections.abc import Iterator

import pytest

from dialogi.commons.search import grams, synonyms


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Nothing that search keeps in mind passes from one test to the next."""
    grams.weights_in_force.forget()
    synonyms.first_words.forget()
    yield
    grams.weights_in_force.forget()
    synonyms.first_words.forget()
