"""Many at the same moment: one voice, one support, nobody's words overwritten. Each guard has a twin that shows what happens without it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections, models
from django.test import Client

from dialogi.commons import guards, traps
from dialogi.commons.models import LedgerEntry, OutboxMessage, Subject
from dialogi.commons.permissions import Conflict
from dialogi.people.models import Contact
from dialogi.testing import Cast, Town, actor
from dialogi.voices import actions
from dialogi.voices.actions import Answer, giving
from dialogi.voices.models import Publication, Reply, State, Support, Voice
from dialogi.voices.tests import factories
from dialogi.voices.views.reading import COOKIE

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8
PATIENCE = 120  # seconds; a slow machine starts its threads late
KEY = "0123456789abcdef0123456789abcdef"


def at_once(work: Callable[[int], Any], *, many: int = MANY) -> list[Any]:
    """Let as many threads do the same as if they had been told at once; return what each came to, also what it raised."""
    start = threading.Barrier(many)

    def one(number: int) -> Any:
        try:
            start.wait(PATIENCE)
            return work(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


@pytest.fixture
def all_have_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst moment: everybody has seen that the form is new before anybody writes."""
    seen = threading.Barrier(MANY)
    ready = giving.draft

    def wait(voice: Voice, **options: Any) -> Any:
        drafted = ready(voice, **options)
        seen.wait(PATIENCE)
        return drafted

    monkeypatch.setattr(giving, "draft", wait)


def sent(number: int) -> str:
    """The same form, sent by a browser; returns where it leads."""
    cache.clear()
    form = {
        "text": "Gatlampan är sönder.",
        "language": "sv",
        "email": "rea@town.example",
        "form_key": KEY,
        "do": "send",
        "opened": traps.opened_now(seconds_ago=10),
    }
    response = Client().post("/sv/speak/", form)
    return str(response.headers.get("Location", response.status_code))


def test_a_form_that_arrives_many_times_at_once_is_one_voice_with_one_receipt(all_have_looked: None) -> None:
    places = at_once(sent)
    assert len(set(places)) == 1
    assert str(places[0]).startswith("/sv/status/")
    assert Voice.objects.count() == 1
    assert Contact.objects.count() == 1, "those who lost the race left nothing behind"
    assert LedgerEntry.objects.filter(kind="voices.voice.given").count() == OutboxMessage.objects.filter(entry__kind="voices.voice.given").count() == 1
    assert Subject.objects.filter(kind="voices.voice").count() == 1


@contextmanager
def not_unique(model: type[models.Model], *names: str) -> Iterator[None]:
    """Do without the uniqueness that the database guards; what was doubled meanwhile is gone afterwards."""
    fields = [model._meta.get_field(name) for name in names]

    def put(unique: bool) -> None:
        # The model says so first: SQLite makes a table anew from all that the model says.
        before = [copy(field) for field in fields]
        for field in fields:
            field._unique = unique
            field.__dict__.pop("unique", None)
        with connection.schema_editor() as editor:
            for old, new in zip(before, fields, strict=True):
                editor.alter_field(model, old, new)

    put(False)
    try:
        yield
    finally:
        with guards.lifted():
            _empty(model)
        put(True)


def _empty(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        for related in model._meta.related_objects:
            if related.field.model is not model and isinstance(related.field, models.ForeignKey):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(related.field.model._meta.db_table)}")
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def test_without_the_databases_word_looking_first_would_not_be_enough(all_have_looked: None) -> None:
    with not_unique(Voice, "form_key", "receipt_digest"):
        at_once(sent)
        assert Voice.objects.count() > 1


# "Me too"


def published(cast: Cast) -> Voice:
    """A voice that everybody may support."""
    voice = factories.given(public=True)
    actions.publish(voice, by=actor(cast.communications))
    assert Voice.objects.get().publication == Publication.PUBLISHED
    return voice


def counted() -> tuple[int, int]:
    """Rows, and what the counter says."""
    return Support.objects.count(), Subject.objects.get(kind="voices.voice").support_count


