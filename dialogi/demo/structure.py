"""The demo municipality's outline, read from `content/*.toml` into frozen dataclasses."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
LANGUAGES = ("sv", "fi", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the three languages."""

    sv: str
    fi: str
    en: str

    def in_(self, language: str) -> str:
        """The text in one language."""
        return {"sv": self.sv, "fi": self.fi, "en": self.en}[language]


@dataclass(frozen=True, slots=True)
class UnitContent:
    """A sector or a unit."""

    key: str
    kind: str
    parent: str
    name: Words
    does: Words
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class ElsewhereContent:
    """Somebody else who does what residents also ask the municipality for."""

    key: str
    name: Words
    does: Words


@dataclass(frozen=True, slots=True)
class AreaContent:
    """A village with its Finnish cases; `finnish` is the share of its voices that come in Finnish."""

    key: str
    name: Words
    in_: Words
    to_fi: str
    from_fi: str
    of_fi: str
    latitude: float
    longitude: float
    weight: int
    finnish: float
    landmarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceContent:
    """A service and its way without a device."""

    key: str
    unit: str
    name: Words
    about: Words
    without: Words
    words_sv: tuple[str, ...]
    words_fi: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointContent:
    """A service point. Hours are (days, opens, closes)."""

    key: str
    unit: str
    area: str
    name: Words
    address_sv: str
    address_fi: str
    latitude: float
    longitude: float
    phone: str
    hours: tuple[tuple[str, str, str], ...]
    access: Words
    has_clerks: bool


@dataclass(frozen=True, slots=True)
class PersonContent:
    """One of the cast: a role, never a living person."""

    key: str
    name: str
    role: str
    unit: str
    head_of: str
    point: str
    body: str
    position: str
    title: Words
    language: str

    @property
    def email(self) -> str:
        """An address that reaches nobody."""
        return f"{self.key}@demo.invalid"


@dataclass(frozen=True, slots=True)
class BodyContent:
    """A body; one that is continued by another is no longer there."""

    key: str
    kind: str
    name: Words
    email: str
    continued_by: str


@dataclass(frozen=True, slots=True)
class PostContent:
    """A post, who holds it, and who held it before until which day; without a holder it is vacant."""

    key: str
    unit: str
    title: Words
    holder: str
    deputy: str
    before: tuple[str, date] | None


@dataclass(frozen=True, slots=True)
class RuleContent:
    """A moderation rule and what it leads to."""

    code: str
    slug: str
    name: Words
    explanation: Words
    outcome: str


@dataclass(frozen=True, slots=True)
class TemplateContent:
    """A ready start for an answer."""

    key: str
    name: str
    state: str
    kind: str
    text: Words


@dataclass(frozen=True, slots=True)
class ThemeContent:
    """A theme; without `answered` it is still open. `since` and `until` bound when its voices came."""

    key: str
    service: str
    unit: str
    is_need: bool
    title: Words
    summary: Words
    state: str
    answered: date | None
    answer: Words | None
    forwarded_to: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class PromiseContent:
    """Working days in which a unit promises to answer a kind."""

    unit: str
    kind: str
    days: int


@dataclass(frozen=True, slots=True)
class RouteContent:
    """Which unit answers; an empty field matches anything."""

    unit: str
    kind: str
    service: str
    area: str
    language: str
    needs_no_service: bool


@dataclass(frozen=True, slots=True)
class Structure:
    """All of it, by key."""

    municipality: dict[str, Any]
    units: dict[str, UnitContent]
    elsewhere: dict[str, ElsewhereContent]
    areas: dict[str, AreaContent]
    landmarks: dict[str, Words]
    streets: tuple[Words, ...]
    services: dict[str, ServiceContent]
    points: dict[str, PointContent]
    people: dict[str, PersonContent]
    bodies: dict[str, BodyContent]
    posts: dict[str, PostContent]
    rules: dict[str, RuleContent]
    templates: dict[str, TemplateContent]
    themes: dict[str, ThemeContent]
    promise_by_kind: dict[str, int]
    promises: tuple[PromiseContent, ...]
    routes: tuple[RouteContent, ...]


