"""The four pictures of harmonisation: matrix, days ahead, fit, integrations."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dialogi.people.models import Unit
from dialogi.systems.harmonising.graph import Placed, place
from dialogi.systems.models import DayKind, Integration, IntegrationKind, System
from dialogi.systems.pictures.canvas import WIDTH, Canvas
from dialogi.systems.queries.harmonising_calendar import Event
from dialogi.systems.queries.harmonising_fit import PLACES, Dot
from dialogi.systems.queries.harmonising_matrix import Row

LINE, HEAD, NAMES = 30, 64, 330
MARKS = {DayKind.NOTICE: "hollow", DayKind.END: "full", DayKind.SUPPORT: "warm"}
SIDE, EDGE = 560, 60
ROOM_FOR_A_YEAR = 90
LARGEST = 26


def draw_matrix(rows: Sequence[Row], columns: Sequence[Unit]) -> Canvas:
    """Draw functions and sectors: the number of systems; a thick frame where there is more than one product, hatched where something is not confirmed."""
    canvas = Canvas(_("Functions and sectors"), _("The table on the same page says the same."), HEAD + LINE * len(rows) + 40)
    width = (WIDTH - NAMES - 10) / max(len(columns), 1)
    for across, sector in enumerate(columns):
        canvas.words(NAMES + width * across + 4, 24 + 18 * (across % 2), str(sector.name), most=max(6, int(width / 4)))
    for down, row in enumerate(rows):
        y = HEAD + LINE * down
        canvas.words(8, y + 20, str(row.function), most=44)
        for across, cell in enumerate(row.cells):
            if not cell.number:
                continue
            x = NAMES + width * across
            canvas.box(x, y + 3, width - 6, LINE - 6, "box thick" if cell.several else "box", hatched=bool(cell.unsure))
            canvas.words(x + width / 2 - 3, y + 20, str(cell.number), anchor="middle", kind="bold")
    legend = _("Thick frame: more than one product. Hatched: not confirmed by anybody.")
    canvas.words(8, HEAD + LINE * len(rows) + 26, legend, kind="soft")
    return canvas


def draw_days(events: Sequence[Event], start: date, end: date) -> Canvas:
    """Draw the days of notices, ends and ends of support on a line of thirty-six months."""
    canvas = Canvas(_("Days ahead"), _("The table on the same page says the same."), HEAD + LINE * len(events) + 40)
    whole = max((end - start).days, 1)
    for year in range(start.year, end.year + 1):
        day = max(date(year, 1, 1), start)
        x = NAMES + (WIDTH - NAMES - 30) * (day - start).days / whole
        canvas.line(x, 40, x, HEAD + LINE * len(events))
        # Late in a year its own label would lie under the next one's.
        if year > start.year or (date(year + 1, 1, 1) - start).days > ROOM_FOR_A_YEAR:
            canvas.words(x + 4, 34, str(year), kind="soft")
    for down, event in enumerate(events):
        y = HEAD + LINE * down + 14
        canvas.words(8, y + 5, str(event.noun), most=44)
        x = NAMES + (WIDTH - NAMES - 30) * (event.day - start).days / whole
        canvas.dot(x, y, 8, MARKS[DayKind(event.kind)], f"{event.label}: {date_format(event.day)}")
    x = 8.0
    for kind in DayKind:
        canvas.dot(x + 8, HEAD + LINE * len(events) + 20, 7, MARKS[kind])
        canvas.words(x + 22, HEAD + LINE * len(events) + 25, str(kind.label), kind="soft")
        x += 260
    return canvas


def draw_fit(dots: Sequence[Dot]) -> Canvas:
    """Draw the TIME picture: across how good technically, upwards how well it serves the work; bars are the range of the assessors."""
    canvas = Canvas(_("How well systems fit"), _("The table on the same page says the same."), SIDE + 2 * EDGE, SIDE + 2 * EDGE + 220)
    middle = EDGE + SIDE / 2
    canvas.box(EDGE, EDGE, SIDE, SIDE, "line")
    canvas.line(middle, EDGE, middle, EDGE + SIDE)
    canvas.line(EDGE, middle, EDGE + SIDE, middle)
    for (serves, is_good), corner in PLACES.items():
        x, y = (middle if is_good else EDGE) + 8, EDGE + 20 if serves else EDGE + SIDE - 10
        canvas.words(x, y, str(corner), kind="soft")
    canvas.words(middle, EDGE + SIDE + 34, _("How good it is technically, 0–4"), anchor="middle")
    canvas.words(EDGE, EDGE - 16, _("How well it serves the work, 0–4"))
    dearest = max((float(dot.euros) for dot in dots if dot.euros), default=1.0) or 1.0
    for number, dot in enumerate(dots, start=1):
        _draw_dot(canvas, dot, number, dearest)
    return canvas


def _at(mark: float, *, up: bool = False) -> float:
    return EDGE + SIDE * (1 - mark / 4 if up else mark / 4)


def _draw_dot(canvas: Canvas, dot: Dot, number: int, dearest: float) -> None:
    if dot.functional.middle is None or dot.technical.middle is None:
        return
    x, y = _at(dot.technical.middle), _at(dot.functional.middle, up=True)
    if dot.is_sure:
        canvas.line(_at(dot.technical.low or 0), y, _at(dot.technical.high or 0), y)
        canvas.line(x, _at(dot.functional.low or 0, up=True), x, _at(dot.functional.high or 0, up=True))
    radius = 8.0 if dot.euros is None else 6 + (LARGEST - 6) * (float(dot.euros) / dearest) ** 0.5
    kind = ("hollow" if dot.euros is None or not dot.is_sure else "warm") + ("" if dot.is_sure else " dash")
    canvas.dot(x, y, radius, kind, str(dot.system))
    canvas.words(x + radius + 3, y + 5, str(number), kind="bold")


def draw_graph(placed: Sequence[Placed], edges: Sequence[tuple[int, int, bool]], names: dict[int, str]) -> Canvas:
    """Draw systems and the data that goes between them; dashed lines are by hand."""
    height = 720
    canvas = Canvas(_("Integrations"), _("The table on the same page says the same."), height)
    spots = {each.node: (90 + (WIDTH - 260) * each.x, 50 + (height - 110) * each.y) for each in placed}
    for source, target, by_hand in edges:
        (x, y), (x2, y2) = spots[source], spots[target]
        canvas.line(x, y, x2, y2, "line dash" if by_hand else "line")
        # Where the data arrives there is a small mark.
        canvas.dot(x + (x2 - x) * 0.85, y + (y2 - y) * 0.85, 3, "full")
    for node, (x, y) in spots.items():
        canvas.dot(x, y, 8, "warm", names[node])
        canvas.words(x + 12, y + 5, names[node], most=26)
    canvas.words(8, height - 14, _("The small mark shows where the data goes. A dashed line is done by hand."), kind="soft")
    return canvas


def draw_integrations(system: System, shown: Sequence[Integration]) -> Canvas:
    """Draw the integrations around a system."""
    edges = [(each.system_id, each.target_id, each.kind == IntegrationKind.MANUAL) for each in shown if each.target_id]
    names = {system.pk: str(system.name)}
    for each in shown:
        names[each.system_id] = str(each.system.name)
        if each.target is not None:
            names[each.target.pk] = str(each.target.name)
    return draw_graph(place(names, [(source, target) for source, target, _by_hand in edges]), edges, names)
