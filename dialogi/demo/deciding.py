"""The demo's matters and decisions: opened when people had spoken, tied to their themes, decided at their day."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import cache
from typing import Any

from dialogi.decisions import actions
from dialogi.decisions.models import Decision, Matter
from dialogi.demo.outcome import opening_of
from dialogi.demo.story import HELSINKI
from dialogi.demo.structure import read
from dialogi.demo.town import MAKER, Town
from dialogi.voices.models import Theme

Act = Callable[[], Any]
Row = dict[str, Any]
TEXTS = ("title", "summary", "text", "reasons", "mention")


@cache
def outline() -> tuple[list[Row], list[Row]]:
    """The matters with their decisions, and the decisions that belong to no matter."""
    content = read("matters")
    return content["matter"], content["decision"]


def matter_events(town: Town, themes: dict[str, Theme]) -> Iterator[tuple[datetime, Act]]:
    """Everything that happens to the matters, each at its moment; `themes` are filled by the time they are tied."""
    matters, alone = outline()
    for row in matters:
        told: list[Matter] = []
        yield _at(row["opened"], 9), lambda row=row, told=told: told.append(_open(row, town))  # type: ignore[misc]
        for key in row["themes"]:
            moved = max(row["opened"], opening_of(key))
            yield _at(moved, 11), lambda key=key, told=told: actions.tie_to_matter(told[0], source=themes[key].subject, by=MAKER)  # type: ignore[misc]
        for decision in row.get("decision", []):
            yield _at(decision["on"], 15), lambda row=decision, told=told: _decide(row, town, told[0])  # type: ignore[misc]
        for step in row.get("step", []):
            yield _at(step["on"], 10), lambda step=step, told=told: _move(told[0], step)  # type: ignore[misc]
    for row in alone:
        yield _at(row["on"], 15), lambda row=row: _decide(row, town, None)  # type: ignore[misc]


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 20), tzinfo=HELSINKI)


def _texts(row: Row) -> Row:
    return {key: text for key, text in row.items() if key.rsplit("_", 1)[0] in TEXTS}


def _open(row: Row, town: Town) -> Matter:
    secret = {"is_public": False, "secrecy": row["secrecy"]} if "secrecy" in row else {}
    nouns = {"unit": town.units[row["unit"]], "post": town.posts.get(row.get("post", "")), "service": town.services.get(row.get("service", ""))}
    return actions.open_matter(by=MAKER, case_number=row["number"], opened_on=row["opened"], **nouns, **secret, **_texts(row))


def _decide(row: Row, town: Town, matter: Matter | None) -> Decision:
    plain = {name: row[name] for name in ("section", "outcome", "remedy")}
    who: Row = {"body": town.bodies[row["body"]]} if "body" in row else {"post": town.posts[row["post"]]}
    unit = matter.unit if matter else town.units[row["unit"]]
    drafted = actions.draft_decision(by=MAKER, matter=matter, unit=unit, decided_on=row["on"], **plain, **who, **_texts(row))
    for key in row.get("about", []):
        actions.decide_on(drafted, subject=town.services[key].subject, by=MAKER)
    return actions.publish_decision(drafted, by=MAKER)


def _move(matter: Matter, step: Row) -> None:
    actions.move_matter(matter, to=step["to"], reason=step.get("reason", ""), by=MAKER)
