"""Verbs of roles: who gets one, for which term, and when it ends."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.permissions import require
from dialogi.people.administering import keep_administered_when_cut
from dialogi.people.models import Body, Holding, Kind, Person, Position, Post, Seat, Unit
from dialogi.people.rules import ADMINISTER, END_SEATS, SWEEP


def appoint(
    person: Person,
    *,
    by: Actor,
    role: str,
    unit: Unit | None = None,
    body: Body | None = None,
    position: str = "",
    represents: Unit | None = None,
    by_post: Post | None = None,
    since: date | None = None,
    until: date | None = None,
    decision: str = "",
) -> Seat:
    """Give a person a role in a unit or a body for a term; rights begin with its first day and end with its last.

    In a body the person is a member, when `position` does not say otherwise; a position gives no rights. `represents`: the unit for which
    the person sits there; `by_post`: the post by virtue of which, and which then takes the seat along to its next holder.
    """
    position = position or (Position.MEMBER if body else "")
    with change(person) as person:
        require(by, ADMINISTER, person)
        where = {"unit": unit, "body": body, "position": position, "represents": represents, "by_post": by_post}
        seat = Seat(person=person, role=role, **where, since=since or clock.today(), until=until, decision=decision)
        _refuse_contradiction(seat)
        save_clean(seat)
        record(Kind.APPOINTED, on=person, by=by, data={"role": str(role)})
    return seat


def change_seat(seat: Seat, *, by: Actor, since: date, until: date | None, decision: str) -> Seat:
    """Change the term or the decision of a seat; another role or unit is another seat. The only administrator's term is not cut."""
    with change(seat.person) as person:
        require(by, ADMINISTER, person)
        seat = Seat.objects.select_for_update().get(pk=seat.pk)
        keep_administered_when_cut(seat, by=by, since=since, until=until)
        seat.since, seat.until, seat.decision = since, until, decision
        _refuse_contradiction(seat)
        save_clean(seat)
        record(Kind.SEAT_CHANGED, on=person, by=by, data={"role": seat.role})
    return seat


def end_seat(seat: Seat, *, by: Actor, on: date | None = None) -> Seat:
    """End a role; without a day it ends at once: yesterday was its last day (or it never began, when it began today).

    The only administrator hands over first.
    """
    with change(seat.person) as person:
        require(by, ADMINISTER, person)
        seat = Seat.objects.select_for_update().get(pk=seat.pk)
        _end(seat, by=by, on=on or clock.today() - timedelta(days=1))
        record(Kind.SEAT_ENDED, on=person, by=by, data={"role": seat.role})
    return seat


def _end(seat: Seat, *, by: Actor, on: date) -> None:
    keep_administered_when_cut(seat, by=by, since=seat.since, until=on)
    if seat.since > on:
        seat.delete()
    else:
        seat.until = on
        save_clean(seat)


def _refuse_contradiction(seat: Seat) -> None:
    """Nobody has the same role in the same place twice at once, and no body has two chairs."""
    others = Seat.objects.exclude(pk=seat.pk).overlapping(seat.since, seat.until)
    if others.filter(person=seat.person, role=seat.role, unit=seat.unit, body=seat.body).exists():
        raise ValidationError(_("The person already has this role here during that time."))
    if seat.position == Position.CHAIR and (other := others.filter(body=seat.body, position=Position.CHAIR).select_related("person").first()):
        raise ValidationError(_("%(person)s chairs this body during that time. First end that term.") % {"person": other.person})


def hand_over_seats(holding: Holding, *, by: Actor) -> None:
    """Seat the new holder of a post wherever its last holder sat by virtue of it. Called within the change of the post."""
    require(by, ADMINISTER, holding.post)
    for seat in _last_seats(holding):
        if seat.covers(holding.since):
            with change(seat.person) as before:
                _end(seat, by=by, on=holding.since - timedelta(days=1))
                record(Kind.SEAT_ENDED, on=before, by=by, data={"role": seat.role})
        appoint(
            holding.person,
            by=by,
            role=seat.role,
            body=seat.body,
            position=seat.position,
            represents=seat.represents,
            by_post=holding.post,
            since=holding.since,
            until=holding.until,
            decision=holding.decision,
        )


def _last_seats(holding: Holding) -> list[Seat]:
    """The seats that went with the post until it was left: one for each body and role."""
    earlier = Holding.objects.filter(post=holding.post, since__lt=holding.since).exclude(pk=holding.pk).order_by("-since").first()
    if earlier is None:
        return []
    seats = Seat.objects.filter(by_post=holding.post, person=earlier.person, body__is_active=True).exclude(until__lt=earlier.until or holding.since)
    seats = seats.select_related("person__subject", "body", "represents").order_by("body", "role", "-since")
    newest: dict[tuple[int | None, str], Seat] = {}
    for seat in seats:
        newest.setdefault((seat.body_id, seat.role), seat)
    return list(newest.values())


def cut_seats(holding: Holding, *, by: Actor, ended: date | None) -> None:
    """Let the seats by virtue of a post end when its holder leaves, or last as long as the changed term. `ended`: its earlier last day."""
    require(by, END_SEATS, holding.post)
    if holding.until == ended:
        return
    for seat in Seat.objects.filter(by_post=holding.post, person=holding.person, until=ended).select_related("person__subject"):
        with change(seat.person) as person:
            if holding.until is None:
                seat.until = None
                save_clean(seat)
            else:
                _end(seat, by=by, on=holding.until)
            record(Kind.SEAT_CHANGED, on=person, by=by, data={"role": seat.role})


def turn_term(person: Person, *, by: Actor) -> None:
    """Let a person be seen by more or fewer from the day a term begins or ends. Rights follow the term by themselves."""
    with change(person) as person:
        require(by, SWEEP, person)
        record(Kind.TERM_TURNED, on=person, by=by)
