"""Recording what things cost: who may, what a sum must say, where it is told."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from dialogi.commons.models import LedgerEntry
from dialogi.commons.permissions import NotAllowed
from dialogi.figures import actions
from dialogi.figures.models import Amount, Certainty
from dialogi.figures.queries import best_known, sums_by_year
from dialogi.people import actions as people
from dialogi.testing import SETUP, Cast, Town, actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English."""
    with override("en"):
        yield


PAID: dict[str, Any] = {"certainty": "actual", "spending": "run", "year": 2026, "euros": Decimal("1200.50"), "source_kind": "invoice", "source": "Faktura 12"}


def test_a_sum_is_recorded_by_a_post_and_told_on_what_it_is_about(town: Town, cast: Cast) -> None:
    people.fill_post(town.road_engineer, by=SETUP, person=cast.head_of_unit)
    amount = actions.record_amount(town.map_system, by=actor(cast.head_of_unit), **PAID)
    assert amount.post == town.road_engineer
    assert LedgerEntry.objects.filter(subject=town.map_system.subject).latest("id").kind == "figures.amount.recorded"
    changed = actions.edit_amount(amount, by=actor(cast.ict_member), euros=Decimal(900))
    assert (changed.euros, changed.post) == (Decimal(900), None)
    actions.remove_amount(amount, by=SETUP)
    assert not Amount.objects.exists()


def test_only_those_it_concerns_record_sums(town: Town, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.record_amount(town.archive_system, by=actor(cast.head_of_unit), **PAID)
    with pytest.raises(NotAllowed):
        actions.record_amount(town.map_system, by=actor(cast.employee), **PAID)


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"source": ""}, "Say which invoice"), ({"year": 26}, "four digits"), ({"since": "2026-05-01", "until": "2026-04-01"}, "earlier one first")],
)
def test_a_sum_says_where_it_comes_from_and_when_it_was(town: Town, fields: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        actions.record_amount(town.map_system, by=SETUP, **PAID | fields)


def test_the_same_row_of_a_file_counts_once(town: Town) -> None:
    row = actions.Brought(key="2026:17", year=2026, euros=Decimal(100), source="Faktura 17")
    assert actions.bring_in_amounts(town.map_system, rows=[row], by=SETUP) == 1
    actions.bring_in_amounts(town.map_system, rows=[row], by=SETUP)
    assert Amount.objects.get().euros == Decimal(100)


def test_what_was_paid_is_known_better_than_what_was_planned(town: Town) -> None:
    actions.record_amount(town.map_system, by=SETUP, **PAID)
    actions.record_amount(town.map_system, by=SETUP, **PAID | {"certainty": "budget", "euros": Decimal(2000), "source_kind": "budget", "source": "2026"})
    assert sums_by_year(town.map_system.subject) == [(2026, {Certainty.ACTUAL: Decimal("1200.50"), Certainty.BUDGET: Decimal(2000)})]
    assert best_known([town.map_system.subject_id, town.archive_system.subject_id], year=2026) == {town.map_system.subject_id: Decimal("1200.50")}
