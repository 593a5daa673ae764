"""What the administrator keeps for the desk: routes, reply templates, moderation rules. Told of on the unit, or on the municipality."""

from typing import Any

from django.db import transaction

from dialogi.commons.actors import Actor
from dialogi.commons.door import record, save_clean
from dialogi.commons.permissions import require
from dialogi.people.actions import the_municipality
from dialogi.people.models import Area, Unit
from dialogi.services.models import Service
from dialogi.voices.kinds import Happened
from dialogi.voices.models import ModerationRule, ReplyTemplate, Route
from dialogi.voices.rules import CONFIGURE


def add_route(*, unit: Unit, service: Service | None = None, kind: str = "", area: Area | None = None, language: str = "", order: int = 50, by: Actor) -> Route:
    """Say which unit answers for a service, kind, area and language; any of them may be left open."""
    with transaction.atomic():
        require(by, CONFIGURE)
        route = save_clean(Route(unit=unit, service=service, kind=kind, area=area, language=language, order=order))
        record(Happened.ROUTE_CHANGED, on=unit, by=by)
    return route


def edit_route(route: Route, *, by: Actor, **fields: Any) -> Route:
    """Change a route; voices that have arrived stay where they are."""
    with transaction.atomic():
        require(by, CONFIGURE)
        route = _changed(route, fields)
        record(Happened.ROUTE_CHANGED, on=route.unit, by=by)
    return route


def end_route(route: Route, *, by: Actor) -> None:
    """End a route."""
    with transaction.atomic():
        require(by, CONFIGURE)
        record(Happened.ROUTE_CHANGED, on=route.unit, by=by)
        route.delete()


def add_reply_template(*, by: Actor, **fields: Any) -> ReplyTemplate:
    """Add a ready start for an answer: name, unit, kind, state, text_sv, text_fi, text_en."""
    with transaction.atomic():
        require(by, CONFIGURE)
        template = save_clean(ReplyTemplate(**fields))
        record(Happened.TEMPLATE_CHANGED, on=template.unit or the_municipality(by=by), by=by, data={"name": template.name})
    return template


def edit_reply_template(template: ReplyTemplate, *, by: Actor, **fields: Any) -> ReplyTemplate:
    """Change a reply template, or take it out of use with `is_active=False`."""
    with transaction.atomic():
        require(by, CONFIGURE)
        template = _changed(template, fields)
        record(Happened.TEMPLATE_CHANGED, on=template.unit or the_municipality(by=by), by=by, data={"name": template.name})
    return template


def end_reply_template(template: ReplyTemplate, *, by: Actor) -> ReplyTemplate:
    """Take a reply template out of use."""
    return edit_reply_template(template, by=by, is_active=False)


def add_moderation_rule(*, by: Actor, **fields: Any) -> ModerationRule:
    """Add a rule by which words may be refused or masked: code, name_*, explanation_*, order."""
    with transaction.atomic():
        require(by, CONFIGURE)
        rule = save_clean(ModerationRule(**fields))
        record(Happened.RULE_CHANGED, on=the_municipality(by=by), by=by, data={"rule_key": rule.code})
    return rule


def edit_moderation_rule(rule: ModerationRule, *, by: Actor, **fields: Any) -> ModerationRule:
    """Change the wording of a rule, or take it out of use with `is_active=False`."""
    with transaction.atomic():
        require(by, CONFIGURE)
        rule = _changed(rule, fields)
        record(Happened.RULE_CHANGED, on=the_municipality(by=by), by=by, data={"rule_key": rule.code})
    return rule


def end_moderation_rule(rule: ModerationRule, *, by: Actor) -> ModerationRule:
    """Take a rule out of use; decisions made under it keep naming it."""
    return edit_moderation_rule(rule, by=by, is_active=False)


def _changed(row: Any, fields: dict[str, Any]) -> Any:
    row = type(row).objects.select_for_update().get(pk=row.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    return save_clean(row)
