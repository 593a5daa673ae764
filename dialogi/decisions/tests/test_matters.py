"""Matters: who keeps them, how they move on, what ties them to people's words, and what stays secret."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.models import LedgerEntry, LedgerNote, SearchEntry
from dialogi.commons.permissions import Conflict, NotAllowed, NotPossible
from dialogi.commons.registry import registry
from dialogi.commons.timeline import timeline
from dialogi.decisions import actions
from dialogi.decisions.models import MATTER_FLOW, Matter, MatterState, Outcome
from dialogi.testing import SETUP, Cast, Town, actor, days_later

pytestmark = pytest.mark.django_db

WORDS = {"title_sv": "Ny cykelväg", "title_fi": "Uusi pyörätie", "summary_sv": "Ska vägen byggas?", "summary_fi": "Rakennetaanko tie?"}
SECRET = {"is_public": False, "mention_sv": "Ett personärende", "mention_fi": "Henkilöasia", "secrecy": "621/1999, 24 § 1 mom. 32"}


def test_the_unit_and_the_registrar_open_matters_and_nobody_else_does(town: Town, cast: Cast) -> None:
    for person in (cast.handler, cast.head_of_unit, cast.registrar):
        assert actions.open_matter(by=actor(person), unit=town.roads, **WORDS).state == MatterState.PREPARATION
    for other in (cast.other_handler, cast.employee, cast.resident, None):
        with pytest.raises(NotAllowed):
            actions.open_matter(by=actor(other), unit=town.roads, **WORDS)
    assert Matter.objects.count() == 3


@pytest.mark.parametrize("name", ["title_sv", "title_fi", "summary_sv", "summary_fi"])
def test_a_matter_has_title_and_summary_in_both_languages(town: Town, name: str) -> None:
    with pytest.raises(ValidationError, match=r"Swedish and Finnish|svenska"):
        actions.open_matter(by=SETUP, unit=town.roads, **WORDS | {name: ""})


def test_what_cannot_be_written_is_refused(town: Town) -> None:
    with pytest.raises(TypeError, match="state"):
        actions.open_matter(by=SETUP, unit=town.roads, state="closed", **WORDS)
    with pytest.raises(ValidationError) as refused:
        actions.open_matter(by=SETUP, **WORDS)
    assert "unit" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        actions.open_matter(by=SETUP, unit=town.roads, **WORDS | {"summary_fi": "Koskee henkilöä 131052-308T."})
    assert "summary_fi" in refused.value.message_dict


def test_the_registrar_gives_case_numbers_each_once(town: Town, cast: Cast) -> None:
    registrar, handler = actor(cast.registrar), actor(cast.handler)
    actions.open_matter(by=registrar, unit=town.roads, case_number="7/10.03.01/2026", **WORDS)
    with pytest.raises(NotAllowed):
        actions.open_matter(by=handler, unit=town.roads, case_number="8/10.03.01/2026", **WORDS)
    other = actions.open_matter(by=handler, unit=town.roads, **WORDS)
    actions.open_matter(by=handler, unit=town.roads, **WORDS)
    for number, problem in (("7/10.03.01/2026", "already|redan"), ("7/2026", "looks like|ser ut")):
        with pytest.raises(ValidationError, match=problem):
            actions.edit_matter(other, by=registrar, case_number=number)
    assert actions.edit_matter(other, by=registrar, case_number=" 8/10.03.01/2026 ").case_number == "8/10.03.01/2026"
    with pytest.raises(NotAllowed):
        actions.edit_matter(other, by=handler, case_number="")


def test_an_edit_names_its_fields_overwrites_nobody_and_cannot_give_the_matter_away(town: Town, cast: Cast) -> None:
    handler = actor(cast.handler)
    seen = town.matter.subject.version
    actions.edit_matter(town.matter, by=handler, expecting=seen, post=town.road_engineer, title_en="Lamps")
    entry = LedgerEntry.objects.filter(subject=town.matter.subject).latest("id")
    assert entry.data == {"fields": ["post", "title_en"]}
    assert Matter.objects.get(pk=town.matter.pk).subject.post == town.road_engineer.subject
    with pytest.raises(Conflict):
        actions.edit_matter(town.matter, by=handler, expecting=seen, title_en="Lights")
    with pytest.raises(NotAllowed):
        actions.edit_matter(town.matter, by=handler, unit=town.library)
    assert actions.edit_matter(town.matter, by=actor(cast.registrar), unit=town.library).unit == town.library


def test_every_step_of_the_flow_is_taken_and_others_are_refused(town: Town, cast: Cast) -> None:
    handler, matter = actor(cast.handler), town.matter
    with pytest.raises(NotPossible):
        actions.move_matter(matter, to=MatterState.CLOSED, by=handler)
    with pytest.raises(NotPossible, match=r"decision|beslut"):
        actions.move_matter(matter, to=MatterState.DECIDED, by=handler)
    actions.publish_decision(town.council_draft(outcome=Outcome.TABLED), by=SETUP)
    assert Matter.objects.get(pk=matter.pk).state == MatterState.PREPARATION, "put off is not decided"
    actions.publish_decision(town.council_draft(section="46"), by=SETUP)
    assert Matter.objects.get(pk=matter.pk).state == MatterState.DECIDED
    assert actions.move_matter(matter, to=MatterState.EXECUTION, by=handler).closed_on is None
    with days_later(3):
        assert actions.move_matter(matter, to=MatterState.CLOSED, by=handler).closed_on == clock.today()
    with pytest.raises(ValidationError):
        actions.move_matter(matter, to=MatterState.PREPARATION, by=handler, reason="  ")
    opened = actions.move_matter(matter, to=MatterState.PREPARATION, by=handler, reason="Domstolen upphävde beslutet.")
    assert opened.closed_on is None
    assert "Domstolen upphävde beslutet." in timeline(matter.subject, actor=ANONYMOUS)[0].sentence
    assert actions.move_matter(matter, to=MatterState.DECIDED, by=handler).state == MatterState.DECIDED, "there is a decision that settled it"
    with pytest.raises(NotAllowed):
        actions.move_matter(matter, to=MatterState.CLOSED, by=actor(cast.other_handler))
    assert set(MATTER_FLOW.steps) == set(MatterState.values)


def test_a_reason_lies_beside_the_ledger_where_it_can_be_forgotten(town: Town) -> None:
    actions.move_matter(town.matter, to=MatterState.DROPPED, by=SETUP, reason="Markägaren drog sig ur.")
    entry = LedgerEntry.objects.filter(subject=town.matter.subject).latest("id")
    assert "Markägaren" not in str(entry.data)
    LedgerNote.objects.filter(entry=entry).delete()
    assert "…" in timeline(town.matter.subject, actor=ANONYMOUS)[0].sentence


def test_a_matter_closes_no_earlier_than_it_opened(town: Town) -> None:
    later = actions.open_matter(by=SETUP, unit=town.roads, opened_on=clock.today() + timedelta(days=9), **WORDS)
    closed = actions.move_matter(later, to=MatterState.DROPPED, by=SETUP, reason="Fel.")
    assert closed.closed_on == closed.opened_on


def test_of_a_secret_matter_the_house_knows_the_mention_alone(town: Town) -> None:
    for name in ("mention_fi", "secrecy"):
        with pytest.raises(ValidationError):
            actions.open_matter(by=SETUP, unit=town.roads, **WORDS, **SECRET | {name: ""})
    matter = actions.open_matter(by=SETUP, unit=town.roads, **WORDS, **SECRET)
    subject = matter.subject
    subject.refresh_from_db()
    assert [subject.title_sv, subject.title_fi, subject.summary_sv] == ["Ett personärende", "Henkilöasia", ""]
    assert not SearchEntry.objects.filter(subject=subject, title__icontains="cykel").exists()
    assert "cykel" not in str(registry.nouns["decisions.matter"].wordings(matter)).lower()
    opened = actions.edit_matter(matter, by=SETUP, is_public=True)
    assert opened.subject.title_sv == "Ny cykelväg"
    kinds = list(LedgerEntry.objects.filter(subject=subject).order_by("id").values_list("kind", flat=True))
    assert kinds == ["decisions.matter.opened", "decisions.matter.closed_off", "decisions.matter.made_public"]


def test_communications_writes_language_versions_of_what_is_public_alone(town: Town, cast: Cast) -> None:
    communications = actor(cast.communications)
    actions.reword_matter(town.matter, texts={"title": {"en": "Lamps at night"}}, by=communications)
    assert Matter.objects.get(pk=town.matter.pk).title_en == "Lamps at night"
    secret = actions.open_matter(by=SETUP, unit=town.roads, **WORDS, **SECRET)
    with pytest.raises(NotAllowed):
        actions.reword_matter(secret, texts={"title": {"en": "A cycle path"}}, by=communications)
    with pytest.raises(TypeError):
        actions.reword_matter(town.matter, texts={"secrecy": {"sv": "x"}}, by=communications)


def test_the_record_for_the_archive_holds_everything(town: Town) -> None:
    record = registry.nouns["decisions.matter"].freeze(town.council_decision.matter.subject)
    assert record["matter"]["case_number"] == "12/10.03.01/2026"
    assert record["matter"]["title"]["fi"] == "Katuvalot koko yöksi"
    assert record["decisions"] == [town.council_decision.subject.code]
    assert [entry["what"] for entry in record["history"]] == ["decisions.matter.opened", "decisions.matter.decided"]
