"""Verbs of the room: recording, changing and removing amounts. What happened is told on the history of what they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.models import Noun, Subject
from dialogi.commons.permissions import require
from dialogi.commons.registry import registry
from dialogi.figures.kinds import Happened
from dialogi.figures.models import Amount, Certainty, SourceKind, Spending
from dialogi.figures.rules import KEEP_AMOUNTS
from dialogi.people.models import Holding, Post

FIELDS = frozenset({"certainty", "spending", "year", "since", "until", "euros", "days", "source_kind", "source"})


def noun_of(subject: Subject) -> Noun:
    """Return the noun whose face the Subject is."""
    return cast(Noun, registry.nouns[subject.kind].model._default_manager.select_related("subject").get(subject=subject))


def record_amount(about: Noun, *, by: Actor, **fields: Any) -> Amount:
    """Record what something costs; fields: certainty, spending, year, since, until, euros, days, source_kind, source."""
    _refuse_unknown(fields)
    with change(about) as about:
        require(by, KEEP_AMOUNTS, about.subject)
        amount = save_clean(Amount(subject=about.subject, post=_post_of(by), **fields))
        record(Happened.RECORDED, on=about, by=by, data={"year": amount.year})
    return amount


def edit_amount(amount: Amount, *, by: Actor, expecting: int | None = None, **fields: Any) -> Amount:
    """Change an amount; what it is about stays."""
    _refuse_unknown(fields)
    with change(noun_of(amount.subject), expecting=expecting) as about:
        require(by, KEEP_AMOUNTS, about.subject)
        amount = Amount.objects.select_for_update().get(pk=amount.pk)
        for name, value in fields.items():
            setattr(amount, name, value)
        amount.post = _post_of(by)
        save_clean(amount)
        record(Happened.CHANGED, on=about, by=by, data={"year": amount.year})
    return amount


def remove_amount(amount: Amount, *, by: Actor) -> None:
    """Remove an amount that was recorded by mistake."""
    with change(noun_of(amount.subject)) as about:
        require(by, KEEP_AMOUNTS, about.subject)
        Amount.objects.filter(pk=amount.pk).delete()
        record(Happened.REMOVED, on=about, by=by, data={"year": amount.year})


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A sum out of a file; `key` names its row there, so that the same row never counts twice."""

    key: str
    year: int
    euros: Decimal
    source: str
    spending: str = Spending.RUN
    since: date | None = None
    until: date | None = None


def bring_in_amounts(about: Noun, *, rows: Iterable[Brought], by: Actor) -> int:
    """Record actual sums from invoices; a row that was brought in before is brought up to date. Returns how many there were."""
    with change(about) as about:
        require(by, KEEP_AMOUNTS, about.subject)
        count = 0
        for row in rows:
            known = Amount.objects.filter(subject=about.subject, source_key=row.key).first()
            amount = known or Amount(subject=about.subject, source_key=row.key, certainty=Certainty.ACTUAL, source_kind=SourceKind.INVOICE)
            for name in ("year", "euros", "source", "spending", "since", "until"):
                setattr(amount, name, getattr(row, name))
            save_clean(amount)
            count += 1
        record(Happened.BROUGHT_IN, on=about, by=by, data={"count": count})
    return count


def _post_of(by: Actor) -> Post | None:
    """The post that the actor holds today; figures name posts, never people."""
    if not by.person_id:
        return None
    held = Holding.objects.current().filter(person=by.person_id).select_related("post").order_by("pk").first()
    return held.post if held else None


def _refuse_unknown(fields: dict[str, Any]) -> None:
    if unknown := sorted(set(fields) - FIELDS):
        raise TypeError(f"no such fields: {', '.join(unknown)}")
