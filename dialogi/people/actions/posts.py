"""Verbs of posts: adding and abolishing them, and who holds them."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.keeping import close_kept, create_kept, edit_kept
from dialogi.commons.permissions import NotPossible, require
from dialogi.people.actions.seats import cut_seats, hand_over_seats
from dialogi.people.actions.structure import POST
from dialogi.people.models import Holding, Kind, Person, Post
from dialogi.people.rules import ADMINISTER, DECIDE_ERASURE


def create_post(*, by: Actor, **fields: Any) -> Post:
    """Add a post; fields: title_sv, title_fi, title_en, unit, deputy (the post whose holder stands in)."""
    return create_kept(Post, POST, by=by, fields=fields)


def edit_post(post: Post, *, by: Actor, expecting: int | None = None, **fields: Any) -> Post:
    """Change a post. `expecting` is the version the person saw."""
    return edit_kept(post, POST, by=by, expecting=expecting, fields=fields)


def close_post(post: Post, *, by: Actor) -> Post:
    """Abolish a post; its history stays. Whoever holds it must leave it first."""
    require(by, ADMINISTER, post)
    if post.holdings.lasting().exists():
        raise NotPossible(_("Somebody holds this post. First end their term."))
    return close_kept(post, POST, by=by)


def fill_post(post: Post, *, by: Actor, person: Person, since: date | None = None, until: date | None = None, decision: str = "") -> Holding:
    """Give a post to a person for a term. A post answers; what its holder may do in the program follows from seats.

    Seats that went with the post when it was last held go on to the new holder.
    """
    with change(post) as post:
        require(by, ADMINISTER, post)
        if not post.is_active:
            raise NotPossible(_("This post has been abolished."))
        holding = Holding(post=post, person=person, since=since or clock.today(), until=until, decision=decision)
        _refuse_two_holders(holding)
        save_clean(holding)
        record(Kind.POST_FILLED, on=post, by=by)
        hand_over_seats(holding, by=by)
    return holding


def change_holding(holding: Holding, *, by: Actor, since: date, until: date | None, decision: str) -> Holding:
    """Change the term or the decision by which somebody holds a post; another person is another holding."""
    with change(holding.post) as post:
        require(by, ADMINISTER, post)
        holding = Holding.objects.select_for_update().get(pk=holding.pk)
        earlier_end = holding.until
        holding.since, holding.until, holding.decision = since, until, decision
        _refuse_two_holders(holding)
        save_clean(holding)
        record(Kind.HOLDING_CHANGED, on=post, by=by)
        cut_seats(holding, by=by, ended=earlier_end)
    return holding


def end_holding(holding: Holding, *, by: Actor, on: date | None = None) -> Holding:
    """Let the holder leave the post; without a day yesterday was the last one (or it never began, when it began today)."""
    with change(holding.post) as post:
        require(by, ADMINISTER, post)
        holding = Holding.objects.select_for_update().get(pk=holding.pk)
        _leave(holding, post, by=by, on=on)
    return holding


def leave_posts(person: Person, *, by: Actor) -> None:
    """Take a person who is being erased out of the posts they hold or would hold; who held them before stays known by number."""
    require(by, DECIDE_ERASURE, person)
    for holding in person.holdings.lasting():
        with change(holding.post) as post:
            _leave(holding, post, by=by, on=None)


def _leave(holding: Holding, post: Post, *, by: Actor, on: date | None) -> None:
    earlier_end, holding.until = holding.until, on or clock.today() - timedelta(days=1)
    cut_seats(holding, by=by, ended=earlier_end)
    if on is None and holding.since >= clock.today():
        holding.delete()
    else:
        save_clean(holding)
    record(Kind.POST_LEFT, on=post, by=by)


def _refuse_two_holders(holding: Holding) -> None:
    """The post's row is locked. Open terms are the constraint's; here are those that overlap for a while."""
    others = Holding.objects.filter(post=holding.post).exclude(pk=holding.pk).overlapping(holding.since, holding.until)
    if (other := others.order_by("since").first()) is not None:
        day = other.until or other.since
        told = _("Somebody holds this post until %(day)s.") if other.until else _("Somebody holds this post from %(day)s until further notice.")
        raise ValidationError(told % {"day": formats.date_format(day, "SHORT_DATE_FORMAT")})
