"""A draft to comment: read from documents, published in both languages, commented by paragraph, compared, alternatives side by side."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dialogi.commons.calendar import ZONE
from dialogi.commons.permissions import Conflict, NotPossible
from dialogi.commons.traps import opened_now
from dialogi.consultations import actions
from dialogi.consultations.actions import Commented
from dialogi.consultations.drafts import read_draft
from dialogi.consultations.models import Comment, Consultation, DraftVersion, Phase
from dialogi.consultations.queries.drafts import carried, newest_version
from dialogi.consultations.queries.parity import lacking
from dialogi.testing import SETUP, Cast, Town, actor, client_for
from dialogi.voices.actions import Said, publish
from dialogi.voices.models import Voice

SV = "# Gungor\n\nVi bygger två gungor i Smedsby.\n\nDe är klara i maj.\n\n# Pengar\n\nDet kostar 20 000 euro.\n"
FI = "# Keinut\n\nRakennamme kaksi keinua Sepänkylään.\n\nNe valmistuvat toukokuussa.\n\n# Rahat\n\nSe maksaa 20 000 euroa.\n"
SV2 = "# Gungor\n\nVi bygger tre gungor i Smedsby och en i Replot.\n\n# Pengar\n\nDet kostar 20 000 euro.\n\nPengarna finns i budgeten.\n"
FI2 = "# Keinut\n\nRakennamme kolme keinua Sepänkylään ja yhden Raippaluotoon.\n\n# Rahat\n\nSe maksaa 20 000 euroa.\n\nRahat ovat talousarviossa.\n"


def hearing(town: Town) -> Phase:
    """A phase for comments on a draft, in the consultation that is being prepared."""
    ideas = town.playground_plan.phases.get()
    return actions.add_phase(town.playground_plan, kind="hearing", opens_at=ideas.opens_at, closes_at=ideas.closes_at, by=SETUP)


def version(phase: Phase, sv: str = SV, fi: str = FI) -> DraftVersion:
    drafts = {"sv": read_draft(sv.encode(), name="a.md"), "fi": read_draft(fi.encode(), name="b.md")}
    return actions.write_version(phase, drafts=drafts, change_words={}, by=SETUP)


def opened(town: Town) -> Phase:
    """The same with a published version, open."""
    phase = hearing(town)
    actions.publish_version(version(phase), by=SETUP)
    actions.publish(Consultation.objects.get(), by=SETUP)
    return Phase.objects.get(pk=phase.pk)


def anchor_of(phase: Phase, number: str) -> str:
    return newest_version(phase).paragraphs.get(number=number).anchor


def test_a_planner_reads_a_draft_from_two_documents_and_the_gate_opens(town: Town, cast: Cast) -> None:
    phase, page = hearing(town), client_for(cast.communications)
    assert [lack.key for lack in lacking(town.playground_plan)] == [f"draft:{phase.pk}"]
    files = {"document_sv": SimpleUploadedFile("plan.md", SV.encode()), "document_fi": SimpleUploadedFile("suunnitelma.md", FI.encode())}
    made = page.post(f"/sv/desk/consultations/phases/{phase.pk}/versions/new/", files)
    assert made.status_code == 302
    assert "Rakennamme kaksi keinua" in page.get(made["Location"]).content.decode()
    ready = page.post(f"{made['Location']}ready/")
    assert ready.status_code == 302
    assert lacking(Consultation.objects.get()) == []
    assert client_for(cast.resident).get(f"/sv/desk/consultations/phases/{phase.pk}/versions/new/").status_code in {403, 404}


@pytest.mark.parametrize(("name", "data"), [("plan.pdf", b"%PDF-1.7 x"), ("plan.docx", b"PK\x03\x04 broken"), ("plan.md", b"  ")])
def test_what_cannot_be_read_says_what_to_do(town: Town, cast: Cast, name: str, data: bytes) -> None:
    phase = hearing(town)
    answer = client_for(cast.communications).post(f"/sv/desk/consultations/phases/{phase.pk}/versions/new/", {"document_sv": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert not DraftVersion.objects.exists()


def test_languages_that_are_not_built_alike_are_refused_with_the_place(town: Town) -> None:
    with pytest.raises(NotPossible):
        version(hearing(town), fi="# Keinut\n\nRakennamme kaksi keinua Sepänkylään.\n\n# Rahat\n\nSe maksaa 20 000 euroa.\n")
    assert not DraftVersion.objects.exists()


def test_one_language_is_enough_to_begin_with_but_not_to_be_commented_on(town: Town) -> None:
    phase = hearing(town)
    made = actions.write_version(phase, drafts={"sv": read_draft(SV.encode(), name="a.md")}, change_words={}, by=SETUP)
    with pytest.raises(NotPossible):
        actions.publish_version(made, by=SETUP)
    for paragraph in made.paragraphs.all():
        actions.correct_paragraph(paragraph, texts={"fi": f"Suomeksi {paragraph.position}"}, by=SETUP)
    assert actions.publish_version(made, by=SETUP).published_at is not None
    with pytest.raises(NotPossible):
        actions.correct_paragraph(made.paragraphs.first(), texts={"fi": "Liian myöhään"}, by=SETUP)


def test_two_planners_correcting_one_paragraph_do_not_overwrite_each_other(town: Town) -> None:
    paragraph = version(hearing(town)).paragraphs.get(number="1.1")
    seen = {"sv": paragraph.text_sv}
    actions.correct_paragraph(paragraph, texts={"sv": "Vi bygger fyra gungor."}, expecting=seen, by=SETUP)
    with pytest.raises(Conflict):
        actions.correct_paragraph(paragraph, texts={"sv": "Vi bygger fem gungor."}, expecting=seen, by=SETUP)


def test_anybody_comments_on_a_paragraph_by_its_number_in_the_address_without_a_script(town: Town, cast: Cast) -> None:
    phase, browser = opened(town), Client()
    page = browser.get(f"/fi/consultations/phases/{phase.pk}/draft/").content.decode()
    assert "§ 1.1" in page
    anchor = anchor_of(phase, "1.1")
    address = f"/fi/consultations/phases/{phase.pk}/comment/?at={anchor}"
    assert "Rakennamme kaksi keinua" in browser.get(address).content.decode()
    said = {"text": "Kolme keinua olisi parempi.", "publication": "waiting", "opened": opened_now(seconds_ago=60), "form_key": "a" * 32}
    assert browser.post(address, said).status_code == 302
    made = Comment.objects.get()
    assert (made.anchor, made.version, made.voice.kind) == (anchor, newest_version(phase), "opinion")
    publish(Voice.objects.get(), by=actor(cast.communications))
    assert "§ 1.1" in browser.get(f"/fi/consultations/{phase.consultation.subject.code}/comments/?at={anchor}").content.decode()


def test_a_clerk_names_the_paragraph_by_its_number(town: Town, cast: Cast) -> None:
    phase = opened(town)
    arrived = (phase.opens_at + timedelta(hours=1)).astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")
    said = {"text": "Tre gungor!", "channel": "phone", "arrived_at": arrived, "language": "sv", "publication": "waiting", "form_key": "b" * 32}
    clerk, address = client_for(cast.clerk), f"/sv/desk/consultations/phases/{phase.pk}/record/"
    assert clerk.post(address, {**said, "number": "9.9"}).status_code == 422
    assert clerk.post(address, {**said, "number": "§ 2.1"}).status_code == 302
    assert Comment.objects.get().anchor == anchor_of(phase, "2.1")


def test_comments_stay_with_their_paragraphs_and_say_when_the_wording_was_another_one(town: Town, cast: Cast) -> None:
    phase = opened(town)
    said = Said(text="Tre vore bättre.", language="sv", kind="opinion", publication="waiting", about=phase.consultation.subject, is_answered_together=True)
    place = Commented(phase=phase, anchor=anchor_of(phase, "1.1"), version=newest_version(phase))
    publish(actions.comment(said, place, form_key="c" * 32, by=actor(None))[0].voice, by=actor(cast.communications))
    page = f"/sv/consultations/{phase.consultation.subject.code}/comments/"
    assert "Om en tidigare ordalydelse" not in Client().get(page).content.decode()
    first, gone, same = (anchor_of(phase, number) for number in ("1.1", "1.2", "2.1"))
    old = newest_version(phase)
    actions.publish_version(version(phase, SV2, FI2), by=SETUP)
    now = {paragraph.number: paragraph.anchor for paragraph in newest_version(phase).paragraphs.all()}
    assert (now["1.1"], now["2.1"]) == (first, same)
    became = carried(phase)
    assert set(became) == {(old.pk, first), (old.pk, gone)}
    assert str(became[old.pk, first].words) != str(became[old.pk, gone].words)
    assert "Om en tidigare ordalydelse" in Client().get(page).content.decode()


def test_everybody_sees_word_by_word_what_changed(town: Town) -> None:
    phase = opened(town)
    assert Client().get(f"/sv/consultations/phases/{phase.pk}/draft/changes/").status_code == 404
    actions.publish_version(version(phase, SV2, FI2), by=SETUP)
    page = Client().get(f"/sv/consultations/phases/{phase.pk}/draft/changes/").content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    assert "Det kostar 20 000 euro." not in page


def test_alternatives_stand_side_by_side_each_with_its_own_draft(town: Town) -> None:
    phase = hearing(town)
    names = (("Lite", "Vähän"), ("Mycket", "Paljon"))
    ways = [actions.add_alternative(phase, by=SETUP, name_sv=sv, name_fi=fi) for sv, fi in names]
    drafts = {"sv": read_draft(SV.encode(), name="a.md"), "fi": read_draft(FI.encode(), name="b.md")}
    actions.publish_version(actions.write_version(phase, drafts=drafts, change_words={}, alternative=ways[0], by=SETUP), by=SETUP)
    assert len(lacking(Consultation.objects.get())) == 1
    actions.publish_version(actions.write_version(phase, drafts=drafts, change_words={}, alternative=ways[1], by=SETUP), by=SETUP)
    actions.publish(Consultation.objects.get(), by=SETUP)
    page = Client().get(f"/sv/consultations/phases/{phase.pk}/draft/?alternative={ways[1].pk}").content.decode()
    assert "Mycket" in page
