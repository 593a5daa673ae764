"""Reads: who acts, which units lie under which, who holds which role."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.http import HttpRequest

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS, Actor, ActorKind, Grant
from dialogi.commons.languages import current_language
from dialogi.commons.models import Account, Audience, LedgerNote, Wording
from dialogi.commons.registry import registry
from dialogi.people.models import CASE_ROLES, STAFF_ROLES, WHOLE_HOUSE_ROLES, Body, Contact, Holding, Person, Position, Role, Seat, Unit

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
    roles = [(role, unit_id) for _person, _name, _language, role, unit_id, _subject in rows if role]
    if not roles:
        return actor
    names = {role for role, _unit in roles}
    return replace(
        actor,
        grants=_grants(roles),
        audiences=STAFF_SEE if names & STAFF_ROLES else OFFICIALS_SEE,
        case_roles=frozenset(role.value for role in CASE_ROLES),
        reviews=Role.COMMUNICATIONS in names,
        home_units=frozenset(row[5] for row in rows if row[5] is not None),
    )


def as_resident(actor: Actor) -> Actor:
    """Return the same person without the rights of any role."""
    return replace(actor, grants=(), audiences=frozenset({"public"}), case_roles=frozenset(), reviews=False, home_units=frozenset())


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session was signed in with more than one thing: a passkey, or a code and something else."""
    return any(_is_second_factor(record) for record in get_authentication_records(request, request.user))


def _is_second_factor(record: dict[str, object]) -> bool:
    how = record.get("method")
    if how == "socialaccount":
        return bool(settings.OIDC_HAS_SECOND_FACTOR)
    return how == "mfa" or (how == "demo" and settings.DEMO)


def _person_with_roles(account: Account) -> list[tuple[int, str, str, str | None, int | None, int | None]]:
    today = clock.today()
    current = Q(seats__since__lte=today) & (Q(seats__until__isnull=True) | Q(seats__until__gte=today))
    people = Person.objects.filter(account=account).annotate(seat=FilteredRelation("seats", condition=current))
    return list(people.values_list("pk", "name", "language", "seat__role", "seat__unit_id", "seat__unit__subject_id"))


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


def audience_of(person: Person) -> str:
    """Return who may see a person today: everybody an elected official, staff their colleagues, a resident only themselves and the registrar."""
    return audience_for(Seat.objects.current().filter(person=person).values_list("role", flat=True))


def audience_for(roles: Iterable[str]) -> str:
    """Return the audience of a person who holds these roles."""
    held = set(roles)
    if Role.OFFICIAL in held:
        return Audience.PUBLIC
    return Audience.STAFF if held & STAFF_ROLES else Audience.UNIT


def with_turned_terms() -> list[Person]:
    """Return the people whose term began or ended since their page was last written."""
    roles: dict[int, set[str]] = defaultdict(set)
    for person_id, role in Seat.objects.current().values_list("person_id", "role"):
        roles[person_id].add(role)
    people = Person.objects.filter(pk__in=Seat.objects.values("person")).select_related("subject")
    return [person for person in people if person.subject.audience != audience_for(roles[person.pk])]


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sits in a body; `address` leads to the person's page where there is one for the reader."""

    seat: Seat
    name: str
    address: str


def members_of(body: Body, *, actor: Actor, on: date | None = None) -> list[Sitting]:
    """Return who sat in a body on the day (today), the chair first.

    That an official was elected stays public when the term is over (Local Government Act 410/2015, section 29); others are named to whoever may see the person.
    """
    seats = Seat.objects.current(on).filter(body=body).select_related("person__subject", "represents__subject", "by_post__subject")
    seen = set(Person.objects.visible_to(actor).filter(seats__body=body).values_list("pk", flat=True))
    shown = [seat for seat in seats if seat.person_id in seen or seat.role == Role.OFFICIAL]
    shown.sort(key=lambda seat: (Position.values.index(seat.position), seat.person.name))
    return [Sitting(seat, seat.person.name, seat.person.get_absolute_url() if seat.person_id in seen else "") for seat in shown]


def names_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of people by id."""
    return dict(Person.objects.filter(pk__in=set(person_ids)).values_list("pk", F("name")))


def holds_role(account: Account) -> bool:
    """Tell whether the account's person holds any role today."""
    return Seat.objects.current().filter(person__account=account).exists()


def language_of(email: str) -> str | None:
    """Return the language of the account with this address; None when there is none."""
    person = Person.objects.filter(account__email=email.strip().casefold()).only("language").first()
    return person.language if person else None


