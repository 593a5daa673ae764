"""A feed reader takes a summary for HTML: a resident's words stay words there too."""

from __future__ import annotations

import pytest
from defusedxml import ElementTree
from django.test import Client

from dialogi.commons import feeds
from dialogi.testing import Cast, Town, actor
from dialogi.voices import actions
from dialogi.voices.tests import factories
from tests.security.pages import read

HOSTILE = "Lampan <xssq onload=alert(1)> är sönder & mörk.\nNy rad."


@pytest.fixture
def summary(cast: Cast, town: Town, client: Client) -> str:
    """What a reader gets to show."""
    actions.publish(factories.given(HOSTILE, public=True), by=actor(cast.communications))
    feed = ElementTree.fromstring(client.get("/sv/voices/feed.atom").content)
    return next(element.text for element in feed.iter() if element.tag.endswith("summary"))


def test_words_in_a_feed_are_text_with_their_lines(summary: str) -> None:
    shown = read(summary)
    assert shown.alive == []
    assert "Lampan <xssq onload=alert(1)> är sönder & mörk." in "".join(shown.text)
    assert "<br>" in summary


def test_without_escaping_a_reader_would_run_them(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setattr(feeds, "linebreaks", lambda text, autoescape: text)
    assert read(request.getfixturevalue("summary")).alive
