"""Reads: who acts, which units lie under which, who holds which role."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.db.models import F, FilteredRelation, Q
from django.http import HttpRequest

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS, Actor, ActorKind, Grant
from dialogi.commons.languages import current_language
from dialogi.commons.models import Account
from dialogi.people.models import CASE_ROLES, STAFF_ROLES, WHOLE_HOUSE_ROLES, Person, Role, Seat, Unit

OFFICIALS_SEE = frozenset({"public", "officials"})
STAFF_SEE = OFFICIALS_SEE | {"staff"}


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request; without a session cookie nothing is asked of the database.

    A member of staff or an elected official who has not shown a second factor acts as a resident: `awaits_second_factor`
    on the request says so, and the sign-in pages lead there.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return ANONYMOUS
    actor = replace(actor_for(request.user), address=request.META.get("REMOTE_ADDR", ""))
    if actor.grants and not has_second_factor(request):
        request.awaits_second_factor = True  # type: ignore[attr-defined]
        return as_resident(actor)
    return actor


def actor_for(account: Account) -> Actor:
    """Return the actor with the rights of the account's current seats; one query, two when a role is bound to units."""
    rows = _person_with_roles(account)
    if not rows:
        return Actor(kind=ActorKind.PERSON, account_id=account.pk, language=current_language())
    person_id, name, language = rows[0][:3]
    actor = Actor(kind=ActorKind.PERSON, name=name, account_id=account.pk, person_id=person_id, language=language)
    roles = [(role, unit_id) for _person, _name, _language, role, unit_id in rows if role]
    if not roles:
        return actor
    names = {role for role, _unit in roles}
    return replace(
        actor,
        grants=_grants(roles),
        audiences=STAFF_SEE if names & STAFF_ROLES else OFFICIALS_SEE,
        case_roles=frozenset(role.value for role in CASE_ROLES),
        reviews=Role.COMMUNICATIONS in names,
    )


def as_resident(actor: Actor) -> Actor:
    """Return the same person without the rights of any role."""
    return replace(actor, grants=(), audiences=frozenset({"public"}), case_roles=frozenset(), reviews=False)


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session was signed in with more than one thing: a passkey, or a code and something else."""
    return any(_is_second_factor(record) for record in get_authentication_records(request, request.user))


def _is_second_factor(record: dict[str, object]) -> bool:
    how = record.get("method")
    if how == "socialaccount":
        return bool(settings.OIDC_HAS_SECOND_FACTOR)
    return how == "mfa" or (how == "demo" and settings.DEMO)


def _person_with_roles(account: Account) -> list[tuple[int, str, str, str | None, int | None]]:
    today = clock.today()
    current = Q(seats__since__lte=today) & (Q(seats__until__isnull=True) | Q(seats__until__gte=today))
    people = Person.objects.filter(account=account).annotate(seat=FilteredRelation("seats", condition=current))
    return list(people.values_list("pk", "name", "language", "seat__role", "seat__unit_id"))


def _grants(roles: Iterable[tuple[str, int | None]]) -> tuple[Grant, ...]:
    bound: dict[str, set[int]] = defaultdict(set)
    whole: list[str] = []
    for role, unit_id in roles:
        if role in WHOLE_HOUSE_ROLES:
            whole.append(role)
        elif unit_id is not None:
            bound[role].add(unit_id)
    tree = _unit_tree() if bound else {}
    grants = [Grant(role) for role in sorted(set(whole))]
    return (*grants, *(Grant(role, _with_descendants(tree, units)) for role, units in sorted(bound.items())))


def _unit_tree() -> dict[int, tuple[int | None, int]]:
    return {pk: (parent_id, subject_id) for pk, parent_id, subject_id in Unit.objects.values_list("pk", "parent_id", "subject_id")}


def _with_descendants(tree: dict[int, tuple[int | None, int]], roots: Iterable[int]) -> frozenset[int]:
    reached = set(roots)
    while True:
        more = {pk for pk, (parent, _subject) in tree.items() if parent in reached} - reached
        if not more:
            return frozenset(tree[pk][1] for pk in reached if pk in tree)
        reached |= more


def units_below(unit: Unit) -> frozenset[int]:
    """Return the ids of the Subjects of a unit and of all units within it."""
    return _with_descendants(_unit_tree(), [unit.pk])


def holders(*roles: str, unit: Unit | None = None) -> list[Person]:
    """Return the people who hold one of the roles today (in the unit, when one is named), in the order they got it."""
    seats = Seat.objects.current().filter(role__in=roles).select_related("person", "person__subject", "person__account").order_by("since", "pk")
    if unit is not None:
        seats = seats.filter(unit=unit)
    return list(dict.fromkeys(seat.person for seat in seats if seat.person.account_id is not None))


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of people by id."""
    return dict(Person.objects.filter(pk__in=set(person_ids)).values_list("pk", F("name")))
