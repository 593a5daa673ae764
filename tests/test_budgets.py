"""How many questions a page asks the database: no more in a large town than in a small one, and never more than is written here."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS, machine
from dialogi.commons.attachments import prepare_upload
from dialogi.commons.models import Subject
from dialogi.commons.wordings import promise
from dialogi.consultations import actions as asking
from dialogi.consultations.actions import Voter
from dialogi.consultations.actions.mapping import draw_opinion_map
from dialogi.consultations.tests.opinions import opinion_phase
from dialogi.decisions import actions as deciding
from dialogi.figures import actions as figures
from dialogi.people import actions as people
from dialogi.people.models import Person
from dialogi.services import actions as services
from dialogi.systems import actions as systems
from dialogi.testing import SETUP, Cast, Town, actor, client_for
from dialogi.voices import actions
from dialogi.voices.actions import Answer, Brought, BroughtAnswer, ContactDetails, Place, Recorded, Said
from dialogi.voices.models import Kind, Publication, State, Voice
from dialogi.voices.tests import factories

MAKER = machine("setup")
FEW, MANY = 10, 40
# Address after the language -> who asks, and the most statements that the page may take once the process is warm. {voice}, {theme}: a large one.
BUDGETS: dict[str, tuple[str, int]] = {
    "": ("anonymous", 16),
    "voices/": ("anonymous", 10),
    "voices/?view=map&kind=fault&words=lampa": ("anonymous", 14),
    "voices/?unanswered=1&order=support": ("anonymous", 10),
    "voices/places.json": ("anonymous", 6),
    "voices/feed.atom": ("anonymous", 6),
    "voices/{voice}/": ("anonymous", 18),
    "themes/": ("anonymous", 8),
    "themes/{theme}/": ("anonymous", 14),
    "themes/feed.atom": ("anonymous", 6),
    "search/?words=lampa": ("anonymous", 10),
    "matters/": ("anonymous", 8),
    "matters/?words=lampor&state=decided": ("anonymous", 12),
    "matters/feed.atom": ("anonymous", 6),
    "matters/{matter}/": ("anonymous", 22),
    "decisions/": ("anonymous", 8),
    "decisions/feed.atom": ("anonymous", 6),
    "decisions/{decision}/": ("anonymous", 21),
    "services/": ("anonymous", 8),
    "services/snow/": ("anonymous", 14),
    "service-points/": ("anonymous", 8),
    "statistics/": ("anonymous", 16),
    "promises/": ("anonymous", 12),
    "moderation/": ("anonymous", 10),
    "moderation/feed.atom": ("anonymous", 6),
    "speak/": ("anonymous", 8),
    "consultations/phases/{map}/opinions/": ("anonymous", 10),
    "consultations/phases/{map}/opinions/all/": ("anonymous", 10),
    "consultations/phases/{map}/opinions/results/": ("anonymous", 14),
    "me/": ("resident", 20),
    "desk/": ("handler", 26),
    "desk/?view=all&words=lampa": ("handler", 26),
    "desk/?view=overdue": ("handler", 26),
    "desk/voices/{voice}/": ("handler", 40),
    "desk/themes/": ("handler", 16),
    "desk/themes/{theme}/": ("handler", 24),
    "desk/matters/": ("handler", 12),
    "desk/matters/{matter}/": ("handler", 24),
    "desk/matters/new/": ("registrar", 12),
    "desk/tie/{theme}/": ("handler", 14),
    "desk/decisions/?view=public": ("registrar", 12),
    "desk/decisions/new/": ("registrar", 12),
    "desk/decisions/{decision}/": ("registrar", 22),
    "desk/promises/": ("head_of_unit", 18),
    "desk/moderation/": ("communications", 18),
    "desk/machinery/": ("administrator", 26),
    "desk/translations/": ("communications", 18),
    "desk/translations/?kind=voices.theme&language=en&what=outdated": ("communications", 18),
    "desk/translations/{theme}/": ("communications", 18),
    "desk/register/": ("registrar", 18),
    "desk/register/{voice}/": ("registrar", 30),
    "desk/letters/": ("clerk", 16),
    "desk/consultations/phases/{map}/opinions/record/": ("clerk", 14),
    "desk/calls/": ("handler", 16),
    "registers/services/": ("administrator", 16),
    "registers/matters/": ("employee", 16),
    "registers/decisions/": ("employee", 16),
    "registers/systems/?show=vendor&show=purpose": ("employee", 16),
    "registers/system-uses/": ("employee", 16),
    "registers/costs/": ("employee", 16),
    "desk/systems/{system}/": ("ict_member", 34),
    "systems/": ("anonymous", 10),
    "systems/?words=karta&personal_data=unknown": ("anonymous", 12),
    "systems/{system}/": ("anonymous", 34),
    "systems/{system}/card/": ("anonymous", 10),
    "systems/{system}/wrong/": ("anonymous", 6),
    "descriptions/": ("anonymous", 8),
    "descriptions/model/": ("anonymous", 8),
    "descriptions/model/changes/?from=1&to=1": ("anonymous", 10),
    "desk/descriptions/": ("ict_member", 14),
    "desk/descriptions/{card}/": ("ict_member", 30),
    "desk/corrections/": ("ict_member", 14),
    "desk/systems/": ("ict_member", 26),
    "desk/harmonisation/": ("employee", 36),
    "desk/harmonisation/matrix/": ("employee", 16),
    "desk/harmonisation/candidates/": ("employee", 18),
    "desk/harmonisation/days/": ("employee", 14),
    "desk/harmonisation/fit/": ("employee", 16),
    "desk/harmonisation/what-if/?systems={system}": ("employee", 22),
    "desk/harmonisation/cases/": ("employee", 14),
    "desk/harmonisation/integrations/{system}/": ("employee", 14),
}


class Growing:
    """A town that grows in everything that a page lists."""

    def __init__(self, town: Town, cast: Cast) -> None:
        self.town, self.cast, self.size = town, cast, 0
        self.theme = actions.open_theme(titles={"sv": "Lampor", "fi": "Lamput", "en": "Lamps"}, unit=town.roads, by=MAKER)
        self.voice = actions.import_voices([self._brought("large", is_answered=True)], by=MAKER)[0]
        self.matter, self.decision = town.matter, deciding.publish_decision(town.council_draft(), by=MAKER)
        deciding.tie_to_matter(self.matter, source=self.theme.subject, by=MAKER)
        services.promise(working_days=5, by=SETUP)
        self.map = opinion_phase(town, statements=2)

    def grow(self, size: int) -> None:
        """Bring the town to a size."""
        numbers = range(self.size, size)
        voices = actions.import_voices([self._brought(f"many-{number}", is_answered=number % 2 == 0) for number in numbers], by=MAKER)
        for number, voice in zip(numbers, voices, strict=True):
            self._one_more(number, voice)
        draw_opinion_map(self.map)
        self.size = size

    def _brought(self, key: str, *, is_answered: bool) -> Brought:
        at = clock.now() - timedelta(days=20)
        answer = BroughtAnswer(answer=Answer(state=State.DONE, text_sv="Lampan är bytt."), given_at=at + timedelta(days=2), by=MAKER)
        return Brought(
            said=Said(
                text=f"Lampan vid skolan är trasig. {key}",
                language="sv",
                kind=Kind.FAULT,
                publication=Publication.WAITING,
                service=self.town.snow,
                about=self.town.snow.subject,
                place=Place(words="skolan", latitude=63.1, longitude=21.6, area=self.town.smedsby),
            ),
            recorded=Recorded(channel="email", arrived_at=at),
            form_key=key,
            unit=self.town.roads,
            published_at=at + timedelta(days=1),
            answers=[answer] if is_answered else (),
            supported_by=["somebody"],
        )

    def _one_more(self, number: int, voice: Voice) -> None:
        town, cast = self.town, self.cast
        theme = actions.open_theme(titles={"sv": f"Tema {number}", "fi": f"Teema {number}", "en": f"Theme {number}"}, unit=town.roads, by=MAKER)
        actions.edit_theme(theme, titles={"sv": f"Ämne {number}"}, summaries={"sv": "Allt om det."}, is_need=False, by=MAKER)
        promise(theme.subject, key="title", language="fi", until=clock.today(), by=actor(cast.communications))
        actions.gather([voice], theme=theme, by=MAKER)
        if number % 2:
            actions.gather([voice], theme=self.theme, by=MAKER)
        services.create_service(
            by=SETUP, slug=f"service-{number}", name_sv=f"Tjänst {number}", name_fi=f"Palvelu {number}", name_en=f"Service {number}", unit=town.roads
        )
        services.create_service_point(
            by=SETUP, name_sv=f"Disk {number}", name_fi=f"Tiski {number}", name_en=f"Counter {number}", unit=town.roads, services=[town.snow]
        )
        people.create_area(by=SETUP, name_sv=f"By {number}", name_fi=f"Kylä {number}", name_en=f"Village {number}", latitude=63.1, longitude=21.7)
        refused = factories.given(f"Namn på en granne {number}.", public=True, service=town.snow)
        actions.refuse(refused, rule=factories.rule(), explanation="Namnger en privatperson.", by=MAKER)
        factories.given(f"Min egen lampa {number}.", by=actor(cast.resident), public=True, service=town.snow)
        for contact in (ContactDetails(name="Elsa", postal_address="Byvägen 1"), ContactDetails(phone="050 000 0001")):
            reached = factories.given(f"Lampan hemma {number}.", contact=contact, service=town.snow)
            actions.reply(reached, answer=Answer(state=State.DONE, text_sv="Den är bytt."), by=MAKER)
        added = asking.add_statement(self.map, texts={"sv": f"Påstående {number}.", "fi": f"Väite {number}."}, by=MAKER)
        asking.vote(self.map, votes={added.pk: 1}, voter=Voter(language="sv", form_key=f"{number:032x}"), by=ANONYMOUS)
        self._more_of_one(number)
        self._more_decided(number, theme.subject)
        self._more_systems(number)

    def _more_systems(self, number: int) -> None:
        """Systems in the register, and everything that one of them shows."""
        town = self.town
        town.house_model, town.map_card  # noqa: B018 - made when first asked for
        function = systems.create_function(by=MAKER, code=f"9{number}", name_sv=f"Uppgift {number}", name_fi=f"Tehtävä {number}")
        other = systems.create_system(by=MAKER, name_sv=f"System {number}", main_system=town.map_system, vendor=town.vendor, unit=town.parks, function=function)
        systems.add_use(town.map_system, unit=town.parks, function=function, by=MAKER)
        systems.add_integration(town.map_system, target=other, by=MAKER)
        systems.place_store(town.map_system, store=systems.create_store(by=MAKER, name_sv=f"Lager {number}"), by=MAKER)
        systems.create_contract(by=MAKER, name=f"Avtal {number}", vendor=town.vendor, systems=[town.map_system])
        systems.assess(town.map_system, by=MAKER, kind="security", summary="Bra.")
        figures.record_amount(town.map_system, by=MAKER, certainty="estimate", year=2026, euros=number)
        words = {"name_sv": f"Öppet system {number}", "name_fi": f"Avoin järjestelmä {number}", "purpose_sv": "Kartor.", "purpose_fi": "Karttoja."}
        open_one = systems.show_to_everybody(systems.create_system(by=MAKER, unit=town.roads, services=[town.snow], **words), by=MAKER)
        systems.begin_description("card", system=open_one, by=MAKER)
        systems.say_wrong(town.map_system, text="Fel.", language="sv", by=MAKER)

    def _more_decided(self, number: int, moved_by: Subject) -> None:
        """Matters in every list, and everything that one matter and one decision show."""
        town = self.town
        words = {"title_sv": f"Ärende {number}", "title_fi": f"Asia {number}", "summary_sv": "Lampor.", "summary_fi": "Lamput."}
        deciding.open_matter(by=MAKER, unit=town.roads, service=town.snow, **words)
        deciding.tie_to_matter(self.matter, source=moved_by, by=MAKER)
        deciding.publish_decision(town.council_draft(section=f"a{number}"), by=MAKER)
        deciding.decide_on(self.decision, subject=moved_by, by=MAKER)
        for noun in (self.matter, self.decision):
            deciding.add_files(noun, uploads=[prepare_upload(SimpleUploadedFile("karta.pdf", b"%PDF-1.4\n%%EOF\n"))], description="Karta", by=MAKER)

    def _more_of_one(self, number: int) -> None:
        """Answers, notes and supports of one voice, so that its own pages grow too."""
        actions.write_note(self.voice, text=f"Ringde elbolaget, gång {number}.", by=actor(self.cast.handler))
        actions.support_many(self.voice, browser_keys=[f"browser-{number}"], by=MAKER)
        if number % 4 == 0:
            actions.reply(self.voice, answer=Answer(state=State.DONE, text_sv=f"Vi byter lampan igen, {number}."), by=actor(self.cast.handler))


def _browsers(cast: Cast) -> dict[str, Client]:
    names = {name for name, _most in BUDGETS.values()}
    found: dict[str, Client] = {}
    for name in names:
        person: Person | None = None if name == "anonymous" else getattr(cast, name)
        found[name] = client_for(person)
    return found


def _codes(growing: Growing) -> dict[str, str]:
    nouns = {"voice": growing.voice, "theme": growing.theme, "matter": growing.matter, "decision": growing.decision, "system": growing.town.map_system}
    found = {name: noun.subject.code for name, noun in {**nouns, "card": growing.town.map_card}.items()}
    return found | {"map": str(growing.map.pk)}


def _counts(growing: Growing, browsers: dict[str, Client]) -> dict[str, int]:
    codes = _codes(growing)
    counted: dict[str, int] = {}
    for address, (who, _most) in BUDGETS.items():
        path = f"/sv/{address.format(**codes)}"
        for _time in range(2):  # the first answer warms what is made once
            for cache in caches.all():
                cache.clear()
            with CaptureQueriesContext(connection) as caught:
                response = browsers[who].get(path)
            assert response.status_code == 200, f"{path}: {response.status_code}"
        counted[address] = len(caught)
    return counted


def test_no_page_asks_more_in_a_large_town_or_more_than_its_budget(town: Town, cast: Cast) -> None:
    growing, browsers = Growing(town, cast), _browsers(cast)
    growing.grow(FEW)
    few = _counts(growing, browsers)
    growing.grow(MANY)
    many = _counts(growing, browsers)
    told = [f"/{address}: {few[address]} with {FEW}, {many[address]} with {MANY}" for address in BUDGETS if few[address] != many[address]]
    told += [f"/{address}: {many[address]} statements, {most} at most" for address, (_who, most) in BUDGETS.items() if many[address] > most]
    assert not told, "\n".join(told)


def test_a_voice_is_given_in_one_short_transaction(town: Town) -> None:
    said = Said(text="Lampan vid skolan är trasig.", language="sv", kind=Kind.FAULT, publication=Publication.WAITING, service=town.snow)
    actions.give_voice(said, form_key="first", by=ANONYMOUS)
    with CaptureQueriesContext(connection) as caught:
        actions.give_voice(said, form_key="second", by=ANONYMOUS)
    begun, *inside, ended = [query["sql"] for query in caught.captured_queries[3:]]
    assert (begun.split()[0], ended.split()[0]) == ("SAVEPOINT", "RELEASE"), "a transaction, inside that of the test"
    assert not any(sql.startswith(("SAVEPOINT", "UPDATE")) for sql in inside), "each row is written once, with its final values"
    # A free code, Subject, voice, search entry, ledger entry, outbox row, and its duties at once.
    assert len(inside) <= 7, "\n".join(inside)


# Tables that have a row or more for each voice of a town.
TOWN_SIZED = ("voices_voice", "voices_reply", "voices_moderationdecision", "commons_subject", "commons_ledgerentry", "commons_duty", "commons_link")
# What reads them all does so at most once in ten minutes, and keeps what it counted.
COUNTED_SELDOM = ("moderation/", "promises/", "statistics/")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by how many rows there are, and here are few")
def test_no_public_page_reads_through_the_whole_town(town: Town, cast: Cast) -> None:
    growing = Growing(town, cast)
    growing.grow(FEW)
    codes = _codes(growing)
    _measure_as_if_large()
    told = []
    for address, (who, _most) in BUDGETS.items():
        if who == "anonymous" and address not in COUNTED_SELDOM:
            with CaptureQueriesContext(connection) as caught:
                assert Client().get(f"/sv/{address.format(**codes)}").status_code == 200
            told += [f"/{address}: {step}" for query in caught.captured_queries for step in _through_the_town(query["sql"])]
    assert not told, "\n".join(sorted(set(told)))


def _measure_as_if_large() -> None:
    """Let SQLite believe that there are ten thousand times as many voices: many of each kind, and few rows for each voice as before."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT rowid, stat FROM sqlite_stat1 WHERE tbl IN (SELECT value FROM json_each(%s))", [json.dumps(TOWN_SIZED)])
        for row, stat in cursor.fetchall():
            large = " ".join(str(int(number) * 10_000 if int(number) > 4 else int(number)) for number in stat.split())
            cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE rowid = %s", [large, row])
        cursor.execute("ANALYZE sqlite_schema")


def _through_the_town(sql: str) -> list[str]:
    if not sql.startswith(("SELECT", "WITH")):
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"))
        steps = [row[3] for row in cursor.fetchall()]
    if "LIMIT" in sql and not any("ORDER BY" in step for step in steps):
        steps = [step for step in steps if " USING INDEX " not in step]  # walked in order, and left when there is enough
    names = "|".join([*TOWN_SIZED, *re.findall(rf'"(?:{"|".join(TOWN_SIZED)})" (?:AS )?"?(\w+)"?', sql)])
    return [f"{step} in {sql[:2000]}" for step in steps if re.match(rf"SCAN ({names})\b", step)]
