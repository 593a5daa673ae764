"""Verbs of roles: who gets one, for which term, and when it ends."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.permissions import require
from dialogi.people.administering import keep_administered_when_cut
from dialogi.people.models import Body, Kind, Person, Position, Seat, Unit
from dialogi.people.rules import ADMINISTER, SWEEP


def appoint(
    person: Person,
    *,
    by: Actor,
    role: str,
    unit: Unit | None = None,
    body: Body | None = None,
    position: str = "",
    since: date | None = None,
    until: date | None = None,
    decision: str = "",
) -> Seat:
    """Give a person a role in a unit or a body for a term; rights begin with its first day and end with its last.

    In a body the person is a member, when `position` does not say otherwise; a position gives no rights.
    """
    position = position or (Position.MEMBER if body else "")
    with change(person) as person:
        require(by, ADMINISTER, person)
        if Seat.objects.filter(person=person, role=role, unit=unit, body=body).current().exists():
            raise ValidationError(_("The person already has this role here."))
        where = {"unit": unit, "body": body, "position": position}
        seat = save_clean(Seat(person=person, role=role, **where, since=since or clock.today(), until=until, decision=decision))
        record(Kind.APPOINTED, on=person, by=by, data={"role": str(role)})
    return seat


def change_seat(seat: Seat, *, by: Actor, since: date, until: date | None, decision: str) -> Seat:
    """Change the term or the decision of a seat; another role or unit is another seat. The only administrator's term is not cut."""
    with change(seat.person) as person:
        require(by, ADMINISTER, person)
        seat = Seat.objects.select_for_update().get(pk=seat.pk)
        keep_administered_when_cut(seat, by=by, since=since, until=until)
        seat.since, seat.until, seat.decision = since, until, decision
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
        keep_administered_when_cut(seat, by=by, since=seat.since, until=on or clock.today() - timedelta(days=1))
        if on is None and seat.since >= clock.today():
            seat.delete()
        else:
            seat.until = on or clock.today() - timedelta(days=1)
            save_clean(seat)
        record(Kind.SEAT_ENDED, on=person, by=by, data={"role": seat.role})
    return seat


def turn_term(person: Person, *, by: Actor) -> None:
    """Let a person be seen by more or fewer from the day a term begins or ends. Rights follow the term by themselves."""
    with change(person) as person:
        require(by, SWEEP, person)
        record(Kind.TERM_TURNED, on=person, by=by)
