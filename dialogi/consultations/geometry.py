"""Drawings on a map as GeoJSON geometries (RFC 7946): Point, LineString, Polygon, in degrees of WGS 84, longitude first."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dialogi.commons.places import is_within_reach

KINDS = ("Point", "LineString", "Polygon")
MOST_PLACES = 500
LONGEST = 40_000  # characters
REFUSED = _("The drawing could not be read. Draw it again, or describe the place in words.")


def point_text(latitude: float | None, longitude: float | None) -> str:
    """Return a point as a geometry; empty when there is none."""
    return json.dumps({"type": "Point", "coordinates": [longitude, latitude]}) if latitude is not None and longitude is not None else ""


def point_of(geometry: str) -> tuple[float | None, float | None]:
    """Return (latitude, longitude) of a geometry that is a point, else (None, None)."""
    shape = json.loads(geometry) if geometry else {}
    if shape.get("type") != "Point":
        return None, None
    longitude, latitude = shape["coordinates"]
    return latitude, longitude


def clean_geometry(text: str, *, kinds: tuple[str, ...] = KINDS) -> str:
    """Return a drawing that a browser sent, rounded to a centimetre's worth of digits; ValidationError for what is no drawing near here."""
    if not text.strip():
        return ""
    if len(text) > LONGEST:
        raise ValidationError(REFUSED)
    try:
        shape = json.loads(text)
        kind, coordinates = shape["type"], shape["coordinates"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise ValidationError(REFUSED) from None
    if kind not in kinds:
        raise ValidationError(REFUSED)
    return json.dumps({"type": kind, "coordinates": _cleaned(kind, coordinates)})


def _cleaned(kind: str, coordinates: Any) -> Any:
    if kind == "Point":
        return _place(coordinates)
    if kind == "LineString":
        return _line(coordinates, least=2)
    if not isinstance(coordinates, list) or not 1 <= len(coordinates) <= 10:
        raise ValidationError(REFUSED)
    rings = [_line(ring, least=4) for ring in coordinates]
    if any(ring[0] != ring[-1] for ring in rings):
        raise ValidationError(REFUSED)
    return rings


def _line(places: Any, *, least: int) -> list[list[float]]:
    if not isinstance(places, list) or not least <= len(places) <= MOST_PLACES:
        raise ValidationError(REFUSED)
    return [_place(place) for place in places]


def _place(place: Any) -> list[float]:
    if not isinstance(place, list) or len(place) < 2 or not all(isinstance(number, int | float) and not isinstance(number, bool) for number in place[:2]):
        raise ValidationError(REFUSED)
    longitude, latitude = float(place[0]), float(place[1])
    if not is_within_reach(latitude, longitude):
        raise ValidationError(_("A part of the drawing lies outside the municipality. Move it, or describe the place in words."))
    return [round(longitude, 7), round(latitude, 7)]
