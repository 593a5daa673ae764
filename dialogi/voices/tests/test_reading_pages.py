"""What anybody reads: the list, one voice, the map, feeds, support, themes, the front page, the search."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client
from pytest_django import Settings

from dialogi.commons.permissions import NotAllowed
from dialogi.people import actions as people
from dialogi.testing import SETUP, Cast, Town, days_later
from dialogi.voices import actions
from dialogi.voices.actions import Answer, Place
from dialogi.voices.models import State, Voice
from dialogi.voices.tests import factories

Acting = Callable[..., object]


@pytest.fixture(autouse=True)
def _no_earlier_pages() -> None:
    cache.clear()


@pytest.fixture
def published(town: Town, cast: Cast, actor: Acting) -> Voice:
    """A public, answered voice with a place."""
    place = Place(words="Vid bryggan", latitude=63.23, longitude=21.42, area=town.replot)
    voice = factories.given("Snöröjningen på bryggvägen är dålig.", public=True, service=town.snow, place=place)
    actions.publish(voice, by=actor(cast.communications))
    actions.reply(voice, answer=Answer(state=State.DONE, text_sv="Vägen är nu plogad."), by=actor(cast.handler))
    return Voice.objects.get(pk=voice.pk)


def test_the_list_shows_what_is_public_and_nothing_else(published: Voice, town: Town, client: Client) -> None:
    hidden = factories.given("Kanariefågel hemlig", service=town.snow)
    waiting = factories.given("Kanariefågel väntar", public=True, service=town.snow)
    for language in ("sv", "fi", "en"):
        html = client.get(f"/{language}/voices/").content.decode()
        assert published.subject.code in html
        assert "Vägen är nu plogad" in html
        assert "Kanariefågel" not in html
        for code in (hidden.subject.code, waiting.subject.code):
            assert client.get(f"/{language}/voices/{code}/").status_code == 404


def test_a_voice_shows_its_answer_its_thread_and_its_place(published: Voice, client: Client) -> None:
    html = client.get(f"/fi/voices/{published.subject.code}/").content.decode()
    assert "Vägen är nu plogad." in html
    assert 'lang="sv"' in html
    assert "Vid bryggan" in html
    assert html.count('class="knot"') >= 3


@pytest.mark.parametrize("query", ["words=snöröjning", "words=lumenauraus", "kind=feedback", "state=done", "area={area}", "service=snow", "channel=web"])
def test_filters_find_and_bad_ones_are_left_out(published: Voice, town: Town, client: Client, query: str) -> None:
    address = f"/sv/voices/?{query.format(area=town.replot.subject.code)}"
    assert published.subject.code in client.get(address).content.decode()
    assert client.get("/sv/voices/?kind=%3Cscript%3E&page=999999999999&since=x&area=1%27").status_code == 200


def test_a_voice_says_when_its_answer_comes_and_when_it_is_late(town: Town, cast: Cast, client: Client, actor: Acting) -> None:
    place = Place(words="vid butiken i Raippaluoto", area=town.replot)
    voice = factories.given("Snöröjningen på bryggvägen är dålig.", public=True, service=town.snow, place=place)
    actions.publish(voice, by=actor(cast.communications))
    address = f"/sv{voice.get_absolute_url()[3:]}"
    page = client.get(address).content.decode()
    assert "svarar senast" in page
    assert "Svaret är försenat" not in page
    assert "vid butiken i Raippaluoto" in page
    assert "Raippaluoto, Replot" not in page, "the village was named already, in the other language"
    caches["pages"].clear()
    with days_later(60):
        late = client.get(address).content.decode()
    assert "lovade svara senast" in late
    assert "Svaret är försenat" in late
    assert "svarar senast" not in late


def test_the_filters_show_what_was_asked_and_offer_a_new_village_at_once(published: Voice, client: Client, settings: Settings) -> None:
    settings.PUBLIC_DOOR = False  # each page is made anew
    assert '<option value="done" selected>' not in client.get("/sv/voices/").content.decode()
    assert '<option value="done" selected>' in client.get("/sv/voices/?state=done").content.decode()
    village = people.create_area(by=SETUP, name_sv="Nyby", name_fi="Uusikylä", name_en="Newham", latitude=63.1, longitude=21.7)
    for language, name in (("sv", "Nyby"), ("fi", "Uusikylä"), ("sv", "Nyby")):
        assert f'<option value="{village.subject.code}">{name}</option>' in client.get(f"/{language}/voices/").content.decode()


def test_filters_that_do_not_fit_find_nothing(published: Voice, client: Client) -> None:
    assert published.subject.code not in client.get("/sv/voices/?state=planned").content.decode()
    assert published.subject.code not in client.get("/sv/voices/?words=bibliotek").content.decode()


def test_the_map_has_the_same_places_as_the_list(published: Voice, client: Client) -> None:
    features = client.get("/sv/voices/places.json").json()["features"]
    assert [feature["properties"]["href"] for feature in features] == [f"/sv/voices/{published.subject.code}/"]
    assert "_map" not in client.get("/sv/voices/").content.decode()
    assert "data-places" in client.get("/sv/voices/?view=map").content.decode()


def test_the_map_is_a_picture_before_any_script_runs(published: Voice, town: Town, client: Client) -> None:
    factories.given("Kanariefågel hemlig", place=Place(latitude=63.1, longitude=21.6))
    page = client.get("/sv/voices/?view=map&kind=feedback").content.decode()
    assert '<img class="map-picture" src="/sv/voices/map.svg?view=map&amp;kind=feedback"' in page
    with_place = client.get("/sv/voices/map.svg?kind=feedback").content.decode()
    assert with_place.count("<circle") == 1
    assert client.get("/sv/voices/map.svg?kind=idea").content.decode().count("<circle") == 0
    assert f"/sv/map.svg?at={published.latitude:.5f}" in client.get(published.get_absolute_url()).content.decode()


def test_with_a_tile_server_a_button_brings_the_map(published: Voice, client: Client, settings: Any) -> None:
    settings.MAP_TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    page = client.get("/sv/voices/?view=map").content.decode()
    assert "map.svg" not in page
    assert "Visa kartan" in page
    assert "data-map-only" in page


def test_every_list_has_a_feed(published: Voice, client: Client) -> None:
    for address in ("/sv/voices/feed.atom", "/fi/voices/feed.atom?state=done", "/sv/themes/feed.atom"):
        answer = client.get(address)
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert published.subject.code in client.get("/fi/voices/feed.atom").content.decode()


def test_support_is_counted_once_for_a_browser_without_an_account(published: Voice, client: Client) -> None:
    address = f"/sv/voices/{published.subject.code}/support/"
    assert client.post(address, {"do": "support"}).status_code == 409
    client.get(address)
    for _time in range(2):
        assert client.post(address, {"do": "support"}).status_code == 302
    published.subject.refresh_from_db()
    assert published.subject.support_count == 1
    assert client.post(address, {"do": "end"}).status_code == 302
    published.subject.refresh_from_db()
    assert published.subject.support_count == 0


def test_what_is_withdrawn_is_gone_at_once_everywhere(published: Voice, cast: Cast, client: Client, actor: Acting) -> None:
    addresses = ("/sv/voices/", "/sv/", "/sv/voices/feed.atom", "/sv/voices/places.json", "/sv/search/?q=bryggvägen")
    for address in addresses:
        assert published.subject.code in client.get(address).content.decode(), address
    actions.withdraw(published, rule=factories.rule(), explanation="Namn i texten", by=actor(cast.communications))
    for address in addresses:
        assert published.subject.code not in client.get(address).content.decode(), address
    assert client.get(f"/sv/voices/{published.subject.code}/").status_code == 404


def test_search_finds_inflected_words_in_both_languages(published: Voice, client: Client) -> None:
    for query in ("snöröjningar", "lumenauraus", "bryggvägar"):
        assert published.subject.code in client.get("/fi/search/", {"q": query}).content.decode(), query
    assert client.get("/fi/search/", {"q": "'\"*()-- OR 1=1" * 20}).status_code == 200


def test_a_theme_gathers_and_counts_what_is_not_public(published: Voice, town: Town, cast: Cast, client: Client, actor: Acting) -> None:
    hidden = factories.given("Kanariefågel", service=town.snow)
    theme = actions.open_theme(titles={"sv": "Plogning", "fi": "Auraus"}, unit=town.roads, by=actor(cast.handler))
    actions.gather([published, hidden], theme=theme, by=actor(cast.handler))
    html = client.get(f"/fi/themes/{theme.subject.code}/").content.decode()
    assert "Auraus" in html
    assert published.subject.code in html
    assert "Kanariefågel" not in html


def test_the_list_of_themes_says_what_is_answered_and_cuts_long_words_whole(
    town: Town, cast: Cast, published: Voice, client: Client, actor: Acting
) -> None:
    summary = {"sv": "Plogning & sand. " * 40, "fi": "Auraus ja hiekka. " * 40}
    theme = actions.open_theme(titles={"sv": "Plogning", "fi": "Auraus"}, summaries=summary, unit=town.roads, by=actor(cast.handler))
    actions.gather([published], theme=theme, by=actor(cast.handler))
    html = client.get("/en/themes/").content.decode()
    cut = re.search(r'<p><span lang="sv">(Plogning &amp; sand[^<]*)</span></p>', html)
    assert cut
    assert len(unescape(cut[1])) == 200
    assert "No answer yet" in html
    actions.reply_to_theme(theme, answer=Answer(state=State.DONE, text_sv="Vi plogar.", text_fi="Auraamme."), by=actor(cast.handler))
    assert "No answer yet" not in client.get("/en/themes/").content.decode()


def test_a_theme_says_when_its_words_are_behind_another_language(town: Town, cast: Cast, client: Client, actor: Acting) -> None:
    theme = actions.open_theme(titles={"sv": "Plogning", "fi": "Auraus"}, unit=town.roads, by=actor(cast.handler))
    actions.edit_theme(theme, titles={"sv": "Plogning i byarna"}, summaries={}, is_need=False, by=actor(cast.handler))
    address = theme.subject.address
    assert "vanhempi kuin ruotsinkielisen tekstin viimeisin muutos" in client.get(f"/fi{address}").content.decode()
    assert 'data-kind="watch"' not in client.get(f"/sv{address}").content.decode()


def test_communications_words_a_theme_that_handlers_gather(town: Town, cast: Cast, actor: Acting) -> None:
    theme = actions.open_theme(titles={"sv": "Plogning", "fi": "Auraus"}, unit=town.roads, by=actor(cast.handler))
    actions.reword_theme(theme, texts={"title": {"fi": "Teiden auraus"}, "summary": {"sv": "Om vintern", "fi": "Talvesta"}}, by=actor(cast.communications))
    theme.refresh_from_db()
    assert (theme.title_sv, theme.title_fi, theme.summary_sv) == ("Plogning", "Teiden auraus", "Om vintern")
    with pytest.raises(NotAllowed):
        actions.reword_theme(theme, texts={"title": {"fi": "Toinen"}}, by=actor(cast.other_handler))
    with pytest.raises(TypeError):
        actions.reword_theme(theme, texts={"unit": {"id": "1"}}, by=actor(cast.communications))


def test_the_list_asks_as_often_for_many_voices_as_for_few(
    published: Voice, town: Town, cast: Cast, client: Client, actor: Acting, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(12):
        actions.publish(factories.given(f"Snö nummer {number}", public=True, service=town.snow), by=actor(cast.communications))
    with django_assert_max_num_queries(12):
        assert client.get("/sv/voices/").status_code == 200
