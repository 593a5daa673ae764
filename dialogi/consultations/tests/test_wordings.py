"""Which texts of a consultation are watched, what it costs, and who writes them in the other language."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogi.commons import clock
from dialogi.commons.models import LedgerEntry, Subject
from dialogi.commons.permissions import NotAllowed
from dialogi.commons.wordings import mark_checked, missing, outdated, waiting
from dialogi.consultations import actions
from dialogi.consultations.actions import Commented, Wordings
from dialogi.consultations.models import Choice, Consultation, Phase, Question
from dialogi.consultations.wordings import labels, texts
from dialogi.testing import SETUP, Cast, Town, actor, client_for
from dialogi.voices.actions import Said


@pytest.fixture
def asked(town: Town) -> Consultation:
    """A consultation in preparation with a survey whose question has choices."""
    made = actions.create_consultation(unit=town.parks, by=SETUP, title_sv="Lekplatsen", title_fi="Leikkipaikka")
    start = clock.now() + timedelta(days=1)
    phase = actions.add_phase(made, kind="survey", opens_at=start, closes_at=start + timedelta(days=7), by=SETUP, title_sv="Enkät", title_fi="Kysely")
    choices = Wordings(choices=({"sv": "Ja", "fi": "Kyllä"}, {"sv": "Nej", "fi": "Ei"}))
    actions.add_question(phase, kind="one", wordings=choices, text_sv="Går du dit?", text_fi="Käytkö siellä?", by=SETUP)
    return Consultation.objects.get(pk=made.pk)


def behind(consultation: Consultation) -> list[tuple[str, str]]:
    return [(each.key, each.language) for each in outdated(consultation.subject)]


def test_texts_of_phases_questions_and_choices_are_watched_with_its_own(asked: Consultation) -> None:
    phase, question, choice = Phase.objects.get(), Question.objects.get(), Choice.objects.order_by("position")[0]
    actions.change_phase(phase, title_sv="En enkät", by=SETUP)
    actions.change_question(question, text_fi="Käytkö leikkipaikalla?", by=SETUP)
    assert behind(asked) == [(f"phase:{phase.pk}:title", "fi"), (f"question:{question.pk}:text", "sv")]
    no_finnish = Wordings(choices=({"sv": "Ja"}, {"sv": "Nej", "fi": "Ei"}))
    actions.change_question(question, wordings=no_finnish, by=SETUP)
    assert [(each.key, each.language) for each in waiting(asked.subject)] == [(f"choice:{choice.pk}:text", "fi")]
    assert missing(asked) == [(f"choice:{choice.pk}:text", "fi")]
    actions.remove_question(question, by=SETUP)
    assert behind(asked) == [(f"phase:{phase.pk}:title", "fi")]
    assert waiting(asked.subject) == []


def test_every_text_has_a_name_for_translators(asked: Consultation) -> None:
    assert set(texts(asked)) == set(labels(asked))
    phase, question = Phase.objects.get(), Question.objects.get()
    assert labels(asked)[f"phase:{phase.pk}:intro"].startswith("Fas 1: ")
    assert labels(asked)[f"question:{question.pk}:help"].startswith("Fråga 1: ")


def test_what_arrives_often_reads_no_texts(town: Town) -> None:
    phase = town.open_consultation.phases.get()
    said = Said(text="Gungor i alla åldrar, tack.", language="sv", about=phase.consultation.subject, is_answered_together=True)
    with CaptureQueriesContext(connection) as caught:
        actions.comment(said, Commented(phase=phase), form_key="k" * 32, by=actor(None))
    assert not [query["sql"] for query in caught.captured_queries if "commons_wording" in query["sql"] or "consultations_annex" in query["sql"]]


def test_communications_writes_any_of_them_and_the_timeline_names_the_parts(asked: Consultation, cast: Cast) -> None:
    phase, question = Phase.objects.get(), Question.objects.get()
    words = {"title": {"en": "The playground"}, f"phase:{phase.pk}:intro": {"sv": "Svara.", "fi": "Vastaa."}, f"question:{question.pk}:text": {"fi": "Käytkö?"}}
    actions.reword_consultation(asked, texts=words, by=actor(cast.communications))
    asked.refresh_from_db()
    phase.refresh_from_db()
    question.refresh_from_db()
    assert (asked.title_en, phase.intro_fi, question.text_fi) == ("The playground", "Vastaa.", "Käytkö?")
    assert phase.version == 2
    assert LedgerEntry.objects.filter(subject=asked.subject).latest("id").data == {"asked_parts_key": ["questions", "timetable", "title"]}
    assert behind(asked) == [(f"question:{question.pk}:text", "sv")]


def test_nobody_else_writes_them_and_nothing_else_is_written(asked: Consultation, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.reword_consultation(asked, texts={"title": {"fi": "Kaapattu"}}, by=actor(cast.registrar))
    for key in ("state", "phase:0:title", f"phase:{Phase.objects.get().pk}:kind", "point:1:answer"):
        with pytest.raises(TypeError):
            actions.reword_consultation(asked, texts={key: {"sv": "published"}}, by=SETUP)
    question = Question.objects.get()
    with pytest.raises(ValidationError) as refused:
        actions.reword_consultation(asked, texts={f"question:{question.pk}:low": {"fi": "x" * 200}}, by=SETUP)
    assert set(refused.value.message_dict) == {f"question:{question.pk}:low_fi"}


def test_the_queue_writes_them_and_the_reader_is_told_until_then(asked: Consultation, town: Town, cast: Cast) -> None:
    actions.edit_consultation(town.open_consultation, summary_sv="En ny lekplats på torget.", by=SETUP)
    subject = Subject.objects.get(pk=town.open_consultation.subject_id)
    told = "vanhempi kuin ruotsinkielisen tekstin viimeisin muutos"
    assert told in Client().get(f"/fi{subject.address}").content.decode()
    html = client_for(cast.communications).get(f"/fi/desk/translations/{subject.code}/").content.decode()
    assert 'name="summary_fi"' in html
    mark_checked(subject, key="summary", language="fi", by=actor(cast.communications))
    assert told not in Client().get(f"/fi{subject.address}").content.decode()
