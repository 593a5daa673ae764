"""The rush before a closing, and two planners at one text. Each guard has a twin that shows what happens without it."""

from __future__ import annotations

import secrets
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from http.cookiejar import CookieJar
from typing import Any

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from dialogi.commons import clock
from dialogi.commons.permissions import Conflict
from dialogi.commons.traps import opened_now
from dialogi.consultations import actions
from dialogi.consultations.actions import answering
from dialogi.consultations.models import Consultation, Lateness, Paragraph, Phase, PhaseKind, Response
from dialogi.consultations.views import surveys
from dialogi.testing import SETUP, Cast, Town, client_for
from tests.faults.test_races import MANY, at_once

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERS, PEOPLE = 60, 12
OPEN_FOR = 6.0  # seconds of the rush before the closing; the last of the answers come after it


# Answers before, at and after the second of closing


class Person:
    """A browser of somebody's own, over the wire."""

    def __init__(self, address: str) -> None:
        self.address, self.jar = address, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def read(self, path: str) -> int:
        """Open a page; return its status."""
        try:
            with self.opener.open(self.address + path, timeout=60) as answer:
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def answers(self, path: str, fields: dict[str, str]) -> str:
        """Send the form; return where it leads, or the status."""
        self.read(path)
        token = next(cookie.value for cookie in self.jar if "csrf" in cookie.name)
        data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token or ""}).encode()
        try:
            with self.opener.open(urllib.request.Request(self.address + path, data, {"Referer": self.address + path}), timeout=60) as answer:
                return str(answer.url)
        except urllib.error.HTTPError as error:
            return str(error.code)


