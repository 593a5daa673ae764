"""The yearly question and the register as a whole."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from dialogi.commons import clock
from dialogi.commons.duties import escalate, open_duty_of
from dialogi.commons.models import LedgerEntry
from dialogi.figures import actions as figures
from dialogi.people import actions as people
from dialogi.systems import actions
from dialogi.systems.models import SystemState
from dialogi.systems.queries import overview
from dialogi.systems.rules import CONFIRM_DUTY
from dialogi.testing import SETUP, Cast, Town, actor, days_later

pytestmark = pytest.mark.django_db


def test_whoever_answers_is_asked_within_a_month_and_then_every_year(town: Town, cast: Cast) -> None:
    assert actions.ask_those_never_asked(by=SETUP) == 0
    system = town.map_system
    assert actions.ask_those_never_asked(by=SETUP) == 1
    asked = open_duty_of(system.subject, what=CONFIRM_DUTY)
    assert asked is not None
    assert (asked.due_at - clock.now()).days in range(28, 36)
    people.fill_post(town.road_engineer, by=SETUP, person=cast.handler)
    actions.confirm_system(system, by=actor(cast.handler))
    again = open_duty_of(system.subject, what=CONFIRM_DUTY)
    assert again is not None
    assert (again.due_at - clock.now()).days in range(363, 371)
    assert actions.ask_those_never_asked(by=SETUP) == 0


def test_a_question_that_nobody_answers_is_told_once_and_counted_by_sector(town: Town) -> None:
    actions.name_responsible(town.map_system, post=town.road_engineer, by=SETUP)
    with days_later(60):
        assert escalate() == 1
        assert escalate() == 0
        row = next(row for row in overview.by_sector() if row.unit == town.technical)
    assert (row.systems, row.overdue, row.never_confirmed, row.no_post) == (1, 1, 1, 0)
    assert LedgerEntry.objects.filter(subject=town.map_system.subject).latest("id").kind == "systems.system.not_confirmed"


def test_nobody_is_asked_about_what_has_retired(town: Town) -> None:
    actions.name_responsible(town.map_system, post=town.road_engineer, by=SETUP)
    actions.move_system(town.map_system, to=SystemState.PASSIVE, by=SETUP)
    actions.move_system(town.map_system, to=SystemState.RETIRED, by=SETUP)
    assert open_duty_of(town.map_system.subject, what=CONFIRM_DUTY) is None


def test_the_overview_shows_what_is_mine_what_ends_and_what_costs_more(town: Town, cast: Cast, client_for: Callable[..., Client]) -> None:
    people.fill_post(town.road_engineer, by=SETUP, person=cast.handler)
    assert town.map_contract.ends_on == clock.today() + timedelta(days=365)
    assert town.archive_system.state == SystemState.PASSIVE
    year = clock.today().year
    for of_year, kind, euros in ((year - 1, "actual", 1000), (year, "budget", 1500)):
        figures.record_amount(town.map_system, by=SETUP, certainty=kind, year=of_year, euros=Decimal(euros))
    told = client_for(cast.handler).get("/en/desk/systems/").content.decode()
    own, rest = told.split('id="sectors"')
    assert "Everything is still true" in own
    assert "Last day to give notice" in rest
    assert "from 1,000 € to 1,500 € (+50 %)" in rest
    assert "Road engineer, Roads: 1" in rest
    assert 'id="own"' not in client_for(cast.employee).get("/en/desk/systems/").content.decode()
    assert client_for(cast.resident).get("/en/desk/systems/").status_code == 403
