"""What can be done with voices, by whom, and what comes of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.codes import digests
from dialogi.commons.models import Audience, Duty, LedgerEntry, OutboxMessage, Subject, Wording
from dialogi.commons.permissions import Conflict, NotAllowed, NotPossible
from dialogi.services import actions as services
from dialogi.testing import SETUP, Cast, Town, days_later
from dialogi.voices import actions
from dialogi.voices.actions import Answer, ContactDetails, Place, Recorded, Said
from dialogi.voices.models import Kind, Publication, SpeaksAs, State, Voice
from dialogi.voices.tests import factories

Acting = Callable[..., object]


def test_a_voice_reaches_the_unit_of_its_service_and_starts_its_clock(town: Town) -> None:
    services.promise(working_days=5, unit=town.roads, kind="fault", by=SETUP)
    voice = factories.given(service=town.snow, kind=Kind.FAULT)
    duty = Duty.objects.get(subject=voice.subject)
    assert voice.unit == town.roads
    assert (duty.basis, duty.days, duty.unit_id) == ("promise", 5, town.roads.subject_id)


def test_accessibility_feedback_runs_by_the_law_and_not_by_the_promise(town: Town) -> None:
    services.promise(working_days=5, kind="accessibility", by=SETUP)
    duty = Duty.objects.get(subject=factories.given(kind=Kind.ACCESSIBILITY, service=town.snow).subject)
    assert (duty.basis, duty.days) == ("statute", 14)
    assert "306/2019" in duty.section


def test_a_form_sent_twice_makes_one_voice_and_one_receipt(town: Town) -> None:
    said = Said(text="Snön ligger kvar.", language="sv")
    first = actions.give_voice(said, form_key="k" * 32, by=ANONYMOUS)
    second = actions.give_voice(said, form_key="k" * 32, by=ANONYMOUS)
    assert (first.voice.pk, first.code) == (second.voice.pk, second.code)
    assert Voice.objects.count() == 1
    assert first.voice.receipt_digest in digests(first.code)
    assert first.code not in str(Voice.objects.values().get())


def test_a_voice_writes_one_entry_with_one_outbox_row_and_no_personal_data(town: Town) -> None:
    contact = ContactDetails(name="Canary Person", email="canary@town.example")
    voice = factories.given("Hemligt ord", contact=contact)
    entry = LedgerEntry.objects.get(subject=voice.subject)
    assert OutboxMessage.objects.filter(entry=entry).count() == 1
    assert "Hemligt" not in str(entry.data)
    assert "canary" not in str(entry.data)


def test_a_voice_has_nothing_to_translate_and_pays_nothing_for_what_has(town: Town) -> None:
    service = town.snow
    with CaptureQueriesContext(connection) as caught:
        voice = factories.given("Lampan är trasig.", service=service)
    assert not [query["sql"] for query in caught.captured_queries if "commons_wording" in query["sql"]]
    assert not Wording.objects.filter(subject=voice.subject).exists()


def test_a_stranger_waits_for_a_check_and_an_official_does_not(cast: Cast, actor: Acting) -> None:
    stranger = factories.given(public=True)
    official = factories.given(public=True, by=actor(cast.official), speaks_as=SpeaksAs.OFFICIAL)
    assert (stranger.publication, official.publication) == (Publication.WAITING, Publication.PUBLISHED)
    assert not Subject.objects.public().filter(pk=stranger.subject_id).exists()
    with pytest.raises(NotAllowed):
        factories.given(by=actor(cast.resident), speaks_as=SpeaksAs.OFFICIAL)
    with pytest.raises(NotAllowed):
        factories.given(by=ANONYMOUS, publication=Publication.STAFF)


def test_a_voice_without_words_or_with_a_place_off_the_earth_is_refused(town: Town) -> None:
    with pytest.raises(ValidationError):
        factories.given("")
    with pytest.raises(ValidationError):
        factories.given(place=Place(latitude=910.0, longitude=21.0))
    assert Voice.objects.count() == 0
    assert Subject.objects.filter(kind="voices.voice").count() == 0


def test_a_clerk_records_for_somebody_else_and_is_never_the_author(cast: Cast, actor: Acting) -> None:
    arrived = clock.now() - timedelta(days=3)
    recorded = Recorded(channel="letter", arrived_at=arrived, helped_by="Dotter", was_read_back=True, consent_wording="Jag får kontaktas.")
    given = actions.record_voice(Said(text="Brev om vägen", language="sv"), recorded, form_key="letter-1", by=actor(cast.clerk))
    assert given.voice.author is None
    assert given.voice.recorded_by == cast.clerk
    assert Duty.objects.get(subject=given.voice.subject).started_at == arrived
    with pytest.raises(NotAllowed):
        actions.record_voice(Said(text="x", language="sv"), recorded, form_key="letter-2", by=actor(cast.resident))
    ahead = Recorded(channel="phone", arrived_at=clock.now() + timedelta(hours=1))
    with pytest.raises(NotPossible):
        actions.record_voice(Said(text="x", language="sv"), ahead, form_key="letter-3", by=actor(cast.clerk))


def test_the_unit_answers_in_the_language_of_the_voice_and_nobody_else_does(cast: Cast, town: Town, actor: Acting) -> None:
    voice = factories.given("Katuvalo on rikki.", language="fi", service=town.street_lights)
    answer = Answer(state=State.DONE, text_fi="Lamppu on vaihdettu.")
    with pytest.raises(NotAllowed):
        actions.reply(voice, answer=answer, by=actor(cast.other_handler))
    with pytest.raises(NotPossible):
        actions.reply(voice, answer=Answer(state=State.DONE, text_sv="Bytt."), by=actor(cast.handler))
    actions.reply(voice, answer=answer, by=actor(cast.handler))
    voice.refresh_from_db()
    assert (voice.state, voice.is_answered) == (State.DONE, True)
    assert Duty.objects.get(subject=voice.subject).is_kept


def test_two_handlers_never_overwrite_each_other(cast: Cast, town: Town, actor: Acting) -> None:
    voice = factories.given(service=town.snow)
    seen = voice.subject.version
    actions.assign(voice, unit=town.parks, reason="Parkväg", by=actor(cast.handler), expecting=seen)
    with pytest.raises(Conflict):
        actions.assign(voice, unit=town.library, reason="Fel", by=actor(cast.head_of_unit), expecting=seen)


def test_moving_a_voice_needs_a_reason_and_keeps_the_clock(cast: Cast, town: Town, actor: Acting) -> None:
    voice = factories.given(service=town.snow)
    due = Duty.objects.get(subject=voice.subject).due_at
    with pytest.raises(NotPossible):
        actions.assign(voice, unit=town.parks, reason=" ", by=actor(cast.handler))
    with pytest.raises(NotPossible):
        actions.assign(voice, unit=town.parks, handler=cast.other_handler, reason="Fel person.", by=actor(cast.handler))
    actions.assign(voice, unit=town.parks, handler=cast.head_of_unit, reason="Det är en parkväg.", by=actor(cast.handler))
    moved = Duty.objects.get(subject=voice.subject)
    assert (moved.due_at, moved.unit_id) == (due, town.parks.subject_id)


def test_a_theme_is_answered_once_and_each_open_voice_with_it(cast: Cast, town: Town, actor: Acting) -> None:
    handler = actor(cast.handler)
    voices = [factories.given("Plogningen uteblev.", service=town.snow), factories.given("Auraus puuttui.", language="fi", service=town.snow)]
    own = factories.given("Har redan svar.", service=town.snow)
    actions.reply(own, answer=Answer(state=State.DONE, text_sv="Klart."), by=handler)
    theme = actions.open_theme(titles={"sv": "Plogning", "fi": "Auraus"}, unit=town.roads, by=handler)
    assert actions.gather([*voices, own], theme=theme, by=handler) == 3
    both = Answer(state=State.PLANNED, text_sv="Vi plogar tidigare.", text_fi="Auraamme aiemmin.")
    with pytest.raises(NotAllowed):
        actions.reply_to_theme(theme, answer=both, by=actor(cast.other_handler))
    with pytest.raises(ValidationError):
        actions.reply_to_theme(theme, answer=Answer(state=State.PLANNED, text_sv="Bara svenska."), by=handler)
    actions.reply_to_theme(theme, answer=both, by=handler)
    assert set(Voice.objects.filter(theme=theme).values_list("state", flat=True)) == {State.PLANNED, State.DONE}
    assert not Duty.objects.open().filter(what="voices.answer").exists()


def test_a_voice_opens_again_when_the_author_says_it_did_not_help(cast: Cast, town: Town, actor: Acting) -> None:
    voice = factories.given(service=town.snow, by=actor(cast.resident))
    with pytest.raises(NotPossible):
        actions.reopen(voice, reason="Ännu mörkt", by=actor(cast.resident))
    actions.reply(voice, answer=Answer(state=State.DONE, text_sv="Klart."), by=actor(cast.handler))
    with days_later(28):
        actions.mark_asked([voice], by=SETUP)
        with pytest.raises(NotAllowed):
            actions.reopen(voice, reason="Nej", by=actor(cast.another_resident))
        reopened = actions.reopen(voice, reason="Ännu mörkt", by=actor(cast.resident))
        assert (reopened.state, reopened.answered_at, reopened.reopened_count) == (State.IN_HAND, None, 1)
        assert Duty.objects.open().filter(subject=voice.subject, what="voices.answer").count() == 1


def test_publication_names_its_rule_and_masks_only_what_the_public_reads(cast: Cast, town: Town, actor: Acting) -> None:
    voice = factories.given("Ring Kalle 050 000 0001 om lampan.", public=True, service=town.snow)
    with pytest.raises(NotPossible):
        actions.publish(voice, masked_text="Ring [dolt] om lampan.", by=actor(cast.communications))
    actions.publish(voice, masked_text="Ring [dolt] om lampan.", rule=factories.rule(), by=actor(cast.communications))
    voice.refresh_from_db()
    assert voice.is_public
    assert "050" not in voice.subject.title_sv
    assert "050" in voice.text
    assert Subject.objects.get(pk=voice.subject_id).audience == Audience.PUBLIC


def test_whoever_a_voice_is_about_cannot_hide_it(cast: Cast, town: Town, actor: Acting) -> None:
    about_communications = factories.given("Kommunikationen svarar aldrig.", public=True, about=town.communications.subject)
    handler = actor(cast.handler)
    with pytest.raises(NotAllowed):
        actions.refuse(factories.given(public=True, service=town.snow), rule=factories.rule(), explanation="", by=handler)
    assert about_communications.unit == town.communications
    with pytest.raises(NotAllowed):
        actions.refuse(about_communications, rule=factories.rule(), explanation="", by=actor(cast.communications))


def test_a_refusal_is_appealed_and_somebody_else_decides(cast: Cast, town: Town, actor: Acting) -> None:
    voice = factories.given("Skäll", public=True, by=actor(cast.resident), service=town.snow)
    actions.refuse(voice, rule=factories.rule("insult"), explanation="Hårt ord", by=actor(cast.communications))
    with pytest.raises(NotAllowed):
        actions.appeal(voice, text="Inte skäll", by=actor(cast.another_resident))
    made = actions.appeal(voice, text="Inte skäll", by=actor(cast.resident))
    with pytest.raises(NotAllowed):
        actions.decide_appeal(made, upheld=True, answer="Du har rätt.", by=actor(cast.communications))
    actions.decide_appeal(made, upheld=True, answer="Du har rätt.", by=actor(cast.registrar))
    voice.refresh_from_db()
    assert voice.is_public


def test_support_counts_once_for_each_account_and_each_browser(cast: Cast, town: Town, actor: Acting) -> None:
    voice = factories.given(public=True, by=actor(cast.resident), service=town.snow)
    with pytest.raises(NotAllowed):
        actions.support(voice, by=ANONYMOUS, browser_key="b" * 64)
    actions.publish(voice, by=actor(cast.communications))
    assert actions.support(voice, by=ANONYMOUS, browser_key="b" * 64)
    assert not actions.support(voice, by=ANONYMOUS, browser_key="b" * 64)
    assert actions.support(voice, by=actor(cast.another_resident))
    with pytest.raises(NotAllowed):
        actions.support(voice, by=actor(cast.resident))
    assert Subject.objects.get(pk=voice.subject_id).support_count == 2
    assert actions.end_support(voice, by=ANONYMOUS, browser_key="b" * 64)
    assert Subject.objects.get(pk=voice.subject_id).support_count == 1


def test_the_registrar_gives_a_case_number_and_nobody_else_does(cast: Cast, town: Town, actor: Acting) -> None:
    voice = factories.given(service=town.snow)
    with pytest.raises(NotAllowed):
        actions.give_case_number(voice, number="1/00.04.01/2026", retention_class="voices.feedback", by=actor(cast.handler))
    with pytest.raises(NotPossible):
        actions.give_case_number(voice, number="hej", retention_class="voices.feedback", by=actor(cast.registrar))
    numbered = actions.give_case_number(voice, number="1/00.04.01/2026", retention_class="voices.feedback", by=actor(cast.registrar))
    assert numbered.case_number == "1/00.04.01/2026"
