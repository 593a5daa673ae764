"""What happened reaches those who react and those who are told: once each, in their language, whatever breaks on the way."""

import itertools
import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils.translation import gettext

from dialogi import testing
from dialogi.commons import clock, outbox, sending, summaries
from dialogi.commons.follows import follow
from dialogi.commons.kinds import QUIET
from dialogi.commons.messages import Message, Receiver, queue
from dialogi.commons.models import Delivery, LedgerEntry, OutboxMessage
from dialogi.commons.permissions import NotAllowed
from dialogi.commons.registry import registry
from dialogi.commons.tests.happenings import happened, hide
from dialogi.commons.thread import tie
from dialogi.testing import Cast, Town

pytestmark = pytest.mark.django_db
CHANGED = "people.area.changed"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def quiet(town: Town) -> Town:
    """A town whose earlier happenings are told already."""
    assert town.smedsby
    assert town.replot
    while outbox.drain():
        pass
    return town


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """Messages that the rooms address when an area changes; a test fills the list."""
    messages: list[Message] = []
    monkeypatch.setitem(registry.messages, CHANGED, [lambda entry: messages])
    monkeypatch.setitem(registry.reactions, CHANGED, [])
    return messages


def letter_to(address: str = "Rea Resident\nStrandvägen 1\n65610 Korsholm") -> Message:
    return Message(Receiver("letter", address, "sv"), "Svar", "Hej")


def mail_to(address: str = "rea@town.example", language: str = "sv", **options: object) -> Message:
    return Message(Receiver("email", address, language), lambda: gettext("Follow"), "Hej", **options)


def drain() -> None:
    while outbox.drain():
        pass


def test_each_receiver_gets_one_mail_in_their_own_language(quiet: Town, told: list[Message]) -> None:
    told += [mail_to("a@town.example", "sv"), mail_to("b@town.example", "fi"), mail_to("A@town.example", "sv")]
    happened(quiet.smedsby)
    drain()
    assert sending.send() == 2
    assert sorted((each.to[0], each.subject) for each in mail.outbox) == [("a@town.example", "Följ"), ("b@town.example", "Seuraa")]
    drain()
    assert sending.send() == 0


def test_a_mail_says_what_machines_must_know(quiet: Town, told: list[Message]) -> None:
    told.append(mail_to(reason="Du har skrivit till oss."))
    happened(quiet.smedsby)
    drain()
    sending.send()
    sent = mail.outbox[0]
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.extra_headers["Message-ID"] == Delivery.objects.get().message_id
    assert "List-Unsubscribe" not in sent.extra_headers
    assert "Du har skrivit till oss." in sent.body
    assert sent.alternatives[0][1] == "text/html"


def test_a_line_break_in_a_heading_cannot_make_a_header(quiet: Town, told: list[Message]) -> None:
    told.append(Message(Receiver("email", "rea@town.example", "sv"), "Svar\r\nBcc: all@town.example", "<b>Hej</b>"))
    happened(quiet.smedsby)
    drain()
    sending.send()
    assert mail.outbox[0].subject == "Svar Bcc: all@town.example"
    assert mail.outbox[0].message()["Bcc"] is None
    assert "&lt;b&gt;Hej" in mail.outbox[0].alternatives[0][0]


def test_an_address_that_cannot_be_one_fails_and_is_seen(quiet: Town, told: list[Message]) -> None:
    told.append(mail_to("rea@town.example\nBcc: all@town.example"))
    happened(quiet.smedsby)
    drain()
    assert sending.send() == 0
    assert sending.failed().get().error.startswith("ValidationError")


