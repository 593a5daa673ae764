"""Two voices about the same thing are answered together; of the other one nobody hears who may not read it."""

from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.test import Client

from dialogi.commons.models import LedgerEntry
from dialogi.commons.permissions import NotPossible
from dialogi.testing import Cast, Town, actor
from dialogi.voices import actions
from dialogi.voices.actions import Answer, ContactDetails
from dialogi.voices.kinds import Happened
from dialogi.voices.models import State, Voice
from dialogi.voices.tests import factories
from dialogi.voices.tests.sent import sent, whole

Browser = Callable[..., Client]
pytestmark = pytest.mark.django_db
HIDDEN_WORDS = "Lampan vid kyrkan blinkar"


@pytest.fixture
def pair(town: Town, cast: Cast) -> tuple[Voice, Voice]:
    """A public voice that was found to be the same as one that is not public."""
    hidden = factories.given(HIDDEN_WORDS, service=town.snow)
    same = factories.given("Lampan är mörk", public=True, service=town.snow, contact=ContactDetails(email="rea@town.example"))
    actions.publish(same, by=actor(cast.communications))
    actions.reply(same, answer=Answer(state=State.SAME_AS, text_sv="Vi vet.", same_as=hidden), by=actor(cast.handler))
    return Voice.objects.get(pk=same.pk), hidden


def everything_public(client: Client, voice: Voice) -> str:
    """Each page and feed that tells of the voice."""
    paths = [f"/{language}{voice.subject.address}" for language in ("sv", "fi", "en")]
    paths += ["/sv/voices/", "/sv/voices/feed.atom", f"/sv/follow/{voice.subject.code}/feed.atom", "/sv/"]
    answers = [client.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(answer.content.decode() for answer in answers)


def test_no_page_feed_entry_or_mail_names_a_voice_that_is_not_public(pair: tuple[Voice, Voice], client: Client) -> None:
    same, hidden = pair
    told = everything_public(client, same)
    assert "en som inte är offentlig" in told
    assert "ei julkinen" in told
    told += "\n".join(whole(mail) for mail in sent() if mail.receiver == "rea@town.example")
    told += str([entry.data for entry in LedgerEntry.objects.filter(subject=same.subject)])
    assert hidden.subject.code not in told
    assert HIDDEN_WORDS not in told
    assert LedgerEntry.objects.get(subject=same.subject, kind=Happened.MERGED.value).data["voice_id"] == hidden.subject_id


def test_the_one_it_is_the_same_as_is_named_once_it_is_public_and_no_longer_when_it_is_withdrawn(
    pair: tuple[Voice, Voice], town: Town, cast: Cast, client: Client, client_for: Browser
) -> None:
    same, _hidden = pair
    assert HIDDEN_WORDS in client_for(cast.handler).get(f"/sv/desk/voices/{same.subject.code}/").content.decode()
    other = factories.given("Stolpen lutar", public=True, service=town.snow)
    actions.publish(other, by=actor(cast.communications))
    merged = factories.given("Stolpen är sned", public=True, service=town.snow)
    actions.publish(merged, by=actor(cast.communications))
    actions.reply(merged, answer=Answer(state=State.SAME_AS, text_sv="Vi vet.", same_as=other), by=actor(cast.handler))
    address = merged.subject.url_in("sv")
    assert "om samma sak: Stolpen lutar" in client.get(address).content.decode()
    actions.withdraw(other, rule=factories.rule(), explanation="Namnger någon.", by=actor(cast.communications))
    caches["pages"].clear()  # what a page shows of others is gone when its half minute is over
    shown = client.get(address).content.decode()
    assert "Stolpen lutar" not in shown
    assert other.subject.code not in shown


def test_nobody_ties_to_what_they_may_not_read(town: Town, cast: Cast, client_for: Browser) -> None:
    elsewhere = factories.given("Boken är försenad", service=town.loans)
    mine = factories.given("Lampan är mörk", service=town.snow)
    with pytest.raises(NotPossible):
        actions.reply(mine, answer=Answer(state=State.SAME_AS, text_sv="Samma.", same_as=elsewhere), by=actor(cast.handler))
    desk = client_for(cast.handler)
    words = []
    for code in (elsewhere.subject.code, "XXXXXX"):
        sent = {"state": "same_as", "text_sv": "Samma.", "same_as": code, "version": mine.subject.version}
        answer = desk.post(f"/sv/desk/voices/{mine.subject.code}/reply/", sent)
        assert answer.status_code == 422
        words.append("Det finns ingen annan respons med den koden" in answer.content.decode())
    assert words == [True, True], "what is hidden is answered like what is not there"
    assert Voice.objects.get(pk=mine.pk).state == State.RECEIVED