def test_a_browser_that_presses_many_times_at_once_counts_once(cast: Cast) -> None:
    voice = published(cast)

    def press(number: int) -> int:
        client = Client()
        client.cookies[COOKIE] = "the same browser"
        cache.clear()
        return client.post(f"/sv/voices/{voice.subject.code}/support/").status_code

    assert Counter(at_once(press)) == {302: MANY}
    assert counted() == (1, 1)


def test_two_browsers_of_one_account_count_once_and_two_accounts_twice(cast: Cast) -> None:
    voice = published(cast)
    one, two = actor(cast.resident), actor(cast.another_resident)
    results = at_once(lambda number: actions.support(voice, by=one if number % 2 else two, browser_key=f"browser {number}"))
    assert Counter(results) == {True: 2, False: MANY - 2}
    assert counted() == (2, 2)


def test_giving_and_taking_back_at_once_leaves_the_counter_right(cast: Cast) -> None:
    voice = published(cast)
    one = actor(cast.resident)
    results = at_once(lambda number: actions.support(voice, by=one) if number % 2 else actions.end_support(voice, by=one))
    assert not [result for result in results if isinstance(result, Exception)]
    assert counted()[0] == counted()[1] <= 1


def test_without_the_databases_word_supports_would_be_doubled(cast: Cast) -> None:
    voice = published(cast)
    constraints = [each for each in Support._meta.constraints if isinstance(each, models.UniqueConstraint)]
    with connection.schema_editor() as editor:
        for each in constraints:
            editor.remove_constraint(Support, each)
    try:
        at_once(lambda number: actions.support(voice, by=actor(None), browser_key="the same browser"))
        assert counted()[0] > 1
    finally:
        Support.objects.all().delete()
        with connection.schema_editor() as editor:
            for each in constraints:
                editor.add_constraint(Support, each)


# Words that somebody else is changing


def test_of_many_who_change_the_same_page_one_is_heard_and_the_others_are_told(cast: Cast, town: Town) -> None:
    handler = actor(cast.handler)
    theme = actions.open_theme(titles={"sv": "Plogning", "fi": "Auraus"}, unit=town.roads, by=handler)
    seen = Subject.objects.get(pk=theme.subject_id).version

    def edit(number: int, expecting: int | None = seen) -> str:
        titles = {"sv": f"Plogning {number}", "fi": f"Auraus {number}"}
        return actions.edit_theme(theme, titles=titles, summaries={}, is_need=False, by=handler, expecting=expecting).title_sv

    results = at_once(edit)
    heard = [result for result in results if isinstance(result, str)]
    assert len(heard) == 1
    assert [type(result) for result in results if not isinstance(result, str)] == [Conflict] * (MANY - 1)
    theme.refresh_from_db()
    assert theme.title_sv == heard[0]
    careless = at_once(lambda number: edit(number, None))
    assert len([result for result in careless if isinstance(result, str)]) == MANY, "without the version everybody overwrites everybody"


def test_two_handlers_who_answer_at_once_give_one_answer(cast: Cast, town: Town) -> None:
    voice, handler = factories.given(service=town.snow), actor(cast.handler)
    seen = Subject.objects.get(pk=voice.subject_id).version
    results = at_once(lambda number: actions.reply(voice, answer=Answer(state=State.DONE, text_sv=f"Svar {number}"), by=handler, expecting=seen))
    assert Counter(type(result) for result in results) == {Reply: 1, Conflict: MANY - 1}
    assert Reply.objects.count() == 1


def test_one_moderator_publishes_while_another_refuses_and_one_decision_stands(cast: Cast) -> None:
    voice, checker, rule = factories.given(public=True), actor(cast.communications), factories.rule()

    def decide(number: int) -> Any:
        if number % 2:
            return actions.refuse(voice, rule=rule, explanation="Namnger en person.", by=checker).outcome
        return actions.publish(voice, by=checker).outcome

    results = at_once(decide)
    voice.refresh_from_db()
    outcomes = [str(result) for result in results if isinstance(result, str)]
    # A refusal may be followed by a publication; never the other way round, and never two of a kind.
    assert Counter(outcomes)["refused"] <= 1
    assert Counter(outcomes)["published"] == 1
    assert voice.publication == Publication.PUBLISHED
    assert voice.decisions.count() == len(outcomes)
