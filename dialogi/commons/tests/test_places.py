"""A place: what is taken in, what is refused and how, and many places as one bounded answer."""

import gzip
import json
import re
from html import unescape
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from django.utils import translation

from dialogi.commons.models import Subject
from dialogi.commons.places import MOST_POINTS, Place, PlaceField, is_within_reach, places_answer
from dialogi.commons.tiles import reach, tile_sources


class Asked(forms.Form):
    place = PlaceField(required=False, label="Place")


class MustSay(forms.Form):
    place = PlaceField(label="Place")


def asked(words="", latitude="", longitude="", form=Asked):
    return form({"place_words": words, "place_latitude": latitude, "place_longitude": longitude})


def carried(form):
    tags = re.findall(r"<input type=\"hidden\"[^>]*>", str(form["place"].as_hidden()))
    pairs = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags]
    return {name[1]: unescape(value[1]) if value else "" for name, value in pairs}


def problem(**parts):
    form = asked(**parts)
    assert not form.is_valid()
    return form.errors.as_data()["place"][0].code


def test_words_alone_are_always_enough():
    form = asked("Vid skolan i Replot")
    assert form.is_valid()
    assert form.cleaned_data["place"] == Place("Vid skolan i Replot")


def test_a_point_is_taken_with_comma_or_point_and_degree_sign():
    form = asked("", "63,2290", "21.4170° E")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"] == Place("", 63.229, 21.417)
    assert form.cleaned_data["place"].has_point


@pytest.mark.parametrize("number", ["NaN", "inf", "-inf", "1e3", "0x3f", "6_3", "63.1.2", "٦٣", "<b>", "63" * 40, "\x00"])
def test_what_is_no_number_is_refused(number):
    assert problem(words="Replot", latitude=number, longitude="21.4") == "number"


def test_half_a_point_and_points_off_the_earth_are_refused():
    assert problem(latitude="63.2") == "half"
    assert problem(latitude="91", longitude="21.4") == "earth"
    assert problem(latitude="63.2", longitude="181") == "earth"


def test_swapped_numbers_are_told_apart_from_a_point_elsewhere():
    assert problem(latitude="21.417", longitude="63.229") == "swapped"
    assert problem(latitude="60.17", longitude="24.94") == "outside"


def test_a_refused_point_keeps_the_words_and_the_numbers_on_the_page():
    form = asked("Bakom <kiosken>", "60.17", "24.94")
    assert not form.is_valid()
    html = str(form["place"])
    assert "Bakom &lt;kiosken&gt;" in html
    assert "60.17" in html
    assert '<details class="more" open>' in html


def test_the_refusal_speaks_the_readers_language():
    with translation.override("fi"):
        assert "Mustasaari" in asked("x", "60.17", "24.94").errors["place"][0]


def test_a_needed_place_may_not_be_empty_and_an_optional_one_may():
    assert not asked(form=MustSay).is_valid()
    form = asked()
    assert form.is_valid()
    assert not form.cleaned_data["place"]


def test_too_many_words_are_refused_with_their_number():
    form = asked("x" * 301)
    assert not form.is_valid()


def test_the_field_begins_with_a_place_and_sees_when_it_changes():
    form = Asked({"place_words": "A", "place_latitude": "63.1", "place_longitude": "21.6"}, initial={"place": Place("A", 63.1, 21.6)})
    assert not form.has_changed()
    assert Asked({"place_words": "B"}, initial={"place": Place("A")}).has_changed()


def test_the_field_is_carried_whole_along_on_a_page_that_does_not_ask_for_it():
    words = {"place_words": 'Vid "bryggan"', "place_latitude": "63.1", "place_longitude": "21.6"}
    assert carried(Asked(words)) == words
    assert carried(Asked(initial={"place": Place("A")})) == {"place_words": "A", "place_latitude": "", "place_longitude": ""}


