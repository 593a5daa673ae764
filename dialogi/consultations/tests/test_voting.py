"""Voting on statements: one after another, as a list, by code, by account, by a clerk; refused after the closing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dialogi.commons import clock
from dialogi.commons.models import LedgerEntry
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.consultations import actions
from dialogi.consultations.actions import Told
from dialogi.consultations.actions.mapping import draw_opinion_map
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Access, OpinionVote, Participant, Phase
from dialogi.consultations.tests.opinions import opinion_phase, voted, voter, votes_by_number
from dialogi.testing import SETUP, Cast, Town, actor, client_for


def address(phase: Phase, what: str = "", *, language: str = "sv") -> str:
    return f"/{language}/consultations/phases/{phase.pk}/opinions/{what}"


def asked(page: str) -> int:
    """The statement that a page asks about."""
    return int(page.split('name="statement" value="')[1].split('"')[0])


def key_in(page: str) -> str:
    return page.split('name="form_key" value="')[1].split('"')[0]


def say(browser: Client, phase: Phase, value: int) -> str:
    """Answer what the page asks; return the next page."""
    shown = browser.get(address(phase)).content.decode()
    done = browser.post(address(phase), {"statement": asked(shown), "value": value, "form_key": key_in(shown)}, follow=True)
    assert done.redirect_chain, done.content.decode()
    return done.content.decode()


def test_anybody_votes_on_one_statement_after_another_without_an_account(town: Town) -> None:
    phase, browser = opinion_phase(town), Client()
    shown = browser.get(address(phase, language="fi")).content.decode()
    assert "Palvelupisteen pitää olla auki illalla." in shown
    assert f"opinion-{phase.pk}" not in browser.cookies, "whoever only looks gets no cookie"
    assert "Du höll med:" in say(browser, phase, 1)
    assert f"opinion-{phase.pk}" in browser.cookies
    say(browser, phase, -1)
    say(browser, phase, 0)
    assert "alla 4 påståenden" in say(browser, phase, 1)
    assert Participant.objects.count() == 1
    assert sorted(OpinionVote.objects.values_list("value", flat=True)) == [-1, 0, 1, 1]
    assert LedgerEntry.objects.filter(kind=Happened.OPINION_VOTED).count() == 1, "the ledger says that somebody took part, once"


def test_a_vote_is_changed_in_the_list_until_the_closing_and_refused_after_it(town: Town) -> None:
    phase, browser = opinion_phase(town), Client()
    say(browser, phase, 1)
    shown = browser.get(address(phase, "all/")).content.decode()
    first, second = phase.opinion_statements.order_by("number")[:2]
    assert re.search(rf'name="v{first.pk}"[^>]*value="1"[^>]*checked', shown), "one's own vote stands in the list"
    change = {f"v{first.pk}": "-1", f"v{second.pk}": "0", "form_key": key_in(shown)}
    assert browser.post(address(phase, "all/"), change).status_code == 302
    assert dict(OpinionVote.objects.values_list("statement", "value")) == {first.pk: -1, second.pk: 0}
    with clock.at(phase.closes_at - timedelta(seconds=1)):
        assert browser.post(address(phase, "all/"), {**change, f"v{first.pk}": "1"}).status_code == 302
    with clock.at(phase.closes_at):
        refused = browser.post(address(phase, "all/"), change)
        assert refused.status_code == 422
        assert "Tiden är ute. Röster tas inte emot efter stängningen" in refused.content.decode()
    assert OpinionVote.objects.get(statement=first).value == 1


def test_a_form_sent_twice_before_the_cookie_came_makes_one_participant(town: Town) -> None:
    phase = opinion_phase(town)
    shown = Client().get(address(phase)).content.decode()
    sent = {"statement": asked(shown), "value": "1", "form_key": key_in(shown)}
    assert [Client().post(address(phase), {**sent, "value": value}).status_code for value in ("1", "-1")] == [302, 302]
    assert Participant.objects.count() == 1
    assert OpinionVote.objects.get().value == -1


def test_the_next_person_at_a_shared_computer_is_somebody_else(town: Town) -> None:
    phase, browser = opinion_phase(town), Client()
    say(browser, phase, 1)
    assert browser.post(address(phase, "leave/")).status_code == 302
    assert "Du höll med:" not in browser.get(address(phase)).content.decode()
    say(browser, phase, -1)
    assert sorted(OpinionVote.objects.values_list("value", flat=True)) == [-1, 1]
    assert Participant.objects.count() == 2


def test_a_forged_cookie_is_nobody(town: Town) -> None:
    phase, browser = opinion_phase(town), Client()
    mine = voted(phase, s1=1)
    browser.cookies[f"opinion-{phase.pk}"] = f"{mine.pk}:forged"
    say(browser, phase, -1)
    assert OpinionVote.objects.get(participant=mine).value == 1
    assert Participant.objects.count() == 2


def test_what_is_not_a_vote_is_told_and_nothing_is_kept(town: Town) -> None:
    phase, browser = opinion_phase(town), Client()
    statement = phase.opinion_statements.first()
    for value in ("2", "", "x"):
        assert browser.post(address(phase), {"statement": statement.pk, "value": value}).status_code == 422
    assert browser.post(address(phase), {"statement": 999_999, "value": "1"}).status_code == 422
    assert not OpinionVote.objects.exists()


def test_one_participant_for_each_account_on_whatever_device(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town, access=Access.ACCOUNT)
    assert "Logga in" in Client().get(address(phase)).content.decode()
    statement = phase.opinion_statements.first()
    assert Client().post(address(phase), {"statement": statement.pk, "value": "1"}).status_code == 403
    for value in ("1", "-1"):
        browser = client_for(cast.resident)
        assert browser.post(address(phase), {"statement": statement.pk, "value": value}).status_code == 302
        assert f"opinion-{phase.pk}" not in browser.cookies, "an account needs no cookie"
    assert OpinionVote.objects.get().value == -1
    assert Participant.objects.get().person == cast.resident


@pytest.mark.parametrize("access", [Access.CODE, Access.ACCOUNT_OR_CODE])
def test_a_single_use_code_is_one_participant_who_goes_on_with_it(town: Town, access: str) -> None:
    phase = opinion_phase(town, access=access)
    (code,) = actions.make_codes(phase, count=1, batch="Replot", by=SETUP)
    statement, other = phase.opinion_statements.order_by("number")[:2]
    browser = Client()
    assert "Engångskod" in browser.get(address(phase)).content.decode()
    assert browser.post(address(phase), {"statement": statement.pk, "value": "1"}).status_code == 422
    wrong = browser.post(address(phase), {"statement": statement.pk, "value": "1", "access_code": "FJK2-FJK2-FJK2-FJK2"})
    assert wrong.status_code == 422
    assert browser.post(address(phase), {"statement": statement.pk, "value": "1", "access_code": code.lower()}).status_code == 302
    assert browser.post(address(phase), {"statement": other.pk, "value": "1"}).status_code == 302, "the browser is known now"
    again = Client()
    assert again.post(address(phase), {"statement": statement.pk, "value": "-1", "access_code": code}).status_code == 302
    assert Participant.objects.count() == 1
    assert OpinionVote.objects.get(statement=statement).value == -1


def test_a_clerk_votes_for_somebody_and_the_arrival_decides(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town)
    desk = client_for(cast.clerk)
    where = f"/sv/desk/consultations/phases/{phase.pk}/opinions/record/"
    first, second = phase.opinion_statements.order_by("number")[:2]
    arrived = phase.closes_at - timedelta(hours=1)
    typed = {"channel": "paper", "language": "fi", "arrived_at": arrived.astimezone().strftime("%Y-%m-%dT%H:%M"), "form_key": "a" * 32, "age_band": "75_up"}
    with clock.at(phase.closes_at + timedelta(hours=2)):
        assert desk.post(where, typed).status_code == 422, "somebody who votes on nothing is no participant"
        late = {**typed, "arrived_at": (phase.closes_at + timedelta(hours=1)).astimezone().strftime("%Y-%m-%dT%H:%M")}
        assert desk.post(where, {**late, f"v{first.pk}": "1"}).status_code == 422
        for _again in range(2):
            assert desk.post(where, {**typed, f"v{first.pk}": "1", f"v{second.pk}": "-1"}).status_code == 302
    made = Participant.objects.get()
    assert (made.channel, made.language, made.age_band, made.recorded_by) == ("paper", "fi", "75_up", cast.clerk)
    assert made.votes.count() == 2
    assert client_for(cast.resident).get(where).status_code == 403


def test_a_code_on_a_paper_is_used_up_and_its_owner_goes_on_with_it(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town, access=Access.CODE)
    (code,) = actions.make_codes(phase, count=1, batch="Replot", by=SETUP)
    votes = votes_by_number(phase, s1=1)
    told: dict[str, Any] = {"told": Told(), "channel": "paper", "by": actor(cast.clerk)}
    actions.record_votes(phase, votes=votes, voter=voter(access_code=code), arrived_at=clock.now(), **told)
    with pytest.raises(NotPossible):
        actions.record_votes(phase, votes=votes, voter=voter(access_code=code), arrived_at=clock.now(), **told)
    voted(phase, who=voter(access_code=code), s1=-1)
    assert OpinionVote.objects.get().value == -1


def test_a_clerk_finds_what_can_be_answered_for_somebody(town: Town, cast: Cast) -> None:
    phase, desk = opinion_phase(town), client_for(cast.clerk)
    where = "/sv/desk/consultations/recording/"
    assert where in desk.get("/sv/desk/record/").content.decode()
    assert f"/phases/{phase.pk}/opinions/record/" in desk.get(where).content.decode()
    with clock.at(phase.closes_at + timedelta(days=31)):
        assert f"/phases/{phase.pk}/opinions/record/" not in desk.get(where).content.decode()
    assert client_for(cast.resident).get(where).status_code == 403


def test_age_and_village_are_told_once_and_never_demanded(town: Town) -> None:
    phase, browser = opinion_phase(town), Client()
    about = address(phase, "about-me/")
    assert browser.get(about).status_code == 302, "whoever has not voted is asked nothing"
    say(browser, phase, 1)
    assert "Din ålder" in browser.get(about).content.decode()
    assert browser.post(about, {"age_band": "45_64", "area": town.smedsby.pk}).status_code == 302
    assert browser.get(about).status_code == 302
    made = Participant.objects.get()
    assert (made.age_band, made.area) == ("45_64", town.smedsby)
    with pytest.raises(NotPossible):
        actions.tell_about_oneself(made, told=Told(age_band="75_up"), by=actor(None))


def test_what_fewest_have_voted_on_comes_first(town: Town) -> None:
    phase = opinion_phase(town)
    for _number in range(3):
        voted(phase, s1=1, s2=1, s4=1)
    draw_opinion_map(phase)
    assert asked(Client().get(address(phase)).content.decode()) == votes_by_number(phase, s3=0).popitem()[0]


def test_nothing_is_voted_on_before_the_opening_or_in_a_draft(town: Town) -> None:
    phase = opinion_phase(town, publish=False)
    assert Client().get(address(phase)).status_code == 404
    with pytest.raises(NotPossible):
        voted(phase, s1=1)
    actions.publish(phase.consultation, by=SETUP)
    fresh = Phase.objects.get(pk=phase.pk)
    with clock.at(phase.opens_at - timedelta(seconds=1)):
        assert "Öppnas " in Client().get(address(phase)).content.decode()
        with pytest.raises(NotPossible):
            voted(fresh, s1=1)
    voted(fresh, s1=1)


def test_who_is_refused_leaves_nothing_behind(town: Town) -> None:
    phase = opinion_phase(town, access=Access.ACCOUNT)
    with pytest.raises(NotAllowed):
        voted(phase, s1=1)
    assert not Participant.objects.exists()