class Away:
    """A mail server that fails in a way of one's choice."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def open(self) -> bool:
        return True

    def close(self) -> None:
        pass

    def send_messages(self, messages: list[object]) -> int:
        raise self.error


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPConnectError(421, "busy"),
        smtplib.SMTPDataError(451, "later"),
    ],
)
def test_nothing_is_lost_while_the_mail_server_is_away_and_one_mail_goes_out_after(
    quiet: Town, told: list[Message], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    with clock.at(MONDAY):
        told.append(mail_to())
        happened(quiet.smedsby)
        drain()
        with monkeypatch.context() as patch:
            patch.setattr(sending, "get_connection", lambda: Away(error))
            sending.send()
    with clock.at(MONDAY + timedelta(minutes=4)), monkeypatch.context() as patch:
        patch.setattr(sending, "get_connection", lambda: Away(error))
        sending.send()
    key = Delivery.objects.get().message_id
    with clock.at(MONDAY + timedelta(hours=1)):
        assert sending.send() == 1
        assert sending.send() == 0
    assert [each.extra_headers["Message-ID"] for each in mail.outbox] == [key]


def test_one_refused_address_fails_and_the_others_are_served(quiet: Town, told: list[Message], monkeypatch: pytest.MonkeyPatch) -> None:
    told += [mail_to("gone@town.example"), mail_to("rea@town.example")]
    happened(quiet.smedsby)
    drain()
    plain = mail.get_connection()

    class Choosy(Away):
        def send_messages(self, messages: list[object]) -> int:
            if messages[0].to == ["gone@town.example"]:
                raise smtplib.SMTPRecipientsRefused({"gone@town.example": (550, b"no such user")})
            return plain.send_messages(messages)

    monkeypatch.setattr(sending, "get_connection", lambda: Choosy(OSError()))
    assert sending.send() == 1
    assert sending.failed().get().error.endswith("550")
    assert "gone" not in sending.failed().get().error


def test_a_reaction_that_fails_is_tried_again_and_parked_after_five_times(quiet: Town, told: list[Message]) -> None:
    told.append(mail_to())
    calls: list[int] = []

    def poison(entry: LedgerEntry) -> None:
        calls.append(entry.pk)
        raise ValueError("secret words")

    registry.reactions[CHANGED] = [poison]
    entry = happened(quiet.smedsby)
    for hours in range(8):
        with clock.at(clock.now() + timedelta(hours=hours)):
            drain()
            sending.send()
    assert calls == [entry.pk] * 5
    with clock.at(clock.now() + timedelta(hours=9)):
        assert outbox.parked().get().entry_id == entry.pk
        assert outbox.parked().get().error.startswith("ValueError in")
        assert "secret" not in outbox.parked().get().error
        assert len(mail.outbox) == 1, "the message went out once although the reaction failed"
        registry.reactions[CHANGED] = []
        assert outbox.retry_parked() == 1
        drain()
        assert not outbox.parked().exists()


def test_a_worker_that_dies_in_the_middle_gives_the_row_back(quiet: Town, told: list[Message], monkeypatch: pytest.MonkeyPatch) -> None:
    told.append(mail_to())
    happened(quiet.smedsby)

    def die(entry: LedgerEntry) -> None:
        raise SystemExit

    registry.reactions[CHANGED] = [die]
    with pytest.raises(SystemExit):
        outbox.drain()
    registry.reactions[CHANGED] = []
    assert outbox.drain() == 0
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert outbox.drain() == 1
        sending.send()
    assert len(mail.outbox) == 1


def test_followers_are_told_what_happened_with_a_way_to_stop(quiet: Town, cast: Cast) -> None:
    follow(quiet.smedsby.subject, by=testing.actor(cast.another_resident), language="fi")
    happened(quiet.smedsby)
    drain()
    sending.send()
    sent = mail.outbox[0]
    assert sent.to == ["another.resident@town.example"]
    assert "Sepänkylä" in sent.subject
    assert "/fi/" in sent.body
    assert "/sv/" not in sent.body
    assert "/fi/follow/stop/" in sent.extra_headers["List-Unsubscribe"]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_followers_hear_of_what_the_red_thread_ties_to_it_but_not_without_end(quiet: Town, cast: Cast) -> None:
    town = quiet
    chain = [each.subject for each in (town.smedsby, town.replot, town.roads, town.parks)]
    for source, target in itertools.pairwise(chain):
        tie(source, target, kind="merged_into", by=testing.actor(cast.administrator))
    drain()
    for subject, person in zip(chain, (cast.resident, cast.another_resident, cast.handler, cast.official), strict=True):
        follow(subject, by=testing.actor(person))
    happened(town.parks)
    drain()
    told = sorted(account or 0 for account in Delivery.objects.values_list("account", flat=True))
    assert told == sorted(person.account_id or 0 for person in (cast.another_resident, cast.handler, cast.official))


@pytest.mark.parametrize(("reach", "told"), [(QUIET, 0), (0, 1), (1, 2), (3, 4)])
def test_a_kind_says_how_far_along_the_thread_it_is_told(quiet: Town, cast: Cast, monkeypatch: pytest.MonkeyPatch, reach: int, told: int) -> None:
    monkeypatch.setattr(registry.kinds["people.unit.changed"], "reach", reach)
    chain = [each.subject for each in (quiet.smedsby, quiet.replot, quiet.roads, quiet.parks)]
    for source, target in itertools.pairwise(chain):
        tie(source, target, kind="merged_into", by=testing.actor(cast.administrator))
    drain()
    for subject, person in zip(chain, (cast.resident, cast.another_resident, cast.handler, cast.official), strict=True):
        follow(subject, by=testing.actor(person))
    happened(quiet.parks)
    drain()
    assert Delivery.objects.count() == told


def test_followers_hear_nothing_of_what_is_not_public(quiet: Town, cast: Cast) -> None:
    follow(quiet.smedsby.subject, by=testing.actor(cast.resident))
    happened(quiet.smedsby)
    hide(quiet.smedsby.subject)
    drain()
    assert not Delivery.objects.exists()


def test_one_who_wants_a_daily_summary_gets_one_in_the_morning(quiet: Town, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    account = cast.resident.account_id
    monkeypatch.setattr(registry, "digest_of", lambda accounts: {account: "daily"})
    with clock.at(MONDAY):
        follow(quiet.smedsby.subject, by=testing.actor(cast.resident), language="sv")
        happened(quiet.smedsby)
        happened(quiet.smedsby)
        drain()
        assert sending.send() == 0
        assert not summaries.is_due()
    with clock.at(MONDAY + timedelta(days=1)):
        assert summaries.is_due()
        assert summaries.make_summaries() == 1
        assert not summaries.is_due()
        assert sending.send() == 1
    assert mail.outbox[0].subject == "2 nyheter"
    assert mail.outbox[0].body.count("/sv/follow/stop/") == 2


def test_one_who_wants_no_mail_gets_none(quiet: Town, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    account = cast.resident.account_id
    monkeypatch.setattr(registry, "digest_of", lambda accounts: {account: "never"})
    follow(quiet.smedsby.subject, by=testing.actor(cast.resident))
    happened(quiet.smedsby)
    drain()
    assert not Delivery.objects.exists()


def test_a_letter_waits_until_the_staff_has_printed_it(cast: Cast) -> None:
    queue([letter_to()])
    assert sending.send() == 0
    clerk = testing.actor(cast.clerk)
    letters = sending.letters_waiting(by=clerk)
    assert [each.address.splitlines()[0] for each in letters] == ["Rea Resident"]
    with pytest.raises(NotAllowed):
        sending.letters_waiting(by=testing.actor(cast.resident))
    with pytest.raises(NotAllowed):
        sending.letters_printed([letters[0].id], by=testing.actor(cast.resident))
    assert sending.letters_printed([letters[0].id], by=clerk) == 1
    assert sending.letters_printed([letters[0].id], by=clerk) == 0
    assert sending.letters_waiting(by=clerk) == []


def test_messages_lie_encrypted_and_are_erased_after_ninety_days(quiet: Town, told: list[Message]) -> None:
    told.append(mail_to())
    happened(quiet.smedsby)
    drain()
    sending.send()
    raw = Delivery.objects.extra(select={"raw": "receiver || body"}).values_list("raw", flat=True).get()
    assert "town.example" not in raw
    assert "Hej" not in raw
    with clock.at(clock.now() + timedelta(days=91)):
        assert summaries.forget_sent() == 1
    assert OutboxMessage.objects.filter(done_at__isnull=True).count() == 0
