"""The desk: a matter from its opening to its decision, the tie from a voice, files, and who is turned away."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dialogi.commons.models import Attachment
from dialogi.decisions import actions
from dialogi.decisions.models import DecidedOn, Decision, DecisionState, Matter, MatterState
from dialogi.testing import SETUP, Cast, Town, client_for

pytestmark = pytest.mark.django_db

NEW = {
    "title_sv": "Ny cykelväg",
    "title_fi": "Uusi pyörätie",
    "summary_sv": "Ska vägen byggas?",
    "summary_fi": "Rakennetaanko tie?",
    "opened_on": "2026-01-10",
    "is_public": "on",
}
RULING = {
    "decided_on": "2026-02-01",
    "outcome": "approved",
    "title_sv": "Vägen byggs",
    "title_fi": "Tie rakennetaan",
    "text_sv": "Vägen byggs i sommar.",
    "remedy": "rectification",
    "is_public": "on",
}


def pdf(name: str = "karta.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")


def test_a_matter_goes_from_its_opening_to_a_decision_with_a_file(town: Town, cast: Cast) -> None:
    registrar: Client = client_for(cast.registrar)
    created = registrar.post("/sv/desk/matters/new/", NEW | {"unit": town.roads.pk, "case_number": "9/10.03.01/2026"})
    matter = Matter.objects.get()
    assert created["Location"] == f"/sv/desk/matters/{matter.subject.code}/"
    page = f"/sv/desk/matters/{matter.subject.code}/"
    registrar.post(f"{page}decide/", RULING | {"unit": town.roads.pk, "body": town.council.pk, "section": "§ 7"})
    decision = Decision.objects.get()
    assert (decision.matter, decision.section, decision.state) == (matter, "7", DecisionState.DRAFT)
    desk = f"/sv/desk/decisions/{decision.subject.code}/"
    registrar.post(f"{desk}files/", {"uploads": [pdf()], "description": "Karta", "language": "sv", "is_public": "on"})
    registrar.post(f"{desk}about/", {"code": town.snow.subject.code.lower()})
    assert DecidedOn.objects.get().subject == town.snow.subject
    assert registrar.post(f"{desk}publish/", {"version": decision.subject.version}).status_code == 422, "somebody changed it meanwhile"
    decision.subject.refresh_from_db()
    assert registrar.post(f"{desk}publish/", {"version": decision.subject.version}).status_code == 302
    assert Matter.objects.get().state == MatterState.DECIDED
    html = Client().get(f"/fi/decisions/{decision.subject.code}/").content.decode()
    assert "karta.pdf" in html
    assert "Lumenauraus" in html
    assert "Tie rakennetaan" in html


def test_a_form_with_faults_comes_back_with_every_word(town: Town, cast: Cast) -> None:
    registrar = client_for(cast.registrar)
    answer = registrar.post("/sv/desk/matters/new/", NEW | {"unit": town.roads.pk, "title_fi": "", "is_public": ""})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Ny cykelväg" in html
    for field in ("title_fi", "mention_sv", "mention_fi", "secrecy"):
        assert field in answer.context["form"].errors
    assert not Matter.objects.exists()
    answer = registrar.post("/sv/desk/decisions/new/", RULING | {"unit": town.roads.pk, "text_sv": ""})
    assert set(answer.context["form"].errors) == {"office_sv", "office_fi", "text_sv"}
    answer = registrar.post("/sv/desk/decisions/new/", RULING | {"unit": town.roads.pk, "body": town.council.pk, "office_sv": "Vägchefen"})
    assert set(answer.context["form"].errors) == {"body"}
    answer = registrar.post("/sv/desk/decisions/new/", RULING | {"unit": town.roads.pk, "body": town.council.pk, "decided_on": "2999-01-01"})
    assert set(answer.context["form"].errors) == {"decided_on"}
    assert not Decision.objects.exists()


def test_a_head_of_unit_records_the_decision_of_a_post_and_no_body_is_offered(town: Town, cast: Cast) -> None:
    post = town.road_engineer
    head = client_for(cast.head_of_unit)
    html = head.get("/sv/desk/decisions/new/").content.decode()
    assert 'name="body"' not in html
    assert "Vägingenjör" in html
    assert "Biblioteket" not in html
    head.post("/sv/desk/decisions/new/", RULING | {"unit": town.roads.pk, "post": post.pk})
    assert Decision.objects.get().office_fi == "Tieinsinööri"
    assert "Vägen byggs" in head.get("/sv/desk/decisions/").content.decode()


def test_what_is_public_is_corrected_with_its_reason(town: Town, cast: Cast) -> None:
    registrar, decision = client_for(cast.registrar), town.council_decision
    page = f"/sv/desk/decisions/{decision.subject.code}/edit/"
    wanted = RULING | {"unit": town.roads.pk, "body": town.council.pk, "section": "48", "version": decision.subject.version, "text_sv": "Rättat."}
    assert registrar.post(page, wanted).status_code == 422
    assert registrar.post(page, wanted | {"reason": "Skrivfel."}).status_code == 302
    html = Client().get(f"/sv/decisions/{decision.subject.code}/").content.decode()
    assert "Rättat." in html
    assert "Skrivfel." in html
    assert registrar.post(page, wanted | {"reason": "Igen."}).status_code == 422, "the page that was corrected is old"


def test_a_matter_moves_on_and_says_why_when_it_goes_back(town: Town, cast: Cast) -> None:
    handler, page = client_for(cast.handler), f"/sv/desk/matters/{town.matter.subject.code}/move/"
    assert handler.post(page, {"to": "dropped"}).status_code == 422
    assert handler.post(page, {"to": "closed", "reason": "x"}).status_code == 422
    assert handler.post(page, {"to": "dropped", "reason": "Markägaren drog sig ur."}).status_code == 302
    assert "Markägaren drog sig ur." in Client().get(f"/sv/matters/{town.matter.subject.code}/").content.decode()


def test_files_of_a_matter_are_closed_opened_and_removed(town: Town, cast: Cast) -> None:
    handler, page = client_for(cast.handler), f"/sv/desk/matters/{town.matter.subject.code}/files/"
    assert handler.post(page, {"uploads": [SimpleUploadedFile("x.exe", b"MZ\x00\x00")], "description": "x", "language": "sv"}).status_code == 422
    handler.post(page, {"uploads": [pdf()], "description": "Karta", "language": "sv", "is_public": "on"})
    file = Attachment.objects.get()
    public = f"/sv/matters/{town.matter.subject.code}/"
    for do, is_shown in (("hide", False), ("show", True)):
        handler.post(f"{page}{file.pk}/", {"do": do})
        assert ("karta.pdf" in Client().get(public).content.decode()) is is_shown
        assert Client().get(file.get_absolute_url()).status_code == (200 if is_shown else 404)
    assert handler.post(f"{page}{file.pk}/", {"do": "remove"}).status_code == 422
    assert client_for(cast.other_handler).post(f"{page}{file.pk}/", {"do": "remove", "reason": "x"}).status_code == 403
    assert handler.post(f"{page}{file.pk + 99}/", {"do": "hide"}).status_code == 404
    handler.post(f"{page}{file.pk}/", {"do": "remove", "reason": "Gammal."})
    assert not Attachment.objects.exists()


def test_files_of_a_decision_are_closed_and_removed(town: Town, cast: Cast) -> None:
    registrar, page = client_for(cast.registrar), f"/sv/desk/decisions/{town.council_decision.subject.code}/files/"
    registrar.post(page, {"uploads": [pdf()], "description": "Karta", "language": "sv", "is_public": "on"})
    file = Attachment.objects.get()
    registrar.post(f"{page}{file.pk}/", {"do": "hide"})
    assert Client().get(file.get_absolute_url()).status_code == 404
    assert registrar.post(f"{page}{file.pk}/", {"do": "remove", "reason": " "}).status_code == 422
    registrar.post(f"{page}{file.pk}/", {"do": "remove", "reason": "Fel fil."})
    assert "Fel fil." in Client().get(f"/sv/decisions/{town.council_decision.subject.code}/").content.decode()


def test_a_draft_with_an_identity_code_warns_and_does_not_become_public(town: Town, cast: Cast) -> None:
    draft = town.council_draft(text_sv="Valdes: Rea, 131052-308T, rea@town.example.")
    registrar, page = client_for(cast.registrar), f"/sv/desk/decisions/{draft.subject.code}/"
    assert "personbeteckning, e-postadress" in registrar.get(page).content.decode()
    refused = registrar.post(f"{page}publish/", {"version": draft.subject.version})
    assert refused.status_code == 422
    assert "Det finns en personbeteckning i texten" in refused.content.decode()
    assert Decision.objects.get().is_draft
    registrar.post(f"{page}discard/")
    assert Decision.objects.get().state == DecisionState.DISCARDED
    assert registrar.get(page).status_code == 404


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("desk/matters/", {"handler", "other_handler", "head_of_unit", "registrar"}),
        ("desk/matters/{matter}/", {"handler", "head_of_unit", "registrar"}),
        ("desk/matters/{matter}/edit/", {"handler", "head_of_unit", "registrar"}),
        ("desk/matters/{matter}/decide/", {"head_of_unit", "registrar"}),
        ("desk/decisions/", {"head_of_unit", "registrar"}),
        ("desk/decisions/{decision}/", {"registrar"}),
        ("desk/decisions/{office}/", {"head_of_unit", "registrar"}),
    ],
)
def test_the_desk_opens_to_those_who_keep_it(town: Town, cast: Cast, path: str, allowed: set[str]) -> None:
    codes = {"matter": town.matter, "decision": town.council_decision, "office": town.office_decision}
    address = "/sv/" + path.format(**{name: noun.subject.code for name, noun in codes.items()})
    got: dict[str, Any] = {name: client_for(person).get(address).status_code for name, person in cast.everybody()}
    assert {name for name, status in got.items() if status == 200} == allowed
    assert set(got.values()) <= {200, 403}


def test_a_secret_matter_is_whole_at_its_own_desk_and_a_mention_in_the_register(town: Town, cast: Cast) -> None:
    secret = {"is_public": False, "mention_sv": "Ett personärende", "mention_fi": "Henkilöasia", "secrecy": "621/1999, 24 § 1 mom. 32"}
    actions.edit_matter(town.matter, by=SETUP, **secret)
    desk = client_for(cast.handler).get(f"/sv/desk/matters/{town.matter.subject.code}/").content.decode()
    assert "Gatubelysning hela natten" in desk
    for client in (client_for(cast.employee), client_for(cast.other_handler)):
        for address in ("/sv/registers/matters/", "/sv/registers/matters/export.csv", f"/sv/registers/matters/{town.matter.subject.code}/"):
            answer = client.get(address)
            body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
            assert "Ett personärende" in body
            assert "Gatubelysning hela natten" not in body
