"""Pages of lists that may be as long as the town is large."""

import pytest
from pytest_django import DjangoAssertNumQueries

from dialogi.commons import paging
from dialogi.commons.models import Subject
from dialogi.commons.paging import TownPages, total_of

pytestmark = pytest.mark.django_db
SIZE = 10


@pytest.fixture
def town_of_forty(monkeypatch: pytest.MonkeyPatch) -> None:
    Subject.objects.bulk_create(Subject(kind="tests.noun", code=f"T{number:03d}", address=f"/{number}/") for number in range(40))
    monkeypatch.setattr(paging, "DEEP", 20)
    monkeypatch.setattr(paging, "EXACT", 30)


@pytest.mark.usefixtures("town_of_forty")
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_late_page_shows_what_a_plain_one_would(number: int) -> None:
    rows = Subject.objects.filter(kind="tests.noun").order_by("-code")
    shown = TownPages(rows, SIZE).get_page(number)
    assert list(shown) == list(rows)[(number - 1) * SIZE : number * SIZE]
    assert (shown.has_previous(), shown.has_next(), shown.paginator.num_pages) == (number > 1, number < 4, 4)


@pytest.mark.usefixtures("town_of_forty")
def test_a_page_beyond_the_last_is_the_last() -> None:
    rows = Subject.objects.filter(kind="tests.noun").order_by("code")
    assert [subject.code for subject in TownPages(rows, SIZE).get_page(99)] == [f"T{number:03d}" for number in range(30, 40)]


@pytest.mark.usefixtures("town_of_forty")
def test_a_large_number_is_counted_once_and_a_small_one_each_time(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    many, few = Subject.objects.filter(kind="tests.noun"), Subject.objects.filter(kind="tests.noun", code__lt="T010")
    assert (total_of(many), total_of(few)) == (40, 10)
    Subject.objects.filter(code__in=["T000", "T039"]).delete()
    with django_assert_num_queries(2):
        assert (total_of(many), total_of(few)) == (40, 9)
