"""The public pages: lists with their filters, feeds, one matter, one decision, and what other rooms' pages show of them."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from dialogi.commons.models import Subject
from dialogi.decisions import actions
from dialogi.decisions.models import Outcome
from dialogi.services import actions as services
from dialogi.testing import SETUP, Cast, Town, client_for, days_later

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SECRET = {"is_public": False, "mention_sv": "Ett personärende", "mention_fi": "Henkilöasia", "secrecy": "621/1999, 24 § 1 mom. 32"}


def read(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer.content.decode()


@pytest.fixture
def matters(town: Town) -> Town:
    """Three matters: one decided about lamps, one under preparation of the library, one secret."""
    assert town.council_decision
    words = {"title_sv": "Biblioteket öppet på söndagar", "title_fi": "Kirjasto auki sunnuntaisin", "summary_sv": "Ett försök.", "summary_fi": "Kokeilu."}
    actions.open_matter(by=SETUP, unit=town.library, service=town.loans, case_number="13/12.03.02/2026", **words)
    actions.open_matter(by=SETUP, unit=town.roads, **words | SECRET | {"title_sv": "Avskedande"})
    return town


LAMPS, SUNDAYS, SECRETS = "Gatubelysning hela natten", "Biblioteket öppet på söndagar", "Ett personärende"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {LAMPS, SUNDAYS, SECRETS}),
        ("?state=decided", {LAMPS}),
        ("?state=nonsense", {LAMPS, SUNDAYS, SECRETS}),
        ("?service=library-loans", {SUNDAYS}),
        ("?words=söndag", {SUNDAYS}),
        ("?words=kirjastossa", {SUNDAYS}),
        ("?words=12/10.03.01/2026", {LAMPS}),
        ("?words=avskedande", set()),
        ("?page=999", {LAMPS, SUNDAYS, SECRETS}),
    ],
)
def test_the_list_of_matters_is_narrowed_by_the_address(matters: Town, query: str, shown: set[str]) -> None:
    html = read(f"/sv/matters/{query}")
    assert {title for title in (LAMPS, SUNDAYS, SECRETS) if title in html} == shown
    assert "Avskedande" not in html


def test_a_sector_stands_for_its_units(matters: Town) -> None:
    assert matters.technical
    assert LAMPS in read(f"/sv/matters/?unit={matters.technical.subject.code}")
    assert SUNDAYS not in read(f"/sv/matters/?unit={matters.technical.subject.code}")


def test_decisions_are_narrowed_and_a_secret_one_does_not_tell_how_it_ended(town: Town) -> None:
    assert town.office_decision
    council = town.council_decision
    actions.publish_decision(town.council_draft(section="46", outcome=Outcome.REJECTED, **SECRET), by=SETUP)
    assert "1 beslut" in read("/sv/decisions/?made_by=office")
    assert "2 beslut" in read(f"/sv/decisions/?body={town.council.subject.code}")
    assert "0 beslut" in read("/sv/decisions/?outcome=rejected")
    assert "2 beslut" in read("/sv/decisions/?outcome=approved")
    assert "0 beslut" in read("/sv/decisions/?until=2020-01-01")
    found = read("/sv/decisions/?words=lampor")
    assert council.get_absolute_url() in found
    assert "1 beslut" in found


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
def test_the_feeds_tell_the_newest_in_the_language_of_the_address(matters: Town, language: str) -> None:
    for name, count in (("matters", 3), ("decisions", 1)):
        feed = ElementTree.fromstring(read(f"/{language}/{name}/feed.atom"))
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == count
        assert all(f"/{language}/" in str(entry.find(f"{ATOM}link").attrib["href"]) for entry in entries)
    assert "Avskedande" not in read(f"/{language}/matters/feed.atom")


def test_a_decision_shows_who_what_why_and_what_one_can_do(town: Town) -> None:
    draft = town.council_draft(reasons_sv="Mörkret gör folk rädda.")
    actions.decide_on(draft, subject=town.snow.subject, by=SETUP)
    html = read(f"/sv/decisions/{actions.publish_decision(draft, by=SETUP).subject.code}/")
    for words in ("Kommunfullmäktige", "§ 45", "Godkändes", "Fullmäktige godkänner", "Mörkret gör folk", "Snöröjning", "30 dagar", "134–139"):
        assert words in html
    with days_later(1):
        services.edit_service(town.snow, by=SETUP, description_sv="Nytt.")
    later = read(f"/sv/services/{town.snow.slug}/")
    assert "Lamporna lyser hela natten" in later
    assert "Ändrat sedan det godkändes" in later


def test_of_a_secret_decision_the_page_shows_the_mention_and_the_law(town: Town, cast: Cast) -> None:
    secret = actions.publish_decision(town.council_draft(reasons_sv="Hemliga skäl.", **SECRET), by=SETUP)
    for client in (Client(), client_for(cast.registrar)):
        html = read(f"/sv/decisions/{secret.subject.code}/", client)
        assert "Ett personärende" in html
        assert "621/1999, 24 § 1 mom. 32" in html
        for words in ("Lamporna", "Fullmäktige godkänner", "Hemliga", "Godkändes"):
            assert words not in html


def test_a_draft_is_not_there_for_the_public(town: Town) -> None:
    draft = town.council_draft()
    assert Client().get(f"/sv/decisions/{draft.subject.code}/").status_code == 404
    assert "Lamporna lyser" not in read("/sv/decisions/")
    assert "Lamporna lyser" not in read(f"/sv/matters/{town.matter.subject.code}/")


def test_units_services_and_bodies_show_their_matters_and_decisions(town: Town) -> None:
    assert town.matter
    assert town.matter.get_absolute_url() in read(f"/sv/services/{town.street_lights.slug}/")
    assert town.matter.get_absolute_url() in read(f"/sv/units/{town.roads.subject.code}/")
    assert town.council_decision.get_absolute_url() in read(f"/sv/bodies/{town.council.subject.code}/")
    actions.move_matter(town.matter, to="closed", by=SETUP)
    assert town.matter.get_absolute_url() not in read(f"/sv/services/{town.street_lights.slug}/")


def test_words_that_a_language_lacks_are_shown_in_another_and_marked(town: Town) -> None:
    decision = actions.publish_decision(town.council_draft(text_en="", text_fi="", title_en=""), by=SETUP)
    html = read(f"/en/decisions/{decision.subject.code}/")
    assert '<span lang="sv">' in html
    assert Subject.objects.get(pk=decision.subject_id).title_en == ""
