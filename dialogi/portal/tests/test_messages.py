"""Whoever spoke hears of the decision: once, in their own language, with the way to both ends of the thread."""

from typing import Any

import pytest

from dialogi.commons.follows import follow
from dialogi.decisions import actions as deciding
from dialogi.decisions.models import Outcome
from dialogi.testing import SETUP, Cast, Town, actor
from dialogi.voices import actions as voices
from dialogi.voices.actions import ContactDetails
from dialogi.voices.models import Voice
from dialogi.voices.tests import factories
from dialogi.voices.tests.sent import forget_sent, links, sent, whole

pytestmark = pytest.mark.django_db

SECRET = {"is_public": False, "mention_sv": "Ett personärende", "mention_fi": "Henkilöasia", "secrecy": "621/1999, 24 § 1 mom. 32"}


@pytest.fixture
def spoken(town: Town, cast: Cast) -> dict[str, Voice]:
    """Two voices in a theme and one by itself behind a matter, in three ways of being reached; and one that leaves no trace."""
    given = {
        "fi": factories.given("Lamppu on pimeä.", language="fi", service=town.street_lights, contact=ContactDetails(email="aino@brev.example")),
        "letter": factories.given("Lampan är släckt.", service=town.street_lights, contact=ContactDetails(name="Elsa", postal_address="Byvägen 1")),
        "nobody": factories.given("Mörkt.", service=town.street_lights),
        "account": factories.given("Jag ser inget.", by=actor(cast.resident), service=town.street_lights),
    }
    theme = voices.open_theme(titles={"sv": "Lampor", "fi": "Lamput"}, unit=town.roads, by=actor(cast.handler))
    voices.gather([given["fi"], given["letter"], given["nobody"]], theme=theme, by=actor(cast.handler))
    for source in (theme.subject, given["account"].subject):
        deciding.tie_to_matter(town.matter, source=source, by=actor(cast.handler))
    forget_sent()
    return given


def test_each_author_is_told_in_their_language_with_both_ends_of_the_thread(town: Town, cast: Cast, spoken: dict[str, Voice]) -> None:
    follow(town.matter.subject, by=actor(cast.resident))
    decision = deciding.publish_decision(town.council_draft(), by=actor(cast.registrar))
    told = {delivery.receiver.splitlines()[0]: delivery for delivery in sent()}
    assert set(told) == {"aino@brev.example", "Elsa", "resident@town.example"}, "one each, also to whoever follows besides"
    finnish = whole(told["aino@brev.example"])
    for words in ("Valot palavat koko yön", "Hyväksyttiin. Kunnanvaltuusto", "Se, mistä kerroit, on ratkaistu"):
        assert words in finnish
    assert links(finnish)[0] == f"/fi/decisions/{decision.subject.code}/"
    assert links(finnish)[1].startswith("/fi/status/")
    swedish = whole(told["resident@town.example"])
    assert "Lamporna lyser hela natten" in swedish
    assert "Jag ser inget." not in swedish


@pytest.mark.parametrize("fields", [{"outcome": Outcome.TABLED}, {"outcome": Outcome.PROPOSED}, SECRET, {"matter": None}])
def test_what_settles_nothing_or_is_secret_is_told_to_no_author(town: Town, spoken: dict[str, Voice], fields: dict[str, Any]) -> None:
    deciding.publish_decision(town.council_draft(**fields), by=SETUP)
    assert sent() == []
