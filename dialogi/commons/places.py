"""A place: always in words, and where it helps as a point; and many places as one answer to a map."""

import hashlib
import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import Avg, Count, F, IntegerField, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogi.commons.languages import current_language
from dialogi.commons.map_pictures import Spot, Trace, picture
from dialogi.commons.paging import total_of
from dialogi.commons.text.cleaning import clean_text

WORDS_LENGTH = 300
MOST_POINTS = 400  # more than this, and the map gets heaps with numbers instead
MOST_HEAPS = 600
HEAPS_SECONDS = 10  # together with what the page itself is kept, less than a minute: then what is hidden is in no heap any more
_NUMBER = re.compile(r"[NEne]?\s*([+-]?[0-9]{1,3}(?:[.,][0-9]{1,20})?)\s*°?\s*[NEne]?")
_CELL_PIXELS = 64


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: words, and a point (WGS84 degrees) or None."""

    words: str = ""
    latitude: float | None = None
    longitude: float | None = None

    def __bool__(self) -> bool:
        return bool(self.words) or self.latitude is not None

    @property
    def has_point(self) -> bool:
        """Whether it can be shown on a map."""
        return self.latitude is not None and self.longitude is not None


class PlaceWidget(forms.MultiWidget):
    """Words, a map that needs a script, and the two numbers that the map fills in."""

    template_name = "commons/forms/place_widget.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        number = {"inputmode": "decimal", "autocomplete": "off", "class": "short"}
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            "words": forms.TextInput({"autocomplete": "off", "data-place-words": True}),
            "latitude": forms.TextInput({**number, "data-place-latitude": True}),
            "longitude": forms.TextInput({**number, "data-place-longitude": True}),
        }
        super().__init__(widgets, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Unfold the numbers when they may be what is wrong."""
        context = super().get_context(name, value, attrs)
        words = context["widget"]["subwidgets"][0]["attrs"]
        words["aria-describedby"] = f"{words.get('id', name)}_hint"
        context["widget"]["is_open"] = "aria-invalid" in context["widget"]["attrs"]
        return context

    def decompress(self, value: Place | None) -> list[Any]:
        """Split a Place into what the three fields show."""
        return _parts(value)


class HiddenPlaceWidget(forms.MultiWidget):
    """The three fields carried along on a page that shows the place and does not ask for it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"words": forms.HiddenInput, "latitude": forms.HiddenInput, "longitude": forms.HiddenInput}, attrs)

    def decompress(self, value: Place | None) -> list[Any]:
        """Split a Place into what the three fields carry."""
        return _parts(value)


class PlaceField(forms.Field):
    """A place as `Place`. The words alone are always enough; what was typed stays when the numbers are refused."""

    widget = PlaceWidget
    hidden_widget = HiddenPlaceWidget
    default_error_messages = {"required": gettext_lazy("Say where it is: in words, or on the map.")}

    def clean(self, value: Any) -> Place:
        """Return the Place; raises ValidationError that says what to do."""
        parts = [*(value or []), "", "", ""][:3] if isinstance(value, (list, tuple)) else ["", "", ""]
        words = clean_text(parts[0], max_length=WORDS_LENGTH, single_line=True)
        place = Place(words, *point_at(_text(parts[1]), _text(parts[2])))
        if self.required and not place:
            raise ValidationError(self.error_messages["required"], code="required")
        return place

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether what came in differs from the Place it began with."""
        shown = ["" if part is None else str(part) for part in _parts(initial)]
        return shown != ["" if part is None else str(part) for part in data or ["", "", ""]]


def _parts(value: Place | None) -> list[Any]:
    return [value.words, value.latitude, value.longitude] if value else ["", None, None]


def _text(value: Any) -> str:
    return str(value).strip()[:60] if value is not None else ""


def _number(text: str, problem: str) -> float:
    found = _NUMBER.fullmatch(text)
    if not found:
        raise ValidationError(problem, code="number")
    return float(found[1].replace(",", "."))


