"""The front page says what is open, what was answered and what changed, and nothing twice."""

from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.test import Client

from dialogi.testing import Cast, Town
from dialogi.voices import actions
from dialogi.voices.actions import Answer
from dialogi.voices.models import State, Voice
from dialogi.voices.tests import factories

SECTIONS = {"sv": ("Väntar på svar", "Nyligen besvarat", "Det här ändrades"), "fi": ("Odottaa vastausta", "Hiljattain vastattu", "Tämä muuttui")}


@pytest.mark.parametrize("language", SECTIONS)
def test_each_voice_stands_where_it_belongs_and_only_there(
    town: Town, cast: Cast, client: Client, actor: Callable[..., object], language: str
) -> None:
    caches["pages"].clear()
    given: dict[str, Voice] = {}
    for key, state in (("open", None), ("answered", State.PLANNED), ("changed", State.DONE)):
        given[key] = factories.given(f"Snöröjningen är dålig ({key}).", public=True, service=town.snow)
        actions.publish(given[key], by=actor(cast.communications))
        if state:
            actions.reply(given[key], answer=Answer(state=state, text_sv="Vi ordnar det."), by=actor(cast.handler))
    html = client.get(f"/{language}/").content.decode()
    places = [html.index(f">{title}") for title in SECTIONS[language]]
    assert places == sorted(places)
    for part, voice in enumerate(given.values()):
        code = voice.subject.code
        where = html[places[part] : places[part + 1] if part < 2 else None]
        assert code in where
        assert html.count(f"/voices/{code}/") == where.count(f"/voices/{code}/")