IDLE_DAYS = 730


def idle_people() -> QuerySet[Person]:
    """Return the people without any role or post whose account nobody signed in to for 24 months."""
    line = clock.now() - timedelta(days=IDLE_DAYS)
    unused = Q(account__last_login__lt=line) | Q(account__last_login__isnull=True, account__created_at__lt=line)
    free = Person.objects.exclude(pk__in=Seat.objects.values("person")).exclude(pk__in=Holding.objects.values("person"))
    return free.filter(unused).select_related("account", "subject")


def registry_unit_id() -> int | None:
    """Return the Subject id of the registrar's unit; None when no registrar has one."""
    seat = Seat.objects.current().filter(role=Role.REGISTRAR, unit__isnull=False).select_related("unit").order_by("pk").first()
    return seat.unit.subject_id if seat and seat.unit else None


def digests(account_ids: Iterable[int]) -> dict[int, str]:
    """Return how often each account wants messages."""
    return dict(Person.objects.filter(account__in=list(account_ids)).values_list("account_id", "digest"))


def held_about(person_id: int) -> list[dict[str, Any]]:
    """Return what this room stores about a person, as plain values with their names."""
    person = Person.objects.select_related("account").get(pk=person_id)
    rows: list[dict[str, Any]] = [
        {
            "what": "person",
            "name": person.name,
            "title": {"sv": person.title_sv, "fi": person.title_fi, "en": person.title_en},
            "language": person.language,
            "messages": person.digest,
            "since": _iso(person.created_at),
        }
    ]
    if person.account:
        account = person.account
        rows.append({"what": "account", "email": account.email, "since": _iso(account.created_at), "last_sign_in": _iso(account.last_login)})
        rows += [
            {"what": "follow", "address": follow.subject.address, "since": _iso(follow.created_at)}
            for follow in account.follows.select_related("subject").order_by("pk")
        ]
        rows += [
            {"what": "promised text", "address": text.subject.address, "language": text.promised_language, "until": str(text.promised_until)}
            for text in Wording.objects.promised().filter(promised_by=account).select_related("subject").order_by("pk")
        ]
        rows += [{"what": "passkey or app", "type": key.type, "since": _iso(key.created_at)} for key in Authenticator.objects.filter(user_id=account.pk)]
    rows += [{"what": "role", "role": seat.role, "position": seat.position, **_term(seat)} for seat in person.seats.order_by("since", "pk")]
    holdings = person.holdings.select_related("post__subject").order_by("since", "pk")
    rows += [{"what": "post", "post": holding.post.subject.address, **_term(holding)} for holding in holdings]
    rows += [_contact(contact) for contact in person.contacts.order_by("pk")]
    rows += [
        {"what": "consent", "to": consent.what, "wording": consent.wording, "given": _iso(consent.given_at), "withdrawn": _iso(consent.withdrawn_at)}
        for consent in person.consents.order_by("pk")
    ]
    rows += [
        {"what": "request for erasure", "state": request.state, "words": request.words, "reason": request.reason, "asked": _iso(request.asked_at)}
        for request in person.erasure_requests.order_by("pk")
    ]
    return rows


def everything_about(person: Person) -> dict[str, Any]:
    """Return everything stored about a person in every room, by the kind of record (Regulation 2016/679 articles 15 and 20)."""
    records = {plug.kind: list(plug.holds(person.pk)) for plug in registry.nouns.values() if plug.holds is not None}
    acts = LedgerNote.objects.filter(account=person.account_id).select_related("entry__subject").order_by("entry_id") if person.account_id else []
    return {
        "municipality": dict(settings.MUNICIPALITY),
        "made": _iso(clock.now()),
        "records": {kind: rows for kind, rows in records.items() if rows},
        "what_you_did": [
            {"when": _iso(note.entry.happened_at), "what": note.entry.kind, "about": note.entry.subject.address, "words": note.body} for note in acts
        ],
    }


def _contact(contact: Contact) -> dict[str, Any]:
    values = {"name": contact.name, "email": contact.email, "phone": contact.phone, "postal_address": contact.postal_address}
    return {"what": "contact", **values, "language": contact.language, "since": _iso(contact.created_at)}


def _term(held: Seat | Holding) -> dict[str, Any]:
    return {"since": held.since.isoformat(), "until": held.until.isoformat() if held.until else None, "decision": held.decision}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
