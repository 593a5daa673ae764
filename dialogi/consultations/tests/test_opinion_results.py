"""What an opinion map shows: drawn by the worker, table first, honest, nobody recognised; taken away, and forgotten."""

import csv
import io
import json
import random
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from dialogi.commons import clock
from dialogi.commons.actors import machine
from dialogi.commons.models import LedgerEntry
from dialogi.commons.registry import registry
from dialogi.consultations import actions
from dialogi.consultations.actions.mapping import draw_opinion_map, draw_opinion_maps
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Access, OpinionResult, OpinionStatement, OpinionVote, Participant, Phase
from dialogi.consultations.queries.opinion_results import is_any_undrawn, nearest_to, newest_finding, opinion_map
from dialogi.consultations.queries.opinions import held_opinions, participant_counts
from dialogi.consultations.tests.opinions import opinion_phase, two_camps, voted, voter
from dialogi.people.rules import SWEEPER
from dialogi.testing import SETUP, Cast, Town, actor, client_for
from dialogi.voices.tests import factories


def shown(phase: Phase, *, language: str = "sv") -> str:
    return Client().get(f"/{language}/consultations/phases/{phase.pk}/opinions/results/").content.decode()


def test_the_worker_draws_a_map_only_when_votes_have_changed_and_once_more_after_the_closing(town: Town) -> None:
    phase = opinion_phase(town)
    assert not is_any_undrawn()
    mine = voted(phase, s1=1)
    assert draw_opinion_maps() == 1
    assert draw_opinion_maps() == 0
    voted(phase, who=voter(known=mine), s1=-1)
    assert is_any_undrawn(), "a changed vote changes the map"
    registry.jobs["consultations.opinion_maps"].run()
    assert OpinionResult.objects.count() == 1, "the newest takes the place of the one before"
    with clock.at(phase.closes_at + timedelta(seconds=1)):
        assert draw_opinion_maps() == 1
        assert draw_opinion_maps() == 0
    assert LedgerEntry.objects.filter(kind=Happened.OPINION_COMPUTED).count() == 3


def test_a_statement_that_is_taken_out_is_in_no_map(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town)
    voted(phase, s1=1, s2=1)
    draw_opinion_maps()
    actions.refuse_statement(phase.opinion_statements.get(number=1), rule=factories.rule(), explanation="Fel.", by=actor(cast.communications))
    assert "Servicepunkten ska vara öppen" not in shown(phase), "not even before it is drawn anew"
    assert draw_opinion_maps() == 1
    assert newest_finding(phase)[1].coverage.votes == 1


def test_two_camps_are_shown_with_what_they_stand_for_and_what_all_agree_on(town: Town) -> None:
    phase = opinion_phase(town, statements=12)
    two_camps(phase)
    draw_opinion_maps()
    page = shown(phase)
    for words in (
        "2 grupper som tycker olika",
        "Vad grupp A står för",
        "Vad alla grupper är överens om",
        "Minst 9",
        "Vad som delar folk",
        "Samma sak som bild",
    ):
        assert words in page
    assert page.index("<table") < page.index('class="opinion-map"'), "table first, picture second"
    assert "<script" not in page.split("<svg viewBox")[1].split("</svg>")[0]
    made = opinion_map(phase)
    assert [group.size for group in made.groups] == [15, 15]
    assert min(mark.people for mark in made.marks) >= 5
    assert "2 ryhmää" in shown(phase, language="fi")


def test_few_votes_are_told_as_few_and_noise_as_no_clear_groups(town: Town) -> None:
    phase = opinion_phase(town, statements=8)
    assert "Ingen har röstat än." in shown(phase)
    dice = random.Random(3)
    for number in range(16):
        voted(phase, **{f"s{place}": dice.choice((1, -1)) for place in range(1, 9)})
        if number == 4:
            draw_opinion_maps()
            assert "för få för en karta" in shown(phase)
    draw_opinion_maps()
    page = shown(phase)
    assert "inga tydliga grupper" in page
    assert "Vad grupp A står för" not in page


def test_results_come_after_the_closing_when_the_planner_chose_so(town: Town) -> None:
    phase = opinion_phase(town, statements=12, shown="after")
    two_camps(phase)
    draw_opinion_maps()
    browser = Client()
    assert "Resultaten kommer när tiden har gått ut" in shown(phase)
    assert "grupp A" not in shown(phase)
    assert browser.get(f"/sv/consultations/{phase.consultation.subject.code}/data/votes.csv").status_code == 200
    assert "s1" not in export(phase), "no votes leave before the closing"
    with clock.at(phase.closes_at):
        assert "Vad grupp A står för" in shown(phase)


def test_ones_own_place_is_told_and_stored_nowhere(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town, statements=12, access=Access.ACCOUNT_OR_CODE)
    codes = actions.make_codes(phase, count=30, batch="", by=SETUP)
    for number, code in enumerate(codes):
        side = 1 if number < 16 else -1
        voted(phase, who=voter(access_code=code), s1=1, **{f"s{place}": side if place % 2 else -side for place in range(2, 13)})
    draw_opinion_maps()
    mine = client_for(cast.resident)
    ids = dict(phase.opinion_statements.values_list("number", "pk"))
    few = {f"v{ids[place]}": "1" for place in (3, 5)}
    where = f"/sv/consultations/phases/{phase.pk}/opinions/all/"
    assert mine.post(where, few).status_code == 302
    assert "liknar mest" not in mine.get(where).content.decode(), "two votes are no place"
    mine.post(where, {f"v{ids[place]}": "1" if place % 2 else "-1" for place in range(1, 10)})
    assert "liknar mest dem i grupp A" in mine.get(where).content.decode()
    assert "liknar mest" not in Client().get(where).content.decode()


