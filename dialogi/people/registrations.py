"""Plugs the room into the house."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import LANGUAGES, in_language
from dialogi.commons.models import Audience
from dialogi.commons.permissions import may
from dialogi.commons.registry import DutyKind, Job, NavItem, NounPlug, Retention, SearchText, SubjectFacts, registry
from dialogi.people import administering
from dialogi.people.actions import forget_person, reword
from dialogi.people.actions.logs import ACCESS_MONTHS, SIGN_IN_MONTHS
from dialogi.people.models import Area, Body, Erasure, Kind, Municipality, Organisation, Person, Post, Role, Unit
from dialogi.people.queries import actor_of, audience_of, digests, held_about
from dialogi.people.registers import UNITS
from dialogi.people.retention import expire_access_log, expire_accounts, expire_sessions, expire_sign_ins, forget_again, sweep, turn_terms
from dialogi.people.rules import DECIDE_ERASURE, REWORD, SEE_BREACHES


def _in_all(obj: object, name: str) -> dict[str, str]:
    return {language: getattr(obj, f"{name}_{language}") for language in LANGUAGES}


def _public_texts(*body: str) -> Callable[[Any], list[SearchText]]:
    def texts(noun: Any) -> list[SearchText]:
        if not noun.is_active:
            return []
        words = {language: " ".join(in_language(noun, field, language) for field in body) for language in LANGUAGES}
        return [SearchText(language, in_language(noun, "name", language), words[language]) for language in LANGUAGES]

    return texts


def _describe_unit(unit: Unit) -> SubjectFacts:
    return SubjectFacts(
        title=_in_all(unit, "name"),
        audience=Audience.PUBLIC,
        state="open" if unit.is_active else "closed",
        unit_id=unit.subject_id,
        part_of_id=unit.parent.subject_id if unit.parent else None,
    )


def _describe_area(area: Area) -> SubjectFacts:
    return SubjectFacts(
        title=_in_all(area, "name"),
        audience=Audience.PUBLIC,
        state="open" if area.is_active else "closed",
        latitude=area.latitude,
        longitude=area.longitude,
    )


def _describe_organisation(organisation: Organisation) -> SubjectFacts:
    state = "open" if organisation.is_active else "closed"
    return SubjectFacts(title=_in_all(organisation, "name"), summary=_in_all(organisation, "advice"), audience=Audience.PUBLIC, state=state)


def _describe_body(body: Body | Municipality) -> SubjectFacts:
    return SubjectFacts(title=_in_all(body, "name"), audience=Audience.PUBLIC, state="open" if body.is_active else "closed")


def _describe_post(post: Post) -> SubjectFacts:
    return SubjectFacts(
        title=_in_all(post, "title"),
        audience=Audience.PUBLIC,
        state="open" if post.is_active else "closed",
        unit_id=post.unit.subject_id,
        post_id=post.subject_id,
    )


def _post_texts(post: Post) -> list[SearchText]:
    return [SearchText(language, in_language(post, "title", language), "") for language in LANGUAGES if post.is_active]


def _describe_person(person: Person) -> SubjectFacts:
    return SubjectFacts(
        title=dict.fromkeys(LANGUAGES, person.name or _title_or_code(person)),
        summary=_in_all(person, "title"),
        audience=audience_of(person),
        owner_id=person.account_id,
    )


def _title_or_code(person: Person) -> str:
    return str(person.title) or person.subject.code


def _person_texts(person: Person) -> list[SearchText]:
    if not person.name or audience_of(person) == Audience.UNIT:
        return []
    return [SearchText(language, person.name, in_language(person, "title", language)) for language in LANGUAGES]


registry.actor_source = actor_of
registry.digest_of = digests
registry.data_words["role"] = lambda role: str(Role(role).label)
registry.data_words["outcome"] = lambda outcome: str(Erasure(outcome).label)
registry.add_kinds(Kind)
registry.wording_labels["advice"] = _("What to do there")
registry.add_noun(NounPlug("people.unit", Unit, _("Unit"), _("Units"), _describe_unit, search=_public_texts(), reword=reword, rewording=REWORD))
registry.add_noun(
    NounPlug(
        "people.area",
        Area,
        _("Area"),
        _("Areas"),
        _describe_area,
        search=_public_texts(),
        can_be_spoken_about=False,
        reword=reword,
        rewording=REWORD,
    )
)
registry.add_noun(
    NounPlug(
        "people.organisation",
        Organisation,
        _("Organisation"),
        _("Organisations"),
        _describe_organisation,
        search=_public_texts("advice"),
        can_be_spoken_about=False,
        reword=reword,
        rewording=REWORD,
    )
)
registry.add_noun(NounPlug("people.municipality", Municipality, _("Municipality"), _("Municipality"), _describe_body, search=_public_texts()))
registry.add_noun(NounPlug("people.body", Body, _("Body"), _("Bodies"), _describe_body, search=_public_texts(), reword=reword, rewording=REWORD))
registry.add_noun(
    NounPlug(
        "people.post",
        Post,
        _("Post"),
        _("Posts"),
        _describe_post,
        search=_post_texts,
        read_along=("unit",),
        reword=reword,
        rewording=REWORD,
        wording_labels=lambda post: {"title": gettext("Title")},
    )
)
registry.add_noun(
    NounPlug(
        "people.person",
        Person,
        _("Person"),
        _("People"),
        _describe_person,
        search=_person_texts,
        holds=held_about,
        forget=forget_person,
        can_be_spoken_about=False,
        retention="people.account",
    )
)
registry.duties["people.erasure"] = DutyKind("people.erasure", _("Decide a request for erasure"), lambda subject: "/erasures/")
for retention in (
    Retention(
        "people.account",
        _("Account, name and preferences of a resident"),
        _("Consent: you made the account (Regulation (EU) 2016/679, article 6(1)(a)). Two years after the last sign-in, told of a month before."),
        24,
        expire_accounts,
    ),
    Retention(
        "people.access_log",
        _("The log of who has read and changed what, with reasons that were given"),
        _("Security of the information system (Regulation (EU) 2016/679, article 6(1)(c); Information Management Act 906/2019, section 17)."),
        ACCESS_MONTHS,
        expire_access_log,
    ),
    Retention(
        "people.sign_ins",
        _("The log of sign-ins: who, when and from which network address"),
        _("Security of the information system (Regulation (EU) 2016/679, article 6(1)(c); Information Management Act 906/2019, section 17)."),
        SIGN_IN_MONTHS,
        expire_sign_ins,
    ),
    Retention(
        "people.seat",
        _("Who held which role, post or membership, and by which decision"),
        _("Exercise of public power (Regulation (EU) 2016/679, article 6(1)(e); Local Government Act 410/2015). Kept for good."),
        None,
    ),
    Retention(
        "people.unit",
        _("Units, posts, bodies, areas and organisations"),
        _("No personal data. Kept for good with their history."),
        None,
    ),
):
    registry.retentions[retention.name] = retention
registry.after_restore["people.erasures"] = forget_again
registry.invariants["people.administrators"] = administering.faults
registry.jobs["people.terms"] = Job("people.terms", every=3600, run=turn_terms)
registry.jobs["people.sessions"] = Job("people.sessions", every=24 * 3600, run=expire_sessions)
registry.jobs["people.retention"] = Job("people.retention", every=24 * 3600, run=sweep)
registry.nav.append(NavItem("desk", _("Requests for erasure"), "/erasures/", order=80, when=lambda actor: bool(may(actor, DECIDE_ERASURE))))
registry.nav.append(NavItem("desk", _("Composition of bodies"), "/composition/", order=85, when=lambda actor: bool(may(actor, SEE_BREACHES))))
registry.nav.append(NavItem("footer", _("How long we keep what"), "/retention/", order=70))
registry.nav.append(NavItem("desk", _("Registers"), "/registers/", order=90, when=lambda actor: bool(may(actor, UNITS.see))))
