"""The demo's town, made through the rooms' own actions: units, villages, services, people, promises, routes, rules, templates."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dialogi.commons.actors import machine
from dialogi.demo.structure import PersonContent, Structure, Words, structure
from dialogi.people import actions as people
from dialogi.people.models import Area, Body, Organisation, Person, Post, Unit
from dialogi.services import actions as services
from dialogi.services.models import Service, ServicePoint
from dialogi.voices.actions import configuring
from dialogi.voices.models import ModerationRule

MAKER = machine("demo")
FIRST_DAY = date(2021, 6, 1)
WEEKDAYS = {
    "sv": {"mo": "må", "tu": "ti", "we": "on", "th": "to", "fr": "fr", "sa": "lö", "su": "sö"},
    "fi": {"mo": "ma", "tu": "ti", "we": "ke", "th": "to", "fr": "pe", "sa": "la", "su": "su"},
    "en": {"mo": "Mon", "tu": "Tue", "we": "Wed", "th": "Thu", "fr": "Fri", "sa": "Sat", "su": "Sun"},
}
ROLE_UNITS = frozenset({"handler", "head", "clerk", "communications", "registrar", "employee", "ict_team", "administrator"})


@dataclass(slots=True)
class Town:
    """What was made, by the keys of the content."""

    units: dict[str, Unit] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    elsewhere: dict[str, Organisation] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    points: dict[str, ServicePoint] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    rules: dict[str, ModerationRule] = field(default_factory=dict)


def in_columns(name: str, words: Words) -> dict[str, str]:
    """Return words as the three columns of a translated field."""
    return {f"{name}_sv": words.sv, f"{name}_fi": words.fi, f"{name}_en": words.en}


def build(tell: Callable[[str], None]) -> Town:
    """Make the town; `tell` hears what is being made."""
    content, town = structure(), Town()
    for say, make in (
        ("units", _units),
        ("villages", _areas),
        ("services", _services),
        ("bodies", _bodies),
        ("people", _people),
        ("posts", _posts),
        ("promises and routes", _promises),
        ("rules and templates", _desk),
    ):
        tell(say)
        make(content, town)
    return town


def _units(content: Structure, town: Town) -> None:
    for key, unit in content.units.items():
        parent = town.units.get(unit.parent)
        town.units[key] = people.create_unit(by=MAKER, **in_columns("name", unit.name), parent=parent, phone=unit.phone, email=unit.email)
    for key, other in content.elsewhere.items():
        town.elsewhere[key] = people.create_organisation(by=MAKER, **in_columns("name", other.name), **in_columns("advice", other.does))


def _areas(content: Structure, town: Town) -> None:
    for key, area in content.areas.items():
        town.areas[key] = people.create_area(by=MAKER, **in_columns("name", area.name), latitude=area.latitude, longitude=area.longitude)


def _services(content: Structure, town: Town) -> None:
    for key, service in content.services.items():
        provider = town.elsewhere.get(service.unit)
        town.services[key] = services.create_service(
            by=MAKER,
            slug=key,
            **in_columns("name", service.name),
            **in_columns("description", service.about),
            **in_columns("without_device", service.without),
            words=", ".join([*service.words_sv, *service.words_fi]),
            unit=None if provider else town.units[service.unit],
            provider=provider,
        )
    for key, point in content.points.items():
        town.points[key] = services.create_service_point(
            by=MAKER,
            **in_columns("name", point.name),
            **_hours(point.hours),
            unit=town.units[point.unit],
            address_sv=point.address_sv,
            address_fi=point.address_fi,
            **in_columns("access", point.access),
            phone=point.phone,
            latitude=point.latitude,
            longitude=point.longitude,
            services=[service for service in town.services.values() if service.unit_id == town.units[point.unit].pk],
        )


def _hours(hours: Any) -> dict[str, str]:
    return {f"hours_{language}": "\n".join(_hours_line(line, language) for line in hours) for language in WEEKDAYS}


def _hours_line(line: tuple[str, str, str], language: str) -> str:
    days, opens, closes = line
    named = "–".join(WEEKDAYS[language][day] for day in days.split("-"))
    clock = f"{opens.lstrip('0')}–{closes.lstrip('0')}"
    return f"{named} {clock if language == 'en' else clock.replace(':', '.')}"


def _bodies(content: Structure, town: Town) -> None:
    for key, body in content.bodies.items():
        town.bodies[key] = people.create_body(by=MAKER, **in_columns("name", body.name), kind=body.kind, email=body.email)
    for key, body in content.bodies.items():
        if body.continued_by:
            people.edit_body(town.bodies[key], by=MAKER, successor=town.bodies[body.continued_by])
            people.close_body(town.bodies[key], by=MAKER)


def _people(content: Structure, town: Town) -> None:
    for key, person in content.people.items():
        made = people.create_person(by=MAKER, name=person.name, email=f"{key}@demo.invalid", language=person.language, **in_columns("title", person.title))
        town.people[key] = made
        _seat(person, made, town)


def _seat(person: PersonContent, made: Person, town: Town) -> None:
    if person.role in ROLE_UNITS:
        people.appoint(made, by=MAKER, role=person.role, unit=town.units[person.head_of or person.unit], since=FIRST_DAY)
    elif person.role == "official":
        people.appoint(made, by=MAKER, role=person.role, body=town.bodies[person.body], position=person.position, since=FIRST_DAY)


def _posts(content: Structure, town: Town) -> None:
    for key, post in content.posts.items():
        made = people.create_post(by=MAKER, **in_columns("title", post.title), unit=town.units[post.unit])
        town.posts[key] = made
        since = FIRST_DAY
        if post.before is not None:
            holder, until = post.before
            people.fill_post(made, by=MAKER, person=town.people[holder], since=FIRST_DAY, until=until)
            since = until + timedelta(days=1)
        if post.holder:
            people.fill_post(made, by=MAKER, person=town.people[post.holder], since=since)
    for key, post in content.posts.items():
        people.edit_post(town.posts[key], by=MAKER, deputy=town.posts[post.deputy])


def _promises(content: Structure, town: Town) -> None:
    for kind, days in content.promise_by_kind.items():
        services.promise(working_days=days, kind=kind, by=MAKER)
    for promise in content.promises:
        services.promise(working_days=promise.days, unit=town.units[promise.unit], kind=promise.kind, by=MAKER)
    for order, route in enumerate(content.routes):
        configuring.add_route(
            unit=town.units[route.unit],
            service=town.services.get(route.service),
            kind=route.kind,
            area=town.areas.get(route.area),
            language=route.language,
            order=order,
            by=MAKER,
        )


def _desk(content: Structure, town: Town) -> None:
    for order, (key, rule) in enumerate(content.rules.items()):
        words = {**in_columns("name", rule.name), **in_columns("explanation", rule.explanation)}
        town.rules[key] = configuring.add_moderation_rule(by=MAKER, code=rule.slug or rule.code, **words, order=order)
    for template in content.templates.values():
        configuring.add_reply_template(by=MAKER, name=template.name, kind=template.kind, state=template.state, **in_columns("text", template.text))