def read(name: str) -> dict[str, Any]:
    """One content file as data."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def words(row: dict[str, Any], field: str) -> Words:
    """A three-language field of a row."""
    return Words(*(row[f"{field}_{language}"] for language in LANGUAGES))


def _area(row: dict[str, Any]) -> AreaContent:
    return AreaContent(
        key=row["key"],
        name=Words(row["name_sv"], row["name_fi"], row["name_sv"]),
        in_=Words(row["in_sv"], row["in_fi"], f"in {row['name_sv']}"),
        to_fi=row["to_fi"],
        from_fi=row["from_fi"],
        of_fi=row["of_fi"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        weight=row["weight"],
        finnish=row["finnish"],
        landmarks=tuple(row["landmarks"]),
    )


def _service(row: dict[str, Any]) -> ServiceContent:
    return ServiceContent(
        row["key"], row["unit"], words(row, "name"), words(row, "about"), words(row, "without"), tuple(row["words_sv"]), tuple(row["words_fi"])
    )


def _point(row: dict[str, Any]) -> PointContent:
    return PointContent(
        key=row["key"],
        unit=row["unit"],
        area=row["area"],
        name=words(row, "name"),
        address_sv=row["address_sv"],
        address_fi=row["address_fi"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        phone=row["phone"],
        hours=tuple((days, opens, closes) for days, opens, closes in row["hours"]),
        access=words(row, "access"),
        has_clerks=row["clerks"],
    )


def _person(row: dict[str, Any]) -> PersonContent:
    where = {name: row.get(name, "") for name in ("unit", "head_of", "point", "body", "position")}
    return PersonContent(key=row["key"], name=row["name"], role=row["role"], **where, title=words(row, "title"), language=row["language"])


def _post(row: dict[str, Any]) -> PostContent:
    before = row.get("before")
    return PostContent(
        row["key"], row["unit"], words(row, "title"), row.get("holder", ""), row["deputy"], (before["holder"], before["until"]) if before else None
    )


def _theme(row: dict[str, Any]) -> ThemeContent:
    return ThemeContent(
        key=row["key"],
        service=row["service"],
        unit=row["unit"],
        is_need=row.get("is_need", False),
        title=words(row, "title"),
        summary=words(row, "summary"),
        state=row["state"],
        answered=row.get("answered"),
        answer=Words(row["answer_sv"], row["answer_fi"], "") if "answered" in row else None,
        forwarded_to=row.get("forwarded_to", ""),
        since=row.get("from"),
        until=row.get("until"),
    )


def _route(row: dict[str, Any]) -> RouteContent:
    return RouteContent(
        row["unit"], row.get("kind", ""), row.get("service", ""), row.get("area", ""), row.get("language", ""), row.get("needs_no_service", False)
    )


def _units(rows: list[dict[str, Any]]) -> dict[str, UnitContent]:
    return {
        row["key"]: UnitContent(
            row["key"], row["kind"], row.get("parent", ""), words(row, "name"), words(row, "does"), row.get("phone", ""), row.get("email", "")
        )
        for row in rows
    }


@cache
def structure() -> Structure:
    """The whole outline, read once."""
    outline, places, promises = read("structure"), read("areas"), read("promises")
    return Structure(
        municipality=outline["municipality"],
        units=_units(outline["unit"]),
        elsewhere={row["key"]: ElsewhereContent(row["key"], words(row, "name"), words(row, "does")) for row in outline["elsewhere"]},
        areas={row["key"]: _area(row) for row in places["area"]},
        landmarks={key: Words(**row) for key, row in places["landmark"].items()},
        streets=tuple(Words(row["sv"], row["fi"], row["sv"]) for row in places["street"]),
        services={row["key"]: _service(row) for row in read("services")["service"]},
        points={row["key"]: _point(row) for row in read("service_points")["point"]},
        people={row["key"]: _person(row) for row in read("cast")["person"]},
        bodies={
            row["key"]: BodyContent(row["key"], row["kind"], words(row, "name"), row.get("email", ""), row.get("continued_by", ""))
            for row in read("bodies")["body"]
        },
        posts={row["key"]: _post(row) for row in read("posts")["post"]},
        rules={
            row["code"]: RuleContent(row["code"], row["slug"], words(row, "name"), words(row, "explanation"), row["outcome"])
            for row in read("moderation")["rule"]
        },
        templates={
            row["key"]: TemplateContent(row["key"], row["name"], row["state"], row.get("kind", ""), Words(row["sv"], row["fi"], row["en"]))
            for row in read("reply_templates")["template"]
        },
        themes={row["key"]: _theme(row) for row in read("themes")["theme"]},
        promise_by_kind=promises["default"],
        promises=tuple(PromiseContent(row["unit"], row["kind"], row["days"]) for row in promises["promise"]),
        routes=tuple(_route(row) for row in promises["route"]),
    )
