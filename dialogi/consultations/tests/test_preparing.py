"""Preparing: blueprint, copy, parity gate, preview, publication, more time, the result, the clock."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from dialogi.commons import clock, duties, outbox, sending
from dialogi.commons.calendar import ZONE
from dialogi.commons.models import Duty, LedgerEntry
from dialogi.commons.permissions import Conflict, NotAllowed, NotPossible
from dialogi.consultations import actions
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Consultation, PhaseKind, Stage
from dialogi.consultations.queries.parity import lacking
from dialogi.consultations.rules import ANSWER_DUTY
from dialogi.testing import SETUP, Cast, Town, actor, client_for


def told(consultation: Consultation, kind: Happened) -> int:
    return LedgerEntry.objects.filter(subject=consultation.subject, kind=kind.value).count()


def test_a_planner_begins_from_a_blueprint_and_others_may_not(town: Town, cast: Cast) -> None:
    page = client_for(cast.communications)
    said = {"title_sv": "Delgeneralplan", "unit": town.parks.pk, "blueprint": "hearing", "opens_on": "2027-03-01"}
    assert page.post("/sv/desk/consultations/new/", said).status_code == 302
    made = Consultation.objects.get()
    assert [phase.kind for phase in made.phases.all()] == [PhaseKind.INFORM, PhaseKind.HEARING, PhaseKind.ANSWER, PhaseKind.DECISION]
    assert made.opens_at == datetime(2027, 3, 1, 8, tzinfo=ZONE)
    assert made.stage() == Stage.DRAFT
    assert client_for(cast.resident).get("/sv/desk/consultations/new/").status_code == 403
    with pytest.raises(NotAllowed):
        actions.create_consultation(unit=town.parks, by=actor(cast.other_handler), title_sv="Nej")


def test_a_wrong_form_keeps_every_word(town: Town, cast: Cast) -> None:
    answer = client_for(cast.communications).post("/fi/desk/consultations/new/", {"title_fi": "Uusi suunnitelma", "opens_on": "eilen"})
    assert answer.status_code == 422
    assert "Uusi suunnitelma" in answer.content.decode()


def test_the_gate_says_what_is_lacking_in_which_language_and_opens_when_both_are_there(town: Town) -> None:
    made = actions.create_consultation(unit=town.parks, by=SETUP, title_sv="Plan", summary_sv="Kort", purpose_sv="Därför", open_to_influence_sv="Allt")
    start = clock.now() + timedelta(days=1)
    actions.add_phase(made, kind="ideas", opens_at=start, closes_at=start + timedelta(days=7), by=SETUP)
    assert {(lack.key, lack.language) for lack in lacking(made)} == {(name, "fi") for name in ("title", "summary", "purpose", "open_to_influence")}
    with pytest.raises(NotPossible):
        actions.publish(made, by=SETUP)
    made = actions.edit_consultation(made, by=SETUP, title_fi="Suunnitelma", summary_fi="Lyhyesti", purpose_fi="Siksi", open_to_influence_fi="Kaikki")
    assert lacking(made) == []
    assert actions.publish(made, by=SETUP).stage() == Stage.ANNOUNCED


def test_a_preview_link_opens_the_draft_until_it_is_taken_back_or_the_draft_is_published(town: Town) -> None:
    made = actions.make_preview(town.playground_plan, by=SETUP)
    address = f"/fi{made.subject.address}preview/{made.preview_key}/"
    assert "Tämä on esikatselu" in Client().get(address).content.decode()
    actions.take_back_preview(made, by=SETUP)
    assert Client().get(address).status_code == 404
    made = actions.make_preview(made, by=SETUP)
    address = f"/fi{made.subject.address}preview/{made.preview_key}/"
    actions.publish(made, by=SETUP)
    assert Client().get(address).status_code == 404
    with pytest.raises(NotPossible):
        actions.make_preview(made, by=SETUP)


def test_openings_and_closings_are_told_once_however_often_the_worker_looks(town: Town) -> None:
    made = town.open_consultation
    assert actions.tell_of_times() == 1
    assert actions.tell_of_times() == 0
    with clock.at(made.closes_at - timedelta(seconds=1)):
        assert actions.tell_of_times() == 0
    with clock.at(made.closes_at):
        assert actions.tell_of_times() == 1
        assert actions.tell_of_times() == 0
    assert told(made, Happened.OPENED) == told(made, Happened.CLOSED) == 1


def test_a_worker_that_slept_through_both_tells_both(town: Town) -> None:
    made = town.open_consultation
    with clock.at(made.closes_at + timedelta(days=3)):
        assert actions.tell_of_times() == 2


def test_more_time_needs_a_reason_is_never_less_and_opens_again(town: Town, cast: Cast) -> None:
    made = town.open_consultation
    phase = made.phases.get()
    with pytest.raises(NotPossible):
        actions.extend(phase, closes_at=phase.closes_at - timedelta(days=1), reason="Brådska", by=SETUP)
    with clock.at(phase.closes_at + timedelta(hours=1)):
        actions.tell_of_times()
        assert Consultation.objects.get().stage() == Stage.CLOSED
        later = phase.closes_at + timedelta(days=7)
        page = client_for(cast.communications)
        address = f"/sv/desk/consultations/phases/{phase.pk}/more-time/"
        assert page.post(address, {"closes_at": later.strftime("%Y-%m-%dT%H:%M:%S"), "reason": ""}).status_code == 422
        actions.extend(phase, closes_at=later, reason="Posten var sen", by=actor(cast.communications))
        assert Consultation.objects.get().stage() == Stage.OPEN
        assert "Posten var sen" in Client().get(f"/sv{made.subject.address}").content.decode()
    with pytest.raises(NotPossible):
        actions.change_phase(phase, closes_at=later + timedelta(days=1), by=SETUP)


def test_the_planner_is_reminded_every_week_until_the_answers_are_there_and_the_public_sees_it(town: Town, cast: Cast) -> None:
    made = town.open_consultation
    cast.head_of_unit, cast.handler  # noqa: B018 - those who may hear of it
    with clock.at(made.closes_at):
        actions.tell_of_times()
        duty = Duty.objects.get(subject=made.subject, what=ANSWER_DUTY)
    with clock.at(duty.due_at + timedelta(days=1)):
        duties.escalate()
        assert actions.nag() == 1
        assert actions.nag() == 0
        assert "The promised day passed without answers" in Client().get(f"/en{made.subject.address}").content.decode()
        outbox.drain()
        sending.send()
        assert any("försenade" in message.subject for message in mail.outbox)
    with clock.at(duty.due_at + timedelta(days=9)):
        assert actions.nag() == 1


def test_a_copy_keeps_words_and_questions_and_the_hours_of_the_wall_clock_over_summer_time(town: Town) -> None:
    source = actions.begin_from_blueprint(blueprint="survey", opens_on=datetime(2027, 3, 1, tzinfo=ZONE).date(), unit=town.parks, by=SETUP, title_sv="Enkät")
    question = source.phases.get(kind="survey").questions.create(kind="one", text_sv="Var?", position=1)
    choice = question.choices.create(text_sv="Här", position=1)
    source.phases.get(kind="survey").questions.create(kind="text", text_sv="Varför?", position=2, only_if=choice)
    copied = actions.copy_consultation(source, opens_on=datetime(2027, 6, 1, tzinfo=ZONE).date(), by=SETUP)
    phase = copied.phases.get(kind="survey")
    assert phase.opens_at.astimezone(ZONE).hour == 8
    assert phase.closes_at.astimezone(ZONE) == datetime(2027, 6, 22, 16, tzinfo=ZONE)
    first, second = phase.questions.all()
    assert second.only_if in first.choices.all()
    assert second.only_if != choice


def test_two_planners_do_not_overwrite_each_other(town: Town) -> None:
    made = town.playground_plan
    seen = made.subject.version
    actions.edit_consultation(made, by=SETUP, expecting=seen, title_sv="Först")
    with pytest.raises(Conflict):
        actions.edit_consultation(made, by=SETUP, expecting=seen, title_sv="Sedan")


def test_a_result_is_stated_in_both_languages_and_not_before_the_closing(town: Town) -> None:
    made = town.open_consultation
    with pytest.raises(NotPossible):
        actions.state_result(made, result={"sv": "Klart", "fi": "Valmis"}, by=SETUP)
    with clock.at(made.closes_at + timedelta(days=1)):
        with pytest.raises(NotPossible):
            actions.state_result(made, result={"sv": "Klart"}, by=SETUP)
        actions.state_result(made, result={"sv": "Tre lekplatser rustas upp.", "fi": "Kolme kunnostetaan."}, by=SETUP)
        assert "Tre lekplatser rustas upp." in Client().get(f"/sv{made.subject.address}").content.decode()


def test_cancelling_says_why_in_both_languages(town: Town, cast: Cast) -> None:
    made = town.open_consultation
    page = client_for(cast.communications)
    assert page.post(f"/sv/desk/consultations/{made.subject.code}/cancel/", {"because_sv": "Planen drogs in."}).status_code == 422
    assert (
        page.post(f"/sv/desk/consultations/{made.subject.code}/cancel/", {"because_sv": "Planen drogs in.", "because_fi": "Suunnitelma peruttiin."}).status_code
        == 302
    )
    assert "Suunnitelma peruttiin." in Client().get(f"/fi{made.subject.address}").content.decode()


def test_the_languages_of_a_text_stand_beside_each_other_and_are_named_in_words(town: Town, cast: Cast) -> None:
    page = client_for(cast.communications)
    address = f"/sv/desk/consultations/{town.playground_plan.subject.code}/words/"
    rows = page.get(address).content.decode().split('<div class="languages">')[1:]
    assert len(rows) == 6
    assert all(f'name="summary_{language}"' in rows[1] for language in ("sv", "fi", "en"))
    assert "Rubrik på svenska" in rows[0]
    assert "Otsikko suomeksi" in page.get(address.replace("/sv/", "/fi/")).content.decode()
    wrong = page.post(address, {"title_sv": "Ny rubrik", "summary_sv": "x" * 700})
    assert wrong.status_code == 422
    assert "Ny rubrik" in wrong.content.decode()
    assert 'href="#id_summary_sv"' in wrong.content.decode()
