"""Build the offline base map of the coast: dialogi/commons/static/maps/coast.json.

Only developers run this. It needs Debian's packages gmt and gmt-gshhg-full, and `uv pip install shapely`.
Usage: python tools/build_basemap.py

The coastline is GSHHG 2.3.7 (Wessel and Smith, LGPL-3), full resolution. The villages come from the demo municipality's
areas; towns, waters and roads are drawn by hand and only approximate, which the map says by drawing them softly.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import shapely
from shapely.affinity import scale, translate
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.ops import polygonize, unary_union

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "dialogi/commons/static/maps/coast.json"
AREAS = ROOT / "dialogi/demo/content/areas.toml"
WEST, SOUTH, EAST, NORTH = 20.55, 62.80, 22.45, 63.62
# GSHHG lies about a hundred metres east of newer surveys on this coast: the shift that fits them best, measured over the whole archipelago.
SHIFT = (-0.0020, -0.0003)
SQUEEZE = 0.4525  # a degree of longitude in degrees of latitude at 63.1 N
TOLERANCE = 0.00028  # about 30 m
SMALLEST = 0.9e-6  # in square degrees of latitude: about a hectare
LIMIT_GZ = 40_000

# Places outside the demo's areas: Swedish, Finnish, latitude, longitude, rank (1 is seen from afar).
TOWNS = [
    ("Vasa", "Vaasa", 63.0960, 21.6158, 1),
    ("Gamla Vasa", "Vanha Vaasa", 63.0680, 21.7000, 3),
    ("Sundom", "Sundom", 63.0480, 21.5180, 3),
    ("Malax", "Maalahti", 62.9420, 21.5500, 2),
    ("Laihela", "Laihia", 62.9765, 22.0060, 2),
    ("Vörå", "Vöyri", 63.1320, 22.2500, 2),
    ("Maxmo", "Maksamaa", 63.2140, 22.0900, 3),
    ("Lillkyro", "Vähäkyrö", 63.0580, 22.1070, 3),
    ("Bergö", "Bergö", 62.9520, 21.1780, 3),
    ("Oravais", "Oravainen", 63.2990, 22.3780, 3),
]
WATERS = [
    ("Kvarken", "Merenkurkku", 63.445, 21.02, 1),
    ("Bottniska viken", "Pohjanlahti", 62.925, 20.97, 1),
    ("Vassorfjärden", "Vassorfjärden", 63.215, 21.925, 3),
    ("Södra stadsfjärden", "Eteläinen kaupunginselkä", 63.062, 21.595, 3),
]
FAR_AREAS = {"smedsby", "replot", "kvevlax", "solf", "bjorkoby"}
# Through what they pass, in order; bent softly between.
ROADS = [
    (
        "E8",
        "main",
        (
            "62.790,21.480 62.850,21.540 62.905,21.600 62.955,21.640 62.990,21.720 63.004,21.752 63.034,21.728 63.068,21.706 63.092,21.672 "
            "63.118,21.688 63.134,21.720 63.152,21.790 63.165,21.836 63.183,21.905 63.186,21.975 63.205,22.080 63.235,22.205 63.270,22.330 "
            "63.299,22.390 63.330,22.470"
        ),
    ),
    ("3", "main", "63.004,21.752 62.996,21.830 62.983,21.940 62.972,22.010 62.935,22.110 62.900,22.200 62.860,22.340 62.830,22.470"),
    ("", "main", "63.092,21.672 63.096,21.645 63.095,21.618"),
    (
        "724",
        "road",
        (
            "63.118,21.688 63.136,21.678 63.153,21.664 63.172,21.664 63.187,21.655 63.199,21.612 63.200,21.560 63.203,21.530 63.212,21.495 "
            "63.221,21.450 63.229,21.417 63.227,21.370 63.214,21.318 63.222,21.290 63.250,21.262 63.282,21.240 63.305,21.250 63.318,21.290 "
            "63.333,21.312 63.344,21.318"
        ),
    ),
    ("", "road", "63.214,21.318 63.201,21.278 63.182,21.268 63.162,21.256"),
    ("673", "road", "63.092,21.655 63.072,21.685 63.055,21.688 63.030,21.665 62.996,21.630 62.975,21.605 62.955,21.575 62.942,21.550"),
    ("717", "road", "63.126,21.702 63.124,21.770 63.112,21.840 63.103,21.880 63.108,21.980 63.122,22.120 63.131,22.245"),
    ("", "road", "63.165,21.836 63.196,21.812 63.233,21.778"),
    ("", "road", "63.183,21.905 63.210,21.880 63.243,21.860 63.262,21.877"),
]


def land() -> MultiPolygon:
    """The land inside the frame, moved to where newer surveys have it, lightened to what the map can show."""
    frame = f"-R{WEST - 0.1}/{EAST + 0.1}/{SOUTH - 0.1}/{NORTH + 0.1}"
    drawn = subprocess.run(["gmt", "coast", frame, "-Df", "-M", "-W1"], check=True, capture_output=True, text=True).stdout
    # A little inside what was drawn, so that every shoreline crosses it and every coast closes.
    border = box(WEST - 0.05, SOUTH - 0.05, EAST + 0.05, NORTH + 0.05)
    net = shapely.set_precision(unary_union([*shorelines(drawn), border.boundary]), 1e-6)
    cells = list(polygonize(net))
    points = [cell.representative_point() for cell in cells]
    asked = "\n".join(f"{point.x} {point.y} {number}" for number, point in enumerate(points))
    dry = subprocess.run(["gmt", "select", frame, "-Ns/k", "-Df", "-A0/1/1"], input=asked, check=True, capture_output=True, text=True).stdout
    whole = unary_union([cells[int(float(row.split()[2]))] for row in dry.splitlines()])
    moved = translate(whole, *SHIFT).intersection(box(WEST, SOUTH, EAST, NORTH))
    flat = scale(moved, SQUEEZE, 1, origin=(0, 0)).simplify(TOLERANCE)
    kept = [Polygon(part.exterior, [ring for ring in part.interiors if Polygon(ring).area > SMALLEST]) for part in parts(flat) if part.area > SMALLEST]
    return MultiPolygon([part for whole in kept for part in parts(scale(whole, 1 / SQUEEZE, 1, origin=(0, 0)))])


def shorelines(drawn: str) -> list[LineString]:
    """The lines of `gmt coast -M`."""
    lines: list[LineString] = []
    points: list[tuple[float, float]] = []
    for row in [*drawn.splitlines(), ">"]:
        if row.startswith(">"):
            lines += [LineString(points)] if len(points) > 1 else []
            points = []
        elif not row.startswith("#"):
            x, y = row.split()[:2]
            points.append((round(float(x), 6), round(float(y), 6)))
    return lines


def parts(shape: Any) -> list[Polygon]:
    """The polygons of a shape."""
    return [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]


def spots(points: str) -> list[tuple[float, float]]:
    """The points of a road, as latitude and longitude."""
    pairs = (point.split(",") for point in points.split())
    return [(float(north), float(east)) for north, east in pairs]


def bent(points: list[tuple[float, float]]) -> list[list[float]]:
    """A soft curve through the points (Catmull-Rom), as longitude and latitude."""
    ends = [points[0], *points, points[-1]]
    curve = []
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(10):
            t = step / 10
            curve.append([round(spline(t, before[axis], start[axis], end[axis], after[axis]), 4) for axis in (1, 0)])
    return [*curve, [points[-1][1], points[-1][0]]]


def spline(t: float, a: float, b: float, c: float, d: float) -> float:
    """One coordinate of a Catmull-Rom curve."""
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def labels() -> list[dict[str, Any]]:
    """Names with both languages: villages, towns, waters."""
    areas = tomllib.loads(AREAS.read_text())["area"]
    rows = [(a["name_sv"], a["name_fi"], a["latitude"], a["longitude"], 2 if a["key"] in FAR_AREAS else 4, "village") for a in areas if "latitude" in a]
    rows += [(*row, "town") for row in TOWNS] + [(*row, "water") for row in WATERS]
    return [
        {"type": "Feature", "properties": {"role": role, "sv": sv, "fi": fi, "rank": rank}, "geometry": {"type": "Point", "coordinates": [lon, lat]}}
        for sv, fi, lat, lon, rank, role in rows
    ]


def steps(ring: Any) -> list[int]:
    """A ring as its first point and then the steps to each next one, longitude and latitude in ten-thousandths of a degree (about 5 m here)."""
    points = [(round(x * 10_000), round(y * 10_000)) for x, y in ring.coords[:-1]]
    moves = [points[0], *((x - a, y - b) for (a, b), (x, y) in pairwise(points) if (x, y) != (a, b))]
    return [number for move in moves for number in move]


def main() -> None:
    """Write the map and say what it weighs."""
    ground = land()
    roads = [
        {"type": "Feature", "properties": {"role": kind, "name": name}, "geometry": {"type": "LineString", "coordinates": bent(spots(points))}}
        for name, kind, points in ROADS
    ]
    names = labels()
    for name in names:
        spot = Point(name["geometry"]["coordinates"])
        if name["properties"]["role"] != "water" and not ground.contains(spot):
            print(f"{name['properties']['sv']} lies {ground.distance(spot) * 111_000:.0f} m from land")
    whole = {
        "attribution": "GSHHG",
        "bounds": [SOUTH, WEST, NORTH, EAST],
        "land": [[steps(ring) for ring in (part.exterior, *part.interiors)] for part in ground.geoms],
        "features": [*roads, *names],
    }
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text + "\n")
    weight = len(gzip.compress(text.encode(), 9))
    print(f"{len(ground.geoms)} islands and coasts, {shapely.get_num_coordinates(ground)} points, {len(text)} bytes, {weight} compressed")
    if weight > LIMIT_GZ:
        raise SystemExit("heavier than the map may be")


if __name__ == "__main__":
    main()
