"""Blueprints: ready timetables to begin from. Days are counted from the day of the opening."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from dialogi.commons.calendar import ZONE
from dialogi.consultations.models import MapTools, PhaseKind


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase of a blueprint: from which day, for how many days."""

    kind: PhaseKind
    after: int
    days: int
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A way of asking that has proved itself, with its phases."""

    key: str
    label: str | Lazy
    phases: tuple[Stretch, ...]


OPENS, CLOSES = time(8), time(16)
BLUEPRINTS = {
    blueprint.key: blueprint
    for blueprint in (
        Blueprint(
            "hearing",
            _("Hearing on a draft: comment for 30 days, answer every point"),
            (
                Stretch(PhaseKind.INFORM, -7, 7),
                Stretch(PhaseKind.HEARING, 0, 30),
                Stretch(PhaseKind.ANSWER, 30, 30),
                Stretch(PhaseKind.DECISION, 60, 30),
            ),
        ),
        Blueprint("survey", _("Survey for three weeks"), (Stretch(PhaseKind.SURVEY, 0, 21), Stretch(PhaseKind.SUMMARY, 21, 21))),
        Blueprint(
            "statements",
            _("Statement round for six weeks, with comments from everybody"),
            (
                Stretch(PhaseKind.STATEMENTS, 0, 42),
                Stretch(PhaseKind.HEARING, 0, 42),
                Stretch(PhaseKind.ANSWER, 42, 30),
                Stretch(PhaseKind.DECISION, 72, 30),
            ),
        ),
        Blueprint(
            "ideas",
            _("Collection of ideas on a map for four weeks"),
            (Stretch(PhaseKind.IDEAS, 0, 28, {"map_tools": MapTools.ANY}), Stretch(PhaseKind.SUMMARY, 28, 21)),
        ),
        Blueprint("opinions", _("Opinion map for three weeks"), (Stretch(PhaseKind.OPINION_MAP, 0, 21), Stretch(PhaseKind.SUMMARY, 21, 21))),
        Blueprint(
            "review",
            _("Review of a programme: draft, survey and statements together"),
            (
                Stretch(PhaseKind.INFORM, -14, 14),
                Stretch(PhaseKind.HEARING, 0, 42),
                Stretch(PhaseKind.SURVEY, 0, 42),
                Stretch(PhaseKind.STATEMENTS, 0, 42),
                Stretch(PhaseKind.ANSWER, 42, 42),
                Stretch(PhaseKind.DECISION, 84, 60),
            ),
        ),
    )
}


def stretched(blueprint: Blueprint, *, opens_on: date) -> Iterator[tuple[Stretch, datetime, datetime]]:
    """Yield each phase with its opening at eight in the morning and its closing at four in the afternoon, in Europe/Helsinki."""
    for stretch in blueprint.phases:
        first = opens_on + timedelta(days=stretch.after)
        yield stretch, datetime.combine(first, OPENS, tzinfo=ZONE), datetime.combine(first + timedelta(days=stretch.days), CLOSES, tzinfo=ZONE)
