"""The mail server is away while people are answered: nothing is lost, and everything leaves once when it is back."""

from __future__ import annotations

import re
import socket
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from dialogi.commons import clock, outbox, sending
from dialogi.commons.models import Delivery, OutboxMessage
from dialogi.testing import Cast, Town, actor, days_later
from dialogi.voices import actions
from dialogi.voices.actions import Answer, ContactDetails
from dialogi.voices.models import State, Voice
from dialogi.voices.tests import factories

PEOPLE = 6


class Sink:
    """A mail server that keeps what it gets, and can be in a bad mood."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, Message]] = []
        self.mood: Iterator[str] = iter(())

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a message, or answer as the mood is."""
        answer = next(self.mood, "250 kept")
        if answer.startswith("250"):
            self.kept.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content)))
        return answer


@pytest.fixture
def server(settings: Any) -> Iterator[tuple[Controller, Sink]]:
    """A mail server that the settings name and that is not there yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    yield controller, sink
    controller.stop(no_assert=True)


def answered(cast: Cast, town: Town) -> list[Voice]:
    """Voices of strangers who left an address, each answered."""
    voices = [
        factories.given(f"Oplogat {number}.", service=town.snow, contact=ContactDetails(email=f"stranger{number}@town.example")) for number in range(PEOPLE)
    ]
    for voice in voices:
        actions.reply(voice, answer=Answer(state=State.DONE, text_sv="Vi har plogat."), by=actor(cast.handler))
    return voices


def work() -> None:
    """What the worker does."""
    while outbox.drain():
        pass
    sending.send()


def to_strangers(sink: Sink) -> Counter[str]:
    """How many messages each stranger got."""
    return Counter(to for to, _message in sink.kept if to.startswith("stranger"))


@pytest.mark.django_db
def test_answers_given_while_the_server_is_away_all_leave_once_when_it_is_back(cast: Cast, town: Town, server: tuple[Controller, Sink]) -> None:
    controller, sink = server
    voices = answered(cast, town)
    work()
    assert sink.kept == []
    assert {voice.state for voice in Voice.objects.filter(pk__in=[voice.pk for voice in voices])} == {State.DONE}, "people went on working"
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}
    controller.start()
    for _hour in range(3):
        with days_later(0.1):
            work()
    expected = Counter({f"stranger{number}@town.example": 2 for number in range(PEOPLE)})  # the receipt and the answer
    assert to_strangers(sink) == expected
    keys = [message["Message-ID"] for _to, message in sink.kept]
    assert len(keys) == len(set(keys))
    assert not OutboxMessage.objects.filter(done_at=None).exists()


@pytest.mark.django_db
def test_a_server_that_says_not_now_is_asked_again_and_one_that_says_never_is_not(cast: Cast, town: Town, server: tuple[Controller, Sink]) -> None:
    controller, sink = server
    controller.start()
    factories.given("Oplogat.", service=town.snow, contact=ContactDetails(email="stranger0@town.example"))
    sink.mood = iter(["451 not now"])
    work()
    assert to_strangers(sink) == Counter()
    with days_later(0.1):
        work()
    assert to_strangers(sink) == Counter({"stranger0@town.example": 1})
    factories.given("Oplogat.", service=town.snow, contact=ContactDetails(email="stranger1@town.example"))
    sink.mood = iter(["550 nobody here"] * 50)
    for day in range(1, 4):
        with days_later(day):
            work()
    assert "stranger1@town.example" not in to_strangers(sink)
    assert sending.failed().exists(), "somebody can see that it never arrived"


@pytest.mark.django_db
def test_a_word_that_is_asked_for_twice_leaves_once(cast: Cast, town: Town, server: tuple[Controller, Sink]) -> None:
    controller, sink = server
    controller.start()
    answered(cast, town)
    work()
    before = to_strangers(sink)
    OutboxMessage.objects.update(done_at=None, attempts=0, available_at=clock.now())
    with days_later(0.1):
        work()
    assert to_strangers(sink) == before
    assert all(re.match(r"<.+@.+>", message["Message-ID"]) for _to, message in sink.kept)


@pytest.mark.django_db
def test_without_the_mark_that_it_was_sent_it_would_leave_twice(cast: Cast, town: Town, server: tuple[Controller, Sink]) -> None:
    controller, sink = server
    controller.start()
    answered(cast, town)
    work()
    Delivery.objects.update(state="waiting", available_at=clock.now())
    with days_later(0.1):
        work()
    assert max(to_strangers(sink).values()) > 2