def point_at(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    """Read a typed point; (None, None) when nothing was typed, ValidationError that says what to do when it is no point near here."""
    if not latitude and not longitude:
        return None, None
    if not latitude or not longitude:
        raise ValidationError(_("Give both coordinates, or leave both empty. Your words are enough."), code="half")
    north = _number(latitude, _("The latitude is not a number. Write it like 63.1275, or leave both coordinates empty."))
    east = _number(longitude, _("The longitude is not a number. Write it like 21.6830, or leave both coordinates empty."))
    if abs(north) > 90 or abs(east) > 180:
        raise ValidationError(_("There is no such point on earth. Latitude is at most 90 and longitude at most 180."), code="earth")
    if not is_within_reach(north, east):
        if is_within_reach(east, north):
            raise ValidationError(_("The coordinates have changed places. The latitude is the larger number here."), code="swapped")
        raise ValidationError(
            _("The point is outside the area that %(name)s answers for. Move the point, or take it away and say where it is in words.")
            % {"name": settings.MUNICIPALITY[f"name_{current_language()}"]},
            code="outside",
        )
    return round(north, 6), round(east, 6)


def is_within_reach(latitude: float, longitude: float) -> bool:
    """Tell whether a point lies in the area of the installation, with the margin that the settings give it."""
    south, west, north, east = settings.MAP_REACH
    return south <= latitude <= north and west <= longitude <= east


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map shows: degrees, and the zoom level."""

    west: float
    south: float
    east: float
    north: float
    zoom: int

    @classmethod
    def of(cls, request: HttpRequest) -> "Frame | None":
        """Read `bbox=west,south,east,north` and `zoom` from the address; None when they are missing or make no sense."""
        try:
            numbers = [float(part) for part in request.GET.get("bbox", "")[:100].split(",")]
            zoom = int(request.GET.get("zoom", "")[:3])
        except ValueError:
            return None
        if len(numbers) != 4 or not all(map(math.isfinite, numbers)) or not 0 <= zoom <= 22:
            return None
        west, south, east, north = numbers
        return cls(west, south, east, north, zoom) if -180 <= west < east <= 180 and -90 <= south < north <= 90 else None


def places_answer(
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    properties: Callable[[Any], dict[str, Any]],
    latitude: str = "latitude",
    longitude: str = "longitude",
    drawn: Sequence[str] = (),
) -> JsonResponse:
    """Answer a map's `data-places` with GeoJSON: each place while they are few, else heaps on a grid with their numbers.

    `rows` are already those that the reader may see; `properties(row)` gives title, href, state, state_label and lang.
    The answer holds at most MOST_POINTS places or MOST_HEAPS heaps, however many rows there are. `drawn` are lines and areas as GeoJSON geometries.
    """
    frame = Frame.of(request)
    placed = rows.filter(**{f"{latitude}__isnull": False})
    if frame is not None:
        placed = placed.filter(**{f"{latitude}__range": (frame.south, frame.north), f"{longitude}__range": (frame.west, frame.east)})
    total = total_of(placed)
    if total <= MOST_POINTS:
        features = [_feature(getattr(row, longitude), getattr(row, latitude), properties(row)) for row in placed]
    else:
        features = _lately_heaped(placed, latitude, longitude, frame.zoom if frame else 9)
    answer: dict[str, Any] = {"type": "FeatureCollection", "total": total, "partial": frame is not None or total > MOST_POINTS, "features": features}
    if drawn:
        answer["drawn"] = [json.loads(geometry) for geometry in drawn]
    return JsonResponse(answer, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})


def places_picture(
    rows: QuerySet[Any], *, latitude: str = "latitude", longitude: str = "longitude", state: str = "", drawn: Sequence[str] = ()
) -> HttpResponse:
    """Answer with a still picture of the same places, for who sees the map before a script has run, or runs none."""
    traces = [Trace.of(geometry) for geometry in drawn]
    placed = rows.filter(**{f"{latitude}__isnull": False})
    if total_of(placed) > MOST_POINTS:
        heaps = [(heap["geometry"]["coordinates"], heap["properties"]["count"]) for heap in _lately_heaped(placed, latitude, longitude, zoom=11)]
        return picture([Spot(north, east, count) for (east, north), count in heaps], traces=traces)
    found = placed.order_by().values_list(latitude, longitude, *([state] if state else []))
    return picture([Spot(north, east, 1, *known) for north, east, *known in found], traces=traces)


def _feature(east: float, north: float, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [round(east, 5), round(north, 5)]}, "properties": properties}


def _lately_heaped(placed: QuerySet[Any], latitude: str, longitude: str, zoom: int) -> list[dict[str, Any]]:
    """The heaps as they were some seconds ago: they read every place in the frame, which in a large town is not done for each reader."""
    name = f"heaps:{zoom}:{hashlib.sha256(str(placed.order_by().values(latitude, longitude).query).encode()).hexdigest()}"
    found: list[dict[str, Any]] | None = cache.get(name)
    if found is None:
        found = _heaps(placed, latitude, longitude, zoom)
        cache.set(name, found, HEAPS_SECONDS)
    return found


def _heaps(placed: QuerySet[Any], latitude: str, longitude: str, zoom: int) -> list[dict[str, Any]]:
    middle = math.radians(sum(settings.MAP_REACH[::2]) / 2)
    wide = 360 / (256 * 2**zoom) * _CELL_PIXELS
    high = wide * math.cos(middle)
    cells = (
        placed.order_by()
        .annotate(cell_x=Cast(F(longitude) / wide, IntegerField()), cell_y=Cast(F(latitude) / high, IntegerField()))
        .values("cell_x", "cell_y")
        .annotate(heap=Count("pk"), east=Avg(longitude), north=Avg(latitude))
        .order_by("-heap", "cell_x", "cell_y")[:MOST_HEAPS]
    )
    return [_feature(cell["east"], cell["north"], {"count": cell["heap"]}) for cell in cells]
