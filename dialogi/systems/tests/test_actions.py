"""Keeping the register: who may, what is refused, what the history tells."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from dialogi.commons import clock
from dialogi.commons.models import Audience, LedgerEntry
from dialogi.commons.permissions import Conflict, NotAllowed, NotPossible
from dialogi.commons.registry import registry
from dialogi.people import actions as people
from dialogi.systems import actions
from dialogi.systems.models import Assessment, AssessmentKind, FunctionState, System, SystemState, is_business_id, notice_day
from dialogi.systems.tests import factories
from dialogi.testing import SETUP, Cast, Town, actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English."""
    with override("en"):
        yield


def kinds(system: System) -> list[str]:
    """What the history says, oldest first."""
    return list(LedgerEntry.objects.filter(subject=system.subject).order_by("id").values_list("kind", flat=True))


def test_a_system_is_added_with_its_first_use(town: Town, cast: Cast) -> None:
    by = actor(cast.ict_member)
    system = actions.create_system(by=by, name_sv="Lön", name_fi="Palkka", unit=town.parks, function=town.road_keeping)
    use = system.uses.get()
    assert (use.unit, use.function, use.function_state) == (town.parks, town.road_keeping, FunctionState.CONFIRMED)
    assert kinds(system) == ["systems.system.created", "systems.system.use_added"]
    assert system.subject.audience == Audience.STAFF


