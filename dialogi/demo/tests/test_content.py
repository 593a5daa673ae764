"""The demo's content: nothing points into the air, nobody living is named, both languages are always there."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dialogi.decisions.models import MatterState, Outcome, Remedy
from dialogi.demo.deciding import outline
from dialogi.demo.story import BEGINS, ENDS
from dialogi.demo.structure import CONTENT, read, structure
from dialogi.demo.town import _hours
from dialogi.people.models import BodyKind, Position, Role
from dialogi.voices.models import Kind, State

FILES = sorted(CONTENT.rglob("*.toml"))
STANDING = CONTENT.parents[1] / "portal" / "templates" / "portal" / "standing"
PAGES = sorted(STANDING.glob("*.html"))
# Numbers of authorities and emergency services that a text may give besides the demo's own series.
AUTHORITIES = {"116 117", "029 534 5000", "358 29 534 5000"}
PHONE = re.compile(r"(?<![\d/.,:–-])(?:\+?358[ -]?\d{1,3}|0\d{1,2})[ -]\d{3,4}[ -]?\d{3,4}\b|\b116 117\b")
MAIL = re.compile(r"[\w.+-]+@[\w.-]+\.\w+")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def test_every_reference_in_the_outline_exists() -> None:
    here = structure()
    assert all(unit.parent in {"", *here.units} for unit in here.units.values())
    assert all(service.unit in here.units for service in here.services.values())
    assert all(point.unit in here.units and point.area in here.areas for point in here.points.values())
    for person in here.people.values():
        assert person.unit in {"", *here.units}
        assert person.head_of in {"", *here.units}
        assert person.point in {"", *here.points}
        assert person.role in {"resident", *Role.values}
        assert (person.body in here.bodies) == (person.role == "official")
        assert person.position in {"", *Position.values}
    for body in here.bodies.values():
        assert body.kind in BodyKind.values
        assert body.continued_by in {"", *here.bodies}
        assert body.email or body.kind != BodyKind.ADVISORY
    for post in here.posts.values():
        assert post.unit in here.units
        assert post.deputy in here.posts
        assert {post.holder, post.before[0] if post.before else ""} <= {"", *here.people}
    for theme in here.themes.values():
        assert theme.service in here.services
        assert theme.unit in here.units
        assert theme.state in State.values
        assert theme.forwarded_to in {"", *here.elsewhere}
        assert (theme.answered is None) == (theme.answer is None)
    assert all(promise.unit in here.units and promise.kind in Kind.values for promise in here.promises)
    assert all(route.unit in here.units and route.service in {"", *here.services} and route.area in {"", *here.areas} for route in here.routes)
    assert {landmark for area in here.areas.values() for landmark in area.landmarks} <= set(here.landmarks)


def test_every_reference_of_matters_and_decisions_exists_and_their_days_follow_each_other() -> None:
    here, (matters, alone) = structure(), outline()
    for row in matters:
        assert row["unit"] in here.units
        assert row.get("service", "") in {"", *here.services}
        assert set(row["themes"]) <= set(here.themes)
        days = [row["opened"], *sorted(each["on"] for each in [*row.get("decision", []), *row.get("step", [])])]
        assert days == sorted(days)
        assert BEGINS <= days[0] <= days[-1] <= ENDS
        assert all(step["to"] in MatterState.values for step in row.get("step", []))
    for row in [*alone, *(decision for matter in matters for decision in matter.get("decision", []))]:
        assert (row.get("body") in here.bodies) ^ (row.get("post") in here.posts)
        assert row["outcome"] in Outcome.values
        assert row["remedy"] in Remedy.values
        assert set(row.get("about", [])) <= set(here.services)
        assert row["on"].weekday() < 5
        assert all(row[f"{name}_{language}"] for name in ("title", "text") for language in ("sv", "fi", "en"))
    numbers = [row["number"] for row in matters]
    assert len(numbers) == len(set(numbers)) >= 12


def test_the_town_is_large_enough_to_be_believed() -> None:
    here = structure()
    assert len(here.areas) >= 25
    assert len(here.services) >= 40
    assert len(here.themes) >= 25
    assert len(here.templates) >= 12
    assert len(here.rules) >= 10
    units = {unit.key for unit in here.units.values() if unit.kind == "unit"}
    assert units == {person.head_of for person in here.people.values() if person.head_of in units}
    answering = Counter(
        person.unit for person in here.people.values() if person.role in {"handler", "head", "communications", "registrar", "clerk", "ict_team"}
    )
    assert units <= set(answering)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CONTENT)))
def test_content_is_said_in_both_languages_and_reaches_nobody(path: Path) -> None:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    for text in _texts(rows):
        assert text == text.strip(), text
        assert all(mail.endswith("@demo.invalid") for mail in MAIL.findall(text)), text
        assert all(phone in AUTHORITIES or phone.startswith("050 000 00") for phone in PHONE.findall(text)), text
    for table in rows.values():
        for row in table if isinstance(table, list) else []:
            for field in [field for field in row if field.endswith("_sv") and f"{field[:-3]}_fi" in row]:
                assert row[field], row
                assert row[f"{field[:-3]}_fi"], row


def test_names_of_people_are_roles() -> None:
    assert all(person.name.endswith(" Demo") for person in structure().people.values())
    assert len({person.name for person in structure().people.values()}) == len(structure().people)


def test_families_refer_to_what_exists_and_can_be_answered() -> None:
    here = structure()
    for language in ("sv", "fi", "en"):
        found = read(f"families/{language}")
        for family in found["family"]:
            assert family["kind"] in Kind.values
            assert set(family["services"]) <= set(here.services), family["key"]
            assert family.get("theme", "") in {"", *here.themes}
            lines = [*family["core"], *_texts(family.get("slots", {}))]
            prefixes = [line.split("|")[0] for line in lines if "|" in line]
            assert {prefix.split("@")[1] for prefix in prefixes if "@" in prefix} <= set(here.services), family["key"]
            tags = {prefix.split("@")[0] for prefix in prefixes} - {"", *here.rules}
            answered = {tag for reply in family["replies"] for tag in reply.get("for", tags)}
            assert tags <= answered | {"queue" if family.get("theme") else ""}, (language, family["key"], tags - answered)
            assert all(reply["state"] in State.values and reply.get("to", "") in {"", *here.elsewhere} for reply in family["replies"])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_standing_pages_start_at_h2_and_reach_nobody(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    levels = [int(level) for level in re.findall(r"<h(\d)", source)]
    assert levels[0] == 2
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert "<h1" not in source
    assert "style=" not in source
    assert all(mail.endswith(("@demo.invalid", "@traficom.fi")) for mail in MAIL.findall(source))
    assert all(phone in AUTHORITIES or phone.lstrip("+") in AUTHORITIES or phone.startswith("050 000 00") for phone in PHONE.findall(source))


def test_standing_pages_exist_in_three_languages_with_the_same_parts() -> None:
    names = {path.name.split(".")[0] for path in PAGES}
    assert names == {"about", "accessibility", "moderation", "privacy", "without-device"}
    for name in names:
        parts = {
            language: re.findall(r'<h[23](?: id="([\w-]+)")?', (STANDING / f"{name}.{language}.html").read_text(encoding="utf-8"))
            for language in ("sv", "fi", "en")
        }
        assert parts["sv"] == parts["fi"] == parts["en"]


def test_the_accessibility_statement_says_what_the_law_wants() -> None:
    for language, words in {"sv": ("delvis", "14 dagar"), "fi": ("osittain", "14 päivän"), "en": ("in part", "14 days")}.items():
        source = (STANDING / f"accessibility.{language}.html").read_text(encoding="utf-8")
        for needed in ("306/2019", "Traficom", "2026-11-23", *words):
            assert needed in source, (language, needed)


def test_opening_hours_are_written_as_each_language_writes_them() -> None:
    assert _hours((("mo-th", "08:30", "16:00"), ("sa", "10:00", "14:00"))) == {
        "hours_sv": "må–to 8.30–16.00\nlö 10.00–14.00",
        "hours_fi": "ma–to 8.30–16.00\nla 10.00–14.00",
        "hours_en": "Mon–Thu 8:30–16:00\nSat 10:00–14:00",
    }
