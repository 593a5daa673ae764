"""The map as a still picture, drawn from the ground that is shipped: seen before any script runs, and where none does."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from dialogi.commons.languages import current_language

GROUND = Path(__file__).parent / "static/maps/coast.json"
SIDE = 640  # pixels; a page shows the middle of it
SEEN = 0.66  # of each side: what lies within is seen on every screen
DEEPEST, ONE_PLACE = 13.0, 12.5
HEAP_REACH = 54  # pixels within which places are gathered
RANK_FROM = {1: 0, 2: 0, 3: 10, 4: 11}  # from which zoom a name is shown
OPEN = {"received", "in_hand", "planned"}
FINER = 2  # the picture's units to a pixel
LEAST, STEP = 2.5, 3  # islets smaller than so many pixels, and steps shorter than so many units, are left out

_SIGNER = signing.Signer(salt="commons.map_pictures")

Point = tuple[float, float]

STYLE = """\
svg{--sea:#dcebee;--shoal:#e9f3f4;--shallow:#f1f8f7;--land:#faf8f1;--coast:#8fb0b3;
--road:#d9d2c1;--main:#b9b3a2;--name:#2b444b;--spot:#0b4a5a;--ring:#fff;stroke-linejoin:round;stroke-linecap:round}
@media (prefers-color-scheme:dark){svg{--sea:#0d232c;--shoal:#10303b;--shallow:#153843;--land:#1d3036;--coast:#47707b;
--road:#3a4b4c;--main:#57686a;--name:#d6e4e4;--spot:#9ad0dd;--ring:#0a191f}}
.a,.b,.r,.m{fill:none}.a{stroke:var(--shoal);stroke-width:32}.b{stroke:var(--shallow);stroke-width:14}
.l{fill:var(--land);fill-rule:evenodd;stroke:var(--coast);stroke-width:2}.r{stroke:var(--road);stroke-width:4}.m{stroke:var(--main);stroke-width:6}
text{font:600 30px system-ui,sans-serif;fill:var(--name);text-anchor:middle;paint-order:stroke;stroke:var(--land);stroke-width:7}
.s{fill:var(--spot);stroke:var(--ring);stroke-width:6}.o{fill:var(--ring);stroke:var(--spot);stroke-width:10}
.h{fill:var(--spot);stroke:var(--ring);stroke-width:4}.n{fill:var(--ring);stroke:none;font-weight:700}.p{fill:var(--spot);stroke:var(--ring);stroke-width:5}
.t{fill:none;stroke:var(--spot);stroke-width:8}.f{fill:var(--spot);fill-opacity:.16;stroke:var(--spot);stroke-width:6}"""
PIN = '<path class="p" d="M{x:.0f} {y:.0f}c-14-20-30-40-30-60a30 30 0 0 1 60 0c0 20-16 40-30 60z"/><circle class="n" cx="{x:.0f}" cy="{eye:.0f}" r="11"/>'


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, or a heap of so many."""

    latitude: float
    longitude: float
    count: int = 1
    state: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A line, or the edge of an area."""

    points: tuple[Point, ...]
    is_area: bool = False

    @classmethod
    def of(cls, geometry: str) -> "Trace":
        """Read a GeoJSON LineString, or the outer edge of a Polygon."""
        shape = json.loads(geometry)
        is_area = shape["type"] == "Polygon"
        line = shape["coordinates"][0] if is_area else shape["coordinates"]
        return cls(tuple((latitude, longitude) for longitude, latitude in line), is_area)


@dataclass(frozen=True, slots=True)
class View:
    """What the picture shows: Mercator pixels of its upper left corner at a zoom."""

    left: float
    top: float
    zoom: float

    @classmethod
    def around(cls, spots: Sequence[Spot], traces: Sequence[Trace] = ()) -> "View":
        """Show everything within what every screen sees; without anything, where maps begin."""
        points = [(spot.latitude, spot.longitude) for spot in spots] + [point for trace in traces for point in trace.points]
        if not points:
            return cls.at(*settings.MAP_START)
        norths, easts = zip(*points, strict=True)
        (left, top), (right, bottom) = mercator(max(norths), min(easts), 0), mercator(min(norths), max(easts), 0)
        widest = max(right - left, bottom - top)
        zoom = min(DEEPEST, math.log2(SIDE * SEEN / widest)) if widest else ONE_PLACE
        middle = 2**zoom / 2
        return cls((left + right) * middle - SIDE / 2, (top + bottom) * middle - SIDE / 2, zoom)

    @classmethod
    def at(cls, latitude: float, longitude: float, zoom: float) -> "View":
        """Show what lies around a point."""
        x, y = mercator(latitude, longitude, zoom)
        return cls(x - SIDE / 2, y - SIDE / 2, zoom)

    def place(self, latitude: float, longitude: float) -> Point:
        """Where a point lies in the picture, in pixels."""
        x, y = mercator(latitude, longitude, self.zoom)
        return x - self.left, y - self.top


def mercator(latitude: float, longitude: float, zoom: float) -> Point:
    """A point in the pixels of the whole world at a zoom, as every web map counts them."""
    size = 256 * 2**zoom
    sine = math.sin(math.radians(latitude))
    return (longitude + 180) / 360 * size, (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * size


def picture(spots: Sequence[Spot], *, traces: Sequence[Trace] = (), pin: bool = False) -> HttpResponse:
    """Answer with the picture of some places and what is drawn, or of one place with a pin."""
    response = HttpResponse(draw(spots, language=current_language(), traces=traces, pin=pin), content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    return response


def place_address(latitude: float, longitude: float) -> str:
    """Return where the still picture of one place lies, in the language of the page; only we can make it."""
    return f"{reverse('pages:place_map')}?{urlencode({'at': _SIGNER.sign(f'{latitude:.5f},{longitude:.5f}')})}"


def place_of(signed: str) -> Spot | None:
    """Return the place behind such an address, or None when we did not make it."""
    try:
        latitude, longitude = map(float, _SIGNER.unsign(signed).split(","))
    except (signing.BadSignature, ValueError):
        return None
    return Spot(latitude, longitude)


def draw(spots: Sequence[Spot], *, language: str, traces: Sequence[Trace] = (), pin: bool = False) -> str:
    """Draw the coast, roads and names around some places, what is drawn, and the places."""
    view = View.around(spots, traces)
    heaps = gathered(view, spots)
    beads = [_pin(view, spot) for spot in spots] if pin else [_bead(x, y, heap) for x, y, heap in heaps]
    side = SIDE * FINER
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" viewBox="0 0 {side} {side}"><style>{STYLE}</style>'
    sea = f'<rect width="{side}" height="{side}" fill="var(--sea)"/>'
    land = _land(view)
    ground = f'<defs><path id="g" d="{land}"/></defs>' + "".join(f'<use href="#g" class="{layer}"/>' for layer in "abl") if land else ""
    return "".join([head, sea, ground, *_roads(view), *_traced(view, traces), *_names(view, language, heaps), *beads, "</svg>"])


def gathered(view: View, spots: Iterable[Spot]) -> list[tuple[float, float, list[Spot]]]:
    """Gather places that would lie on each other: each joins the nearest heap within reach, or begins its own."""
    heaps: list[tuple[float, float, list[Spot]]] = []
    for spot in spots:
        x, y = view.place(spot.latitude, spot.longitude)
        near = min(range(len(heaps)), key=lambda n: math.hypot(heaps[n][0] - x, heaps[n][1] - y), default=None)
        if near is None or math.hypot(heaps[near][0] - x, heaps[near][1] - y) >= HEAP_REACH:
            heaps.append((x, y, [spot]))
            continue
        there_x, there_y, heap = heaps[near]
        share = spot.count / (sum(other.count for other in heap) + spot.count)
        heaps[near] = (there_x + (x - there_x) * share, there_y + (y - there_y) * share, [*heap, spot])
    return heaps


@lru_cache(maxsize=1)
def _ground() -> dict[str, Any]:
    """The shipped ground, with each ring as degrees and the frame around it."""
    ground = json.loads(GROUND.read_text(encoding="utf-8"))
    rings = []
    for steps in (ring for polygon in ground["land"] for ring in polygon):
        x, y, points = 0, 0, []
        for east, north in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + east, y + north
            points.append((y / 1e4, x / 1e4))
        rings.append(points)
    return {"rings": rings, "lines": _of(ground, "LineString"), "names": _of(ground, "Point")}


def _of(ground: dict[str, Any], shape: str) -> list[tuple[dict[str, Any], Any]]:
    return [(part["properties"], part["geometry"]["coordinates"]) for part in ground["features"] if part["geometry"]["type"] == shape]


def _land(view: View) -> str:
    drawn = []
    for ring in _ground()["rings"]:
        points = clipped([view.place(*point) for point in ring])
        if len(points) > 2 and _extent(points) > LEAST:
            drawn.append(f"M{_steps(points)}z")
    return "".join(drawn)


def _extent(points: Sequence[Point]) -> float:
    return max(max(point[axis] for point in points) - min(point[axis] for point in points) for axis in (0, 1))


def clipped(points: list[Point], low: float = -40, high: float = SIDE + 40) -> list[Point]:
    """Cut a ring to a square a little larger than the picture (after Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, low, 1), (0, high, -1), (1, low, 1), (1, high, -1)):
        kept: list[Point] = []
        for before, here in zip([points[-1], *points[:-1]] if points else [], points, strict=True):
            was, is_ = (sign * (point[axis] - limit) for point in (before, here))
            if was * is_ < 0:
                share = was / (was - is_)
                kept.append((before[0] + (here[0] - before[0]) * share, before[1] + (here[1] - before[1]) * share))
            if is_ >= 0:
                kept.append(here)
        points = kept
    return points


def _steps(points: Sequence[Point]) -> str:
    """The first point, then steps in whole units; steps that would not show are left out."""
    here = tuple(round(number * FINER) for number in points[0])
    written = [f"{here[0]} {here[1]}l"]
    for point in points[1:]:
        there = tuple(round(number * FINER) for number in point)
        if abs(there[0] - here[0]) + abs(there[1] - here[1]) >= STEP:
            written.append(f"{there[0] - here[0]} {there[1] - here[1]} ")
            here = there
    return "".join(written)


def _roads(view: View) -> Iterable[str]:
    for properties, line in _ground()["lines"]:
        points = [view.place(latitude, longitude) for longitude, latitude in line]
        if any(-SIDE < x < 2 * SIDE and -SIDE < y < 2 * SIDE for x, y in points):
            yield f'<path class="{"m" if properties["role"] == "main" else "r"}" d="M{_steps(points)}"/>'


def _traced(view: View, traces: Iterable[Trace]) -> Iterable[str]:
    for trace in traces:
        path = _steps([view.place(*point) for point in trace.points])
        yield f'<path class="{"f" if trace.is_area else "t"}" d="M{path}{"z" if trace.is_area else ""}"/>'


def known_place(words: str) -> Point | None:
    """Return (latitude, longitude) of the place on the shipped ground that the words name, with Finnish and Swedish endings; None for no place."""
    text, best = words.casefold(), ("", (0.0, 0.0))
    for properties, (longitude, latitude) in _ground()["names"]:
        for name in (properties["sv"], properties["fi"]):
            stem = name.casefold()[: max(4, len(name) - 2)]
            if properties["role"] != "water" and stem in text and len(stem) > len(best[0]):
                best = (stem, (latitude, longitude))
    return best[1] if best[0] else None


def _names(view: View, language: str, heaps: Sequence[tuple[float, float, list[Spot]]]) -> Iterable[str]:
    taken: list[tuple[float, float, float]] = []
    for properties, (longitude, latitude) in sorted(_ground()["names"], key=lambda name: int(name[0]["rank"])):
        x, y = view.place(latitude, longitude)
        covering = next((heap for heap in heaps if math.hypot(heap[0] - x, heap[1] - y) < HEAP_REACH / 2), None)
        if covering:  # below the bead that would lie on the name
            x, y = covering[0], covering[1] + _radius(covering[2]) / FINER + 17
        name = str(properties["fi" if language == "fi" else "sv"])
        half = len(name) * 4.5 + 6
        is_shown = properties["role"] != "water" and view.zoom >= RANK_FROM[properties["rank"]] and 0 < x < SIDE and 0 < y < SIDE
        if is_shown and all(abs(other_x - x) > other_half + half or abs(other_y - y) > 24 for other_x, other_y, other_half in taken):
            taken.append((x, y, half))
            yield f'<text x="{x * FINER:.0f}" y="{y * FINER:.0f}">{escape(name)}</text>'


def _bead(x: float, y: float, heap: list[Spot]) -> str:
    count = sum(spot.count for spot in heap)
    at = f'cx="{x * FINER:.0f}" cy="{y * FINER:.0f}"'
    if count == 1:
        return f'<circle class="{"o" if heap[0].state in OPEN else "s"}" {at} r="{_radius(heap)}"/>'
    return f'<circle class="h" {at} r="{_radius(heap)}"/><text class="n" x="{x * FINER:.0f}" y="{y * FINER + 10:.0f}">{count}</text>'


def _radius(heap: list[Spot]) -> int:
    count = sum(spot.count for spot in heap)
    return 19 if count == 1 else 30 + min(18, round(math.log2(count) * 3))


def _pin(view: View, spot: Spot) -> str:
    x, y = (number * FINER for number in view.place(spot.latitude, spot.longitude))
    return PIN.format(x=x, y=y, eye=y - 60)
