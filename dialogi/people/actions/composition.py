"""Verbs of rules on who must sit in a body."""

from typing import Any

from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.permissions import require
from dialogi.people.models import Body, CompositionRule, Kind
from dialogi.people.rules import ADMINISTER

FIELDS = frozenset({"demand", "position", "post", "unit", "of_body", "least", "most", "reason_sv", "reason_fi", "reason_en"})


def demand(body: Body, *, by: Actor, **fields: Any) -> CompositionRule:
    """Add a rule on who must sit in a body; fields: FIELDS, of which the demand says which count. Rules are checked, and break nothing: people mend."""
    with change(body) as body:
        require(by, ADMINISTER, body)
        rule = save_clean(CompositionRule(body=body, **_known(fields)))
        record(Kind.COMPOSITION_CHANGED, on=body, by=by)
    return rule


def change_demand(rule: CompositionRule, *, by: Actor, **fields: Any) -> CompositionRule:
    """Change a rule on who must sit in a body."""
    with change(rule.body) as body:
        require(by, ADMINISTER, body)
        rule = CompositionRule.objects.select_for_update().get(pk=rule.pk)
        for name, value in _known(fields).items():
            setattr(rule, name, value)
        save_clean(rule)
        record(Kind.COMPOSITION_CHANGED, on=body, by=by)
    return rule


def drop_demand(rule: CompositionRule, *, by: Actor) -> None:
    """Take a rule away; that it was there stays in the history of the body."""
    with change(rule.body) as body:
        require(by, ADMINISTER, body)
        CompositionRule.objects.filter(pk=rule.pk).delete()
        record(Kind.COMPOSITION_CHANGED, on=body, by=by)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"not fields of a composition rule: {sorted(unknown)}")
    return fields
