"""Many votes of one person at the same moment on one statement: one participant, one vote. The twin shows what the database's word is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import UniqueConstraint
from django.test import Client

from dialogi.consultations import actions
from dialogi.consultations.models import Access, OpinionVote, Participant
from dialogi.consultations.tests.opinions import opinion_phase, voted, voter, votes_by_number
from dialogi.testing import SETUP, Cast, Town, actor
from tests.faults.test_races import MANY, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_votes_of_one_account_at_once_leave_one_vote(town: Town, cast: Cast) -> None:
    phase, me = opinion_phase(town, access=Access.ACCOUNT), actor(cast.resident)
    votes = [votes_by_number(phase, s1=number % 3 - 1) for number in range(MANY)]
    results = at_once(lambda number: actions.vote(phase, votes=votes[number], voter=voter(), by=me))
    assert not [result for result in results if isinstance(result, Exception)]
    assert Participant.objects.count() == OpinionVote.objects.count() == 1


def test_a_browser_that_presses_many_times_before_its_cookie_came_is_one_participant(town: Town) -> None:
    phase = opinion_phase(town)
    statement = phase.opinion_statements.get(number=1)

    def press(number: int) -> int:
        cache.clear()
        sent = {"statement": statement.pk, "value": str(number % 3 - 1), "form_key": "e" * 32}
        return Client().post(f"/sv/consultations/phases/{phase.pk}/opinions/", sent).status_code

    assert Counter(at_once(press)) == {302: MANY}
    assert Participant.objects.count() == OpinionVote.objects.count() == 1


def test_many_who_hold_one_code_are_one_participant(town: Town) -> None:
    phase = opinion_phase(town, access=Access.CODE)
    (code,) = actions.make_codes(phase, count=1, batch="", by=SETUP)
    votes = votes_by_number(phase, s1=1)
    results = at_once(lambda number: actions.vote(phase, votes=votes, voter=voter(access_code=code), by=actor(None)))
    assert not [result for result in results if isinstance(result, Exception)]
    assert Participant.objects.count() == OpinionVote.objects.count() == 1


@contextmanager
def without_uniqueness(model: type[OpinionVote]) -> Iterator[None]:
    """Do without what the database guards. The model says so first: SQLite makes a table anew from all that the model says."""
    every = model._meta.constraints
    unique = [each for each in every if isinstance(each, UniqueConstraint)]
    model._meta.constraints = [each for each in every if each not in unique]
    with connection.schema_editor() as editor:
        for each in unique:
            editor.remove_constraint(model, each)
    try:
        yield
    finally:
        model.objects.all().delete()
        model._meta.constraints = every
        with connection.schema_editor() as editor:
            for each in unique:
                editor.add_constraint(model, each)


def test_without_the_databases_word_votes_would_be_doubled_and_the_verb_takes_none(town: Town) -> None:
    phase = opinion_phase(town)
    mine = voted(phase, s2=1)
    statement, votes = phase.opinion_statements.get(number=1), votes_by_number(phase, s1=1)
    with without_uniqueness(OpinionVote):
        at_once(lambda number: OpinionVote.objects.create(participant=mine, statement=statement, value=1))
        assert OpinionVote.objects.filter(statement=statement).count() == MANY, "nothing else keeps votes single"
        results = at_once(lambda number: actions.vote(phase, votes=votes, voter=voter(known=mine), by=actor(None)))
        assert all(isinstance(result, DatabaseError) for result in results), "the verb leans on the constraint and on nothing else"
