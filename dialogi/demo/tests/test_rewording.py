"""The demo's translation queue has something of each to do."""

import pytest

from dialogi.commons import clock
from dialogi.commons.models import Wording
from dialogi.commons.wordings import outdated, waiting
from dialogi.demo.rewording import reword_all
from dialogi.demo.story import LAST_MOMENT
from dialogi.demo.structure import structure
from dialogi.demo.telling import Telling
from dialogi.demo.town import MAKER, build
from dialogi.voices import actions

pytestmark = pytest.mark.django_db


def test_texts_wait_are_outdated_promised_and_late() -> None:
    telling = Telling(build(lambda what: None))
    theme = structure().themes["night-lights"]
    titles, summaries = ({language: words.in_(language) for language in ("sv", "fi", "en")} for words in (theme.title, theme.summary))
    telling.themes["night-lights"] = actions.open_theme(titles=titles, summaries=summaries, unit=telling.town.units[theme.unit], by=MAKER)
    reword_all(telling)
    town = telling.town
    assert [(each.key, each.language) for each in outdated(town.services["snow-ploughing"].subject)] == [("description", "fi"), ("description", "en")]
    assert [each.language for each in outdated(town.services["library"].subject)] == ["en"]
    assert outdated(town.services["day-care"].subject) == []
    assert [(each.key, each.language) for each in waiting(town.services["electric-bikes"].subject)] == [("description", "sv")]
    assert [each.language for each in outdated(telling.themes["night-lights"].subject)] == ["fi", "en"]
    with clock.at(LAST_MOMENT):
        assert Wording.objects.overdue().get().subject == town.points["town-hall"].subject
    assert Wording.objects.promised().count() == 2
