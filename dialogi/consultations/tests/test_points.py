"""Points: gathered by people, answered once, told to each author, exported for the planning file."""

import io

import pikepdf
import pytest
from django.test import Client
from docx import Document

from dialogi.commons import clock
from dialogi.commons.permissions import Conflict, NotAllowed, NotPossible
from dialogi.consultations import actions
from dialogi.consultations.actions import Commented
from dialogi.consultations.models import Comment, Consultation, Lateness, Point
from dialogi.consultations.queries.points import left_over, like_comment
from dialogi.testing import SETUP, Cast, Town, actor, client_for
from dialogi.voices.actions import Said, publish
from dialogi.voices.models import Voice

ANSWER = {
    "title_sv": "Gungor",
    "title_fi": "Keinut",
    "verdict": "partly",
    "answer_sv": "Två nya gungor byggs.",
    "answer_fi": "Kaksi uutta keinua rakennetaan.",
    "change_sv": "Smedsby först.",
    "change_fi": "Sepänkylä ensin.",
}


def commented(town: Town, words: str, *, key: str, language: str = "sv") -> Comment:
    phase = town.open_consultation.phases.get()
    said = Said(text=words, language=language, kind="idea", publication="waiting", about=phase.consultation.subject, is_answered_together=True)
    return actions.comment(said, Commented(phase=phase), form_key=key * 32, by=actor(None))[0]


def asked(town: Town) -> Consultation:
    return Consultation.objects.get(pk=town.open_consultation.pk)


def test_a_planner_gathers_chosen_comments_at_the_desk_and_strangers_do_not(town: Town, cast: Cast) -> None:
    first, second = commented(town, "Bygg nya gungor", key="a"), commented(town, "Fler gungor tack", key="b")
    code = town.open_consultation.subject.code
    desk = client_for(cast.head_of_unit)
    page = desk.get(f"/sv/desk/consultations/{code}/points/").content.decode()
    assert "Bygg nya gungor" in page
    assert desk.post(f"/sv/desk/consultations/{code}/points/gather/", {"title": "Gungor", "language": "sv"}).status_code == 422
    assert desk.post(f"/sv/desk/consultations/{code}/points/gather/", {"pick": [first.pk, second.pk], "title": "Gungor", "language": "sv"}).status_code == 302
    point = Point.objects.get()
    assert (point.number, point.comments.count(), left_over(asked(town)).count()) == (1, 2, 0)
    assert client_for(cast.other_handler).get(f"/sv/desk/consultations/{code}/points/").status_code == 403
    with pytest.raises(NotAllowed):
        actions.make_point(asked(town), comments=[first], by=actor(cast.resident), title_sv="Nej")


def test_similar_comments_are_suggested_and_gathered_by_a_person_alone(town: Town, cast: Cast) -> None:
    first = commented(town, "Gungorna på lekplatsen i Smedsby är trasiga och farliga", key="a")
    second = commented(town, "De trasiga gungorna på lekplatsen i Smedsby måste bytas ut", key="b")
    commented(town, "Busskuren vid skolan läcker", key="c")
    assert like_comment(first, actor=actor(cast.head_of_unit)) == [second]
    assert left_over(asked(town)).count() == 3


def test_a_comment_may_raise_several_points_and_numbers_close_up_when_one_is_taken_apart(town: Town) -> None:
    comment = commented(town, "Gungor och belysning", key="a")
    first = actions.make_point(asked(town), comments=[comment], by=SETUP, title_sv="Gungor")
    actions.make_point(asked(town), comments=[comment], by=SETUP, title_sv="Belysning")
    actions.remove_point(first, by=SETUP)
    assert list(Point.objects.values_list("number", "title_sv")) == [(1, "Belysning")]


