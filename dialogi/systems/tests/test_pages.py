"""The registers and the desk page of a system: everything by forms, refusals beside them, nothing lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialogi.figures.models import Amount
from dialogi.people import actions as people
from dialogi.people.models import Person
from dialogi.systems import actions
from dialogi.systems.models import Contract, Destination, FunctionState, InformationStore, Integration, StorePlace, System, SystemState, SystemUse
from dialogi.systems.tests import factories
from dialogi.testing import SETUP, Cast, Town

pytestmark = pytest.mark.django_db
SLUGS = ["systems", "system-uses", "information-stores", "store-places", "integrations", "contracts", "vendors", "functions", "costs"]


@pytest.fixture
def desk(cast: Cast, client_for: Callable[..., Client]) -> Client:
    """The browser of a member of the ICT team."""
    return client_for(cast.ict_member)


@pytest.fixture
def full(town: Town) -> Town:
    """One of each."""
    factories.integration(town.map_system, town.archive_system, kind="manual")
    assert all((town.road_data, town.map_contract, town.archive_system))
    return town


def read(client: Client, path: str) -> str:
    """What a page says, which must be there."""
    answer = client.get(f"/en/{path}")
    assert answer.status_code == 200, path
    return str(answer.content.decode())


@pytest.mark.parametrize("slug", SLUGS)
def test_every_register_opens_for_staff_and_for_nobody_else(slug: str, desk: Client, full: Town, cast: Cast, client_for: Callable[..., Client]) -> None:
    for path in (f"registers/{slug}/", f"registers/{slug}/add/"):
        read(desk, path)
    assert client_for(cast.employee).get(f"/sv/registers/{slug}/").status_code == 200
    assert client_for(cast.employee).get(f"/sv/registers/{slug}/add/").status_code == 403
    assert client_for(cast.resident).get(f"/sv/registers/{slug}/").status_code == 403


NEW = {"name_sv": "Lönen", "name_fi": "Palkat", "state": "in_use", "personal_data": "yes", "hosting": "cloud", "data_location": "eu"}
UNSAID = {"uses_ai": "unknown", "makes_automated_decisions": "no"}


def test_a_system_is_added_by_a_form_with_what_it_is_used_for(desk: Client, full: Town) -> None:
    sent = {**NEW, **UNSAID, "unit": full.parks.pk, "function": full.road_keeping.pk, "main_system": "Kartan"}
    added = desk.post("/en/registers/systems/add/", sent)
    system = System.objects.get(name_sv="Lönen")
    assert added.url == f"/en/desk/systems/{system.subject.code}/"
    assert system.main_system == full.map_system
    assert system.uses.get().function_state == FunctionState.CONFIRMED
    assert "The system was added to the register." in read(desk, f"desk/systems/{system.subject.code}/")


def test_what_cannot_be_kept_comes_back_with_every_word(desk: Client, full: Town) -> None:
    answer = desk.post("/en/registers/systems/add/", {**NEW, **UNSAID, "name_sv": "", "name_fi": "", "purpose_sv": "Betalar löner.", "main_system": "Finns ej"})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing here is called “Finns ej”" in told
    assert "Betalar löner." in told
    assert not System.objects.filter(purpose_sv="Betalar löner.").exists()


def test_a_name_that_several_bear_is_asked_back_by_code(desk: Client, full: Town) -> None:
    twins = [factories.system("Tvilling"), factories.system("Tvilling")]
    told = desk.post("/en/registers/systems/add/", {**NEW, **UNSAID, "main_system": "tvilling"}).content.decode()
    assert all(twin.subject.code in told for twin in twins)
    desk.post("/en/registers/systems/add/", {**NEW, **UNSAID, "main_system": f"Tvilling ({twins[1].subject.code})"})
    assert System.objects.get(name_sv="Lönen").main_system == twins[1]


def test_the_later_of_two_is_told_and_loses_nothing(desk: Client, full: Town) -> None:
    system = full.archive_system
    seen = system.subject.version
    actions.edit_system(system, by=SETUP, product="Hennes produkt")
    sent = {**NEW, **UNSAID, "product": "Min produkt", "version": seen}
    address = f"/en/registers/systems/{system.subject.code}/edit/"
    answer = desk.post(address, sent)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else changed this" in told
    assert "Hennes produkt" in told
    assert "Min produkt" in told
    assert desk.post(address, {**sent, "version": seen + 1}).status_code == 302
    assert System.objects.get(pk=system.pk).product == "Min produkt"


def test_parts_are_checked_against_the_version_of_their_system(desk: Client, full: Town) -> None:
    use = factories.use(full.map_system, full, function=full.road_keeping)
    seen = System.objects.get(pk=full.map_system.pk).subject.version
    sent = {"coverage": "partial", "user_band": "few", "criticality": "critical", "function": full.road_keeping.pk, "version": seen}
    factories.integration(full.map_system)
    assert desk.post(f"/en/registers/system-uses/{use.pk}/edit/", sent).status_code == 422
    assert desk.post(f"/en/registers/system-uses/{use.pk}/edit/", {**sent, "version": seen + 1}).status_code == 302
    assert SystemUse.objects.get(pk=use.pk).criticality == "critical"


def test_what_belongs_to_a_system_is_added_from_its_page(desk: Client, full: Town) -> None:
    code = full.map_system.subject.code
    page = read(desk, f"desk/systems/{code}/")
    assert f"registers/system-uses/add/?system={code}" in page
    desk.post(
        "/en/registers/system-uses/add/", {"system": code, "unit": full.library.pk, "coverage": "primary", "user_band": "some", "criticality": "ordinary"}
    )
    assert SystemUse.objects.get(unit=full.library).system == full.map_system
    desk.post("/en/registers/information-stores/add/", {"name_sv": "Kunder", "personal_data": "yes", "special_categories": "no", "openness": "restricted"})
    desk.post("/en/registers/store-places/add/", {"system": code, "store": "Kunder"})
    assert StorePlace.objects.get(store__name_sv="Kunder").destination == Destination.UNDECIDED
    desk.post(
        "/en/registers/integrations/add/",
        {"system": code, "other_end": "Kanta", "kind": "manual", "frequency": "daily", "data_sv": "Adresser", "is_active": "on"},
    )
    assert Integration.objects.get(other_end="Kanta").system == full.map_system
    desk.post(
        "/en/registers/contracts/add/", {"name": "Nytt", "systems": f"{code}\nGamla arkivet", "ends_on": "2028-12-31", "notice_months": 6, "is_active": "on"}
    )
    contract = Contract.objects.get(name="Nytt")
    assert set(contract.systems.all()) == {full.map_system, full.archive_system}
    assert str(contract.notice_by) == "2028-06-30"
    money = {"certainty": "actual", "spending": "run", "year": 2026, "euros": "1200.50", "source_kind": "invoice", "source": "Faktura 7"}
    desk.post("/en/registers/costs/add/", {**money, "about": code})
    assert Amount.objects.get().subject == full.map_system.subject
    shown = read(desk, f"desk/systems/{code}/")
    assert [part for part in ("Library", "Kunder", "Kanta", "Nytt", "1,201 €") if part not in shown] == []


def test_a_sum_without_source_is_refused_beside_its_field(desk: Client, full: Town) -> None:
    sent = {
        "about": full.map_system.subject.code,
        "certainty": "actual",
        "spending": "run",
        "year": 2026,
        "euros": "12",
        "source_kind": "invoice",
        "source": "",
    }
    answer = desk.post("/en/registers/costs/add/", sent)
    assert answer.status_code == 422
    assert "Say which invoice" in answer.content.decode()


def test_a_list_shows_the_columns_that_one_chooses_and_what_is_lacking(desk: Client, full: Town) -> None:
    chosen = read(desk, "registers/systems/?show=product&show=hosting&sort=product")
    assert "Kartan 5" in chosen
    assert "Responsible post</a>" not in chosen
    assert "Kartan 5" not in read(desk, "registers/systems/")
    lacking = read(desk, "registers/systems/?lacks=post")
    assert "Gamla arkivet" in lacking
    assert "Kartan" not in lacking.split("<tbody>")[1]
    assert "Gamla arkivet" in read(desk, "registers/systems/?lacks=confirmation&q=arkiv")


def test_a_system_moves_on_when_nothing_is_missing_and_says_what_is(desk: Client, full: Town) -> None:
    code = full.map_system.subject.code
    desk.post(f"/en/desk/systems/{code}/move/", {"to": "passive"})
    answer = desk.post(f"/en/desk/systems/{code}/move/", {"to": "retired"})
    assert answer.status_code == 422
    assert "where all the data of the system goes" in answer.content.decode()
    place = full.road_data.places.get()
    version = System.objects.get(pk=full.map_system.pk).subject.version
    moved = {"destination": "moved", "moved_to": full.archive_system.subject.code, "version": version}
    assert desk.post(f"/en/registers/store-places/{place.pk}/edit/", moved).status_code == 302
    assert desk.post(f"/en/desk/systems/{code}/move/", {"to": "retired"}).status_code == 302
    assert System.objects.get(pk=full.map_system.pk).state == SystemState.RETIRED


def test_the_team_names_who_answers_by_a_decision_that_the_page_shows(desk: Client, full: Town, cast: Cast, client_for: Callable[..., Client]) -> None:
    code = full.archive_system.subject.code
    sent = {"post": full.road_engineer.pk, "decision": full.office_decision.subject.code, "since": "2026-11-01"}
    assert client_for(cast.head_of_unit).post(f"/en/desk/systems/{code}/responsible/", sent).status_code == 403
    assert desk.post(f"/en/desk/systems/{code}/responsible/", {**sent, "deputy": full.road_engineer.pk}).status_code == 422
    assert desk.post(f"/en/desk/systems/{code}/responsible/", sent).status_code == 302
    page = read(desk, f"desk/systems/{code}/")
    assert "Road engineer" in page
    assert full.office_decision.get_absolute_url()[3:] in page


def test_one_click_confirms_and_only_for_those_who_answer(full: Town, cast: Cast, client_for: Callable[..., Client]) -> None:
    people.fill_post(full.road_engineer, by=SETUP, person=cast.handler)
    code = full.map_system.subject.code
    assert client_for(cast.employee).post(f"/en/desk/systems/{code}/confirm/").status_code == 403
    assert client_for(cast.handler).post(f"/en/desk/systems/{code}/confirm/").status_code == 302
    assert "Road engineer" in read(client_for(cast.employee), f"desk/systems/{code}/").split("Confirmed")[1]


@pytest.mark.parametrize(("name", "hears"), [("ict_member", True), ("employee", False), ("handler", False)])
def test_technical_details_are_for_those_who_answer(full: Town, cast: Cast, client_for: Callable[..., Client], name: str, hears: bool) -> None:
    code = full.map_system.subject.code
    actions.write_technical_details(full.map_system, by=SETUP, version="9.1.3", network="10.1.2.3")
    reader: Person = getattr(cast, name)
    assert ("10.1.2.3" in read(client_for(reader), f"desk/systems/{code}/")) == hears
    assert client_for(reader).get(f"/en/desk/systems/{code}/technical/").status_code == (200 if hears else 403)
    assert "10.1.2.3" not in read(Client(), f"systems/{code}/")


def test_staff_assess_and_the_public_never_reads_it(full: Town, cast: Cast, client_for: Callable[..., Client]) -> None:
    code = full.map_system.subject.code
    clerk = client_for(cast.employee)
    sent: dict[str, Any] = {"kind": "functional_fit", "score": "", "summary": "Trögt.", "assessed_on": "2026-11-01"}
    assert clerk.post(f"/en/desk/systems/{code}/assess/", sent).status_code == 422
    assert clerk.post(f"/en/desk/systems/{code}/assess/", {**sent, "score": "2"}).status_code == 302
    assert "Trögt." in read(clerk, f"desk/systems/{code}/")
    assert "Trögt." not in read(Client(), f"systems/{code}/")
    assert client_for(cast.resident).get(f"/en/desk/systems/{code}/").status_code == 403


def test_the_card_is_shown_and_hidden_with_a_reason(desk: Client, full: Town) -> None:
    code = full.archive_system.subject.code
    assert Client().get(f"/en/systems/{code}/").status_code == 404
    assert desk.post(f"/en/desk/systems/{code}/show/").status_code == 422
    actions.edit_system(full.archive_system, by=SETUP, purpose_sv="Gammalt.", purpose_fi="Vanhaa.")
    assert desk.post(f"/en/desk/systems/{code}/show/").status_code == 302
    assert "Vanhaa." in Client().get(f"/fi/systems/{code}/").content.decode()
    assert desk.post(f"/en/desk/systems/{code}/hide/", {"reason": ""}).status_code == 422
    desk.post(f"/en/desk/systems/{code}/hide/", {"reason": "Fel."})
    assert Client().get(f"/en/systems/{code}/").status_code == 404


def test_a_long_register_asks_as_often_as_a_short_one(desk: Client, full: Town) -> None:
    def asked(path: str) -> int:
        desk.get(path)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert desk.get(path).status_code == 200
        return len(captured)

    paths = [f"/en/registers/{slug}/" for slug in SLUGS] + [f"/en/desk/systems/{full.map_system.subject.code}/"]
    before = {path: asked(path) for path in paths}
    for _number in range(5):
        another = factories.system(main_system=full.map_system, vendor=full.vendor, post=full.road_engineer, unit=full.parks, function=factories.function())
        factories.use(full.map_system, full, function=factories.function())
        factories.integration(full.map_system, another)
        factories.integration(another, full.map_system)
        store = actions.create_store(by=SETUP, name_sv="Lager", name_fi="Varanto", unit=full.parks)
        actions.place_store(full.map_system, store=store, by=SETUP)
        actions.create_contract(by=SETUP, name="Ett till", vendor=full.vendor, unit=full.parks, post=full.road_engineer, systems=[full.map_system])
    assert InformationStore.objects.count() == 6
    after = {path: asked(path) for path in paths}
    assert after == before
    assert max(after.values()) <= 40
