"""Statements of an opinion map: written in both languages, proposed by participants, taken in or refused under a rule."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from dialogi.commons import jobs
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.commons.traps import opened_now
from dialogi.commons.wordings import waiting
from dialogi.consultations import actions
from dialogi.consultations.models import Consultation, OpinionStatement, OpinionVote, Phase, StatementState
from dialogi.consultations.queries.opinions import refused_by_rule
from dialogi.consultations.queries.parity import lacking
from dialogi.consultations.tests.opinions import opinion_phase, voted, voter
from dialogi.people import actions as people
from dialogi.people.models import Role
from dialogi.testing import SETUP, Cast, Town, actor, client_for
from dialogi.voices.tests import factories

IDEA = "Kunta voisi tulla kahville kyläkaupalle."


def proposed(phase: Phase, text: str = IDEA, *, language: str = "fi", **who: Any) -> OpinionStatement:
    return actions.propose_statement(phase, text=text, language=language, voter=voter(), by=who.get("by", actor(None)))


def sent(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "opened": opened_now(seconds_ago=60), "form_key": "c" * 32, **more}


def test_a_planner_writes_statements_and_nothing_opens_in_one_language_only(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town, statements=0, publish=False)
    asked = Consultation.objects.get(pk=phase.consultation_id)
    assert [lack.key for lack in lacking(asked)] == [f"opinions:{phase.pk}"]
    desk = client_for(cast.head_of_unit)
    where = f"/sv/desk/consultations/phases/{phase.pk}/opinions/new/"
    assert desk.post(where, {"text_sv": ""}).status_code == 422
    assert desk.post(where, {"text_sv": "Kvällsöppet behövs.", "text_fi": "Ilta-aukiolo tarvitaan."}).status_code == 302
    assert desk.post(where, {"text_sv": "Bokbussen räcker."}).status_code == 302
    half = OpinionStatement.objects.get(text_fi="")
    assert half.state == StatementState.WAITING
    assert [(lack.key, lack.language) for lack in lacking(asked)] == [(f"opinion:{half.pk}:text", "fi")]
    with pytest.raises(NotPossible):
        actions.publish(asked, by=SETUP)
    assert [(each.key, each.language) for each in waiting(asked.subject)] == [(f"opinion:{half.pk}:text", "fi")], "it is in the translation queue"
    actions.reword_consultation(asked, texts={f"opinion:{half.pk}:text": {"fi": "Kirjastoauto riittää."}}, by=actor(cast.communications))
    half.refresh_from_db()
    assert half.state == StatementState.OPEN
    actions.publish(Consultation.objects.get(pk=asked.pk), by=SETUP)
    assert client_for(cast.other_handler).get(where).status_code == 403


def test_the_planner_is_offered_an_opinion_map_among_the_blueprints_and_phases(town: Town, cast: Cast) -> None:
    desk = client_for(cast.head_of_unit)
    assert 'value="opinions"' in desk.get("/sv/desk/consultations/new/").content.decode()
    assert "opinion_map" in desk.get(f"/sv/desk/consultations/{town.playground_plan.subject.code}/phases/new/").content.decode()
    phase = opinion_phase(town)
    overview = desk.get(f"/sv/desk/consultations/{phase.consultation.subject.code}/").content.decode()
    assert "Servicepunkten ska vara öppen på kvällen." in overview


def test_a_phase_with_statements_is_not_taken_off_the_timetable_by_mistake(town: Town, cast: Cast) -> None:
    phase, desk = opinion_phase(town, publish=False), client_for(cast.head_of_unit)
    assert desk.post(f"/sv/desk/consultations/phases/{phase.pk}/remove/").status_code == 409
    for statement in phase.opinion_statements.all():
        assert desk.post(f"/sv/desk/consultations/opinions/{statement.pk}/remove/").status_code == 302
    assert desk.post(f"/sv/desk/consultations/phases/{phase.pk}/remove/").status_code == 302


def test_the_language_of_a_proposal_is_recognised(town: Town) -> None:
    phase = opinion_phase(town)
    Client().post(f"/fi/consultations/phases/{phase.pk}/opinions/propose/", sent("Kommunen borde komma till byn varje höst."))
    assert OpinionStatement.objects.proposed().get().said_in == "sv"


def test_statements_go_along_with_a_copy_and_proposals_do_not(town: Town) -> None:
    phase = opinion_phase(town)
    actions.take_in(proposed(phase), texts={"sv": "Kaffe i bybutiken."}, by=SETUP)
    copied = actions.copy_consultation(Consultation.objects.get(pk=phase.consultation_id), opens_on=phase.opens_at.date(), by=SETUP)
    assert OpinionStatement.objects.filter(phase__consultation=copied, state=StatementState.OPEN).count() == 4
    assert lacking(copied) == []


def test_somebody_proposes_a_statement_after_seeing_what_is_like_it(town: Town) -> None:
    phase, browser = opinion_phase(town), Client()
    where = f"/fi/consultations/phases/{phase.pk}/opinions/propose/"
    assert browser.post(where, sent("")).status_code == 422
    assert browser.post(where, sent("x" * 141)).status_code == 422
    alike = browser.post(where, sent("Palvelupisteen pitää olla auki iltaisin."))
    assert alike.status_code == 200
    assert "Palvelupisteen pitää olla auki illalla." in alike.content.decode()
    assert not OpinionStatement.objects.proposed().exists(), "nothing is sent before the similar ones were seen"
    assert browser.post(where, sent("Palvelupisteen pitää olla auki iltaisin.", do="send")).status_code == 302
    done = browser.post(where, sent(IDEA), follow=True).content.decode()
    assert IDEA in done
    assert list(OpinionStatement.objects.proposed().values_list("said_in", "state", "author__phase")) == [("fi", "waiting", phase.pk)] * 2
    browser.post(where, sent(IDEA))
    assert OpinionStatement.objects.proposed().count() == 2, "the same words twice are one proposal"
    assert IDEA not in Client().get(f"/fi/consultations/phases/{phase.pk}/opinions/all/").content.decode()


def test_communications_takes_a_proposal_in_when_it_stands_in_both_languages(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town)
    idea = proposed(phase)
    desk, where = client_for(cast.communications), f"/sv/desk/consultations/opinions/{idea.pk}/check/"
    assert IDEA in desk.get(where).content.decode()
    assert desk.post(where, {"text_sv": ""}).status_code == 422
    assert desk.post(where, {"text_sv": "Kommunen kunde komma på kaffe.", "text_fi": "Jotakin muuta"}).status_code == 302
    idea.refresh_from_db()
    assert (idea.state, idea.text_fi, idea.text_sv) == ("open", IDEA, "Kommunen kunde komma på kaffe."), "its author's own words stay"
    voted(phase, s5=1)
    with pytest.raises(NotPossible):
        actions.reword_consultation(phase.consultation, texts={f"opinion:{idea.pk}:text": {"fi": "Jotakin muuta"}}, by=SETUP)
    assert client_for(cast.resident).get(where).status_code == 403


def test_whoever_asks_takes_in_but_only_a_neutral_one_refuses_and_the_rule_is_counted_in_the_open(town: Town, cast: Cast) -> None:
    phase, rule = opinion_phase(town), factories.rule()
    idea, browser = proposed(phase, "Naapurini Matti on väärässä."), Client()
    where = f"/sv/desk/consultations/opinions/{idea.pk}/refuse/"
    planner = client_for(cast.head_of_unit)
    assert "Bara kommunikationen avgör" in planner.get(where.replace("refuse", "check")).content.decode()
    assert planner.post(where, {"rule": rule.pk, "explanation": "Nej."}).status_code == 403
    partial = people.create_person(by=SETUP, name="Pia Part", email="pia@town.example")
    people.appoint(partial, by=SETUP, role=Role.COMMUNICATIONS, unit=town.parks)
    assert client_for(partial).post(where, {"rule": rule.pk, "explanation": "Nej."}).status_code == 403, "communications of the unit that asks is a party"
    desk = client_for(cast.communications)
    assert desk.post(where, {"explanation": "Nimeää ihmisen."}).status_code == 422
    assert desk.post(where, {"rule": rule.pk, "explanation": "Nimeää ihmisen."}).status_code == 302
    assert refused_by_rule(phase) == [(rule, 1)]
    shown = browser.get(f"/fi/consultations/phases/{phase.pk}/opinions/").content.decode()
    assert "Henkilötiedot" in shown
    assert "Nimeää ihmisen." not in shown, "the reason is its author's"
    with pytest.raises(NotAllowed):
        actions.take_in(idea, texts={"sv": "Min granne"}, by=actor(cast.head_of_unit))
    actions.take_in(idea, texts={"sv": "Min granne"}, by=actor(cast.communications))
    assert refused_by_rule(phase) == []


def test_its_author_alone_reads_what_became_of_a_proposal(town: Town, cast: Cast) -> None:
    phase, author = opinion_phase(town), Client()
    author.post(f"/fi/consultations/phases/{phase.pk}/opinions/propose/", sent("Naapurini Matti on väärässä."))
    idea = OpinionStatement.objects.proposed().get()
    actions.refuse_statement(idea, rule=factories.rule(), explanation="Nimeää ihmisen.", by=actor(cast.communications))
    where = f"/fi/consultations/phases/{phase.pk}/opinions/proposed/"
    assert "Nimeää ihmisen." in author.get(where).content.decode()
    assert "Nimeää ihmisen." not in Client().get(where).content.decode()


def test_who_decides_second_is_told_and_a_proposal_is_not_edited_before_it_is_taken_in(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town)
    idea, desk = proposed(phase), client_for(cast.communications)
    assert desk.get(f"/sv/desk/consultations/opinions/{idea.pk}/")["Location"] == f"/sv/desk/consultations/opinions/{idea.pk}/check/"
    with pytest.raises(NotPossible):
        actions.word_statement(idea, texts={"sv": "Kaffe."}, by=SETUP)
    actions.take_in(idea, texts={"sv": "Kaffe."}, by=SETUP)
    again = desk.post(f"/sv/desk/consultations/opinions/{idea.pk}/check/", {"text_sv": "Te.", "text_fi": IDEA})
    assert again.status_code == 422
    actions.word_statement(idea, texts={"sv": "Kaffe i butiken.", "fi": "Jotakin muuta"}, by=SETUP)
    idea.refresh_from_db()
    assert (idea.text_sv, idea.text_fi) == ("Kaffe i butiken.", IDEA)


def test_what_is_taken_out_cannot_be_voted_on_any_more(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town)
    voted(phase, s1=1)
    statement = phase.opinion_statements.get(number=1)
    with pytest.raises(NotPossible):
        actions.remove_statement(statement, by=SETUP)
    actions.refuse_statement(statement, rule=factories.rule(), explanation="Fel.", by=actor(cast.communications))
    with pytest.raises(NotPossible):
        voted(phase, s1=1)
    assert OpinionVote.objects.count() == 1
    shown = Client().get(f"/sv/consultations/phases/{phase.pk}/opinions/all/").content.decode()
    assert "Servicepunkten ska vara öppen" not in shown


def test_a_statement_that_people_see_is_not_taken_out_by_emptying_a_language(town: Town, cast: Cast) -> None:
    phase, desk = opinion_phase(town), client_for(cast.head_of_unit)
    statement = phase.opinion_statements.get(number=1)
    refused = desk.post(f"/sv/desk/consultations/opinions/{statement.pk}/", {"text_sv": "Kvällsöppet.", "text_fi": ""})
    assert refused.status_code == 422
    assert "när det är skrivet både på svenska och på finska" in refused.content.decode()
    statement.refresh_from_db()
    assert (statement.state, statement.text_fi) == ("open", "Palvelupisteen pitää olla auki illalla.")


def test_what_a_statement_shows_becomes_a_point_to_be_answered(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town)
    voted(phase, s1=1)
    voted(phase, s1=-1)
    statement = phase.opinion_statements.get(number=1)
    desk = client_for(cast.head_of_unit)
    where = f"/sv/desk/consultations/opinions/{statement.pk}/point/"
    done = desk.post(where)
    assert re.search(r"/desk/consultations/points/\d+/", done["Location"])
    point = phase.consultation.points.get()
    assert (point.title_fi, point.summary_sv) == (statement.text_fi, "Åsiktskartan, påstående 1: 1 håller med, 1 håller inte med, 0 avstår.")
    assert client_for(cast.other_handler).post(where).status_code == 403


def test_nobody_proposes_without_end(town: Town) -> None:
    phase = opinion_phase(town)
    mine = voted(phase, s1=1)
    for number in range(10):
        actions.propose_statement(phase, text=f"Ajatus {number}.", language="fi", voter=voter(known=mine), by=actor(None))
    with pytest.raises(NotPossible):
        actions.propose_statement(phase, text="Vielä yksi.", language="fi", voter=voter(known=mine), by=actor(None))


def test_communications_hears_of_the_first_proposal_that_waits_and_not_of_each(town: Town, cast: Cast) -> None:
    phase, _checker = opinion_phase(town), cast.communications
    proposed(phase, "Ensimmäinen ajatus kahvista.")
    jobs.work_off()
    proposed(phase, "Toinen ajatus linja-autosta.")
    jobs.work_off()
    told = [message.subject for message in mail.outbox if message.to == ["communications@town.example"]]
    assert told == ["Ett föreslaget påstående väntar på granskning: Plan för lekplatserna"]
