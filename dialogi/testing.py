"""The town and the people of every test: made through the rooms' own actions, each when first asked for."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS, Actor, machine
from dialogi.consultations import actions as consultations
from dialogi.consultations.models import Consultation, Invitation, Phase
from dialogi.decisions import actions as deciding
from dialogi.decisions.models import Decision, Matter, Outcome, Remedy
from dialogi.people import actions as people
from dialogi.people.models import Area, Body, BodyKind, Organisation, Person, Post, Role, Unit
from dialogi.people.queries import actor_for
from dialogi.services import actions as services
from dialogi.services.models import Service, ServicePoint
from dialogi.systems import actions as systems
from dialogi.systems.models import Contract, Description, Function, InformationStore, System, Vendor

SETUP = machine("setup")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Town:
    """A small Korsholm. Sectors hold units; nothing is made before a test asks for it."""

    @cached_property
    def technical(self) -> Unit:
        """The technical sector."""
        return _unit("Tekniska sektorn", "Tekninen toimiala", "Technical sector")

    @cached_property
    def roads(self) -> Unit:
        """Roads, in the technical sector."""
        return _unit("Vägar", "Tiet", "Roads", parent=self.technical)

    @cached_property
    def parks(self) -> Unit:
        """Parks, in the technical sector."""
        return _unit("Parker", "Puistot", "Parks", parent=self.technical)

    @cached_property
    def education(self) -> Unit:
        """The sector of education and culture."""
        return _unit("Bildningssektorn", "Sivistystoimiala", "Education and culture")

    @cached_property
    def library(self) -> Unit:
        """The library, in the sector of education."""
        return _unit("Biblioteket", "Kirjasto", "Library", parent=self.education)

    @cached_property
    def communications(self) -> Unit:
        """Communications, which checks what goes public."""
        return _unit("Kommunikation", "Viestintä", "Communications")

    @cached_property
    def registry(self) -> Unit:
        """The registrar's office."""
        return _unit("Registraturen", "Kirjaamo", "Registrar's office")

    @cached_property
    def smedsby(self) -> Area:
        """The largest village."""
        return people.create_area(by=SETUP, name_sv="Smedsby", name_fi="Sepänkylä", name_en="Smedsby", latitude=63.127, longitude=21.683)

    @cached_property
    def replot(self) -> Area:
        """An island."""
        return people.create_area(by=SETUP, name_sv="Replot", name_fi="Raippaluoto", name_en="Replot", latitude=63.229, longitude=21.417)

    @cached_property
    def wellbeing_county(self) -> Organisation:
        """The wellbeing-services county: health is theirs, not the municipality's."""
        names = {"name_sv": "Österbottens välfärdsområde", "name_fi": "Pohjanmaan hyvinvointialue", "name_en": "Wellbeing services county"}
        advice = {"advice_sv": "Kontakta välfärdsområdet.", "advice_fi": "Ota yhteyttä hyvinvointialueeseen."}
        return people.create_organisation(by=SETUP, **names, **advice, website="https://osterbottensvalfard.fi/")

    @cached_property
    def council(self) -> Body:
        """The municipal council."""
        return people.create_body(by=SETUP, name_sv="Kommunfullmäktige", name_fi="Kunnanvaltuusto", name_en="Municipal council")

    @cached_property
    def youth_council(self) -> Body:
        """The youth council: advisory, invited by e-mail."""
        names = {"name_sv": "Ungdomsrådet", "name_fi": "Nuorisovaltuusto", "name_en": "Youth council"}
        return people.create_body(by=SETUP, **names, kind=BodyKind.ADVISORY, email="ungdomsradet@town.example")

    @cached_property
    def road_engineer(self) -> Post:
        """A post that answers for roads; vacant until a test fills it."""
        return people.create_post(by=SETUP, title_sv="Vägingenjör", title_fi="Tieinsinööri", title_en="Road engineer", unit=self.roads)

    @cached_property
    def snow(self) -> Service:
        """Snow clearing, by roads."""
        return _service("snow", "Snöröjning", "Lumenauraus", "Snow clearing", unit=self.roads, words="plogning, auraus, snö, lumi")

    @cached_property
    def street_lights(self) -> Service:
        """Street lights, by roads."""
        return _service("street-lights", "Gatubelysning", "Katuvalaistus", "Street lights", unit=self.roads)

    @cached_property
    def playgrounds(self) -> Service:
        """Playgrounds, by parks."""
        return _service("playgrounds", "Lekplatser", "Leikkipaikat", "Playgrounds", unit=self.parks)

    @cached_property
    def loans(self) -> Service:
        """Loans, by the library."""
        return _service("library-loans", "Biblioteksärenden", "Kirjastopalvelut", "Library services", unit=self.library)

    @cached_property
    def health_centre(self) -> Service:
        """The health centre, by somebody else."""
        return _service("health-centre", "Hälsovårdscentralen", "Terveyskeskus", "Health centre", provider=self.wellbeing_county)

    @cached_property
    def service_point(self) -> ServicePoint:
        """The counter of the municipal office."""
        names = {"name_sv": "Ämbetshuset", "name_fi": "Virastotalo", "name_en": "Municipal office"}
        return services.create_service_point(by=SETUP, unit=self.communications, address_sv="Centrumvägen 4", address_fi="Keskustie 4", **names)

    @cached_property
    def matter(self) -> Matter:
        """A matter under preparation by roads: street lights all night."""
        words = {
            "title": ("Gatubelysning hela natten", "Katuvalot koko yöksi", "Street lights all night"),
            "summary": ("Ska lamporna lysa hela natten?", "Palavatko valot koko yön?", "Shall the lamps burn all night?"),
        }
        return deciding.open_matter(by=SETUP, unit=self.roads, service=self.street_lights, case_number="12/10.03.01/2026", **_in_all(words))

    def council_draft(self, **fields: Any) -> Decision:
        """A decision of the council in the matter, not public yet."""
        words = {
            "title": ("Lamporna lyser hela natten", "Valot palavat koko yön", "The lamps burn all night"),
            "text": ("Fullmäktige godkänner förslaget.", "Valtuusto hyväksyy ehdotuksen.", "The council approves the proposal."),
        }
        wanted = {"matter": self.matter, "unit": self.roads, "body": self.council, "outcome": Outcome.APPROVED, "remedy": Remedy.APPEAL, "section": "45"}
        return deciding.draft_decision(by=SETUP, **_in_all(words) | wanted | fields)

    @cached_property
    def council_decision(self) -> Decision:
        """The same, public: the matter is decided."""
        return deciding.publish_decision(self.council_draft(), by=SETUP)

    @cached_property
    def office_decision(self) -> Decision:
        """A public decision of an office-holder, in no matter."""
        words = {
            "title": ("Vägbom på Strandvägen", "Puomi Rantatielle", "A barrier on Strandvägen"),
            "text": ("Vägen stängs för bilar.", "Tie suljetaan autoilta.", "The road is closed to cars."),
            "office": ("Väg- och parkchefen", "Tie- ja puistopäällikkö", "Head of roads and parks"),
        }
        drafted = deciding.draft_decision(by=SETUP, unit=self.roads, outcome=Outcome.APPROVED, remedy=Remedy.RECTIFICATION, **_in_all(words))
        return deciding.publish_decision(drafted, by=SETUP)

    @cached_property
    def playground_plan(self) -> Consultation:
        """A consultation of parks about the playgrounds, being prepared: both languages, ideas collected for three weeks from yesterday."""
        words = {
            "title": ("Plan för lekplatserna", "Leikkipaikkojen suunnitelma", "Plan for the playgrounds"),
            "summary": ("Vilka lekplatser ska rustas upp?", "Mitkä leikkipaikat kunnostetaan?", "Which playgrounds shall be renewed?"),
            "purpose": ("Pengarna räcker till tre per år.", "Rahat riittävät kolmeen vuodessa.", "The money is enough for three a year."),
            "open_to_influence": ("Ordningen och utrustningen.", "Järjestys ja varusteet.", "The order and the equipment."),
        }
        made = consultations.create_consultation(by=SETUP, unit=self.parks, about=self.playgrounds.subject, **_in_all(words))
        start = clock.now() - timedelta(days=1)
        consultations.add_phase(made, kind="ideas", opens_at=start, closes_at=start + timedelta(days=21), by=SETUP)
        return Consultation.objects.select_related("subject").get(pk=made.pk)

    @cached_property
    def statement_round(self) -> Phase:
        """A statement round of parks, open since yesterday for three weeks; nobody is invited yet."""
        words = {"title": ("Program för lekplatserna", "Leikkipaikkaohjelma", ""), "summary": ("Lekplatserna år 2030.", "Leikkipaikat vuonna 2030.", "")}
        words |= {"purpose": ("Programmet förnyas.", "Ohjelma uudistetaan.", ""), "open_to_influence": ("Ordningen.", "Järjestys.", "")}
        start = clock.now() - timedelta(days=1)
        made = consultations.create_consultation(by=SETUP, unit=self.parks, contact_email="parker@town.example", **_in_all(words))
        consultations.add_phase(made, kind="statements", opens_at=start, closes_at=start + timedelta(days=21), by=SETUP)
        consultations.publish(Consultation.objects.get(pk=made.pk), by=SETUP)
        return Phase.objects.select_related("consultation__subject", "consultation__unit").get(consultation=made)

    @cached_property
    def invitation(self) -> Invitation:
        """The youth council is asked in it, by e-mail and in Swedish."""
        asked = consultations.Invited(who=self.youth_council, language="sv", email="ungdomsradet@town.example")
        return consultations.invite(self.statement_round, invited=[asked], due_at=self.statement_round.closes_at, by=SETUP)[0]

    @cached_property
    def open_consultation(self) -> Consultation:
        """The same, published: open since yesterday."""
        return consultations.publish(self.playground_plan, by=SETUP)

    @cached_property
    def road_keeping(self) -> Function:
        """A function of the national classification."""
        return systems.create_function(by=SETUP, code="4021", name_sv="Vägar och gator", name_fi="Tiet ja kadut", name_en="Roads and streets")

    @cached_property
    def vendor(self) -> Vendor:
        """A vendor."""
        return systems.create_vendor(by=SETUP, name="Karttapojat Oy", business_id="1234567-1")

    @cached_property
    def map_system(self) -> System:
        """A system that roads answer for and use, through the road engineer; its card is public."""
        words = {"name": ("Kartan", "Kartan", "Kartan"), "purpose": ("Vägarnas karta.", "Teiden kartta.", "The map of the roads.")}
        posts = {"post": self.road_engineer, "vendor": self.vendor}
        made = systems.create_system(by=SETUP, unit=self.roads, function=self.road_keeping, product="Kartan 5", **_in_all(words) | posts)
        return systems.show_to_everybody(made, by=SETUP)

    @cached_property
    def archive_system(self) -> System:
        """A system that only the staff knows of: nobody answers for it, nothing is known."""
        return systems.create_system(by=SETUP, name_sv="Gamla arkivet", name_fi="Vanha arkisto", unit=self.registry, state="passive")

    @cached_property
    def road_data(self) -> InformationStore:
        """What the map knows."""
        words = {"name": ("Vägdata", "Tietiedot", "Road data"), "retention": ("10 år.", "10 vuotta.", "10 years.")}
        made = systems.create_store(by=SETUP, unit=self.roads, **_in_all(words))
        systems.place_store(self.map_system, store=made, by=SETUP)
        return made

    @cached_property
    def map_card(self) -> Description:
        """The card of the map, approved and published."""
        return self._described("card", self.map_system)

    @cached_property
    def house_model(self) -> Description:
        """The information-management model, approved and published."""
        return self._described("model", None)

    def _described(self, kind: str, system: System | None) -> Description:
        made = systems.begin_description(kind, system=system, by=SETUP)
        systems.approve_description(made, post=self.road_engineer, by=SETUP)
        systems.publish_description(made, by=SETUP)
        return made

    @cached_property
    def map_contract(self) -> Contract:
        """The contract about the map, ending in a year."""
        ends_on = clock.today() + timedelta(days=365)
        return systems.create_contract(
            by=SETUP, name="Kartan, underhåll", vendor=self.vendor, unit=self.roads, systems=[self.map_system], ends_on=ends_on, notice_months=3
        )


