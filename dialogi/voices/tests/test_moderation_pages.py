"""Moderation in the open: the queue, the check, the neutrality rule, appeals, and what everybody sees."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogi.commons.models.attachments import Attachment
from dialogi.people import actions as people
from dialogi.people.models import Role
from dialogi.testing import SETUP, Cast, Town, days_later
from dialogi.voices import actions
from dialogi.voices.models import Appeal, ModerationDecision, Publication, Voice
from dialogi.voices.tests import factories

Acting = Callable[..., object]
Browser = Callable[..., Client]
SECRET = "Ring Kalle 050 123 4567 om lampan."


def _url(voice: Voice, act: str = "") -> str:
    return f"/sv/desk/moderation/{voice.subject.code}/{act}"


def test_the_queue_shows_what_waits_longest_first_and_only_to_those_who_check(cast: Cast, town: Town, client_for: Browser) -> None:
    first = factories.given("Den första.", public=True, service=town.snow)
    with days_later(1):
        second = factories.given("Den andra.", public=True, service=town.snow)
    html = client_for(cast.communications).get("/sv/desk/moderation/").content.decode()
    assert html.index(first.subject.code) < html.index(second.subject.code)
    assert client_for(cast.registrar).get("/sv/desk/moderation/").status_code == 200
    assert client_for(cast.handler).get("/sv/desk/moderation/").status_code == 403
    assert client_for(None).get("/sv/desk/moderation/").status_code == 403


def test_personal_data_is_marked_and_taken_out_of_the_proposed_text(cast: Cast, town: Town, client_for: Browser) -> None:
    factories.rule()
    voice = factories.given(SECRET, public=True, service=town.snow)
    html = client_for(cast.communications).get(_url(voice)).content.decode()
    assert re.search(r"<mark[^>]*>050 123 4567</mark>", html)
    proposal = re.search(r"<textarea[^>]*mask-text[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert proposal is not None
    assert re.fullmatch(r"\s*Ring Kalle \[.+\] om lampan\.", proposal[1])
    assert 'data-key="p"' not in html


def test_a_moderator_publishes_as_written_with_one_press_and_goes_on_to_the_next(cast: Cast, town: Town, client_for: Browser) -> None:
    voice, following = factories.given(public=True, service=town.snow), factories.given(public=True, service=town.snow)
    browser = client_for(cast.communications)
    assert 'data-key="p"' in browser.get(_url(voice)).content.decode()
    answer = browser.post(_url(voice, "publish/"))
    assert answer.headers["Location"] == _url(following)
    assert Voice.objects.get(pk=voice.pk).is_public


def test_a_part_is_hidden_only_under_a_named_rule(cast: Cast, town: Town, client_for: Browser) -> None:
    rule = factories.rule()
    voice = factories.given(SECRET, public=True, service=town.snow)
    browser = client_for(cast.communications)
    refused = browser.post(_url(voice, "mask/"), {"mask-text": "Ring Kalle om lampan."})
    assert refused.status_code == 422
    assert "Ring Kalle om lampan." in refused.content.decode()
    assert browser.post(_url(voice, "mask/"), {"mask-text": "Ring Kalle om lampan.", "mask-rule": rule.pk}).status_code == 302
    voice.refresh_from_db()
    assert (voice.public_words, voice.text) == ("Ring Kalle om lampan.", SECRET)


def test_refusing_and_withdrawing_need_a_rule_and_a_reason(cast: Cast, town: Town, client_for: Browser) -> None:
    rule = factories.rule()
    voice = factories.given(public=True, service=town.snow)
    browser = client_for(cast.communications)
    assert browser.post(_url(voice, "refuse/"), {"hide-rule": rule.pk}).status_code == 422
    assert browser.post(_url(voice, "refuse/"), {"hide-rule": rule.pk, "hide-explanation": "Skäl"}).status_code == 302
    assert Voice.objects.get(pk=voice.pk).publication == Publication.REFUSED
    browser.post(_url(voice, "publish/"))
    assert browser.post(_url(voice, "withdraw/"), {"hide-rule": rule.pk, "hide-explanation": "Skäl"}).status_code == 302
    assert Voice.objects.get(pk=voice.pk).publication == Publication.WITHDRAWN


def test_whoever_works_where_a_voice_points_sees_why_somebody_else_decides(cast: Cast, town: Town, client_for: Browser) -> None:
    voice = factories.given("Kommunikationen svarar aldrig.", public=True, about=town.communications.subject)
    browser = client_for(cast.communications)
    html = browser.get(_url(voice)).content.decode()
    assert "Någon annan måste besluta." in html
    assert "Publicera som den skrevs" not in html
    assert browser.post(_url(voice, "publish/")).status_code == 403
    assert "Någon annan måste besluta" in browser.get("/sv/desk/moderation/").content.decode()
    neutral = people.create_person(by=SETUP, name="Nils Neutral", email="neutral@town.example")
    people.appoint(neutral, by=SETUP, role=Role.COMMUNICATIONS, unit=town.library)
    assert client_for(neutral).post(_url(voice, "publish/")).status_code == 302


def test_an_appeal_is_decided_with_a_reason_by_somebody_else(cast: Cast, town: Town, actor: Acting, client_for: Browser) -> None:
    voice = factories.given(public=True, by=actor(cast.resident), service=town.snow)
    actions.refuse(voice, rule=factories.rule(), explanation="x", by=actor(cast.communications))
    actions.appeal(voice, text="Det var inte skäll.", by=actor(cast.resident))
    first = client_for(cast.communications)
    assert "Det var inte skäll." in first.get(_url(voice)).content.decode()
    assert "appeal-answer" not in first.get(_url(voice)).content.decode()
    assert first.post(_url(voice, "review/"), {"appeal-upheld": "yes", "appeal-answer": "Ja"}).status_code == 403
    second = client_for(cast.registrar)
    assert second.post(_url(voice, "review/"), {"appeal-upheld": "yes"}).status_code == 422
    assert second.post(_url(voice, "review/"), {"appeal-upheld": "yes", "appeal-answer": "Du har rätt."}).status_code == 302
    assert Appeal.objects.get().upheld is True
    assert second.post(_url(voice, "review/"), {"appeal-upheld": "no", "appeal-answer": "Nej"}).status_code == 404


def test_a_photo_is_taken_out_of_public_view_and_put_back(cast: Cast, town: Town, client_for: Browser) -> None:
    voice = factories.given(public=True, service=town.snow)
    other = factories.given(public=True, service=town.snow)
    facts = {"name": "a.jpg", "content_type": "image/jpeg", "size": 1, "sha256": "0" * 64, "role": "photo"}
    photo = Attachment.objects.create(subject=voice.subject, storage_name="a", **facts)
    browser = client_for(cast.communications)
    assert browser.post(_url(other, f"photos/{photo.pk}/")).status_code == 404
    browser.post(_url(voice, f"photos/{photo.pk}/"), {"do": "hide"})
    assert Attachment.objects.get().audience == "unit"
    browser.post(_url(voice, f"photos/{photo.pk}/"), {"do": "show"})
    assert Attachment.objects.get().audience == ""


@pytest.fixture
def decided(cast: Cast, town: Town, actor: Acting) -> Voice:
    """A refused voice with an appeal that was decided."""
    voice = factories.given("Kanariefågelns ord", public=True, by=actor(cast.resident), service=town.snow)
    actions.refuse(voice, rule=factories.rule("insult"), explanation="Kanariefågelns skäl", by=actor(cast.communications))
    actions.decide_appeal(
        actions.appeal(voice, text="Kanariefågelns invändning", by=actor(cast.resident)), upheld=False, answer="Nej", by=actor(cast.registrar)
    )
    return voice


@pytest.mark.parametrize("address", ["/sv/moderation/", "/fi/moderation/", "/en/moderation/?outcome=all", "/sv/moderation/feed.atom"])
def test_everybody_sees_decisions_and_nobody_sees_words_or_moderators(address: str, decided: Voice, client: Client) -> None:
    answer = client.get(address)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "s-maxage" in answer.headers["Cache-Control"]
    assert "Henkilötiedot" in html if address.startswith("/fi") else "Person" in html
    for secret in ("Kanarie", decided.subject.code, "Kaisa", "Reijo", "Rea"):
        assert secret not in html


def test_the_public_log_is_new_at_once_after_a_decision(cast: Cast, town: Town, actor: Acting, client: Client) -> None:
    before = client.get("/sv/moderation/").headers["ETag"]
    actions.refuse(factories.given(public=True, service=town.snow), rule=factories.rule(), explanation="x", by=actor(cast.communications))
    assert client.get("/sv/moderation/").headers["ETag"] != before


def test_the_log_shows_published_ones_only_when_asked(cast: Cast, town: Town, actor: Acting, client: Client) -> None:
    actions.publish(factories.given(public=True, service=town.snow), by=actor(cast.communications))
    assert "Publicerad som den skrevs</td>" not in client.get("/sv/moderation/").content.decode()
    assert "Publicerad som den skrevs</td>" in client.get("/sv/moderation/?outcome=published").content.decode()
    assert client.get("/sv/moderation/?outcome=nonsense&page=x").status_code == 200


def _many(count: int, cast: Cast, town: Town) -> None:
    rule = factories.rule()
    for number in range(count):
        voice = factories.given(f"Nummer {number}", public=True, service=town.snow)
        ModerationDecision.objects.create(voice=voice, outcome="refused", rule=rule, decided_by=cast.communications)


@pytest.mark.parametrize("address", ["/sv/desk/moderation/", "/sv/moderation/?outcome=all"])
def test_the_lists_cost_the_same_for_ten_and_for_many(address: str, cast: Cast, town: Town, client_for: Browser, settings: object) -> None:
    settings.PUBLIC_DOOR = False  # type: ignore[attr-defined]
    browser = client_for(cast.communications)
    costs = []
    for _round in range(2):
        _many(5 if not costs else 25, cast, town)
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        costs.append(len(queries))
    assert costs[0] == costs[1]
