"""A drawing: typed, named or drawn corners of a place, a line or an area; the words alone; and everything that is no drawing near here."""

import json

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from dialogi.commons.drawings import MOST_CORNERS, Drawing, DrawingField, Shape, as_drawing
from dialogi.commons.map_pictures import Spot, Trace, View, draw, known_place
from dialogi.commons.places import Place


class Form(forms.Form):
    """A form with a drawing in it."""

    where = DrawingField(required=False, label="Where")


def cleaned(words: str = "", shape: str = "Point", corners: str = "") -> Drawing:
    return DrawingField(required=False).clean([words, shape, corners])


def refusal(shape: str, corners: str) -> str:
    with override("en"), pytest.raises(ValidationError) as refused:
        cleaned("by the school", shape, corners)
    return str(refused.value.messages[0])


def test_corners_are_typed_in_any_usual_way_or_named_in_either_language() -> None:
    line = cleaned("vägen", "LineString", "63.1275 21.6830\n63,2°N; 21,5 E\n\nRaippaluoto\n")
    assert line.corners[:2] == ((63.1275, 21.683), (63.2, 21.5))
    assert line.corners[2] == known_place("Replot")
    assert known_place("Sepänkylässä") == known_place("i Smedsby")
    assert known_place("Atlantis") is None


def test_a_geometry_is_written_as_geojson_and_read_back() -> None:
    area = cleaned("", Shape.AREA, "63.1 21.6\n63.2 21.6\n63.2 21.7")
    assert json.loads(area.geometry) == {"type": "Polygon", "coordinates": [[[21.6, 63.1], [21.6, 63.2], [21.7, 63.2], [21.6, 63.1]]]}
    assert area.middle == (63.15, 21.65)
    for shape, rows in (("Point", "63.1 21.6"), ("LineString", "63.1 21.6\n63.2 21.6"), ("Polygon", "63.1 21.6\n63.2 21.6\n63.2 21.7")):
        drawing = cleaned("ord", shape, rows)
        assert Drawing.of(drawing.geometry, words="ord") == drawing
    assert as_drawing(Place("ord", 63.1, 21.6)) == Drawing("ord", corners=((63.1, 21.6),))
    assert as_drawing(None) == Drawing()


def test_words_alone_are_enough() -> None:
    assert cleaned("vid skolan", "Polygon") == Drawing("vid skolan", Shape.AREA)
    assert cleaned("vid skolan", "no such shape").geometry == ""
    with pytest.raises(ValidationError):
        DrawingField().clean(["", "Polygon", ""])


def test_what_is_no_drawing_gets_a_reason_that_names_the_row() -> None:
    assert "Row 2, “nowhere at all”" in refusal("LineString", "63.1 21.6\nnowhere at all")
    assert "Row 1: The coordinates have changed places" in refusal("Point", "21.6 63.1")
    assert "Row 2: The point is outside" in refusal("LineString", "63.1 21.6\n60.17 24.94")
    assert "at least two corners" in refusal("LineString", "63.1 21.6")
    assert "at least three" in refusal("Polygon", "63.1 21.6\n63.2 21.6\n63.1 21.6"), "the same corner twice counts once"
    assert "one corner" in refusal("Point", "63.1 21.6\n63.2 21.6")
    assert "At most 200" in refusal("LineString", "63.1 21.6\n" * (MOST_CORNERS + 1))
    for hostile in ('{"type": "Point", "coordinates": [NaN, 1e999]}', "<script>", "1e5 1e5", "\x00 63.1 21.6 5"):
        assert refusal("Point", hostile)


def test_a_refused_form_keeps_every_row_as_it_was_typed() -> None:
    form = Form({"where_words": "vid skolan", "where_shape": "LineString", "where_corners": "Smedsby\nAtlantis"})
    assert not form.is_valid()
    html = str(form["where"])
    assert "Smedsby\nAtlantis" in html
    assert "vid skolan" in html
    assert 'value="LineString"' in html
    assert "<details class=\"more\" open>" in html
    assert "<details class=\"more\" open>" not in str(Form()["where"])


def test_a_still_picture_shows_lines_and_areas_whole() -> None:
    area = Trace.of(cleaned("", Shape.AREA, "63.1 21.6\n63.3 21.6\n63.3 21.8").geometry)
    line = Trace.of(cleaned("", Shape.LINE, "63.1 21.3\n63.2 21.4").geometry)
    view = View.around([Spot(63.2, 21.7)], [area, line])
    assert all(0 < number < 640 for trace in (area, line) for point in trace.points for number in view.place(*point))
    picture = draw([Spot(63.2, 21.7)], language="sv", traces=[area, line])
    assert picture.count('class="f"') == picture.count('class="t"') == 1
