"""Surveys: making the questions, answering, going on later, codes, closing, results."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dialogi.commons import clock
from dialogi.commons.actors import machine
from dialogi.commons.permissions import Conflict, NotAllowed, NotPossible
from dialogi.commons.traps import opened_now
from dialogi.consultations import actions
from dialogi.consultations.actions import Filled, Given, Wordings
from dialogi.consultations.models import Access, Answer, Lateness, Phase, Question, Response
from dialogi.consultations.queries.parity import lacking
from dialogi.consultations.queries.surveys import held_in_consultations, results_of
from dialogi.people.rules import SWEEPER
from dialogi.testing import SETUP, Cast, Town, actor, client_for

YES_NO = Wordings(choices=({"sv": "Ja", "fi": "Kyllä"}, {"sv": "Nej", "fi": "Ei"}))


def survey(town: Town, *, access: str = Access.OPEN) -> Phase:
    """A survey of two questions, the second asked only of those who say yes; open since yesterday."""
    made = town.playground_plan
    ideas = made.phases.get()
    phase = actions.add_phase(made, kind="survey", opens_at=ideas.opens_at, closes_at=ideas.closes_at, access=access, by=SETUP)
    first = actions.add_question(
        phase, kind="one", wordings=YES_NO, by=SETUP, text_sv="Går du till lekplatsen?", text_fi="Käytkö leikkipaikalla?", is_required=True
    )
    yes = first.choices.get(text_sv="Ja")
    actions.add_question(phase, kind="text", by=SETUP, text_sv="Varför?", text_fi="Miksi?", only_if=yes, is_required=True)
    actions.publish(made, by=SETUP)
    return Phase.objects.get(pk=phase.pk)


def filled(phase: Phase, **more: Any) -> dict[str, Any]:
    """What a browser sends that says no."""
    first = phase.questions.first()
    said = {f"q{first.pk}": first.choices.get(text_sv="Nej").pk, "opened": opened_now(seconds_ago=60), "form_key": "d" * 32, "language": "sv"}
    return {**said, "do": "send", **more}


def yes(phase: Phase, **more: Any) -> dict[str, Any]:
    """What a browser sends that says yes."""
    first = phase.questions.first()
    return filled(phase, **{f"q{first.pk}": first.choices.get(text_sv="Ja").pk}, **more)


def test_a_planner_makes_questions_and_both_languages_are_asked_for(town: Town, cast: Cast) -> None:
    made = town.playground_plan
    ideas = made.phases.get()
    phase = actions.add_phase(made, kind="survey", opens_at=ideas.opens_at, closes_at=ideas.closes_at, by=SETUP)
    page = client_for(cast.communications)
    address = f"/sv/desk/consultations/phases/{phase.pk}/questions/new/"
    asked = {"kind": "one", "text_sv": "Var?", "choices_sv": "Smedsby\nReplot", "choices_fi": "Sepänkylä"}
    assert page.post(address, asked).status_code == 422
    assert page.post(address, {**asked, "choices_fi": "Sepänkylä\nRaippaluoto"}).status_code == 302
    question = Question.objects.get()
    assert [choice.text_fi for choice in question.choices.all()] == ["Sepänkylä", "Raippaluoto"]
    assert [(lack.key, lack.language) for lack in lacking(made)] == [(f"question:{question.pk}", "fi")]
    assert client_for(cast.resident).get(address).status_code in {403, 404}


def test_anybody_answers_and_opens_the_answer_again_with_the_code(town: Town) -> None:
    phase, browser = survey(town), Client()
    address = f"/fi/consultations/phases/{phase.pk}/answer/"
    assert "Käytkö leikkipaikalla?" in browser.get(address).content.decode()
    done = browser.post(address, filled(phase))
    assert done.status_code == 302
    assert "Kiitos" in browser.get(done["Location"]).content.decode()
    assert browser.post(address, filled(phase))["Location"] == done["Location"]
    assert Response.objects.count() == 1
    change = f"{done['Location']}change/"
    version = Response.objects.get().version
    assert browser.post(change, yes(phase, version=version)).status_code == 422
    assert browser.post(change, yes(phase, version=version, **{f"q{phase.questions.last().pk}": "Barnbarnen"})).status_code == 302
    assert Answer.objects.get(question=phase.questions.last()).words == "Barnbarnen"


def test_what_hangs_on_a_choice_that_was_not_made_is_neither_demanded_nor_kept(town: Town) -> None:
    phase = survey(town)
    Client().post(f"/sv/consultations/phases/{phase.pk}/answer/", filled(phase, **{f"q{phase.questions.last().pk}": "Skrivet innan jag ändrade mig"}))
    assert not Answer.objects.filter(question=phase.questions.last()).exists()


def test_a_required_question_is_demanded_when_sending_and_not_when_saving(town: Town) -> None:
    phase, browser = survey(town), Client()
    address = f"/sv/consultations/phases/{phase.pk}/answer/"
    nothing = {"opened": opened_now(seconds_ago=60), "form_key": "e" * 32}
    assert browser.post(address, {**nothing, "do": "send"}).status_code == 422
    saved = browser.post(address, {**nothing, "do": "save"})
    assert saved.status_code == 302
    assert Response.objects.get().sent_at is None
    assert "inte skickat" in browser.get(saved["Location"]).content.decode()
    assert results_of(phase).total == 0


def test_one_answer_for_each_account_and_none_without_one(town: Town, cast: Cast) -> None:
    phase = survey(town, access=Access.ACCOUNT)
    address = f"/sv/consultations/phases/{phase.pk}/answer/"
    assert Client().post(address, filled(phase)).status_code == 403
    mine = client_for(cast.resident)
    assert mine.post(address, filled(phase)).status_code == 302
    assert mine.post(address, filled(phase, form_key="f" * 32, version=Response.objects.get().version)).status_code == 302
    assert Response.objects.count() == 1
    with pytest.raises(NotPossible):
        actions.respond(Filled(language="sv"), phase=phase, form_key="a1" * 16, by=actor(cast.resident))


def test_a_single_use_code_lets_one_answer_in_on_the_web_or_on_paper(town: Town, cast: Cast) -> None:
    phase = survey(town, access=Access.CODE)
    code, other = actions.make_codes(phase, count=2, batch="Replot", by=SETUP)
    address = f"/sv/consultations/phases/{phase.pk}/answer/"
    assert Client().post(address, filled(phase)).status_code == 403
    assert Client().post(address, filled(phase, access_code="FJK2-FJK2-FJK2-FJK2")).status_code == 422
    assert Client().post(address, filled(phase, access_code=code.lower())).status_code == 302
    assert Client().post(address, filled(phase, access_code=code, form_key="f" * 32)).status_code == 422
    typed = filled(phase, access_code=other, channel="paper", arrived_at=clock.now().astimezone().strftime("%Y-%m-%dT%H:%M"), form_key="9" * 32)
    clerk = client_for(cast.clerk)
    assert clerk.post(f"/sv/desk/consultations/phases/{phase.pk}/type-in/", typed).status_code == 302
    assert {response.channel for response in Response.objects.all()} == {"web", "paper"}


def test_it_can_be_changed_until_the_second_of_closing_and_late_answers_are_decided_on(town: Town, cast: Cast) -> None:
    phase, browser = survey(town), Client()
    first = phase.questions.first()
    given = Filled(language="sv", given=[Given(question=first, choice=first.choices.first())])
    made = actions.respond(given, phase=phase, form_key="a" * 32, by=actor(None)).response
    with clock.at(phase.closes_at - timedelta(seconds=1)):
        actions.change_response(made, filled=given, by=actor(None), with_code=True)
    with clock.at(phase.closes_at):
        with pytest.raises(NotPossible):
            actions.change_response(made, filled=given, by=actor(None), with_code=True)
        assert (
            browser.post(f"/sv/consultations/phases/{phase.pk}/answer/", filled(phase, form_key="b" * 32, opened=opened_now(seconds_ago=60))).status_code == 302
        )
        late = Response.objects.latest("pk")
        assert late.lateness == Lateness.LATE
        assert results_of(phase).total == 2
        actions.decide_late_response(late, taken=False, because="Kom tre dagar efter", by=actor(cast.head_of_unit))
        assert results_of(phase).total == 1


def test_an_answer_can_be_taken_back_while_it_is_open_and_its_code_works_again(town: Town) -> None:
    phase = survey(town, access=Access.CODE)
    (code,) = actions.make_codes(phase, count=1, batch="", by=SETUP)
    browser = Client()
    done = browser.post(f"/sv/consultations/phases/{phase.pk}/answer/", filled(phase, access_code=code))
    assert browser.post(f"{done['Location']}take-back/").status_code == 302
    assert not Response.objects.exists()
    assert browser.post(f"/sv/consultations/phases/{phase.pk}/answer/", filled(phase, access_code=code, form_key="7" * 32)).status_code == 302


def test_a_wrong_follow_up_code_opens_nothing(town: Town) -> None:
    survey(town)
    assert Client().get("/sv/consultations/answers/FJK2FJK2FJK2FJK2/").status_code == 404


def test_results_are_shown_to_everybody_after_the_closing_and_small_groups_are_hidden(town: Town) -> None:
    phase = survey(town)
    first = phase.questions.first()
    for number in range(6):
        choice = first.choices.all()[number % 2]
        given = Filled(language="sv" if number else "fi", given=[Given(question=first, choice=choice)], age_band="75_up")
        actions.respond(given, phase=phase, form_key=f"{number}" * 32, by=actor(None))
    address = f"/sv/consultations/phases/{phase.pk}/results/"
    assert "visas för alla i samma ögonblick" in Client().get(address).content.decode()
    with clock.at(phase.closes_at):
        page = Client().get(address).content.decode()
        assert "6 svar" in page
        shown = results_of(phase)
    assert [(str(row.label), row.number, row.percent) for row in shown.results[0].rows] == [("Ja", 3, 50), ("Nej", 3, 50)]
    _label, languages = shown.tables[1]
    assert [number for _language, number in languages] == [5, None]


def test_when_people_have_answered_words_can_be_mended_but_not_what_is_asked(town: Town) -> None:
    phase = survey(town)
    first = phase.questions.first()
    actions.respond(Filled(language="sv", given=[Given(question=first, choice=first.choices.first())]), phase=phase, form_key="a" * 32, by=actor(None))
    changed = actions.change_question(first, text_sv="Går du ofta till lekplatsen?", wordings=YES_NO, by=SETUP)
    assert changed.text_sv == "Går du ofta till lekplatsen?"
    three = Wordings(choices=(*YES_NO.choices, {"sv": "Vet inte", "fi": "En tiedä"}))
    for wrong in ({"wordings": three}, {"is_required": False}):
        with pytest.raises(NotPossible):
            actions.change_question(first, by=SETUP, **wrong)
    with pytest.raises(NotPossible):
        actions.remove_question(first, by=SETUP)


def test_two_planners_editing_one_question_do_not_overwrite_each_other(town: Town, cast: Cast) -> None:
    phase = survey(town)
    question, seen = phase.questions.last(), phase.version
    actions.change_question(question, text_sv="Varför då?", expecting=seen, by=SETUP)
    with pytest.raises(Conflict):
        actions.change_question(question, text_sv="Av vilken orsak?", expecting=seen, by=SETUP)
    answer = client_for(cast.communications).post(f"/sv/desk/consultations/questions/{question.pk}/", {"text_sv": "Av vilken orsak?", "version": seen})
    assert answer.status_code == 422
    assert "Av vilken orsak?" in answer.content.decode()


def test_a_question_hangs_only_on_an_earlier_one(town: Town) -> None:
    phase = survey(town)
    first, second = phase.questions.all()
    with pytest.raises(NotPossible):
        actions.move_question(second, up=True, by=SETUP)
    with pytest.raises(NotPossible):
        actions.change_question(first, only_if=first.choices.first(), by=SETUP)


@pytest.mark.parametrize(
    ("kind", "fields", "sent", "kept"),
    [
        ("number", {"least": 0, "most": 10}, {"": "7"}, [("", 7, None)]),
        ("scale", {"least": 1, "most": 5}, {"": "4"}, [("", 4, None)]),
        ("date", {}, {"": "2027-02-01"}, [("", None, "2027-02-01")]),
        ("text", {}, {"": "Gungor"}, [("Gungor", None, None)]),
        ("place", {}, {"_words": "Vid skolan", "_latitude": "", "_longitude": ""}, [("Vid skolan", None, None)]),
    ],
)
def test_every_kind_of_answer_is_kept_as_it_was_given(town: Town, kind: str, fields: dict[str, Any], sent: dict[str, str], kept: list[Any]) -> None:
    phase = survey(town)
    question = actions.add_question(phase, kind=kind, text_sv="Hur?", text_fi="Miten?", by=SETUP, **fields)
    data = filled(phase, **{f"q{question.pk}{ending}": value for ending, value in sent.items()})
    done = Client().post(f"/sv/consultations/phases/{phase.pk}/answer/", data)
    assert done.status_code == 302, done.content.decode()[:3000]
    rows = [(row.words, row.number, row.day and row.day.isoformat()) for row in Answer.objects.filter(question=question)]
    assert rows == kept
    shown = Client().get(f"{done['Location']}change/").content.decode()
    assert str(next(value for value in sent.values() if value)) in shown


def test_ranks_are_given_once_each_and_a_grid_wants_every_row(town: Town) -> None:
    phase = survey(town)
    three = Wordings(
        choices=tuple({"sv": word, "fi": word} for word in ("A", "B", "C")), rows=({"sv": "Rad 1", "fi": "Rivi 1"}, {"sv": "Rad 2", "fi": "Rivi 2"})
    )
    ranking = actions.add_question(phase, kind="ranking", wordings=Wordings(choices=three.choices), text_sv="Ordna", text_fi="Järjestä", by=SETUP)
    grid = actions.add_question(phase, kind="matrix", wordings=three, is_required=True, text_sv="Rutor", text_fi="Ruudut", by=SETUP)
    address = f"/sv/consultations/phases/{phase.pk}/answer/"
    columns = [choice for choice in grid.choices.all() if not choice.is_row]
    rows = [choice for choice in grid.choices.all() if choice.is_row]
    right = {f"q{grid.pk}_{row.pk}": columns[0].pk for row in rows}
    ranks = {f"q{ranking.pk}_{choice.pk}": place for place, choice in enumerate(ranking.choices.all(), start=1)}
    twice = dict.fromkeys(ranks, 1)
    assert Client().post(address, filled(phase, **right, **twice)).status_code == 422
    assert Client().post(address, filled(phase, **ranks, **{next(iter(right)): columns[0].pk})).status_code == 422
    assert Client().post(address, filled(phase, **right, **ranks)).status_code == 302
    assert [(answer.choice.text_sv, answer.number) for answer in Answer.objects.filter(question=ranking).order_by("number")] == [("A", 1), ("B", 2), ("C", 3)]
    assert Answer.objects.filter(question=grid).count() == 2


def test_a_person_takes_away_what_they_answered_and_who_is_forgotten_leaves_only_the_sums(town: Town, cast: Cast) -> None:
    phase = survey(town, access=Access.ACCOUNT)
    first, second = phase.questions.all()
    given = [Given(question=first, choice=first.choices.get(text_sv="Ja")), Given(question=second, words="Barnbarnen Elsa och Nils")]
    made = actions.respond(Filled(language="sv", given=given, age_band="75_up"), phase=phase, form_key="a" * 32, by=actor(cast.resident)).response
    assert "Barnbarnen Elsa och Nils" in str(held_in_consultations(cast.resident.pk))
    with pytest.raises(NotAllowed):
        actions.forget_in_consultations(cast.resident.pk, by=actor(cast.resident))
    assert actions.forget_in_consultations(cast.resident.pk, by=machine(SWEEPER)) == 1
    made.refresh_from_db()
    assert (made.person, made.age_band) == (None, "")
    assert [answer.question for answer in made.answers.all()] == [first]
    assert results_of(phase).total == 1
    assert held_in_consultations(cast.resident.pk) == []


def test_where_lines_are_drawn_a_question_for_a_place_takes_one_and_shows_it_again(town: Town) -> None:
    phase = actions.change_phase(survey(town), by=SETUP, map_tools="any")
    question = actions.add_question(phase, kind="place", text_sv="Var?", text_fi="Missä?", by=SETUP)
    drawn = {f"q{question.pk}_words": "Vägen", f"q{question.pk}_shape": "LineString", f"q{question.pk}_corners": "63.1275 21.6830\n63.2 21.5"}
    done = Client().post(f"/sv/consultations/phases/{phase.pk}/answer/", filled(phase, **drawn))
    assert done.status_code == 302
    assert json.loads(Answer.objects.get(question=question).geometry)["coordinates"] == [[21.683, 63.1275], [21.5, 63.2]]
    shown = Client().get(f"{done['Location']}change/").content.decode()
    assert "63.12750 21.68300\n63.20000 21.50000" in shown
    assert 'value="LineString"' in shown
