"""A drawing: a place, a line or an area, by its corners; and always the words alone.

A corner is a row of a text field: two coordinates, or a name that the map knows. So a drawing is made by typing, by a screen reader and without a
script; the map that moves writes the same rows.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogi.commons.map_pictures import Point, known_place
from dialogi.commons.places import WORDS_LENGTH, Place, point_at
from dialogi.commons.text.cleaning import clean_text

MOST_CORNERS = 200
_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,20})?")
_COORDINATES = re.compile(r"[NEne°\s,;.+\-0-9]+")


class Shape(models.TextChoices):
    """What is drawn, by the name that GeoJSON (RFC 7946) gives it."""

    PLACE = "Point", gettext_lazy("A place")
    LINE = "LineString", gettext_lazy("A line, for example a road")
    AREA = "Polygon", gettext_lazy("An area")


LEAST = {Shape.PLACE: 1, Shape.LINE: 2, Shape.AREA: 3}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is meant: words, and the corners of a shape as (latitude, longitude) in WGS 84."""

    words: str = ""
    shape: str = Shape.PLACE
    corners: tuple[Point, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.corners)

    @property
    def middle(self) -> tuple[float | None, float | None]:
        """A point to name it by: in the middle of its corners."""
        if not self.corners:
            return None, None
        norths, easts = zip(*self.corners, strict=True)
        return round((min(norths) + max(norths)) / 2, 6), round((min(easts) + max(easts)) / 2, 6)

    @property
    def geometry(self) -> str:
        """The shape as a GeoJSON geometry, longitude first; empty when nothing is drawn."""
        if not self.corners:
            return ""
        line = [[longitude, latitude] for latitude, longitude in self.corners]
        coordinates: dict[str, Any] = {Shape.PLACE: line[0], Shape.LINE: line, Shape.AREA: [[*line, line[0]]]}
        return json.dumps({"type": self.shape, "coordinates": coordinates[self.shape]})

    @classmethod
    def of(cls, geometry: str, *, words: str = "") -> "Drawing":
        """Read a geometry that `geometry` wrote."""
        if not geometry:
            return cls(words)
        stored = json.loads(geometry)
        shape, coordinates = Shape(stored["type"]), stored["coordinates"]
        line = {Shape.PLACE: lambda: [coordinates], Shape.LINE: lambda: coordinates, Shape.AREA: lambda: coordinates[0][:-1]}[shape]()
        return cls(words, shape, tuple((latitude, longitude) for longitude, latitude in line))


def as_drawing(given: Drawing | Place | None) -> Drawing:
    """Return what a field for a place or a drawing gave, as a drawing."""
    if isinstance(given, Drawing):
        return given
    if given is None:
        return Drawing()
    return Drawing(given.words, corners=((given.latitude, given.longitude),) if given.latitude is not None and given.longitude is not None else ())


class DrawingWidget(forms.MultiWidget):
    """Words, what is drawn, and its corners one on each row; the map that moves fills the rows in."""

    template_name = "commons/forms/drawing_widget.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            "words": forms.TextInput({"autocomplete": "off", "data-place-words": True}),
            "shape": forms.RadioSelect({"class": "across"}, Shape.choices),
            "corners": forms.Textarea({"rows": 4, "autocomplete": "off", "spellcheck": "false", "data-draw-rows": True}),
        }
        super().__init__(widgets, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Unfold the drawing when there is one, or when it may be what is wrong."""
        context = super().get_context(name, value, attrs)
        words, _shape, corners = (each["attrs"] for each in context["widget"]["subwidgets"])
        words["aria-describedby"] = f"{words.get('id', name)}_hint"
        corners["aria-describedby"] = f"{corners.get('id', name)}_hint"
        context["widget"]["is_open"] = "aria-invalid" in context["widget"]["attrs"] or bool(context["widget"]["subwidgets"][2]["value"])
        return context

    def decompress(self, value: Drawing | None) -> list[Any]:
        """Split a drawing into what the three fields show."""
        if not value:
            return ["", Shape.PLACE, ""]
        return [value.words, value.shape, "\n".join(f"{latitude:.5f} {longitude:.5f}" for latitude, longitude in value.corners)]


class DrawingField(forms.Field):
    """A drawing as `Drawing`. The words alone are always enough; what was typed stays when a corner is refused."""

    widget = DrawingWidget
    default_error_messages = {"required": gettext_lazy("Say where it is: in words, or on the map.")}

    def clean(self, value: Any) -> Drawing:
        """Return the drawing; raises ValidationError that names the row and says what to do."""
        given = [*(value or []), "", "", ""][:3] if isinstance(value, (list, tuple)) else ["", "", ""]
        words = clean_text(given[0], max_length=WORDS_LENGTH, single_line=True)
        shape = Shape(given[1]) if given[1] in Shape.values else Shape.PLACE
        rows = [row.strip() for row in str(given[2] or "")[:40_000].splitlines() if row.strip()]
        drawing = Drawing(words, shape, _corners(rows, shape))
        if self.required and not drawing:
            raise ValidationError(self.error_messages["required"], code="required")
        return drawing

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether what came in differs from the drawing it began with."""
        return [str(part) for part in self.widget().decompress(initial)] != ["" if part is None else str(part) for part in data or ["", "", ""]]


def _corners(rows: list[str], shape: Shape) -> tuple[Point, ...]:
    if len(rows) > MOST_CORNERS:
        raise ValidationError(_("At most %(most)s corners. Draw it more roughly: your words tell the rest.") % {"most": MOST_CORNERS}, code="many")
    corners = tuple(_corner(row, number) for number, row in enumerate(rows, start=1))
    if not corners:
        return ()
    if shape == Shape.PLACE and len(corners) > 1:
        raise ValidationError(_("A place has one corner. Choose a line or an area, or leave only one row."), code="one")
    if len(set(corners)) < LEAST[shape]:
        least = _("A line has at least two corners, an area at least three. Add more, or say it in words.")
        raise ValidationError(least, code="few")
    return corners


def _corner(row: str, number: int) -> Point:
    numbers = _NUMBER.findall(row) if _COORDINATES.fullmatch(row) else []
    if len(numbers) == 2:
        try:
            north, east = point_at(*numbers)
        except ValidationError as refused:
            raise ValidationError(_("Row %(number)s: %(problem)s") % {"number": number, "problem": refused.messages[0]}, code="corner") from None
        return float(north or 0), float(east or 0)
    if found := known_place(row):
        return found
    problem = _("Row %(number)s, “%(row)s”, is neither two coordinates, such as 63.1275 21.6830, nor a name that the map knows.")
    raise ValidationError(problem % {"number": number, "row": row[:60]}, code="corner")
