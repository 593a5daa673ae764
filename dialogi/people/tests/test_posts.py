"""Posts answer, whoever holds them: one holder at a time, a history, a deputy, and names only for those who may see the person."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from dialogi.commons import clock
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.people.actions import ask_erasure as ask
from dialogi.people.actions import change_holding, close_post, close_unit, create_post, decide_erasure, edit_post, end_holding, fill_post, reword
from dialogi.people.models import Holding, Person, Post
from dialogi.people.queries import everything_about, idle_people
from dialogi.testing import SETUP, Cast, Town, actor, days_later

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db
SPRING = date(2025, 3, 1)


def test_a_post_knows_who_held_it_on_which_day(town: Town, cast: Cast) -> None:
    post = town.road_engineer
    fill_post(post, by=SETUP, person=cast.employee, since=SPRING, until=date(2025, 5, 31))
    fill_post(post, by=SETUP, person=cast.handler, since=date(2025, 6, 1))
    assert post.holder_on(SPRING - timedelta(days=1)) is None
    assert post.holder_on(SPRING) == post.holder_on(date(2025, 5, 31)) == cast.employee
    assert post.holder_on(date(2025, 6, 1)) == post.holder == cast.handler
    assert list(Post.objects.held_by(cast.handler)) == [post]
    assert not Post.objects.held_by(cast.employee).exists()
    assert list(Post.objects.held_by(cast.employee, SPRING)) == [post]


def test_a_term_that_is_over_leaves_the_post_vacant(town: Town, cast: Cast) -> None:
    post = town.road_engineer
    fill_post(post, by=SETUP, person=cast.handler, until=clock.today() + timedelta(days=10))
    assert not Post.objects.vacant().exists()
    with days_later(11):
        assert post.holder is None
        assert list(Post.objects.vacant()) == [post]


@pytest.mark.parametrize(
    ("since", "until"),
    [(date(2025, 1, 1), None), (date(2025, 1, 1), SPRING), (date(2025, 4, 1), date(2025, 4, 2)), (date(2025, 5, 31), None), (date(2025, 4, 1), date(2026, 1, 1))],
)
def test_nobody_holds_a_post_that_somebody_else_holds(town: Town, cast: Cast, since: date, until: date | None) -> None:
    fill_post(town.road_engineer, by=SETUP, person=cast.employee, since=SPRING, until=date(2025, 5, 31))
    with pytest.raises(ValidationError, match=r"31\.5\.2025|2025"):
        fill_post(town.road_engineer, by=SETUP, person=cast.handler, since=since, until=until)
    assert Holding.objects.count() == 1


def test_the_database_itself_refuses_two_open_terms(town: Town, cast: Cast) -> None:
    holding = fill_post(town.road_engineer, by=SETUP, person=cast.employee, since=SPRING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.bulk_create([Holding(post=holding.post, person=cast.handler)])


def test_a_term_is_changed_but_not_into_somebody_elses(town: Town, cast: Cast) -> None:
    first = fill_post(town.road_engineer, by=SETUP, person=cast.employee, since=SPRING, until=date(2025, 5, 31))
    fill_post(town.road_engineer, by=SETUP, person=cast.handler, since=date(2025, 6, 1))
    changed = change_holding(first, by=actor(cast.administrator), since=SPRING, until=date(2025, 5, 1), decision="§ 7")
    assert (changed.until, changed.decision) == (date(2025, 5, 1), "§ 7")
    with pytest.raises(ValidationError):
        change_holding(first, by=SETUP, since=SPRING, until=date(2025, 7, 1), decision="")
    with pytest.raises(ValidationError):
        change_holding(first, by=SETUP, since=date(2025, 5, 2), until=date(2025, 5, 1), decision="")


def test_the_deputy_answers_while_the_post_is_vacant(town: Town, cast: Cast) -> None:
    manager = create_post(by=SETUP, title_sv="Vägchef", title_fi="Tiepäällikkö", unit=town.roads)
    fill_post(manager, by=SETUP, person=cast.head_of_unit)
    post = edit_post(town.road_engineer, by=SETUP, deputy=manager)
    assert post.answers_on(clock.today()) == cast.head_of_unit
    holding = fill_post(post, by=SETUP, person=cast.handler, since=SPRING)
    assert post.answers_on(clock.today()) == cast.handler
    end_holding(holding, by=SETUP)
    assert Post.objects.get(pk=post.pk).answers_on(clock.today()) == cast.head_of_unit
    with pytest.raises(ValidationError):
        edit_post(manager, by=SETUP, deputy=manager)


def test_only_an_administrator_adds_fills_and_abolishes_posts(town: Town, cast: Cast) -> None:
    post = town.road_engineer
    holding = fill_post(post, by=actor(cast.administrator), person=cast.handler)
    for verb in (
        lambda by: create_post(by=by, title_sv="x", title_fi="x", unit=town.roads),
        lambda by: edit_post(post, by=by, title_sv="x"),
        lambda by: fill_post(post, by=by, person=cast.handler),
        lambda by: change_holding(holding, by=by, since=SPRING, until=None, decision=""),
        lambda by: end_holding(holding, by=by),
        lambda by: close_post(post, by=by),
    ):
        for person in (None, cast.handler, cast.head_of_unit, cast.registrar):
            with pytest.raises(NotAllowed):
                verb(actor(person))


def test_communications_write_the_title_in_another_language_and_nothing_else(town: Town, cast: Cast) -> None:
    reword(town.road_engineer, texts={"title": {"en": "Engineer of roads"}}, by=actor(cast.communications))
    assert Post.objects.get(pk=town.road_engineer.pk).title_en == "Engineer of roads"
    with pytest.raises(NotAllowed):
        edit_post(town.road_engineer, by=actor(cast.communications), title_en="x")
    with pytest.raises(NotAllowed):
        reword(town.road_engineer, texts={"title": {"en": "x"}}, by=actor(cast.handler))


def test_a_post_is_abolished_only_when_nobody_holds_it_and_then_it_stays_empty(town: Town, cast: Cast) -> None:
    post = town.road_engineer
    holding = fill_post(post, by=SETUP, person=cast.employee, since=SPRING)
    with pytest.raises(NotPossible):
        close_post(post, by=SETUP)
    end_holding(holding, by=SETUP)
    with pytest.raises(NotPossible):
        close_unit(town.roads, by=SETUP)
    close_post(post, by=SETUP)
    with pytest.raises(NotPossible):
        fill_post(post, by=SETUP, person=cast.employee)
    close_unit(town.roads, by=SETUP)


def test_the_holder_is_named_to_those_who_may_see_the_person(town: Town, cast: Cast, client: Client, client_for: Browser) -> None:
    address = town.road_engineer.subject.url_in("sv")
    assert "vakant" in client.get(address).content.decode()
    fill_post(town.road_engineer, by=SETUP, person=cast.handler)
    for language, word in (("sv", "tillsatt"), ("fi", "täytetty"), ("en", "filled")):
        page = client.get(town.road_engineer.subject.url_in(language)).content.decode()
        assert word in page
        assert cast.handler.name not in page
    seen = client_for(cast.employee).get(address).content.decode()
    assert cast.handler.name in seen
    assert town.road_engineer.title_sv in client_for(cast.employee).get(cast.handler.subject.url_in("sv")).content.decode()


def test_the_subject_of_a_post_points_to_itself_and_to_its_unit(town: Town) -> None:
    subject = town.road_engineer.subject
    subject.refresh_from_db()
    assert (subject.post_id, subject.unit_id) == (subject.pk, town.roads.subject_id)


def test_whoever_holds_a_post_is_not_idle_and_reads_it_in_their_own_data(town: Town, cast: Cast) -> None:
    holding = fill_post(town.road_engineer, by=SETUP, person=cast.resident, since=SPRING)
    with days_later(900):
        assert cast.resident not in idle_people()
        Holding.objects.filter(pk=holding.pk).delete()
        assert cast.resident in idle_people()
    fill_post(town.road_engineer, by=SETUP, person=cast.resident, since=SPRING, decision="§ 3")
    rows = everything_about(cast.resident)["records"]["people.person"]
    assert {"what": "post", "post": town.road_engineer.subject.address, "since": "2025-03-01", "until": None, "decision": "§ 3"} in rows


def test_who_is_erased_leaves_their_posts(town: Town, cast: Cast) -> None:
    other = create_post(by=SETUP, title_sv="Vägchef", title_fi="Tiepäällikkö", unit=town.roads)
    fill_post(town.road_engineer, by=SETUP, person=cast.resident, since=SPRING)
    fill_post(other, by=SETUP, person=cast.resident, since=clock.today() + timedelta(days=9))
    decide_erasure(ask(cast.resident, by=actor(cast.resident)), by=actor(cast.registrar), outcome="granted", reason="Inget hindrar.")
    assert set(Post.objects.vacant()) == {town.road_engineer, other}
    held = Holding.objects.get()
    assert (held.until, held.person.name) == (clock.today() - timedelta(days=1), "")
    with days_later(30):
        assert set(Post.objects.vacant()) == {town.road_engineer, other}


def test_an_administrator_keeps_posts_and_their_holders_in_the_registers(town: Town, cast: Cast, client_for: Browser) -> None:
    desk = client_for(cast.administrator)
    form = {"title_sv": "Vägchef", "title_fi": "Tiepäällikkö", "title_en": "", "unit": town.roads.pk, "is_active": "on"}
    assert desk.post("/sv/registers/posts/add/", {**form, "title_fi": ""}).status_code == 422
    added = desk.post("/sv/registers/posts/add/", form)
    post = Post.objects.get(title_sv="Vägchef")
    assert added.status_code == 302
    assert "selected" in desk.get(f"/sv/registers/holdings/add/?post={post.pk}").content.decode()
    filled = desk.post("/sv/registers/holdings/add/", {"post": post.pk, "person": cast.handler.pk, "since": "2025-01-01"})
    assert filled.status_code == 302
    again = desk.post("/sv/registers/holdings/add/", {"post": post.pk, "person": cast.employee.pk})
    assert again.status_code == 422
    assert "innehar befattningen" in again.content.decode()
    assert cast.handler.name in desk.get("/sv/registers/posts/?holder=filled").content.decode()
    assert "Vägchef" not in desk.get("/sv/registers/posts/?holder=vacant").content.decode()
    assert "Vägchef" in desk.get(f"/sv/registers/posts/?sector={town.technical.pk}").content.decode()
    holding = Holding.objects.get()
    desk.post(f"/sv/registers/holdings/{holding.pk}/close/")
    assert Person.objects.get(pk=cast.handler.pk).holdings.current().count() == 0
    desk.post(f"/sv/registers/posts/{post.subject.code}/close/")
    post.refresh_from_db()
    assert not post.is_active


def test_a_long_register_of_posts_asks_the_database_as_often_as_a_short_one(
    town: Town, cast: Cast, client_for: Browser, django_assert_max_num_queries: Callable[..., object]
) -> None:
    desk = client_for(cast.administrator)
    for number in range(40):
        post = create_post(by=SETUP, title_sv=f"Post {number}", title_fi=f"Virka {number}", unit=town.roads, deputy=town.road_engineer)
        fill_post(post, by=SETUP, person=cast.handler)
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        desk.get("/sv/registers/posts/")
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        desk.get("/sv/registers/holdings/")
