"""Descriptions: made from the register, written on, approved, published in both languages at once, compared; and nothing secret in any of them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override
from pypdf import PdfReader

from dialogi.commons.models import Subject
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.people import actions as people
from dialogi.systems import actions
from dialogi.systems.describing.documents import GROUPS, build, in_one_language
from dialogi.systems.describing.fields import FIELDS, Sees
from dialogi.systems.models import (
    Assessment,
    Contract,
    Description,
    DescriptionKind,
    DescriptionState,
    InformationStore,
    Integration,
    StorePlace,
    System,
    SystemUse,
    TechnicalDetails,
)
from dialogi.systems.models import DescriptionVersion as Version
from dialogi.systems.tests import factories
from dialogi.testing import SETUP, Cast, Town, actor, client_for

pytestmark = pytest.mark.django_db
SECRETS = ("Kanin13.7", "10.20.30.40", "hemlig-inloggning", "kanin-bedömning", "kanin-säkerhet", "kanin-hemnamn")
KINDS = {"card": "card", "5": "model", "28": "publicity", "30": "processing", "algorithm": "algorithm", "contracts": "contracts"}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English."""
    with override("en"):
        yield


@pytest.fixture
def secrets(town: Town, cast: Cast) -> System:
    """A public system about which everything secret is written down, and a neighbour that only staff know."""
    system = town.map_system
    actions.edit_system(system, by=SETUP, uses_ai="yes", hosting="cloud")
    actions.edit_store(town.road_data, by=SETUP, personal_data="yes", is_case_register=True)
    assert town.map_contract
    actions.write_technical_details(system, by=SETUP, version=SECRETS[0], network=SECRETS[1], sign_in=SECRETS[2], notes=SECRETS[4])
    actions.assess(system, by=actor(cast.ict_member), kind="security", summary=SECRETS[3])
    hidden = factories.system(SECRETS[5], unit=town.roads)
    actions.add_integration(system, target=hidden, by=SETUP)
    actions.edit_system(system, by=SETUP, main_system=hidden)
    return system


def approved(kind: str, cast: Cast, town: Town, *, system: System | None = None) -> Description:
    """Make, approve and publish a description as the ICT team, in which the member holds the road engineer's post."""
    by = actor(cast.ict_member)
    if not town.road_engineer.holdings.exists():
        people.fill_post(town.road_engineer, person=cast.ict_member, by=SETUP)
    description = actions.begin_description(kind, system=system, by=by)
    actions.approve_description(description, post=town.road_engineer, by=by)
    actions.publish_description(description, by=by)
    return description


