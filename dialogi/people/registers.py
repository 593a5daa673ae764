"""The room's registers: units, areas, organisations, bodies, people, seats, posts and who held them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.permissions import may
from dialogi.commons.register import Column, Detail, Facet, Register, add_register
from dialogi.people import actions
from dialogi.people.composing import in_words
from dialogi.people.forms.registers import (
    AreaForm,
    BodyForm,
    CompositionForm,
    EditCompositionForm,
    EditPersonForm,
    HoldingForm,
    OrganisationForm,
    PersonForm,
    PostForm,
    SeatForm,
    TermForm,
    UnitForm,
)
from dialogi.people.models import Area, Body, BodyKind, CompositionRule, Holding, Organisation, Person, Post, Role, Seat, Unit
from dialogi.people.rules import ADMINISTER, SEE_STAFF

NAME = Column("name", _("Name"), lambda row: row.name, sort=("name_{language}", "name_sv"))
IN_USE = Column("in_use", _("In use"), lambda row: row.is_active, sort=("is_active",))
NAMES = ("name_sv", "name_fi", "name_en")
USE = Facet(
    "state",
    _("In use"),
    choices=lambda actor: [("open", _("In use")), ("closed", _("Out of use"))],
    apply=lambda rows, value: rows.filter(is_active=value == "open"),
)


def _sectors(actor: Actor) -> Iterable[tuple[str, Any]]:
    return [(str(unit.pk), unit.name) for unit in Unit.objects.active().filter(parent=None).order_by("name_sv")]


def _people(actor: Actor) -> QuerySet[Person]:
    """Those whom the actor sees; an administrator also those who have no role or have not signed in yet."""
    people = Person.objects.visible_to(actor)
    if may(actor, ADMINISTER):
        waiting = Q(account__isnull=True) | Q(account__last_login__isnull=True) | Q(seats__isnull=False)
        people = Person.objects.filter(pk__in=Person.objects.filter(waiting).exclude(name="").values("pk")) | people
    return people.filter(~Q(name="")).select_related("subject", "account").prefetch_related("seats__unit", "seats__body").distinct()


def _current_roles(person: Person) -> str:
    held = [seat for seat in person.seats.all() if seat.covers(clock.today())]
    return ", ".join(f"{seat.get_role_display()}{f' ({seat.unit or seat.body})' if seat.unit or seat.body else ''}" for seat in held)


def _edit_person(person: Person, *, by: Actor, expecting: int, may_sign_in: bool, lost_second_factor: bool, **fields: Any) -> Person:
    had_account = person.account is not None
    person = actions.edit_person(person, by=by, expecting=expecting, **fields)
    if person.account is not None and had_account and may_sign_in != person.account.is_active:
        (actions.open_account if may_sign_in else actions.close_account)(person, by=by)
    if lost_second_factor:
        actions.remove_second_factors(person, by=by)
    return person


def _person_initial(person: Person) -> dict[str, Any]:
    email = person.account.email if person.account else ""
    titles = {"title_sv": person.title_sv, "title_fi": person.title_fi, "title_en": person.title_en}
    return {"name": person.name, **titles, "language": person.language, "email": email, "may_sign_in": bool(person.account and person.account.is_active)}


def _fill(*, by: Actor, post: Post, **fields: Any) -> Holding:
    return actions.fill_post(post, by=by, **fields)


def _filled(rows: QuerySet[Post], value: str) -> QuerySet[Post]:
    vacant = Post.objects.vacant().values("pk")
    return rows.filter(pk__in=vacant) if value == "vacant" else rows.filter(is_active=True).exclude(pk__in=vacant)


def _of_unit(rows: QuerySet[Post], value: str) -> QuerySet[Post]:
    return rows.filter(Q(unit=value) | Q(unit__parent=value))


def _appoint(*, by: Actor, person: Person, **fields: Any) -> Seat:
    return actions.appoint(person, by=by, **fields)


def _demand(*, by: Actor, body: Body, **fields: Any) -> CompositionRule:
    return actions.demand(body, by=by, **fields)


def _in_role(rows: QuerySet[Person], value: str) -> QuerySet[Person]:
    return rows.filter(pk__in=Seat.objects.current().filter(role=value).values("person"))


def _current(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    current = rows.model.objects.current().values("pk")
    return rows.filter(pk__in=current) if value == "current" else rows.exclude(pk__in=current)


SECTOR = Facet("sector", _("Sector"), _sectors, lambda rows, value: rows.filter(Q(parent=value) | Q(pk=value)))
NOW = Facet("now", _("Term"), lambda actor: [("current", _("Now")), ("other", _("Earlier or later"))], _current)
SINCE = Column("since", _("From"), lambda held: held.since, sort=("since",))
UNTIL = Column("until", _("Last day"), lambda held: held.until, sort=("until",))
DECISION = Column("decision", _("Appointing decision"), lambda held: held.decision)


def _term_initial(held: Seat | Holding) -> dict[str, Any]:
    return {"since": held.since, "until": held.until, "decision": held.decision}


def _fill_address(post: Post) -> str:
    return f"{reverse('registers:add', args=['holdings'])}?post={post.pk}"


def _is_lasting(held: Seat | Holding) -> bool:
    return held.until is None or held.until >= clock.today()


UNITS = Register(
    slug="units",
    label=_("Units"),
    add_label=_("Add a unit"),
    order=10,
    rows=lambda actor: Unit.objects.visible_to(actor).select_related("subject", "parent"),
    see=SEE_STAFF,
    change=ADMINISTER,
    columns=(
        NAME,
        Column("parent", _("Unit above"), lambda unit: unit.parent.name if unit.parent else "", sort=("parent__name_{language}",)),
        Column("email", _("E-mail address"), lambda unit: unit.email, sort=("email",)),
        Column("phone", _("Telephone"), lambda unit: unit.phone),
        IN_USE,
    ),
    search=NAMES,
    facets=(SECTOR, USE),
    form=UnitForm,
    create=actions.create_unit,
    edit=actions.edit_unit,
    close=actions.close_unit,
)
AREAS = Register(
    slug="areas",
    label=_("Areas"),
    add_label=_("Add an area"),
    order=20,
    rows=lambda actor: Area.objects.visible_to(actor).select_related("subject"),
    see=SEE_STAFF,
    change=ADMINISTER,
    columns=(
        NAME,
        Column("latitude", _("Latitude"), lambda area: area.latitude, sort=("latitude",), is_number=True),
        Column("longitude", _("Longitude"), lambda area: area.longitude, sort=("longitude",), is_number=True),
        Column("residents", _("Residents"), lambda area: area.residents, sort=("residents",), is_number=True),
        IN_USE,
    ),
    search=NAMES,
    facets=(USE,),
    form=AreaForm,
    create=actions.create_area,
    edit=actions.edit_area,
    close=actions.close_area,
)
ORGANISATIONS = Register(
    slug="organisations",
    label=_("Organisations"),
    add_label=_("Add an organisation"),
    intro=_("Others who answer for matters that residents bring to us."),
    order=30,
    rows=lambda actor: Organisation.objects.visible_to(actor).select_related("subject"),
    see=SEE_STAFF,
    change=ADMINISTER,
    columns=(
        NAME,
        Column("website", _("Web address"), lambda organisation: organisation.website),
        Column("phone", _("Telephone"), lambda organisation: organisation.phone),
        IN_USE,
    ),
    details=(Detail(_("Advice"), lambda organisation: organisation.advice),),
    search=NAMES,
    facets=(USE,),
    form=OrganisationForm,
    create=actions.create_organisation,
    edit=actions.edit_organisation,
    close=actions.close_organisation,
)
BODIES = Register(
    slug="bodies",
    label=_("Bodies"),
    add_label=_("Add a body"),
    order=40,
    rows=lambda actor: Body.objects.visible_to(actor).select_related("subject", "successor"),
    see=SEE_STAFF,
    change=ADMINISTER,
    columns=(
        NAME,
        Column("kind", _("Kind"), lambda body: body.get_kind_display(), sort=("kind",)),
        Column("email", _("E-mail address"), lambda body: body.email, sort=("email",)),
        Column("successor", _("Continued by"), lambda body: body.successor.name if body.successor else ""),
        IN_USE,
    ),
    search=NAMES,
    facets=(Facet("kind", _("Kind"), lambda actor: BodyKind.choices, lambda rows, value: rows.filter(kind=value)), USE),
    form=BodyForm,
    create=actions.create_body,
    edit=actions.edit_body,
    close=actions.close_body,
)
COMPOSITION = Register(
    slug="composition",
    label=_("Composition of bodies"),
    add_label=_("Add a rule"),
    intro=_("Who must sit in a body, and why. What is missing is shown to those who can mend it."),
    order=42,
    rows=lambda actor: CompositionRule.objects.visible_to(actor).select_related("body__subject", "post", "unit", "of_body"),
    see=SEE_STAFF,
    change=ADMINISTER,
    columns=(
        Column("body", _("Body"), lambda rule: rule.body.name, sort=("body__name_{language}", "body__name_sv")),
        Column("demand", _("Rule"), in_words),
        Column("reason", _("Reason"), lambda rule: rule.reason),
    ),
    search=("body__name_sv", "body__name_fi", "reason_sv", "reason_fi"),
    form=CompositionForm,
    edit_form=EditCompositionForm,
    create=_demand,
    edit=actions.change_demand,
    close=actions.drop_demand,
    close_label=_("Take the rule away"),
    close_hint=_("The rule is no longer checked. That it was there stays in the history of the body."),
    subject=lambda rule: rule.body.subject,
    key="pk",
)
PEOPLE = Register(
    slug="people",
    label=_("People"),
    add_label=_("Add a person"),
    intro=_("Those who work for the municipality or are elected. Residents are not listed."),
    order=50,
    rows=_people,
    see=SEE_STAFF,
    change=ADMINISTER,
    columns=(
        Column("name", _("Name"), lambda person: person.name, sort=("name",)),
        Column("title", _("Title"), lambda person: person.title),
        Column("roles", _("Roles"), _current_roles),
    ),
    details=(
        Detail(_("Language of messages"), lambda person: person.get_language_display()),
        Detail(_("May sign in"), lambda person: bool(person.account and person.account.is_active)),
        Detail(_("Give a role"), lambda person: _("Give a role"), url=lambda person: f"{reverse('registers:add', args=['seats'])}?person={person.pk}"),
    ),
    search=("name", "title_sv", "title_fi"),
    facets=(
        Facet(
            "role", _("Role"), lambda actor: Role.choices, lambda rows, value: rows.filter(pk__in=Seat.objects.current().filter(role=value).values("person"))
        ),
    ),
    form=PersonForm,
    edit_form=EditPersonForm,
    create=actions.create_person,
    edit=_edit_person,
    close=actions.close_account,
    close_label=_("Close the account"),
    is_open=lambda person: bool(person.account and person.account.is_active),
    initial=_person_initial,
)
SEATS = Register(
    slug="seats",
    label=_("Roles and memberships"),
    add_label=_("Give a role"),
    intro=_("Who may do what, where, from when until when, and by which decision."),
    order=60,
    rows=lambda actor: Seat.objects.filter(person__in=_people(actor).values("pk")).select_related("person__subject", "unit", "body", "represents", "by_post"),
    see=SEE_STAFF,
    change=ADMINISTER,
    columns=(
        Column("person", _("Person"), lambda seat: seat.person.name, sort=("person__name",)),
        Column("role", _("Role"), lambda seat: seat.get_role_display(), sort=("role",)),
        Column("where", _("Where"), lambda seat: (seat.unit or seat.body or "") and (seat.unit or seat.body).name),
        Column("position", _("In the body"), lambda seat: seat.get_position_display(), sort=("position",)),
        Column("represents", _("Represents"), lambda seat: seat.represents.name if seat.represents else ""),
        SINCE,
        UNTIL,
        DECISION,
    ),
    details=(Detail(_("By virtue of the post"), lambda seat: seat.by_post.title if seat.by_post else ""),),
    search=("person__name", "decision"),
    facets=(
        Facet("role", _("Role"), lambda actor: Role.choices, lambda rows, value: rows.filter(role=value)),
        NOW,
    ),
    form=SeatForm,
    edit_form=TermForm,
    create=_appoint,
    edit=actions.change_seat,
    close=actions.end_seat,
    close_label=_("End the role"),
    is_open=_is_lasting,
    initial=_term_initial,
    subject=lambda seat: seat.person.subject,
    key="pk",
)
POSTS = Register(
    slug="posts",
    label=_("Posts"),
    add_label=_("Add a post"),
    intro=_("Responsibility is given to a post, whoever holds it."),
    order=62,
    rows=lambda actor: Post.objects.visible_to(actor).select_related("subject", "unit", "deputy").prefetch_related("holdings__person"),
    see=SEE_STAFF,
    change=ADMINISTER,
    columns=(
        Column("title", _("Title"), lambda post: post.title, sort=("title_{language}", "title_sv")),
        Column("unit", _("Unit"), lambda post: post.unit.name, sort=("unit__name_{language}", "unit__name_sv")),
        Column("holder", _("Holder"), lambda post: post.holder or _("vacant")),
        Column("deputy", _("Deputy"), lambda post: post.deputy.title if post.deputy else ""),
        IN_USE,
    ),
    details=(Detail(_("Give the post to somebody"), lambda post: _("Give the post to somebody"), url=_fill_address),),
    search=("title_sv", "title_fi", "title_en"),
    facets=(
        Facet("sector", _("Sector"), _sectors, _of_unit),
        Facet("holder", _("Holder"), lambda actor: [("vacant", _("vacant")), ("filled", _("filled"))], _filled),
        USE,
    ),
    form=PostForm,
    create=actions.create_post,
    edit=actions.edit_post,
    close=actions.close_post,
    close_label=_("Abolish the post"),
)
HOLDINGS = Register(
    slug="holdings",
    label=_("Holders of posts"),
    add_label=_("Give a post to somebody"),
    intro=_("Who held which post, from when until when, and by which decision."),
    order=64,
    rows=lambda actor: Holding.objects.select_related("post__subject", "person"),
    see=SEE_STAFF,
    change=ADMINISTER,
    columns=(
        Column("post", _("Post"), lambda holding: holding.post.title, sort=("post__title_{language}", "post__title_sv")),
        Column("person", _("Person"), lambda holding: holding.person.name, sort=("person__name",)),
        SINCE,
        UNTIL,
        DECISION,
    ),
    search=("post__title_sv", "post__title_fi", "post__title_en", "person__name", "decision"),
    facets=(NOW,),
    form=HoldingForm,
    edit_form=TermForm,
    create=_fill,
    edit=actions.change_holding,
    close=actions.end_holding,
    close_label=_("End the term"),
    is_open=_is_lasting,
    initial=_term_initial,
    subject=lambda holding: holding.post.subject,
    key="pk",
)
for register in (UNITS, AREAS, ORGANISATIONS, BODIES, COMPOSITION, PEOPLE, SEATS, POSTS, HOLDINGS):
    add_register(register)
