"""Changed since it was approved: versions as they were, and only what counts as a change."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from dialogi.commons import clock
from dialogi.commons.changes import Approved, Changes, changes_since, version_at
from dialogi.commons.tests.happenings import happened
from dialogi.testing import Town, days_later

pytestmark = pytest.mark.django_db


def test_the_version_of_that_day_is_found_in_the_ledger(town: Town) -> None:
    subject, born = town.smedsby.subject, clock.now()
    with days_later(2) as edited:
        happened(town.smedsby)
    subject.refresh_from_db()
    assert [version_at(subject, moment=edited + timedelta(days=day)) for day in (-1, 1)] == [1, 2]
    assert version_at(subject, moment=born - timedelta(days=30)) == 1, "it was not here yet: its first version"


def test_an_edit_after_the_approval_shows_and_what_is_no_edit_does_not(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    early, late = Approved(town.smedsby.subject_id, 1), Approved(town.smedsby.subject_id, 3)
    other = Approved(town.replot.subject_id, 1)
    for what in ("changed", "closed", "changed"):
        entry = happened(town.smedsby, what)
    with django_assert_num_queries(1):
        found = changes_since([early, late, other])
    assert found == {early: Changes(2, entry.happened_at), late: Changes(1, entry.happened_at), other: Changes()}
    with django_assert_num_queries(0):
        assert changes_since([]) == {}


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
def test_the_part_says_so_in_the_language_of_the_page(language: str) -> None:
    with override(language):
        unchanged, changed, often = (render_to_string("commons/_changed_since.html", {"changes": Changes(n, clock.now())}) for n in (0, 1, 2))
    assert "notice" in changed
    assert "notice" not in unchanged
    assert len({unchanged, changed, often}) == 3