def test_nothing_is_left_over_when_the_answers_are_published(town: Town) -> None:
    with clock.at(town.open_consultation.closes_at):
        point = actions.make_point(asked(town), comments=[], by=SETUP, title_sv="Gungor")
        late = commented(town, "För sent ute", key="c")
        assert late.lateness == Lateness.LATE
        for step in (
            lambda: actions.decide_late(late, taken=True, because="Posten var sen", by=SETUP),
            lambda: actions.gather_in_point(point, comments=[late], by=SETUP),
            lambda: actions.edit_point(point, by=SETUP, **ANSWER),
            lambda: actions.state_result(asked(town), result={"sv": "Klart.", "fi": "Valmis."}, by=SETUP),
        ):
            with pytest.raises(NotPossible):
                actions.answer_consultation(asked(town), by=SETUP)
            step()
        assert actions.answer_consultation(asked(town), by=SETUP).state == "answered"


def test_answers_are_not_published_while_people_can_still_comment(town: Town) -> None:
    with pytest.raises(NotPossible):
        actions.answer_consultation(asked(town), by=SETUP)


def test_each_author_hears_in_their_own_language_what_theirs_became_once(town: Town) -> None:
    with clock.at(town.open_consultation.opens_at + (town.open_consultation.closes_at - town.open_consultation.opens_at) / 2):
        comments = [commented(town, "Bygg nya gungor i Smedsby", key="a"), commented(town, "Lisää keinuja Sepänkylään", key="b", language="fi")]
        point = actions.make_point(asked(town), comments=comments, by=SETUP, title_sv="Gungor")
        actions.edit_point(point, by=SETUP, **ANSWER)
    with clock.at(town.open_consultation.closes_at):
        actions.state_result(asked(town), result={"sv": "Gungorna byggs.", "fi": "Keinut rakennetaan."}, by=SETUP)
        assert actions.tell_authors() == 0
        actions.answer_consultation(asked(town), by=SETUP)
        assert actions.tell_authors() == 2
        assert actions.tell_authors() == 0
    swedish, finnish = Voice.objects.order_by("pk")
    assert swedish.is_answered
    assert finnish.is_answered
    told = finnish.replies.get()
    assert "Kohta 1: Keinut" in told.text_fi
    assert "Kaksi uutta keinua rakennetaan." in told.text_fi
    assert "Punkt 1: Gungor" in swedish.replies.get().text_sv


def test_everybody_reads_the_points_and_takes_them_away_in_both_languages(town: Town, cast: Cast) -> None:
    comment = commented(town, "Bygg nya gungor i Smedsby", key="a")
    publish(Voice.objects.get(), by=actor(cast.communications))
    address = f"/fi{town.open_consultation.subject.address}points"
    with clock.at(town.open_consultation.closes_at):
        point = actions.make_point(asked(town), comments=[comment], by=SETUP, title_sv="Gungor")
        actions.edit_point(point, by=SETUP, **ANSWER)
        actions.state_result(asked(town), result={"sv": "Klart.", "fi": "Valmis."}, by=SETUP)
        assert "Kaksi uutta keinua" not in Client().get(f"{address}/").content.decode()
        assert Client().get(f"{address}.pdf").status_code == 404
        actions.answer_consultation(asked(town), by=SETUP)
        page = Client().get(f"{address}/").content.decode()
        assert "Kaksi uutta keinua rakennetaan." in page
        assert comment.voice.subject.code in page
        pdf = pikepdf.open(io.BytesIO(Client().get(f"{address}.pdf").content))
        assert "/StructTreeRoot" in pdf.Root
        table = Document(io.BytesIO(Client().get(f"{address}.docx").content)).tables[0]
    assert ["Svenska" in table.rows[0].cells[1].text, "Suomi" in table.rows[0].cells[2].text] == [True, True]
    assert "Två nya gungor byggs." in table.rows[1].cells[1].text
    assert "Kaksi uutta keinua rakennetaan." in table.rows[1].cells[2].text


def test_two_planners_writing_one_answer_do_not_overwrite_each_other(town: Town) -> None:
    point = actions.make_point(asked(town), comments=[commented(town, "Bygg nya gungor", key="a")], by=SETUP, title_sv="Gungor")
    actions.edit_point(point, by=SETUP, expecting=point.version, title_fi="Keinut")
    with pytest.raises(Conflict):
        actions.edit_point(point, by=SETUP, expecting=point.version, title_fi="Keinulaudat")