class Cast:
    """The people of the tests, each with a role of their own; attributes are `Person`s, made when first asked for."""

    def __init__(self, town: Town) -> None:
        self.town = town

    @cached_property
    def resident(self) -> Person:
        """A resident with an account, who reads Swedish."""
        return _person("resident", "Rea Resident")

    @cached_property
    def another_resident(self) -> Person:
        """Another resident, who reads Finnish."""
        return _person("another.resident", "Aino Asukas", language="fi")

    @cached_property
    def handler(self) -> Person:
        """Handles what concerns roads."""
        return _person("handler", "Hanna Handläggare", Role.HANDLER, unit=self.town.roads)

    @cached_property
    def other_handler(self) -> Person:
        """Handles what concerns the library."""
        return _person("other.handler", "Otto Käsittelijä", Role.HANDLER, unit=self.town.library, language="fi")

    @cached_property
    def head_of_unit(self) -> Person:
        """Heads the technical sector, so also roads and parks (made now: an actor knows the units there were)."""
        _units_below = (self.town.roads, self.town.parks)
        return _person("head", "Helge Chef", Role.HEAD, unit=self.town.technical)

    @cached_property
    def ict_member(self) -> Person:
        """Member of the ICT team."""
        return _person("ict", "Ines IKT", Role.ICT_TEAM)

    @cached_property
    def communications(self) -> Person:
        """Checks what goes public."""
        return _person("communications", "Kaisa Kommunikatör", Role.COMMUNICATIONS, unit=self.town.communications)

    @cached_property
    def registrar(self) -> Person:
        """Keeps the case register."""
        return _person("registrar", "Reijo Registrator", Role.REGISTRAR, unit=self.town.registry)

    @cached_property
    def administrator(self) -> Person:
        """Keeps units, people, services and seats."""
        return _person("administrator", "Ada Administratör", Role.ADMINISTRATOR)

    @cached_property
    def official(self) -> Person:
        """An elected official."""
        return _person("official", "Olle Förtroendevald", Role.OFFICIAL, body=self.town.council)

    @cached_property
    def clerk(self) -> Person:
        """Clerk at a service point."""
        return _person("clerk", "Klara Rådgivare", Role.CLERK, unit=self.town.communications)

    @cached_property
    def employee(self) -> Person:
        """Works for the municipality without a role in the handling."""
        return _person("employee", "Emil Anställd", Role.EMPLOYEE, unit=self.town.parks)

    MEMBERS = (
        "resident", "another_resident", "handler", "other_handler", "head_of_unit", "ict_member", "communications", "registrar", "administrator",
        "official", "clerk", "employee",
    )  # fmt: skip

    def everybody(self) -> Iterator[tuple[str, Person | None]]:
        """Yield (name, person) of the whole cast, the anonymous reader (None) last."""
        for name in self.MEMBERS:
            yield name, getattr(self, name)
        yield "anonymous", None