@pytest.mark.parametrize("who", ["resident", "employee", "handler", "communications", "official"])
def test_others_add_no_systems(town: Town, cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.create_system(by=actor(getattr(cast, who)), name_sv="Lön", unit=town.parks)


def test_a_head_keeps_the_systems_of_the_own_unit_and_no_others(town: Town, cast: Cast) -> None:
    by = actor(cast.head_of_unit)
    actions.edit_system(town.map_system, by=by, product="Kartan 6")
    assert System.objects.get(pk=town.map_system.pk).product == "Kartan 6"
    with pytest.raises(NotAllowed):
        actions.edit_system(town.archive_system, by=by, product="X")


def test_whoever_holds_the_responsible_post_keeps_the_system_and_confirms_it(town: Town, cast: Cast) -> None:
    system = town.map_system
    with pytest.raises(NotAllowed):
        actions.confirm_system(system, by=actor(cast.handler))
    people.fill_post(town.road_engineer, by=SETUP, person=cast.handler)
    confirmed = actions.confirm_system(system, by=actor(cast.handler))
    assert confirmed.confirmed_at is not None
    assert confirmed.confirmed_by == town.road_engineer
    actions.edit_system(system, by=actor(cast.handler), product="Kartan 7")


def test_the_second_of_two_who_edit_is_told(town: Town, cast: Cast) -> None:
    seen = town.map_system.subject.version
    actions.edit_system(town.map_system, by=SETUP, product="A", expecting=seen)
    with pytest.raises(Conflict):
        actions.edit_system(town.map_system, by=SETUP, product="B", expecting=seen)


def test_main_systems_never_go_in_a_circle(town: Town) -> None:
    first = factories.system()
    second = factories.system(main_system=first)
    third = factories.system(main_system=second)
    with pytest.raises(ValidationError, match="circle"):
        actions.edit_system(first, by=SETUP, main_system=third)


def test_a_card_is_public_only_in_both_languages(town: Town) -> None:
    system = factories.system(name_fi="")
    with pytest.raises(ValidationError, match="both"):
        actions.show_to_everybody(system, by=SETUP)
    actions.edit_system(system, by=SETUP, name_fi="Järjestelmä", purpose_sv="För löner.", purpose_fi="Palkkoihin.")
    assert actions.show_to_everybody(system, by=SETUP).subject.audience == Audience.PUBLIC
    assert actions.hide_from_public(system, reason="Fel.", by=SETUP).subject.audience == Audience.STAFF


def test_nothing_is_taken_into_use_unassessed_but_by_the_team_with_a_reason(town: Town, cast: Cast) -> None:
    system = factories.system(state=SystemState.PLANNED, unit=town.roads)
    with pytest.raises(NotPossible, match="906/2019"):
        actions.move_system(system, to=SystemState.IN_USE, by=SETUP)
    with pytest.raises(NotAllowed):
        actions.move_system(system, to=SystemState.IN_USE, reason="Brådskar.", by=actor(cast.head_of_unit))
    assert actions.move_system(system, to=SystemState.IN_USE, reason="Brådskar.", by=actor(cast.ict_member)).state == SystemState.IN_USE
    assert kinds(system)[-1] == "systems.system.moved_past_gate"


def test_an_assessed_system_is_taken_into_use(town: Town, cast: Cast) -> None:
    system = factories.system(state=SystemState.PLANNED, unit=town.roads)
    actions.assess(system, kind=AssessmentKind.CHANGE_IMPACT, summary="Inga hinder.", by=actor(cast.employee))
    assert actions.move_system(system, to=SystemState.IN_USE, by=actor(cast.head_of_unit)).state == SystemState.IN_USE
    with pytest.raises(NotPossible):
        actions.move_system(system, to=SystemState.RETIRED, by=SETUP)


def test_nothing_retires_before_its_data_has_somewhere_to_go(town: Town) -> None:
    place = town.road_data.places.get()
    actions.move_system(town.map_system, to=SystemState.PASSIVE, by=SETUP)
    with pytest.raises(NotPossible, match="data"):
        actions.move_system(town.map_system, to=SystemState.RETIRED, by=SETUP)
    with pytest.raises(ValidationError, match="archived"):
        actions.set_destination(place, destination="archived", by=SETUP)
    actions.set_destination(place, destination="moved", moved_to=town.archive_system, by=SETUP)
    assert actions.move_system(town.map_system, to=SystemState.RETIRED, by=SETUP).state == SystemState.RETIRED


def test_a_function_that_a_program_proposed_waits_for_a_person(town: Town, cast: Cast) -> None:
    use = factories.use(town.map_system, town, function=factories.function())
    assert use.function_state == FunctionState.UNCONFIRMED
    with pytest.raises(NotPossible):
        actions.confirm_function(use, by=SETUP)
    assert actions.confirm_function(use, by=actor(cast.ict_member)).function_state == FunctionState.CONFIRMED


def test_a_unit_uses_a_system_for_a_function_once(town: Town) -> None:
    factories.use(town.map_system, town)
    with pytest.raises(ValidationError, match="already uses"):
        factories.use(town.map_system, town)


@pytest.mark.parametrize(
    ("fields", "told"), [({"other_end": ""}, "where the data goes"), ({"other_end": "Kanta", "kind": "manual"}, "")], ids=["nowhere", "by hand to others"]
)
def test_an_integration_goes_somewhere(town: Town, fields: dict[str, Any], told: str) -> None:
    if told:
        with pytest.raises(ValidationError, match=told):
            actions.add_integration(town.map_system, by=SETUP, **fields)
    else:
        assert actions.add_integration(town.map_system, by=SETUP, **fields).kind == "manual"


def test_the_last_day_for_notice_follows_the_end_of_the_contract(town: Town) -> None:
    contract = town.map_contract
    assert contract.notice_by == notice_day(ends_on=contract.ends_on, notice_months=3)
    changed = actions.edit_contract(contract, by=SETUP, ends_on=date(2027, 5, 31))
    assert changed.notice_by == date(2027, 2, 28)
    assert actions.edit_contract(contract, by=SETUP, ends_on=None).notice_by is None


def test_business_ids_are_right_by_their_check_digit() -> None:
    assert is_business_id("1234567-1")
    assert not is_business_id("1234567-2")
    with pytest.raises(ValidationError, match="check digit"):
        actions.create_vendor(by=SETUP, name="Fel Ab", business_id="1234567-2")


def test_an_erased_person_is_forgotten_and_what_they_found_stays(town: Town, cast: Cast) -> None:
    made = actions.assess(town.map_system, kind=AssessmentKind.FUNCTIONAL_FIT, score=3, by=actor(cast.employee), assessed_on=clock.today() - timedelta(days=1))
    assert made.assessor == cast.employee
    plug = registry.nouns["systems.system"]
    assert plug.holds is not None
    assert plug.forget is not None
    assert [row["what"] for row in plug.holds(cast.employee.pk)] == ["assessment"]
    assert plug.forget(cast.employee.pk) == 1
    assert Assessment.objects.get(pk=made.pk).assessor is None