def test_the_place_that_is_told_is_the_group_that_the_mathematics_found(town: Town) -> None:
    phase = opinion_phase(town, statements=14)
    crowd = two_camps(phase, each=20, sure=0.85)
    draw_opinion_map(phase)
    finding = newest_finding(phase)[1]
    assert [group.size for group in finding.groups] == [20, 20]
    letters = [nearest_to(phase, participant) for participant in crowd]
    camps = [{tuple(each) for each in letters[side::2]} for side in (0, 1)]
    assert all(len(camp) == 1 for camp in camps), camps
    assert camps[0] != camps[1]


def test_counts_hide_small_cells(town: Town) -> None:
    phase = opinion_phase(town)
    for _number in range(5):
        voted(phase, s1=1)
    voted(phase, who=voter(language="fi"), s1=1)
    counts = participant_counts(phase)
    assert counts.total == 6
    assert [number for _language, number in counts.tables[1][1]] == [5, None]
    page = Client().get(f"/sv{phase.consultation.subject.address}").content.decode()
    assert "färre än fem" in page


def export(phase: Phase, slug: str = "votes", ending: str = "csv") -> str:
    answer = Client().get(f"/sv/consultations/{phase.consultation.subject.code}/data/{slug}.{ending}")
    return b"".join(answer.streaming_content).decode()


def test_the_votes_leave_as_a_matrix_that_the_command_reads_again(town: Town, tmp_path, capsys) -> None:
    phase = opinion_phase(town, statements=12)
    two_camps(phase)
    voted(phase, s1=0)
    drawn = draw_opinion_map(phase)
    path = tmp_path / "votes.csv"
    path.write_text(export(phase), encoding="utf-8")
    call_command("opinion_map", votes=path, json=True)
    told = json.loads(capsys.readouterr().out)
    kept = json.loads(json.dumps(drawn.result))
    assert (told["outcome"], told["coverage"]) == (kept["outcome"], kept["coverage"])
    assert [group["size"] for group in told["groups"]] == [group["size"] for group in kept["groups"]]
    assert [row["votes"] for row in told["statements"]] == [row["votes"] for row in kept["statements"]]


def test_nothing_about_people_leaves_with_the_votes_and_statements_leave_with_their_sums(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town, access=Access.ACCOUNT)
    voted(phase, by=actor(cast.resident), s1=1, s2=-1)
    draw_opinion_maps()
    rows = list(csv.reader(io.StringIO(export(phase).lstrip("\ufeff")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1] == ["1", "1", "-1", "", ""]
    assert "Rea" not in export(phase)
    sums = json.loads(export(phase, "statements", "json"))
    assert (sums[0]["text_fi"], sums[0]["agree"], sums[1]["disagree"]) == ("Palvelupisteen pitää olla auki illalla.", 1, 1)


def test_the_full_record_names_who_voted_and_is_logged(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town, access=Access.ACCOUNT)
    voted(phase, by=actor(cast.resident), s1=1)
    where = f"/sv/desk/consultations/{phase.consultation.subject.code}/record.json"
    record = json.loads(client_for(cast.registrar).post(where).content)
    assert record["votes"][0]["person"] == "Rea Resident"
    assert record["votes"][0]["votes"] == {"1": 1}
    assert LedgerEntry.objects.filter(kind=Happened.READ_OUT).count() == 1
    assert client_for(cast.communications).post(where).status_code == 403


def test_a_person_takes_their_votes_away_and_whoever_is_forgotten_leaves_votes_of_nobody(town: Town, cast: Cast) -> None:
    phase = opinion_phase(town, access=Access.ACCOUNT)
    me = actor(cast.resident)
    mine = voted(phase, by=me, s1=1)
    actions.tell_about_oneself(mine, told=actions.Told(age_band="45_64"), by=me)
    waits, refused, taken = (
        actions.propose_statement(phase, text=text, language="sv", voter=voter(known=mine), by=me) for text in ("Väntar.", "Min granne Nils.", "Tas med.")
    )
    actions.refuse_statement(refused, rule=factories.rule(), explanation="Nämner en person.", by=actor(cast.communications))
    actions.take_in(taken, texts={"fi": "Otetaan mukaan."}, by=actor(cast.communications))
    held = held_opinions(cast.resident.pk)
    assert held[0]["votes"] == [{"statement": "Servicepunkten ska vara öppen på kvällen.", "vote": "agree"}]
    assert held[0]["proposed"] == ["Väntar.", "Min granne Nils.", "Tas med."]
    assert actions.forget_in_consultations(cast.resident.pk, by=machine(SWEEPER)) == 1
    assert held_opinions(cast.resident.pk) == []
    left = Participant.objects.get()
    assert (left.person, left.age_band, OpinionVote.objects.count()) == (None, "", 1)
    assert not OpinionStatement.objects.filter(pk=waits.pk).exists()
    assert OpinionStatement.objects.get(pk=refused.pk).text_sv == ""
    assert OpinionStatement.objects.get(pk=taken.pk).text_sv == "Tas med."
    assert not OpinionStatement.objects.filter(author__isnull=False).exists()
    assert LedgerEntry.objects.filter(kind=Happened.FORGOTTEN).count() == 1


@pytest.mark.parametrize("what", ["", "all/", "results/", "propose/"])
def test_another_kind_of_phase_has_no_such_pages(town: Town, what: str) -> None:
    ideas = town.open_consultation.phases.get()
    assert Client().get(f"/sv/consultations/phases/{ideas.pk}/opinions/{what}").status_code == 404
