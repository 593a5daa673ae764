"""Commenting: on what is collected, in time and late, by the author and by a clerk."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from dialogi.commons import clock
from dialogi.commons.actors import machine
from dialogi.commons.codes import normalise
from dialogi.commons.models import Duty, LedgerEntry
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.commons.traps import opened_now
from dialogi.consultations import actions
from dialogi.consultations.actions import Commented
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Comment, Lateness, MapTools, Phase
from dialogi.consultations.queries.surveys import held_in_consultations
from dialogi.people import actions as people
from dialogi.people.rules import SWEEPER
from dialogi.testing import SETUP, Cast, Town, actor, client_for
from dialogi.voices.actions import Said, publish
from dialogi.voices.models import Voice
from dialogi.voices.rules import ANSWER_DUTY


def sent(**said: object) -> dict[str, object]:
    return {"text": "Gungorna i Smedsby är trasiga, börja där.", "publication": "waiting", "opened": opened_now(seconds_ago=60), "form_key": "a" * 32, **said}


def test_anybody_shares_an_idea_without_an_account_and_gets_a_code(town: Town) -> None:
    phase = town.open_consultation.phases.get()
    browser = Client()
    answer = browser.post(f"/sv/consultations/phases/{phase.pk}/comment/", sent(age_band="65_74", area=town.smedsby.pk))
    assert answer.status_code == 302
    made = Comment.objects.get()
    assert (made.lateness, made.age_band, made.voice.kind, made.voice.area) == (Lateness.IN_TIME, "65_74", "idea", town.smedsby)
    assert made.voice.about == town.open_consultation.subject
    assert browser.get(answer["Location"]).status_code == 200
    again = browser.post(f"/sv/consultations/phases/{phase.pk}/comment/", sent())
    assert (again["Location"], Comment.objects.count()) == (answer["Location"], 1)


def test_a_comment_is_answered_with_the_consultation_and_not_by_a_clock_of_its_own(town: Town) -> None:
    phase = town.open_consultation.phases.get()
    Client().post(f"/sv/consultations/phases/{phase.pk}/comment/", sent())
    assert Voice.objects.get().is_answered_together
    assert not Duty.objects.filter(what=ANSWER_DUTY).exists()


def test_a_wrong_form_says_what_is_missing_and_keeps_the_rest(town: Town) -> None:
    phase = town.open_consultation.phases.get()
    answer = Client().post(f"/fi/consultations/phases/{phase.pk}/comment/", sent(text="", email="ei-osoite"))
    assert answer.status_code == 422
    assert "ei-osoite" in answer.content.decode()
    assert not Comment.objects.exists()


def test_others_read_a_comment_when_it_has_been_checked(town: Town, cast: Cast) -> None:
    asked = town.open_consultation
    Client().post(f"/sv/consultations/phases/{asked.phases.get().pk}/comment/", sent())
    page = f"/sv/consultations/{asked.subject.code}/comments/"
    assert "Gungorna" not in Client().get(page).content.decode()
    publish(Voice.objects.get(), by=actor(cast.communications))
    assert "Gungorna" in Client().get(page).content.decode()
    assert "Gungorna" in Client().get(f"/sv{asked.subject.address}").content.decode()


def test_what_comes_after_the_closing_second_is_received_and_marked_late(town: Town, cast: Cast) -> None:
    asked = town.open_consultation
    phase = asked.phases.get()
    for seconds, expected in ((-1, Lateness.IN_TIME), (0, Lateness.LATE)):
        with clock.at(phase.closes_at + timedelta(seconds=seconds)):
            Client().post(f"/sv/consultations/phases/{phase.pk}/comment/", sent(form_key=f"{seconds + 2}" * 32))
            assert Comment.objects.latest("pk").lateness == expected
    late = Comment.objects.latest("pk")
    with pytest.raises(NotAllowed):
        actions.decide_late(late, taken=True, because="Posten var sen", by=actor(cast.resident))
    assert actions.decide_late(late, taken=True, because="Posten var sen", by=actor(cast.head_of_unit)).lateness == Lateness.TAKEN


def test_nothing_is_taken_before_the_opening(town: Town) -> None:
    phase = town.open_consultation.phases.get()
    said = Said(text="För tidigt ute med detta", language="sv", about=phase.consultation.subject, is_answered_together=True)
    with clock.at(phase.opens_at - timedelta(seconds=1)), pytest.raises(NotPossible):
        actions.comment(said, Commented(phase=phase), form_key="b" * 32, by=actor(None))
    assert not Voice.objects.exists()


def test_a_clerk_records_for_somebody_else_and_lateness_is_judged_by_the_arrival(town: Town, cast: Cast) -> None:
    phase = town.open_consultation.phases.get()
    address = f"/sv/desk/consultations/phases/{phase.pk}/record/"
    arrived = clock.now().astimezone().strftime("%Y-%m-%dT%H:%M")
    said = {"text": "Bygg en gunga i Replot.", "channel": "letter", "arrived_at": arrived, "language": "sv", "publication": "waiting", "form_key": "c" * 32}
    assert client_for(cast.resident).post(address, said).status_code == 403
    with clock.at(phase.closes_at + timedelta(days=2)):
        answer = client_for(cast.clerk).post(address, said)
    assert answer.status_code == 302
    made = Comment.objects.select_related("voice").get()
    assert (made.lateness, made.voice.channel, made.voice.author) == (Lateness.IN_TIME, "letter", None)
    assert normalise(answer["Location"].split("/")[-2])


def drawing(phase: Phase) -> Phase:
    return actions.change_phase(phase, by=SETUP, map_tools=MapTools.ANY)


def test_a_line_is_drawn_shown_on_the_map_told_in_the_list_and_taken_away(town: Town, cast: Cast) -> None:
    asked = town.open_consultation
    phase = drawing(asked.phases.get())
    line = {"place_words": "Vägen till skolan", "place_shape": "LineString", "place_corners": "63.1275 21.6830\nReplot"}
    assert Client().post(f"/sv/consultations/phases/{phase.pk}/comment/", sent(**line)).status_code == 302
    made = Comment.objects.get()
    assert made.geometry.startswith('{"type": "LineString"')
    assert made.voice.place_words == "Vägen till skolan"
    assert made.voice.latitude is not None
    places, picture, listed = (f"/sv/consultations/{asked.subject.code}/{end}" for end in ("places.json", "map.svg", "comments/"))
    assert Client().get(places).json()["features"] == [], "what has not been checked is on no map"
    assert "map.svg" not in Client().get(listed).content.decode()
    publish(Voice.objects.get(), by=actor(cast.communications))
    shown = Client().get(f"{places}?phase={phase.pk}").json()
    assert [shape["type"] for shape in shown["drawn"]] == ["LineString"]
    assert shown["features"][0]["properties"]["href"].endswith(f"{made.voice.subject.code}/")
    assert 'class="t"' in Client().get(picture).content.decode()
    page = Client().get(listed).content.decode()
    assert "Ritat på kartan: En linje" in " ".join(page.replace("</span>", "").split())
    assert "map.svg" in page
    taken = json.loads(b"".join(Client().get(f"/sv/consultations/{asked.subject.code}/data/comments.geojson").streaming_content))
    assert taken["features"][0]["geometry"]["type"] == "LineString"
    assert taken["features"][0]["properties"]["place"] == "Vägen till skolan"
    table = b"".join(Client().get(f"/sv/consultations/{asked.subject.code}/data/comments.csv").streaming_content).decode()
    assert "LineString" in table


def test_a_bad_drawing_says_which_row_is_wrong_and_loses_nothing(town: Town) -> None:
    phase = drawing(town.open_consultation.phases.get())
    bad = {"place_words": "Vid skolan", "place_shape": "Polygon", "place_corners": "Smedsby\nAtlantis\nReplot"}
    answer = Client().post(f"/sv/consultations/phases/{phase.pk}/comment/", sent(**bad))
    assert answer.status_code == 422
    html = answer.content.decode()
    for kept in ("Gungorna i Smedsby", "Vid skolan", "Smedsby\nAtlantis\nReplot", "Rad 2, ”Atlantis”"):
        assert kept in html
    assert Client().post(f"/sv/consultations/phases/{phase.pk}/comment/", sent(place_words="Vid skolan")).status_code == 302


def test_an_empty_map_gives_a_whole_geojson(town: Town) -> None:
    code = town.open_consultation.subject.code
    assert json.loads(b"".join(Client().get(f"/sv/consultations/{code}/data/comments.geojson").streaming_content))["features"] == []
    assert Client().get(f"/sv/consultations/{code}/data/points.geojson").status_code == 404


@pytest.mark.parametrize("whole_house", [False, True])
def test_whoever_is_forgotten_takes_the_drawing_and_the_age_along(town: Town, cast: Cast, whole_house: bool) -> None:
    asked = town.open_consultation
    phase = drawing(asked.phases.get())
    line = {"place_words": "Vägen", "place_shape": "LineString", "place_corners": "63.1275 21.6830\nReplot"}
    client_for(cast.resident).post(f"/sv/consultations/phases/{phase.pk}/comment/", sent(age_band="65_74", **line))
    (held,) = held_in_consultations(cast.resident.pk)
    assert (held["age"], "LineString" in held["drawing"]) == ("65_74", True)
    if whole_house:
        request = people.ask_erasure(cast.resident, by=actor(cast.resident))
        people.decide_erasure(request, by=actor(cast.registrar), outcome="granted", reason="Inget hindrar.")
    else:
        assert actions.forget_in_consultations(cast.resident.pk, by=machine(SWEEPER)) == 1
    made = Comment.objects.get()
    assert (made.geometry, made.age_band) == ("", "")
    assert LedgerEntry.objects.filter(subject=asked.subject, kind=Happened.FORGOTTEN.value).count() == 1