def test_the_map_of_the_field_needs_a_script_and_the_words_do_not():
    html = str(Asked()["place"])
    assert 'name="place_words"' in html
    assert html.index('name="place_words"') < html.index("data-map-only")
    assert "data-ground" in html
    assert "style=" not in html


def test_tiles_from_elsewhere_are_named_to_the_browser_and_nonsense_is_refused():
    assert tile_sources("") == []
    assert tile_sources("/tiles/{z}/{x}/{y}.png") == []
    assert tile_sources("https://tiles.example.fi/{z}/{x}/{y}.png?key=1") == ["https://tiles.example.fi"]
    assert tile_sources("https://{s}.example.fi/{z}/{x}/{y}.png") == ["https://*.example.fi"]
    for nonsense in ("https://tiles.example.fi/", "javascript:{z}{x}{y}", "https://a b;/{z}/{x}/{y}", "//host/{z}/{x}/{y}"):
        with pytest.raises(ImproperlyConfigured):
            tile_sources(nonsense)


def test_the_reach_is_an_area_or_nothing_starts():
    assert reach("62,20,64,23") == (62, 20, 64, 23)
    for nonsense in ("", "1,2,3", "64,20,62,23", "a,b,c,d", "nan,1,2,3"):
        with pytest.raises(ImproperlyConfigured):
            reach(nonsense)


def test_the_shipped_ground_is_small_and_covers_the_reach(settings):
    raw = (Path(settings.BASE) / "commons/static/maps/coast.json").read_bytes()
    assert len(gzip.compress(raw, 9)) <= 40_000
    ground = json.loads(raw)
    assert tuple(ground["bounds"]) == settings.MAP_REACH
    names = [feature["properties"] for feature in ground["features"] if "rank" in feature["properties"]]
    assert len(names) > 30
    assert all(name["sv"] and name["fi"] for name in names)
    assert all(is_within_reach(f["geometry"]["coordinates"][1], f["geometry"]["coordinates"][0]) for f in ground["features"] if "rank" in f["properties"])


def _subjects(count, *, spread=0.0):
    Subject.objects.bulk_create(
        Subject(
            kind="t",
            code=f"T{number:05}",
            address=f"/t/{number}/",
            latitude=63.1 + spread * (number % 20) / 100,
            longitude=21.6 + spread * (number // 20) / 1000,
        )
        for number in range(count)
    )


def _answer(query=""):
    request = RequestFactory().get(f"/places.json{query}")
    response = places_answer(request, Subject.objects.all(), properties=lambda row: {"title": row.code, "href": "/", "state": "", "lang": "sv"})
    return json.loads(response.content)


@pytest.mark.django_db
def test_few_places_are_sent_one_by_one_and_those_without_a_point_not_at_all():
    _subjects(3)
    Subject.objects.create(kind="t", code="NOWHERE")
    answer = _answer()
    assert [feature["properties"]["title"] for feature in answer["features"]] == ["T00000", "T00001", "T00002"]
    assert answer["total"] == 3
    assert answer["partial"] is False


@pytest.mark.django_db
def test_many_places_are_gathered_into_bounded_heaps_that_lose_nobody(django_assert_num_queries):
    _subjects(MOST_POINTS + 600, spread=1.0)
    with django_assert_num_queries(2):
        answer = _answer("?bbox=20.6,62.9,22.4,63.6&zoom=9")
    assert answer["partial"] is True
    assert sum(feature["properties"]["count"] for feature in answer["features"]) == MOST_POINTS + 600
    assert len(answer["features"]) < 60


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?bbox=nan,1,2,3&zoom=9", "?bbox=1,2,3&zoom=9", "?bbox=22,63,21,62&zoom=9", "?bbox=20,62,23,64&zoom=99", "?bbox=;&zoom=x"])
def test_a_frame_that_makes_no_sense_is_as_none(query):
    _subjects(1)
    assert _answer(query)["total"] == 1
