"""Somebody always administers: what verbs ask before they take that role from anybody."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.permissions import NotPossible
from dialogi.people.models import Person, Role, Seat

NOBODY_ELSE = _(
    "Nobody else is an administrator then, and nobody could make anybody one. Hand over first: give the role to somebody who can sign in"
    " (Registers, Roles and memberships, Give a role). Then this can be done."
)
DAY = timedelta(days=1)
LOOKING_AHEAD = timedelta(days=30)


def _administrators(on: date) -> QuerySet[Seat]:
    """Those who can use the role on the day: with an account that is open."""
    return Seat.objects.current(on).filter(role=Role.ADMINISTRATOR, person__account__is_active=True)


def keep_administered(*, by: Actor, without: Person | Seat, after: date) -> None:
    """Refuse (NotPossible) when nobody but this person, or by no seat but this, is an administrator the day after. Call it inside the transaction.

    The machine's own owner, who acts by name at the command line, can make an administrator and is not asked.
    """
    if by.is_machine:
        return
    # Two who end each other's role at once wait for each other here.
    list(Seat.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk").values_list("pk", flat=True))
    others = _administrators(after + DAY)
    others = others.exclude(person=without) if isinstance(without, Person) else others.exclude(pk=without.pk)
    if not others.exists():
        raise NotPossible(NOBODY_ELSE)


def keep_administered_by_others(person: Person, *, by: Actor) -> None:
    """Refuse when an administrator who is about to lose the account is the only one."""
    if _administrators(clock.today()).filter(person=person).exists():
        keep_administered(by=by, without=person, after=clock.today() - DAY)


def keep_administered_when_cut(seat: Seat, *, by: Actor, since: date, until: date | None) -> None:
    """Refuse a shorter term for the only administrator; a longer one is never asked about."""
    if seat.role != Role.ADMINISTRATOR:
        return
    begins_later = seat.covers(clock.today()) and since > clock.today()
    ends_sooner = until is not None and (seat.until is None or until < seat.until) and not _is_over(seat)
    if begins_later:
        keep_administered(by=by, without=seat, after=clock.today() - DAY)
    if ends_sooner and until is not None:
        keep_administered(by=by, without=seat, after=max(until, clock.today() - DAY))


def _is_over(seat: Seat) -> bool:
    return seat.until is not None and seat.until < clock.today()


def faults() -> Iterator[str]:
    """Yield a sentence when nobody administers, or nobody will in a month; nothing before the first administrator was made."""
    if not Seat.objects.filter(role=Role.ADMINISTRATOR).exists():
        return
    for day in (clock.today(), clock.today() + LOOKING_AHEAD):
        if not _administrators(day).exists():
            yield f"nobody is an administrator on {day.isoformat()}: ./manage create_administrator gives somebody the role"
            return
