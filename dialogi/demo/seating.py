"""The demo's working groups: who sits there by which decision, and the rules on their composition, read from `content/teams.toml`."""

from typing import Any

from dialogi.demo.structure import read
from dialogi.demo.town import MAKER, Town
from dialogi.people import actions as people
from dialogi.people.models import Position, Role

NAMES = ("name_sv", "name_fi", "name_en")
REASONS = ("reason_sv", "reason_fi", "reason_en")


def seat(town: Town) -> None:
    """Make the groups, fill them and say how they must be composed. Called when units, people and posts stand."""
    content = read("teams")
    for row in content["body"]:
        town.bodies[row["key"]] = people.create_body(by=MAKER, kind=row["kind"], **{name: row[name] for name in NAMES})
    for row in content["seat"]:
        _sit(row, town)
    for row in content["rule"]:
        _demand(row, town)


def _sit(row: dict[str, Any], town: Town) -> None:
    people.appoint(
        town.people[row["person"]],
        by=MAKER,
        role=Role.ICT_TEAM if row["body"] == "ict-team" else Role.EMPLOYEE,
        body=town.bodies[row["body"]],
        position=row.get("position", Position.MEMBER),
        represents=town.units[row["represents"]],
        by_post=town.posts.get(row.get("by_post", "")),
        since=row["since"],
        until=row.get("until"),
        decision=row.get("decision", ""),
    )


def _demand(row: dict[str, Any], town: Town) -> None:
    people.demand(
        town.bodies[row["body"]],
        by=MAKER,
        demand=row["demand"],
        position=row.get("position", ""),
        post=town.posts.get(row.get("post", "")),
        unit=town.units.get(row.get("unit", "")),
        of_body=town.bodies.get(row.get("of_body", "")),
        least=row.get("least"),
        **{name: row[name] for name in REASONS},
    )
