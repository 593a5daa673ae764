"""Standing pages: each in every language, served to everybody from the door, and what they must hold by law."""

import pytest
from django.core.cache import caches
from django.test import Client

from dialogi.portal.views import STANDING


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    caches["pages"].clear()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "fi", "en"])
@pytest.mark.parametrize("name", STANDING)
def test_each_standing_page_stands_in_each_language(name: str, language: str, client: Client) -> None:
    answer = client.get(f"/{language}/about/{name}/")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in html
    assert html.count("<h1") == 1
    assert f'href="/{language}/speak/?kind=accessibility"' in html
    assert "s-maxage" in answer.headers["Cache-Control"]
    assert client.get(f"/{language}/about/{name}/", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_a_page_that_nobody_wrote_is_not_there(client: Client) -> None:
    assert client.get("/sv/about/nothing/").status_code == 404
    assert client.get("/sv/about/../secret/").status_code == 404


@pytest.mark.django_db
def test_the_accessibility_statement_is_reached_from_every_page_and_names_its_supervisor(client: Client) -> None:
    front = client.get("/sv/").content.decode()
    assert 'href="/sv/about/accessibility/"' in front
    for language in ("sv", "fi", "en"):
        statement = client.get(f"/{language}/about/accessibility/").content.decode()
        assert "Traficom" in statement
        assert "306/2019" in statement
        assert statement.count("<time datetime=") == 1
        assert "WCAG 1.1.1" in statement
        assert f'href="/{language}/speak/?kind=accessibility"' in statement


# What the statement must say (EU 2018/1523): degree, what fails, who assessed, that it is reviewed, in how many days one is answered.
CONTENTS = {
    "sv": ("<strong>delvis</strong>", "Brister", "egen bedömning", "Ingen utomstående", "minst en gång om året", "inom 14 dagar", "oproportionerlig börda"),
    "fi": ("<strong>osittain</strong>", "Puutteet", "omaan arvioon", "Kukaan ulkopuolinen", "vähintään kerran vuodessa", "14 päivän", "kohtuuttomaan rasitteeseen"),
    "en": ("<strong>in part</strong>", "Faults", "own assessment", "Nobody from outside", "at least once a year", "14 days", "disproportionate burden"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", CONTENTS)
def test_the_accessibility_statement_holds_what_it_must(client: Client, language: str) -> None:
    statement = client.get(f"/{language}/about/accessibility/").content.decode()
    assert [said for said in CONTENTS[language] if said not in statement] == []


@pytest.mark.django_db
def test_the_link_for_barriers_chooses_the_kind_and_nonsense_chooses_none(client: Client) -> None:
    chosen = 'value="accessibility"'
    page = client.get("/sv/speak/?kind=accessibility").content.decode()
    assert "checked" in page[page.index(chosen) : page.index(chosen) + 200].split(">")[0]
    plain = client.get("/sv/speak/?kind=%22onload").content.decode()
    assert "checked" not in plain[plain.index(chosen) : plain.index(chosen) + 200].split(">")[0]
    assert "onload" not in plain.split("<main", 1)[1].split("</main", 1)[0].replace("?kind=", "")
