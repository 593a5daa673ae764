"""What the administrator keeps for the desk: routes, reply templates, moderation rules."""

from typing import Any

from django.db import transaction

from dialogi.commons.actors import Actor
from dialogi.commons.door import save_clean
from dialogi.commons.permissions import require
from dialogi.people.models import Area, Unit
from dialogi.services.models import Service
from dialogi.voices.models import ModerationRule, ReplyTemplate, Route
from dialogi.voices.rules import CONFIGURE


def add_route(*, unit: Unit, service: Service | None = None, kind: str = "", area: Area | None = None, language: str = "", order: int = 50, by: Actor) -> Route:
    """Say which unit answers for a service, kind, area and language; any of them may be left open."""
    with transaction.atomic():
        require(by, CONFIGURE)
        return save_clean(Route(unit=unit, service=service, kind=kind, area=area, language=language, order=order))


def edit_route(route: Route, *, by: Actor, **fields: Any) -> Route:
    """Change a route; voices that have arrived stay where they are."""
    return _edit(route, fields, by=by)


def end_route(route: Route, *, by: Actor) -> None:
    """End a route."""
    with transaction.atomic():
        require(by, CONFIGURE)
        route.delete()


def add_reply_template(*, by: Actor, **fields: Any) -> ReplyTemplate:
    """Add a ready start for an answer: name, unit, kind, state, text_sv, text_fi, text_en."""
    with transaction.atomic():
        require(by, CONFIGURE)
        return save_clean(ReplyTemplate(**fields))


def edit_reply_template(template: ReplyTemplate, *, by: Actor, **fields: Any) -> ReplyTemplate:
    """Change a reply template."""
    return _edit(template, fields, by=by)


def end_reply_template(template: ReplyTemplate, *, by: Actor) -> ReplyTemplate:
    """Take a reply template out of use."""
    return _edit(template, {"is_active": False}, by=by)


def add_moderation_rule(*, by: Actor, **fields: Any) -> ModerationRule:
    """Add a rule by which words may be refused or masked: code, name_*, explanation_*, order."""
    with transaction.atomic():
        require(by, CONFIGURE)
        return save_clean(ModerationRule(**fields))


def edit_moderation_rule(rule: ModerationRule, *, by: Actor, **fields: Any) -> ModerationRule:
    """Change the wording of a rule."""
    return _edit(rule, fields, by=by)


def end_moderation_rule(rule: ModerationRule, *, by: Actor) -> ModerationRule:
    """Take a rule out of use; decisions made under it keep naming it."""
    return _edit(rule, {"is_active": False}, by=by)


def _edit(row: Any, fields: dict[str, Any], *, by: Actor) -> Any:
    with transaction.atomic():
        require(by, CONFIGURE)
        row = type(row).objects.select_for_update().get(pk=row.pk)
        for name, value in fields.items():
            setattr(row, name, value)
        return save_clean(row)
