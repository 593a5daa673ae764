"""How a chart looks: a Vega-Lite description in our colours, drawn to SVG on the server and kept by what it shows.

Drawing takes 50 ms, and 2 s for the first one in a process: never inside a page's own request.
"""

import hashlib
import json
import os
import tempfile
import threading
from pathlib import Path
from typing import Any

import vl_convert
from django.conf import settings

from dialogi.commons.charts.chart import LEGEND_COLUMNS, Chart, shown, size_of

VERSION = 1  # goes up when the look changes, so that kept drawings are made anew
MOST_KEPT = 2000
FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Verdana, DejaVu Sans, sans-serif"
_LOCK = threading.Lock()
_NUMBERS = {
    "sv": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", " €"]},
    "fi": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", " €"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}
# Told apart by lightness as well as by hue; none of them is the red of the thread.
_COLOURS = {
    "light": ["#0b4a5a", "#a9b53c", "#6a9fad", "#6b5893", "#c58f2f", "#2f6b3c", "#9aa7a5", "#40302a"],
    "dark": ["#9ad0dd", "#c9d55a", "#5a93a3", "#c0aee2", "#e3b564", "#86c795", "#7d908f", "#efe2d2"],
}
_INK = {"light": "#0e262d", "dark": "#eaf2f1"}
_SOFT = {"light": "#435659", "dark": "#b3c8cc"}
_LINE = {"light": "#cfd7d4", "dark": "#2c4a55"}
_PAPER = {"light": "#fcfcfa", "dark": "#0a191f"}
_DASHES: list[list[int]] = [[1, 0], [7, 4], [2, 3], [10, 3, 2, 3], [5, 2], [1, 0], [7, 4], [2, 3]]


def svg(chart: Chart, name: str) -> bytes:
    """Return the drawing `light`, `dark`, `narrow-light` or `narrow-dark`; kept on disk, so that it is drawn once a machine."""
    series = [(s.label, s.values) for s in chart.series]
    key = json.dumps([VERSION, name, chart.kind, chart.unit, chart.language, chart.decimals, chart.most, chart.labels, series])
    path = Path(settings.HOME) / "charts" / f"{hashlib.sha256(key.encode()).hexdigest()[:40]}.svg"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        made = draw(chart, name)
        _keep(path, made)
        return made


def draw(chart: Chart, name: str) -> bytes:
    """Draw a chart now. One at a time in a process: the drawing engine is large, and a crowd must not multiply it."""
    with _LOCK:
        text = vl_convert.vegalite_to_svg(description(chart, name), allowed_base_urls=[], format_locale=_NUMBERS[chart.language])
    return text.encode()


def _keep(path: Path, made: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    kept = sorted(path.parent.glob("*.svg"), key=lambda file: file.stat().st_mtime) if len(os.listdir(path.parent)) >= MOST_KEPT else []
    for oldest in kept[: MOST_KEPT // 10]:
        oldest.unlink(missing_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".drawing-")
    with os.fdopen(handle, "wb") as file:
        file.write(made)
    Path(temporary).replace(path)


def description(chart: Chart, name: str) -> dict[str, Any]:
    """Return the Vega-Lite description of a drawing."""
    theme = name.removeprefix("narrow-")
    width, height = size_of(chart.kind, len(chart.labels), len(chart.series), name)
    rows = [
        {"label": label, "series": series.label, "value": value, "order": order, "words": _words(chart, value)}
        for order, series in enumerate(chart.series)
        for label, value in zip(chart.labels, series.values, strict=True)
    ]
    return {
        "data": {"values": rows},
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 2, "right": 8, "top": 4, "bottom": 4},
        "layer": (_line if chart.kind == "line" else _bars)(chart, theme, is_narrow=name != theme),
        "config": _config(theme),
    }


def _words(chart: Chart, value: float | int | None) -> str:
    return "< 5" if value is None else shown(value, decimals=chart.decimals, language=chart.language)


def _colour(chart: Chart, theme: str, *, is_narrow: bool) -> dict[str, Any]:
    names = [series.label for series in chart.series]
    scale = {"domain": names, "range": _COLOURS[theme][: len(names)]}
    legend = {"title": None, "orient": "top", "symbolType": "square", "columns": LEGEND_COLUMNS[is_narrow]} if len(names) > 1 else None
    return {"field": "series", "type": "nominal", "sort": names, "scale": scale, "legend": legend}


def _axis_format(chart: Chart) -> str:
    return f",.{chart.decimals}f" if chart.decimals else ",d"


def _bars(chart: Chart, theme: str, *, is_narrow: bool) -> list[dict[str, Any]]:
    is_stacked = chart.kind == "stacked"
    down: dict[str, Any] = {"field": "label", "type": "nominal", "sort": list(chart.labels), "title": None}
    down["axis"] = {"labelLimit": 128 if is_narrow else 230, "domain": False, "ticks": False, "labelPadding": 8}
    if not is_stacked and len(chart.series) > 1:
        down["scale"] = {"paddingInner": 0.22}
    along: dict[str, Any] = {"field": "value", "type": "quantitative", "stack": "zero" if is_stacked else None, "title": chart.unit or None}
    along["axis"] = {"format": _axis_format(chart), "tickMinStep": 1 if not chart.decimals else 0, "tickCount": 4 if is_narrow else 6}
    beside: dict[str, Any] = {} if is_stacked else {"yOffset": {"field": "series", "sort": [series.label for series in chart.series]}}
    bar = {
        "mark": {"type": "bar", "cornerRadiusEnd": 2, "stroke": _PAPER[theme], "strokeWidth": 1},
        "encoding": {"y": down, "x": along, "color": _colour(chart, theme, is_narrow=is_narrow), "order": {"field": "order"}, **beside},
    }
    if is_stacked:
        return [bar]
    # Room for the number behind the longest bar; on a narrow picture it is a larger part of the width.
    if chart.most:
        along["axis"]["values"] = [chart.most * part / 4 for part in range(5)]
    highest = chart.most or max((value for series in chart.series for value in series.values if value is not None), default=0)
    along["scale"] = {"domainMax": (highest or 1) * (1.25 if is_narrow else 1.1), "nice": False}
    at = {"field": "shown", "type": "quantitative", "stack": None}
    label = {
        "transform": [{"calculate": "datum.value === null ? 0 : datum.value", "as": "shown"}],
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 5, "color": _INK[theme], "fontSize": 13, "fontWeight": 600},
        "encoding": {"y": down, "x": at, "text": {"field": "words"}, **beside},
    }
    return [bar, label]


def _line(chart: Chart, theme: str, *, is_narrow: bool) -> list[dict[str, Any]]:
    names = [series.label for series in chart.series]
    along: dict[str, Any] = {"field": "label", "type": "ordinal", "sort": list(chart.labels), "title": None, "scale": {"type": "point", "padding": 0.4}}
    along["axis"] = {"labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 14, "grid": False, "tickSize": 4}
    up: dict[str, Any] = {"field": "value", "type": "quantitative", "title": None}
    up["axis"] = {"format": _axis_format(chart), "tickMinStep": 1 if not chart.decimals else 0, "tickCount": 5, "domain": False, "ticks": False}
    colour = _colour(chart, theme, is_narrow=is_narrow)
    if colour["legend"]:
        colour["legend"] |= {"symbolType": "stroke", "symbolStrokeWidth": 3, "symbolSize": 500}
    encoding: dict[str, Any] = {"x": along, "y": up, "color": colour}
    scale = {"domain": names, "range": _DASHES[: len(names)]}
    dash = {"field": "series", "type": "nominal", "sort": names, "scale": scale, "legend": colour["legend"]}
    # A hidden cell breaks the line: it is not nought, and nobody knows where it lies.
    mark = {"type": "line", "strokeWidth": 2.6, "invalid": "break-paths-show-domains"}
    line = {"mark": mark, "encoding": {**encoding, "strokeDash": dash}}
    size = 36 if is_narrow or len(chart.labels) > 24 else 64
    dots = {"mark": {"type": "point", "filled": True, "size": size, "stroke": _PAPER[theme], "strokeWidth": 1.5, "opacity": 1}, "encoding": encoding}
    return [line, dots]


def _config(theme: str) -> dict[str, Any]:
    axis = {
        "labelColor": _SOFT[theme],
        "titleColor": _SOFT[theme],
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": 400,
        "gridColor": _LINE[theme],
        "domainColor": _LINE[theme],
        "tickColor": _LINE[theme],
    }
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": axis,
        "axisY": {"labelColor": _INK[theme]},
        "legend": {"labelColor": _INK[theme], "labelFontSize": 13, "symbolSize": 110, "columnPadding": 14, "offset": 10},
    }
