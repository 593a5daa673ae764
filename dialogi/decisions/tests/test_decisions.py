"""Decisions: who records them, what they freeze, how they are corrected, who is told, and what stays secret."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from dialogi.commons import clock, outbox
from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.attachments import prepare_upload
from dialogi.commons.changes import Approved, changes_since
from dialogi.commons.models import Attachment, SearchEntry
from dialogi.commons.permissions import Conflict, NotAllowed, NotPossible
from dialogi.commons.registry import registry
from dialogi.commons.thread import thread_of
from dialogi.commons.timeline import timeline
from dialogi.decisions import actions
from dialogi.decisions.models import DecidedOn, Decision, DecisionState, Outcome, Remedy
from dialogi.people import actions as people
from dialogi.services import actions as services
from dialogi.testing import SETUP, Cast, Town, actor, days_later

pytestmark = pytest.mark.django_db

SECRET = {"is_public": False, "mention_sv": "Ett personärende", "mention_fi": "Henkilöasia", "secrecy": "621/1999, 24 § 1 mom. 32"}
OFFICE = {"body": None, "matter": None, "section": "", "office_sv": "Vägchefen", "office_fi": "Tiepäällikkö"}


def test_the_registrar_records_for_bodies_and_the_head_for_the_offices_of_the_unit(town: Town, cast: Cast) -> None:
    fields = {"unit": town.roads, "outcome": Outcome.APPROVED, "remedy": Remedy.APPEAL, "title_sv": "Bom", "title_fi": "Puomi", "text_sv": "Ja."}
    office = {"office_sv": "Vägchefen", "office_fi": "Tiepäällikkö"}
    for person in (cast.registrar, cast.head_of_unit):
        assert actions.draft_decision(by=actor(person), **fields, **office).is_draft
    assert actions.draft_decision(by=actor(cast.registrar), body=town.council, **fields).is_draft
    with pytest.raises(NotAllowed):
        actions.draft_decision(by=actor(cast.head_of_unit), body=town.council, **fields)
    with pytest.raises(NotAllowed):
        actions.draft_decision(by=actor(cast.head_of_unit), **fields | {"unit": town.library}, **office)
    for other in (cast.handler, cast.official, cast.communications, None):
        with pytest.raises(NotAllowed):
            actions.draft_decision(by=actor(other), **fields, **office)


@pytest.mark.parametrize(
    "fields",
    [
        {"body": None},
        {"office_sv": "Vägchefen", "office_fi": "Tiepäällikkö"},
        {"body": None, "office_sv": "Vägchefen"},
        {"title_fi": ""},
        {"text_sv": "", "text_fi": "", "text_en": ""},
        {"outcome": "perhaps"},
        {"remedy": "shout"},
        {"decided_on": clock.today() + timedelta(days=1)},
        {"text_sv": "Personbeteckningen är 131052-308T.", "is_public": True},
    ],
)
def test_what_is_no_decision_is_refused(town: Town, fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        actions.publish_decision(town.council_draft(**fields), by=SETUP)


def test_a_section_of_a_meeting_is_used_once_unless_the_draft_was_discarded(town: Town) -> None:
    first = town.council_draft(section=" § 12 ")
    assert first.section == "12"
    with pytest.raises(ValidationError):
        town.council_draft(section="12")
    actions.discard_decision(first, by=SETUP)
    assert town.council_draft(section="12").is_draft
    with pytest.raises(NotPossible):
        actions.publish_decision(first, by=SETUP)


def test_an_office_is_named_as_it_was_called_then(town: Town) -> None:
    post = town.road_engineer
    decision = town.council_draft(body=None, post=post, section="")
    assert [decision.office_sv, decision.office_fi] == ["Vägingenjör", "Tieinsinööri"]
    people.edit_post(post, by=SETUP, title_sv="Trafikingenjör", title_fi="Liikenneinsinööri")
    published = actions.publish_decision(decision, by=SETUP)
    assert published.office_sv == "Vägingenjör"
    assert published.subject.post == post.subject
    with pytest.raises(ValidationError):
        town.council_draft(post=post, section="50")


def test_a_draft_is_seen_by_its_unit_and_found_by_nobody(town: Town, cast: Cast) -> None:
    draft = town.council_draft()
    seen_by = [name for name, person in cast.everybody() if Decision.objects.visible_to(actor(person)).filter(pk=draft.pk).exists()]
    assert seen_by == ["handler", "head_of_unit", "registrar"]
    assert not SearchEntry.objects.filter(subject=draft.subject).exists()
    assert registry.nouns["decisions.decision"].wordings(draft) == {}
    published = actions.publish_decision(draft, by=SETUP)
    assert SearchEntry.objects.filter(subject=published.subject).count() == 3


def test_a_draft_is_changed_without_a_word_and_a_public_decision_only_with_a_reason(town: Town, cast: Cast) -> None:
    registrar, draft = actor(cast.registrar), town.council_draft()
    with pytest.raises(NotPossible):
        actions.correct_decision(draft, reason="Fel.", by=registrar, section="46")
    draft = actions.edit_draft(draft, by=registrar, section="46")
    published = actions.publish_decision(draft, by=registrar, expecting=draft.subject.version)
    with pytest.raises(NotPossible):
        actions.edit_draft(published, by=registrar, section="47")
    with pytest.raises(ValidationError):
        actions.correct_decision(published, reason=" ", by=registrar, section="47")
    with pytest.raises(NotPossible):
        actions.correct_decision(published, reason="Fel.", by=registrar, matter=None)
    with pytest.raises(Conflict):
        actions.correct_decision(published, reason="Fel.", by=registrar, expecting=draft.subject.version, section="47")
    corrected = actions.correct_decision(published, reason="Paragrafen var fel.", by=registrar, section="47")
    assert corrected.section == "47"
    assert next(entry.sentence for entry in timeline(corrected.subject, actor=ANONYMOUS)).endswith("Paragrafen var fel.")
    with pytest.raises(NotAllowed):
        actions.correct_decision(corrected, reason="Fel.", by=actor(cast.head_of_unit), section="48")


def test_what_is_decided_on_is_frozen_at_the_day_of_the_decision(town: Town) -> None:
    lights, day = town.street_lights, clock.today()
    with days_later(2):
        services.edit_service(lights, by=SETUP, description_sv="Före beslutet.")
    with days_later(9):
        services.edit_service(lights, by=SETUP, description_sv="Efter beslutet.")
    with days_later(10):
        draft = town.council_draft(decided_on=day)
        about = actions.decide_on(draft, subject=lights.subject, by=SETUP)
        assert about.version == 1, "what was written later was not decided on"
        assert actions.decide_on(draft, subject=lights.subject, by=SETUP).pk == about.pk
        draft = actions.edit_draft(draft, by=SETUP, decided_on=day + timedelta(days=5))
        actions.publish_decision(draft, by=SETUP)
    frozen = DecidedOn.objects.get()
    assert frozen.version == 2
    approved = Approved(lights.subject_id, frozen.version)
    assert changes_since([approved])[approved].count == 1
    assert [knot.subject for knot in thread_of(lights.subject, actor=ANONYMOUS)] == [draft.subject]


def test_a_decision_is_not_about_itself_or_its_own_matter(town: Town, cast: Cast) -> None:
    draft = town.council_draft()
    for subject in (draft.subject, town.matter.subject):
        with pytest.raises(NotPossible):
            actions.decide_on(draft, subject=subject, by=SETUP)
    with pytest.raises(NotAllowed):
        actions.decide_on(draft, subject=town.snow.subject, by=actor(cast.handler))
    actions.decide_on(draft, subject=town.snow.subject, by=SETUP)
    published = actions.publish_decision(draft, by=SETUP)
    assert actions.decide_on_no_more(published, subject=town.snow.subject, by=SETUP)
    assert not actions.decide_on_no_more(published, subject=town.snow.subject, by=SETUP)
    assert thread_of(town.snow.subject, actor=ANONYMOUS) == []


def pdf(name: str = "bilaga.pdf") -> Any:
    return prepare_upload(SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF\n"))


def readers(file: Attachment, cast: Cast) -> set[str]:
    return {name for name, person in cast.everybody() if Attachment.objects.visible_to(actor(person)).filter(pk=file.pk).exists()}


def test_files_are_read_as_far_as_what_they_belong_to_and_no_further(town: Town, cast: Cast) -> None:
    registrar, inside = actor(cast.registrar), {"handler", "head_of_unit", "registrar"}
    draft = town.council_draft()
    (annex,) = actions.add_files(draft, uploads=[pdf()], description="Bilaga 1", language="sv", by=registrar)
    (closed,) = actions.add_files(draft, uploads=[pdf("hemlig.pdf")], is_public=False, by=registrar)
    assert readers(annex, cast) == inside
    published = actions.publish_decision(draft, by=registrar)
    assert len(readers(annex, cast)) == 13
    assert readers(closed, cast) == inside
    secret = actions.correct_decision(published, reason="Sekretess.", by=registrar, **SECRET)
    assert readers(annex, cast) == inside
    with pytest.raises(NotPossible):
        actions.show_file_to(secret, file=annex, everybody=True, by=registrar)
    opened = actions.correct_decision(secret, reason="Öppet.", by=registrar, is_public=True)
    annex.refresh_from_db()
    assert readers(annex, cast) == inside, "files do not open by themselves"
    actions.show_file_to(opened, file=annex, everybody=True, by=registrar)
    assert len(readers(annex, cast)) == 13


def test_a_file_goes_with_a_reason_and_only_from_what_it_belongs_to(town: Town, cast: Cast) -> None:
    registrar, decision = actor(cast.registrar), town.council_decision
    (file,) = actions.add_files(town.matter, uploads=[pdf()], description="Karta", by=actor(cast.handler))
    with pytest.raises(NotPossible):
        actions.remove_file(decision, file=file, reason="Fel.", by=registrar)
    with pytest.raises(ValidationError):
        actions.remove_file(town.matter, file=file, reason="", by=registrar)
    with pytest.raises(NotAllowed):
        actions.remove_file(town.matter, file=file, reason="Fel.", by=actor(cast.other_handler))
    with pytest.raises(NotAllowed):
        actions.add_files(decision, uploads=[pdf()], by=actor(cast.handler))
    actions.remove_file(town.matter, file=file, reason="Kartan var gammal.", by=actor(cast.handler))
    assert not Attachment.objects.exists()
    assert "Kartan var gammal." in timeline(town.matter.subject, actor=ANONYMOUS)[0].sentence


def test_a_language_that_lacks_words_is_added_and_other_words_are_corrected(town: Town, cast: Cast) -> None:
    communications = actor(cast.communications)
    decision = actions.publish_decision(town.council_draft(text_en=""), by=SETUP)
    actions.reword_decision(decision, texts={"text": {"en": "The council approves."}}, by=communications)
    assert Decision.objects.get(pk=decision.pk).text_en == "The council approves."
    with pytest.raises(NotPossible):
        actions.reword_decision(decision, texts={"text": {"en": "The council rejects."}}, by=communications)
    with pytest.raises(NotAllowed):
        actions.reword_decision(decision, texts={"reasons": {"en": "Dark."}}, by=actor(cast.employee))


def test_the_record_for_the_archive_holds_also_what_is_secret(town: Town) -> None:
    draft = town.council_draft(**SECRET)
    actions.decide_on(draft, subject=town.snow.subject, by=SETUP)
    secret = actions.publish_decision(draft, by=SETUP)
    record = registry.nouns["decisions.decision"].freeze(secret.subject)
    assert record["decision"]["title"]["sv"] == "Lamporna lyser hela natten"
    assert record["decision"]["case_number"] == "12/10.03.01/2026"
    assert record["decides_on"] == [{"code": town.snow.subject.code, "kind": "services.service", "version": 1}]
    office = registry.nouns["decisions.decision"].freeze(town.office_decision.subject)
    assert (office["decision"]["body"], office["decision"]["matter"]) == (None, None)


def test_nothing_waits_in_the_outbox_for_a_builder_that_fails(town: Town) -> None:
    assert town.council_decision.state == DecisionState.PUBLISHED
    assert town.office_decision.matter is None
    while outbox.drain():
        pass
    assert not outbox.parked().exists()