def pdf_text(content: bytes) -> str:
    """The words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_every_field_of_the_register_has_its_readers_and_no_description_asks_for_what_never_leaves() -> None:
    inner = {"id", "subject", "created_at", "is_public", "is_active", "system", "systems", "part_of"}
    known = {of for field in FIELDS.values() for of in field.of}
    for model in (System, SystemUse, InformationStore, StorePlace, Integration, Contract, TechnicalDetails, Assessment):
        names = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
        stems = {name[:-3] if name[-3:] in {"_sv", "_fi", "_en"} else name for name in names} - inner
        assert not {f"{model.__name__}.{stem}" for stem in stems} - known
    asked = {name for groups in GROUPS.values() for group in groups for name in group.fields}
    assert not [name for name in asked if FIELDS[name].sees == Sees.TEAM]


def test_a_description_is_approved_as_a_post_that_one_holds_or_by_a_public_decision(town: Town, cast: Cast) -> None:
    assert town.map_system
    description = actions.begin_description("model", by=actor(cast.ict_member))
    with pytest.raises(ValidationError, match="as which post"):
        actions.approve_description(description, by=actor(cast.ict_member))
    with pytest.raises(ValidationError, match="a post that you hold"):
        actions.approve_description(description, post=town.road_engineer, by=actor(cast.ict_member))
    with pytest.raises(NotAllowed):
        actions.begin_description("publicity", by=actor(cast.handler))
    with pytest.raises(NotPossible):
        actions.publish_description(description, by=actor(cast.ict_member))
    version = actions.approve_description(description, decision=town.council_decision, by=actor(cast.ict_member))
    assert version.state == DescriptionState.APPROVED
    assert actions.publish_description(description, by=actor(cast.ict_member)).state == DescriptionState.PUBLISHED
    assert Subject.objects.get(pk=description.subject_id).audience == "public"


def test_what_is_approved_stays_as_it_was_and_the_next_version_says_what_changed(town: Town, cast: Cast) -> None:
    assert town.road_data
    description = approved("model", cast, town)
    first = Version.objects.get()
    actions.edit_system(town.map_system, by=SETUP, purpose_sv="En annan karta.", purpose_fi="Toinen kartta.")
    first.refresh_from_db()
    assert first.snapshot["public"]["groups"][0]["entries"][0]["values"]["purpose"]["sv"] == "Vägarnas karta."
    actions.draft_version(description, by=SETUP)
    actions.approve_description(description, post=town.road_engineer, by=actor(cast.ict_member))
    actions.publish_description(description, by=SETUP)
    client = Client()
    page = client.get("/sv/descriptions/model/changes/?from=1&to=2").content.decode()
    assert "Vägarnas karta." in page
    assert "En annan karta." in page
    assert town.map_system.subject.code not in page
    assert "Vägarnas karta." in client.get("/sv/descriptions/model/?version=1").content.decode()
    assert "Vägarnas karta." not in client.get("/sv/descriptions/model/").content.decode()
    assert client.get("/sv/descriptions/model/?version=7").status_code == 404


def test_both_languages_are_published_together_or_neither(town: Town, cast: Cast) -> None:
    actions.edit_store(town.road_data, by=SETUP, search_factors_sv="Vägens nummer")
    description = actions.begin_description("publicity", by=SETUP)
    people.fill_post(town.road_engineer, person=cast.ict_member, by=SETUP)
    actions.approve_description(description, post=town.road_engineer, by=actor(cast.ict_member))
    with pytest.raises(NotPossible, match="Road data: what one searches by"):
        actions.publish_description(description, by=SETUP)
    assert Client().get("/fi/descriptions/publicity/").status_code == 404
    actions.edit_store(town.road_data, by=SETUP, search_factors_fi="Tien numero")
    actions.reopen_description(description, by=SETUP)
    actions.write_description(description, preface={"sv": "Bara på svenska"}, free={}, by=SETUP)
    actions.approve_description(description, post=town.road_engineer, by=actor(cast.ict_member))
    with override("en"), pytest.raises(NotPossible, match="Opening words"):
        actions.publish_description(description, by=SETUP)


def test_what_is_missing_is_counted_and_what_staff_alone_know_is_only_a_number(town: Town, cast: Cast) -> None:
    assert town.map_system
    assert town.archive_system
    staff, everybody = (build("model", sees=sees) for sees in (Sees.STAFF, Sees.PUBLIC))
    assert {"group": "systems", "field": "purpose", "count": 1, "of": 2} in staff["missing"]
    assert not [one for one in everybody["missing"] if one["field"] == "purpose"]
    assert everybody["kept_inside"] == 1
    assert "Gamla arkivet" not in json.dumps(everybody, ensure_ascii=False)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("audience", ["public", "staff"])
def test_no_secret_leaves_in_any_description(kind: str, audience: str, secrets: System, tmp_path: Path) -> None:
    said = {}
    for shape in ("html", "json", "pdf"):
        call_command("describe_systems", kind=kind, language="sv", format=shape, audience=audience, output=tmp_path / shape)
        content = (tmp_path / shape).read_bytes()
        said[shape] = pdf_text(content) if shape == "pdf" else content.decode()
    for shape, words in said.items():
        assert "Kartan" in words, shape
        hidden = SECRETS if audience == "public" else SECRETS[:5]
        assert not [secret for secret in hidden if secret in words], shape


def test_no_secret_stands_on_a_public_page_or_in_its_files(secrets: System, town: Town, cast: Cast) -> None:
    for kind in KINDS.values():
        approved(kind, cast, town, system=secrets if kind in {"card", "algorithm"} else None)
    client, code = Client(), secrets.subject.code
    addresses = ["systems/", f"systems/{code}/"]
    addresses += [f"systems/{code}/{kind}/{end}" for kind in ("card", "algorithm") for end in ("", "file.json", "file.pdf")]
    addresses += [f"descriptions/{kind}/{end}" for kind in ("model", "publicity", "processing", "contracts") for end in ("", "file.json", "file.pdf")]
    for address in addresses:
        answer = client.get(f"/sv/{address}")
        assert answer.status_code == 200, address
        words = pdf_text(answer.content) if address.endswith("pdf") else answer.content.decode()
        assert "Kartan" in words, address
        assert not [secret for secret in SECRETS if secret in words], address
    for version in Version.objects.all():
        assert not [secret for secret in SECRETS if secret in json.dumps(version.snapshot["public"], ensure_ascii=False)]
        assert not [secret for secret in SECRETS[:5] if secret in json.dumps(version.snapshot, ensure_ascii=False)]


def test_staff_read_in_a_file_what_is_inside_the_house_and_others_do_not(secrets: System, town: Town, cast: Cast) -> None:
    approved("contracts", cast, town)
    address = "/sv/descriptions/contracts/file.json"
    ours, theirs = client_for(cast.handler).get(address).json(), Client().get(address).json()
    assert "notice" in ours["groups"][0]["entries"][0]["values"]
    assert "notice" not in theirs["groups"][0]["entries"][0]["values"]


def test_a_card_is_read_as_long_as_the_system_is_public_and_never_published_before(town: Town, cast: Cast) -> None:
    description = approved("card", cast, town, system=town.map_system)
    address = f"/sv/systems/{town.map_system.subject.code}/card/"
    assert Client().get(address).status_code == 200
    actions.hide_from_public(town.map_system, reason="Fel", by=SETUP)
    assert Client().get(address).status_code == 404
    actions.draft_version(description, by=SETUP)
    actions.approve_description(description, post=town.road_engineer, by=actor(cast.ict_member))
    with override("en"), pytest.raises(NotPossible, match="Show the system"):
        actions.publish_description(description, by=SETUP)


def test_a_withdrawn_description_is_gone_for_everybody_with_its_reason(town: Town, cast: Cast) -> None:
    assert town.map_system
    description = approved("model", cast, town)
    with pytest.raises(ValidationError):
        actions.withdraw_description(description, reason=" ", by=SETUP)
    actions.withdraw_description(description, reason="Ett fel rättas.", by=SETUP)
    assert Client().get("/sv/descriptions/model/").status_code == 404
    actions.draft_version(description, by=SETUP)
    actions.approve_description(description, post=town.road_engineer, by=SETUP)
    actions.publish_description(description, by=SETUP)
    assert Client().get("/sv/descriptions/model/").status_code == 200
    assert Client().get("/sv/descriptions/model/?version=1").status_code == 404


def test_documents_are_whole_in_every_kind_and_cost_the_same_for_many(town: Town, django_assert_max_num_queries: object) -> None:
    assert town.road_data
    assert town.map_contract
    for kind in DescriptionKind:
        assert in_one_language(build(kind, sees=Sees.PUBLIC)) == []
    for number in range(12):
        factories.use(factories.system(f"Nr {number}", purpose_sv="x", purpose_fi="x"), town)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert len(build("model", sees=Sees.STAFF)["groups"][0]["entries"]) == 13


def test_the_command_says_what_it_does_not_know(town: Town, tmp_path: Path) -> None:
    assert town.map_system
    with pytest.raises(CommandError, match="no system"):
        call_command("describe_systems", kind="card", system="NOSUCH", output=tmp_path / "x")
    with pytest.raises(CommandError, match="goes with"):
        call_command("describe_systems", kind="28", system=town.map_system.subject.code, output=tmp_path / "x")
    with pytest.raises(CommandError):
        call_command("describe_systems", kind="29")
    call_command("describe_systems", kind="card", language="fi", system=town.map_system.subject.code, output=tmp_path / "card")
    assert "Teiden kartta." in (tmp_path / "card").read_text()