def actor(person: Person | None) -> Actor:
    """Return the actor that a person is after signing in with a second factor; None is the anonymous reader."""
    if person is None:
        return ANONYMOUS
    if person.account is None:
        raise ValueError("a person without an account does not act")
    return actor_for(person.account)


def client_for(person: Person | None, *, second_factor: bool = True, **options: Any) -> Client:
    """Return a browser signed in as the person, a second factor shown unless told otherwise; None is the anonymous reader."""
    client = Client(**options)
    if person is None:
        return client
    assert person.account is not None
    EmailAddress.objects.filter(user=person.account).update(verified=True)  # as a code that came back does
    session = SessionStore()
    now = time.time()
    records: list[dict[str, Any]] = [{"method": "code", "at": now, "email": person.account.email}]
    if second_factor:
        records.append({"method": "mfa", "type": "totp", "id": 0, "at": now})
    session.update(
        {
            SESSION_KEY: str(person.account.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: person.account.get_session_auth_hash(),
            "account_authentication_methods": records,
            "account_authentication_methods_user": str(person.account.pk),
        }
    )
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


@contextmanager
def days_later(days: float, *, start: datetime | None = None) -> Iterator[datetime]:
    """Live so many days after `start` (now)."""
    moment = (start or clock.now()) + timedelta(days=days)
    with clock.at(moment):
        yield moment


def _unit(sv: str, fi: str, en: str, parent: Unit | None = None) -> Unit:
    return people.create_unit(by=SETUP, name_sv=sv, name_fi=fi, name_en=en, parent=parent)


def _person(key: str, name: str, role: Role | None = None, *, unit: Unit | None = None, body: Body | None = None, language: str = "sv") -> Person:
    person = people.create_person(by=SETUP, name=name, email=f"{key}@town.example", language=language)
    if role is not None:
        people.appoint(person, by=SETUP, role=role, unit=unit, body=body, since=clock.today() - timedelta(days=365 * 5))
    return person


def _service(slug: str, sv: str, fi: str, en: str, **fields: Any) -> Service:
    return services.create_service(by=SETUP, slug=slug, name_sv=sv, name_fi=fi, name_en=en, **fields)


def _in_all(words: dict[str, tuple[str, str, str]]) -> dict[str, Any]:
    return {f"{name}_{language}": text for name, texts in words.items() for language, text in zip(("sv", "fi", "en"), texts, strict=True)}
