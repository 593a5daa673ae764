"""Statistics tell about the town and never about a person."""

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given as given_any
from hypothesis import strategies as st

from dialogi.reports.queries import promises, statistics
from dialogi.reports.rules import LEAST, suppressed
from dialogi.testing import Cast, Town, actor
from dialogi.voices import actions
from dialogi.voices.actions import Answer
from dialogi.voices.models import Kind, State
from dialogi.voices.tests import factories


@pytest.fixture(autouse=True)
def _no_earlier_counts() -> None:
    cache.clear()


@given_any(st.lists(st.integers(min_value=0, max_value=200), max_size=12))
def test_no_hidden_count_can_be_worked_out_from_the_total(counts: list[int]) -> None:
    shown = suppressed(counts)
    assert all(told is None or told == count for told, count in zip(shown, counts, strict=True))
    assert all(told is None for told, count in zip(shown, counts, strict=True) if 0 < count < LEAST)
    if shown.count(None) == 1:
        assert sum(1 for count in counts if count > 0) == 1


def test_statistics_count_by_channel_language_kind_and_area(town: Town, cast: Cast) -> None:
    for number in range(6):
        voice = factories.given(f"Snö {number}", service=town.snow, kind=Kind.FAULT)
        actions.reply(voice, answer=Answer(state=State.DONE, text_sv="Plogat."), by=actor(cast.handler))
    factories.given("Kirje", language="fi", service=town.loans)
    found = statistics("")
    assert (found.total, found.answered, found.kept) == (7, 6, 100)
    kinds = {line.label: line.count for line in next(b for b in found.breakdowns if b.key == "kind").lines}
    assert set(kinds.values()) == {None}
    by_unit = {line.label: line.kept for line in promises()["unit"]}
    assert 100 in by_unit.values()


@pytest.mark.parametrize("address", ["/sv/statistics/", "/fi/statistics/?year=2026", "/en/statistics/?year=1;drop", "/fi/promises/", "/sv/promises/"])
def test_anybody_reads_the_numbers(town: Town, client: Client, address: str) -> None:
    factories.given()
    page = client.get(address)
    assert page.status_code == 200