@pytest.fixture
def closing_soon(town: Town, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Phase:
    """A survey with one question that closes in some seconds. Everybody has an address of their own, so that nobody is asked to wait."""
    monkeypatch.setattr(surveys, "check", lambda *limits, **told: None)
    words = {f"{name}_{language}": "Enkät" for name in ("title", "summary", "purpose", "open_to_influence") for language in ("sv", "fi")}
    made = actions.create_consultation(by=SETUP, unit=town.parks, **words)
    start = clock.now() - timedelta(days=1)
    phase = actions.add_phase(made, kind=PhaseKind.SURVEY, opens_at=start, closes_at=start + timedelta(days=9), by=SETUP)
    actions.add_question(phase, kind="text", text_sv="Vad tycker du?", text_fi="Mitä mieltä olet?", by=SETUP)
    actions.publish(Consultation.objects.get(pk=made.pk), by=SETUP)
    return Phase.objects.get(pk=phase.pk)


def rush(phase: Phase, server: LiveServer) -> tuple[list[tuple[datetime, str]], list[int]]:
    """Let people answer from shortly before the closing until after it, while others read; return when each was answered, and what was read."""
    question = phase.questions.get()
    Person(server.url).read("/sv/consultations/")  # what is made once has been made by now
    closes_at = clock.now() + timedelta(seconds=OPEN_FOR)
    Phase.objects.filter(pk=phase.pk).update(closes_at=closes_at)
    Consultation.objects.filter(pk=phase.consultation_id).update(closes_at=closes_at)
    path, over = f"/sv/consultations/phases/{phase.pk}/answer/", threading.Event()

    def answer(number: int) -> tuple[datetime, str]:
        wait = (closes_at - clock.now()).total_seconds() if number >= ANSWERS - PEOPLE // 2 else 0
        time.sleep(max(0.0, wait))
        said = {f"q{question.pk}": f"Svar {number}", "do": "send", "form_key": secrets.token_hex(16), "opened": opened_now(seconds_ago=60)}
        begun = clock.now()
        return begun, Person(server.url).answers(path, said)

    def read() -> list[int]:
        seen = []
        while not over.is_set():
            seen.append(Person(server.url).read(phase.consultation.get_absolute_url()))
        return seen

    with ThreadPoolExecutor(PEOPLE + 1) as pool:
        reading = pool.submit(read)
        answered = list(pool.map(answer, range(ANSWERS)))
        over.set()
    return answered, reading.result()


def taken_in_time_but_late(phase: Phase) -> int:
    """How many reached us at the closing or after it and stand as in time."""
    return Response.objects.filter(phase=phase, lateness=Lateness.IN_TIME, sent_at__gte=Phase.objects.get(pk=phase.pk).closes_at).count()


def test_in_the_rush_before_closing_no_answer_is_lost_and_none_that_is_late_counts_as_in_time(closing_soon: Phase, live_server: LiveServer) -> None:
    answered, read = rush(closing_soon, live_server)
    acknowledged = [told for _begun, told in answered if "/consultations/answers/" in told]
    assert len(acknowledged) == ANSWERS, Counter(told for _begun, told in answered if "/answers/" not in told)
    assert len(set(acknowledged)) == ANSWERS == Response.objects.sent().filter(phase=closing_soon).count(), "every acknowledged answer is stored, once"
    assert taken_in_time_but_late(closing_soon) == 0
    late = Response.objects.filter(phase=closing_soon, lateness=Lateness.LATE).count()
    assert PEOPLE // 2 <= late < ANSWERS, "what comes after the closing is received all the same"
    assert Response.objects.filter(phase=closing_soon, lateness=Lateness.LATE, sent_at__lt=Phase.objects.get(pk=closing_soon.pk).closes_at).count() == 0
    assert read, "others read meanwhile"
    assert set(read) == {200}


def test_without_the_clock_of_the_arrival_late_answers_would_count_as_in_time(
    closing_soon: Phase, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "lateness_of", lambda phase, *, arrived_at: Lateness.IN_TIME)
    rush(closing_soon, live_server)
    assert taken_in_time_but_late(closing_soon) > 0


# Two planners


def paragraph(town: Town) -> Paragraph:
    """A paragraph of a draft that is still being written."""
    made = town.playground_plan
    start = clock.now() + timedelta(days=1)
    phase = actions.add_phase(made, kind=PhaseKind.HEARING, opens_at=start, closes_at=start + timedelta(days=9), by=SETUP)
    draft = actions.read_draft(b"# Lek\n\nGungor byggs.\n", name="plan.md")
    return actions.write_version(phase, drafts={"sv": draft, "fi": draft}, change_words={}, by=SETUP).paragraphs.get(number="1.1")


def test_of_planners_who_correct_one_paragraph_at_once_one_is_heard_and_the_others_are_told(town: Town) -> None:
    one = paragraph(town)
    seen = {"sv": one.text_sv, "fi": one.text_fi, "en": one.text_en}

    def correct(number: int, expecting: dict[str, str] | None = seen) -> str:
        texts = {"sv": f"Gungor {number}", "fi": f"Keinut {number}", "en": ""}
        return actions.correct_paragraph(one, texts=texts, by=SETUP, expecting=expecting).text_sv

    results = at_once(correct)
    heard = [result for result in results if isinstance(result, str)]
    assert len(heard) == 1
    assert [type(result) for result in results if not isinstance(result, str)] == [Conflict] * (MANY - 1)
    assert Paragraph.objects.get(pk=one.pk).text_sv == heard[0]
    careless = at_once(lambda number: correct(number, None))
    assert len([result for result in careless if isinstance(result, str)]) == MANY, "without what they saw everybody overwrites everybody"


def test_of_planners_who_write_the_words_at_once_one_is_heard_and_the_others_are_told(town: Town) -> None:
    made = town.playground_plan

    def write(number: int, expecting: int | None = made.subject.version) -> str:
        return str(actions.edit_consultation(made, by=SETUP, expecting=expecting, title_sv=f"Plan {number}").title_sv)

    results = at_once(write)
    heard = [result for result in results if isinstance(result, str)]
    assert len(heard) == 1
    assert [type(result) for result in results if not isinstance(result, str)] == [Conflict] * (MANY - 1)
    assert Consultation.objects.get(pk=made.pk).title_sv == heard[0]
    careless = at_once(lambda number: write(number, None))
    assert len([result for result in careless if isinstance(result, str)]) == MANY, "without the version everybody overwrites everybody"


@pytest.mark.parametrize("what", ["words", "paragraph"])
def test_the_later_planner_reads_what_happened_and_loses_no_word(town: Town, cast: Cast, what: str) -> None:
    one = paragraph(town)
    code = town.playground_plan.subject.code
    forms_at = {"words": (f"/sv/desk/consultations/{code}/words/", "title_sv"), "paragraph": (f"/sv/desk/consultations/paragraphs/{one.pk}/", "text_sv")}
    path, field = forms_at[what]
    first, second = client_for(cast.communications), client_for(cast.head_of_unit)
    forms: list[Any] = [client.get(path).context["form"] for client in (first, second)]
    sent = [{name: form[name].value() or "" for name in form.fields} for form in forms]
    assert first.post(path, {**sent[0], field: "Den förstas ord"}).status_code == 302
    told = second.post(path, {**sent[1], field: "Den andras ord"})
    assert told.status_code == 422
    html = told.content.decode()
    assert "Den andras ord" in html
    assert "medan du arbetade" in html
    stored = Consultation.objects.get(subject__code=code).title_sv if what == "words" else Paragraph.objects.get(pk=one.pk).text_sv
    assert stored == "Den förstas ord"
