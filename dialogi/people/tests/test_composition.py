"""Who must sit in a body: rules as data, what is missing, and who sat there when."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from dialogi.commons import clock
from dialogi.commons.permissions import NotAllowed
from dialogi.people import actions
from dialogi.people.actions import appoint, change_seat, create_body, create_post, demand, end_holding, fill_post
from dialogi.people.composing import breaches
from dialogi.people.models import Body, CompositionRule, Demand, Person, Position, Post, Role, Seat, Unit
from dialogi.testing import SETUP, Cast, Town, actor

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db
WHY = {"reason_sv": "Beslut 12 §", "reason_fi": "Päätös 12 §"}


@pytest.fixture
def team(town: Town) -> Body:
    return create_body(by=SETUP, name_sv="IKT-teamet", name_fi="Tvt-tiimi", kind="working_group")


def director(town: Town, cast: Cast) -> Post:
    post = create_post(by=SETUP, title_sv="Förvaltningsdirektör", title_fi="Hallintojohtaja", unit=town.roads)
    fill_post(post, by=SETUP, person=cast.head_of_unit, since=clock.today() - timedelta(days=30))
    return post


def sit(person: Person, body: Body, represents: Unit | None = None, **more: object) -> Seat:
    return appoint(person, by=SETUP, role=Role.ICT_TEAM, body=body, represents=represents, **more)  # type: ignore[arg-type]


def says(body: Body, on: date | None = None) -> list[str]:
    return [breach.says for breach in breaches([body], on)]


def test_the_chair_belongs_to_whoever_holds_the_post(town: Town, cast: Cast, team: Body) -> None:
    post = director(town, cast)
    demand(team, by=SETUP, demand=Demand.POSITION_BY_POST, position=Position.CHAIR, post=post, **WHY)
    assert [cast.head_of_unit.name in line for line in says(team)] == [True]
    sit(cast.head_of_unit, team, position=Position.CHAIR)
    assert says(team) == []
    end_holding(post.holdings.get(), by=SETUP)
    assert "är vakant" in says(team)[0]


def test_every_sector_is_represented_by_what_the_seat_says_or_by_where_the_member_works(town: Town, cast: Cast, team: Body) -> None:
    demand(team, by=SETUP, demand=Demand.EACH_SECTOR, **WHY)
    members = (cast.head_of_unit, cast.communications)
    assert "Kommunikation" in says(team)[0]
    assert "Tekniska sektorn" in says(team)[0]
    for person in members:
        sit(person, team)
    others = Unit.objects.active().filter(parent=None).exclude(pk__in=[town.technical.pk, town.communications.pk])
    assert [unit for unit in others if str(unit.name) not in "".join(says(team))] == []
    for sector, person in zip(others, (cast.employee, cast.clerk, cast.handler), strict=False):
        sit(person, team, sector)
    assert says(team) == []


def test_a_deputy_represents_nobody_but_a_member_of_a_unit_below_does(town: Town, cast: Cast, team: Body) -> None:
    rule = demand(team, by=SETUP, demand=Demand.FROM_UNIT, unit=town.technical, least=1, **WHY)
    sit(cast.employee, team, town.roads, position=Position.DEPUTY_MEMBER)
    assert len(says(team)) == 1
    sit(cast.handler, team)
    assert says(team) == []
    actions.change_demand(rule, by=SETUP, least=2)
    assert len(says(team)) == 1


def test_a_sub_group_is_led_by_the_representative_of_its_sector_in_the_team(town: Town, cast: Cast, team: Body) -> None:
    group = create_body(by=SETUP, name_sv="Arbetsgruppen för skolornas datorer", name_fi="Koulujen tietokoneryhmä", kind="working_group")
    demand(group, by=SETUP, demand=Demand.LED_BY_REPRESENTATIVE, unit=town.library, of_body=team, **WHY)
    sit(cast.employee, group, position=Position.CHAIR)
    assert "kan ingen leda" in says(group)[0]
    sit(cast.clerk, team, town.library)
    assert cast.clerk.name in says(group)[0]
    sit(cast.employee, team, town.library)
    assert says(group) == []


def test_a_body_has_as_many_members_as_its_rule_says(town: Town, cast: Cast, team: Body) -> None:
    rule = demand(team, by=SETUP, demand=Demand.NUMBER, least=1, most=1, **WHY)
    assert len(says(team)) == 1
    sit(cast.employee, team)
    assert says(team) == []
    sit(cast.clerk, team)
    assert len(says(team)) == 1
    actions.drop_demand(rule, by=SETUP)
    assert says(team) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"demand": Demand.POSITION_BY_POST},
        {"demand": Demand.FROM_UNIT, "least": 2},
        {"demand": Demand.NUMBER},
        {"demand": Demand.NUMBER, "least": 3, "most": 2},
        {"demand": Demand.LED_BY_REPRESENTATIVE},
        {"demand": "by_lot"},
        {"demand": Demand.EACH_SECTOR, "reason_fi": ""},
    ],
)
def test_a_rule_that_says_nothing_that_can_be_checked_is_refused(team: Body, wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        demand(team, by=SETUP, **{**WHY, **wrong})
    assert not CompositionRule.objects.exists()


def test_only_the_administrator_makes_rules(cast: Cast, team: Body) -> None:
    with pytest.raises(NotAllowed):
        demand(team, by=actor(cast.handler), demand=Demand.EACH_SECTOR, **WHY)
    assert demand(team, by=actor(cast.administrator), demand=Demand.EACH_SECTOR, **WHY).body == team


def test_nobody_sits_twice_at_once_and_no_body_has_two_chairs(town: Town, cast: Cast, team: Body) -> None:
    today = clock.today()
    first = sit(cast.employee, team, position=Position.CHAIR, until=today + timedelta(days=10))
    with pytest.raises(ValidationError):
        sit(cast.employee, team, since=today + timedelta(days=5))
    with pytest.raises(ValidationError):
        sit(cast.clerk, team, position=Position.CHAIR, since=today + timedelta(days=10))
    second = sit(cast.clerk, team, position=Position.CHAIR, since=today + timedelta(days=11))
    with pytest.raises(ValidationError):
        change_seat(first, by=SETUP, since=first.since, until=second.since, decision="")
    assert not Seat.objects.filter(body=team).current(today + timedelta(days=11)).exclude(pk=second.pk).exists()


def test_a_seat_by_virtue_of_a_post_goes_on_to_the_next_holder(town: Town, cast: Cast, team: Body) -> None:
    post = director(town, cast)
    sit(cast.head_of_unit, team, position=Position.CHAIR, by_post=post, since=clock.today() - timedelta(days=30))
    end_holding(post.holdings.get(), by=SETUP, on=clock.today() - timedelta(days=3))
    assert not Seat.objects.filter(body=team).current().exists()
    fill_post(post, by=SETUP, person=cast.registrar, since=clock.today() - timedelta(days=1), decision="§ 4")
    now = Seat.objects.filter(body=team).current().get()
    assert (now.person, now.position, now.by_post, now.decision) == (cast.registrar, Position.CHAIR, post, "§ 4")
    assert Seat.objects.filter(body=team).current(clock.today() - timedelta(days=10)).get().person == cast.head_of_unit


def test_anybody_reads_who_sat_in_a_body_on_a_day(town: Town, cast: Cast, client: Client) -> None:
    began = date(2019, 6, 1)
    appoint(cast.resident, by=SETUP, role=Role.OFFICIAL, body=town.council, since=began, until=date(2021, 5, 31))
    appoint(cast.employee, by=SETUP, role=Role.EMPLOYEE, body=town.council, position=Position.SECRETARY, since=began)
    address = town.council.subject.url_in("sv")
    then = client.get(address, {"on": "2020-03-01"}).content.decode()
    assert cast.resident.name in then
    assert cast.employee.name not in then
    assert cast.resident.name not in client.get(address).content.decode()
    assert cast.resident.name not in client.get(address, {"on": "2019-05-31"}).content.decode()
    assert client.get(address, {"on": "yesterday"}).status_code == 200


def test_what_is_missing_is_shown_to_those_who_can_mend_it_and_to_nobody_else(town: Town, cast: Cast, team: Body, client: Client, client_for: Browser) -> None:
    demand(team, by=SETUP, demand=Demand.NUMBER, least=3, **WHY)
    address = team.subject.url_in("sv")
    missing = "minst 3 behövs"
    assert "Beslut 12 §" in client.get(address).content.decode()
    assert missing not in client.get(address).content.decode()
    assert missing not in client_for(cast.handler).get(address).content.decode()
    for person in (cast.administrator, cast.ict_member):
        assert missing in client_for(person).get(address).content.decode()
        assert missing in client_for(person).get("/sv/composition/").content.decode()
    assert client_for(cast.handler).get("/sv/composition/").status_code == 403


def test_an_administrator_makes_changes_and_takes_away_a_rule_at_the_desk(town: Town, cast: Cast, team: Body, client_for: Browser) -> None:
    desk = client_for(cast.administrator)
    sent = {"body": team.pk, "demand": "from_unit", "unit": town.roads.pk, "least": "", "reason_sv": "Därför", "reason_fi": "Siksi"}
    wrong = desk.post("/fi/registers/composition/add/", sent)
    assert wrong.status_code == 422
    assert "kuinka monen" in wrong.content.decode()
    assert "Siksi" in wrong.content.decode()
    assert desk.post("/fi/registers/composition/add/", {**sent, "least": "2"}).status_code == 302
    rule = CompositionRule.objects.get()
    changed = desk.post(f"/fi/registers/composition/{rule.pk}/edit/", {**sent, "least": "3"})
    assert changed.status_code == 302
    rule.refresh_from_db()
    assert rule.least == 3
    assert desk.post(f"/fi/registers/composition/{rule.pk}/close/").status_code == 302
    assert not CompositionRule.objects.exists()
