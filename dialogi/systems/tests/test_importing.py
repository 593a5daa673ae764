"""Bringing systems in: files of every sort, mapping rules, questions, all or nothing, and again without doubles."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override

from dialogi.systems.importing import tables
from dialogi.systems.importing.mapping import mapping_from, read_mapping
from dialogi.systems.importing.tables import read_table
from dialogi.systems.models import FunctionState, ImportRun, System, SystemUse
from dialogi.systems.tests import factories
from dialogi.testing import Cast, Town

pytestmark = pytest.mark.django_db
HELSINKI = Path(__file__).resolve().parent.parent / "mappings" / "helsinki-2013.toml"
LIST = """Namn;Kod;Typ;Ägare;Används av;Stöd till;Huvudsystem
Kartan;K1;Sys.;Vägar;Vägar, Parker;31.12.2027;
Kartan;;Sys.;Parker;Biblioteket;;
Ritningar;R1;0;Vägar;Vägar;2028-01-31;Kartan
0;;;;;;
"""
MAPPING: dict[str, Any] = {
    "source": "test",
    "language": "sv",
    "empty": ["0"],
    "columns": {
        "name": "Namn", "identifier": "Kod", "kind": "Typ", "owner": "Ägare", "unit": "Används av", "end_of_support": "Stöd till", "main_system": "Huvudsystem",
    },
    "synonyms": {"kind": {"Sys.": "System"}},
    "split": {"unit": {"at": ",", "take": "all"}},
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Words are read in English."""
    with override("en"):
        yield


@pytest.fixture
def units(town: Town) -> Town:
    """The units that the list names."""
    assert all((town.roads, town.parks, town.library))
    return town


def toml(tmp_path: Path, **changed: Any) -> Path:
    """Write the mapping as a file."""
    made = MAPPING | changed
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in made.items() if not isinstance(value, dict)]
    for name, value in made.items():
        if isinstance(value, dict):
            lines.append(f"[{name}]")
            for inner, words in value.items():
                plain = (
                    "{" + ", ".join(f"{json.dumps(key)} = {json.dumps(word)}" for key, word in words.items()) + "}"
                    if isinstance(words, dict)
                    else json.dumps(words)
                )
                lines.append(f"{json.dumps(inner)} = {plain}")
    path = tmp_path / "mapping.toml"
    path.write_text("\n".join(lines))
    return path


def bring(tmp_path: Path, content: str | bytes = LIST, *options: str, **changed: Any) -> dict[str, Any]:
    """Import by the command and return what it reports."""
    file, said = tmp_path / "list.csv", io.StringIO()
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    call_command("import_systems", str(file), "--mapping", str(toml(tmp_path, **changed)), "--json", *options, stdout=said)
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def test_rows_of_one_product_become_one_system_with_several_uses(units: Town, tmp_path: Path) -> None:
    told = bring(tmp_path)
    assert {name: told[name] for name in ("rows", "systems", "uses", "questions", "errors", "left_out")} == {
        "rows": 4, "systems": 2, "uses": 4, "questions": 1, "errors": 0, "left_out": 1,
    }  # fmt: skip
    kartan = System.objects.get(name_sv="Kartan")
    assert {use.unit for use in kartan.uses.all()} == {units.roads, units.parks, units.library}
    assert (kartan.unit, kartan.kind, kartan.identifier, kartan.end_of_support) == (None, "System", "K1", date(2027, 12, 31))
    ritningar = System.objects.get(name_sv="Ritningar")
    assert (ritningar.main_system, ritningar.kind, ritningar.unit) == (kartan, "", units.roads)
    assert ritningar.subject.part_of == kartan.subject


def test_a_dry_run_writes_nothing(units: Town, tmp_path: Path) -> None:
    assert bring(tmp_path, LIST, "--dry-run")["systems"] == 2
    assert not System.objects.exists()


def test_the_next_edition_brings_up_to_date_and_doubles_nothing(units: Town, tmp_path: Path) -> None:
    bring(tmp_path)
    again = bring(tmp_path)
    assert (again["created"], again["updated"], again["unchanged"], again["uses_created"]) == (0, 0, 2, 0)
    changed = bring(tmp_path, LIST.replace("R1;0", "R1;Databas").replace("Ritningar", "Ritningar 2", 1))
    assert (changed["created"], changed["updated"]) == (0, 1)
    assert System.objects.get(identifier="R1").kind == "Databas"
    assert (System.objects.count(), SystemUse.objects.count()) == (2, 4)


def test_what_stands_in_the_register_already_is_found_by_its_name(units: Town, tmp_path: Path) -> None:
    factories.system("Kartan")
    assert bring(tmp_path)["created"] == 1


def test_a_function_of_a_list_waits_for_a_person(units: Town, tmp_path: Path) -> None:
    assert units.road_keeping.code == "4021"
    bring(tmp_path, "Namn;Ägare;Kod\nKartan;Vägar;4021\n", columns={"name": "Namn", "owner": "Ägare", "function": "Kod"})
    assert SystemUse.objects.get().function_state == FunctionState.UNCONFIRMED


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (LIST.replace("31.12.2027", "snart"), "Row 2: “snart” is not understood"),
        (LIST.replace("Kartan;K1;Sys.;Vägar;Vägar, Parker;31.12.2027;", "Kartan;K1;Sys.;Vägar;Vägar;;Ritningar"), "go round in a circle"),
        (LIST.replace("Huvudsystem", "Annat"), "no column with the heading: Huvudsystem"),
    ],
    ids=["no day", "circle", "no column"],
)
def test_one_error_and_nothing_is_written(units: Town, tmp_path: Path, content: str, told: str) -> None:
    said, file = io.StringIO(), tmp_path / "list.csv"
    file.write_text(content)
    with pytest.raises(CommandError):
        call_command("import_systems", str(file), "--mapping", str(toml(tmp_path)), "--json", stdout=said)
    assert told in " ".join(json.loads(said.getvalue())["error_words"])
    assert not System.objects.exists()


def test_units_that_nobody_knows_are_asked_for_or_added(town: Town, tmp_path: Path) -> None:
    asked = bring(tmp_path, LIST, "--dry-run")
    assert "No unit of ours is called “Vägar” (2 systems)" in " ".join(asked["question_words"])
    told = bring(tmp_path, units={"unknown": "create", "under": "Exempel"})
    assert told["units_created"] == 3
    assert str(SystemUse.objects.first().unit.parent) == "Exempel"  # type: ignore[union-attr]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_is_read(encoding: str) -> None:
    table = read_table(LIST.encode(encoding))
    assert table.heads[3] == "Ägare"
    assert table.rows[0][3] == "Vägar"


def workbook(rows: list[list[Any]], *, merge: str = "") -> bytes:
    """Make a workbook; a text that begins with = is a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet, day = book.add_worksheet("System"), book.add_format({"num_format": "d.m.yyyy"})
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, place, value, day)
            elif isinstance(value, str) and value.startswith("="):
                sheet.write_formula(number, place, value, None, "Kartan")
            else:
                sheet.write(number, place, value)
    if merge:
        sheet.merge_range(merge, "Vägar")
    book.close()
    return out.getvalue()


def test_a_workbook_with_formulas_merged_cells_and_days(units: Town, tmp_path: Path) -> None:
    rows = [["Namn", "Ägare", "Stöd till"], ['="Kart"&"an"', "", date(2027, 5, 1)], ["Ritningar", "", 46508], ["Mätningar", "Parker", "1.5.2027"]]
    columns = {"name": "Namn", "owner": "Ägare", "end_of_support": "Stöd till"}
    told = bring(tmp_path, workbook(rows, merge="B2:B3"), columns=columns, fill_down=["owner"])
    assert told["systems"] == 3
    assert set(System.objects.values_list("end_of_support", flat=True)) == {date(2027, 5, 1)}
    assert {system.name_sv for system in System.objects.filter(unit=units.roads)} == {"Kartan", "Ritningar"}


def test_an_ods_sheet_is_read() -> None:
    rows = f"<table:table-row>{word('Namn')}{word('Ägare')}</table:table-row><table:table-row>{word('Kartan')}{word('Vägar')}</table:table-row>"
    assert read_table(ods(rows)).rows == (("Kartan", "Vägar"),)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "no table"),
        (b"PK\x03\x04 broken", "cannot be read"),
        (b"ensam\n", "No row of headings"),
        (b"Namn;Kod\n" + b"x" * 200_000 + b";1", "told apart"),
    ],
    ids=["empty", "pdf", "broken", "no heads", "one endless cell"],
)
def test_what_is_no_table_is_told_in_words(content: bytes, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        read_table(content)


def test_two_hundred_thousand_rows_are_refused_in_words() -> None:
    with pytest.raises(ValidationError) as caught:
        read_table(b"Namn;Kod\n" + b"System;1\n" * 200_000)
    assert f"at most {tables.MOST_ROWS}" in " ".join(caught.value.messages)


def test_a_mapping_says_what_is_wrong_with_it() -> None:
    for data, told in (({"source": "x", "columns": {}}, "name of the system"), ({"source": "x", "columns": {"name": "A", "colour": "B"}}, "colour")):
        with pytest.raises(ValidationError, match=told):
            mapping_from(data)
    assert read_mapping(HELSINKI.read_text()).source == "helsinki-2013"


def columns_of(**changed: str) -> dict[str, str]:
    """What the mapping form sends."""
    sent = {f"column_{target}": head for target, head in MAPPING["columns"].items()}
    rules = {"language": "sv", "group_by": "name", "empty": "0", "synonyms": "kind: Sys. = System", "splits": "unit: , all", "unknown_units": "ask"}
    return {**sent, **rules, **changed}


def test_the_pages_lead_from_a_file_to_the_register(units: Town, cast: Cast, client_for: Callable[..., Client]) -> None:
    desk = client_for(cast.ict_member)
    address = desk.post("/en/desk/systems/import/", {"source": "lista", "file": SimpleUploadedFile("lista.csv", LIST.encode())}).url
    wrong = desk.post(address, columns_of(synonyms="kind Sys"))
    assert wrong.status_code == 422
    assert "This line is not understood" in wrong.content.decode()
    assert "unit: , all" in wrong.content.decode()
    assert desk.post(address, columns_of()).url == address
    shown = desk.get(address).content.decode()
    assert "Rows: 4. Systems: 2. Uses: 4. Questions: 1. Errors: 0." in shown
    assert "Tells more of the system in row 2." in shown
    assert not System.objects.exists()
    desk.post(f"{address}answer/", {"q0": "Parker"})
    desk.post(f"{address}finish/")
    assert System.objects.get(name_sv="Kartan").unit == units.parks
    run = ImportRun.objects.get()
    assert (bytes(run.content), run.outcome["created"]) == (b"", 2)
    assert "Systems added" in desk.get(address).content.decode()
    # The next edition of the same list: its columns and answers are known.
    again = desk.post("/en/desk/systems/import/", {"source": "lista", "file": SimpleUploadedFile("lista2.csv", LIST.encode())}).url
    desk.post(f"{again}finish/")
    assert ImportRun.objects.order_by("pk").last().outcome["unchanged"] == 2  # type: ignore[union-attr]


def test_a_bad_file_is_refused_beside_its_field_and_others_do_not_import(units: Town, cast: Cast, client_for: Callable[..., Client]) -> None:
    desk = client_for(cast.ict_member)
    answer = desk.post("/en/desk/systems/import/", {"source": "lista", "file": SimpleUploadedFile("lista.pdf", b"%PDF-1.4")})
    assert answer.status_code == 422
    assert "This is no table." in answer.content.decode()
    assert client_for(cast.head_of_unit).get("/en/desk/systems/import/").status_code == 403


def test_only_an_administrator_lets_a_list_add_units(town: Town, cast: Cast, client_for: Callable[..., Client]) -> None:
    for name, is_done in (("ict_member", False), ("administrator", True)):
        desk = client_for(getattr(cast, name))
        address = desk.post("/en/desk/systems/import/", {"source": "lista", "file": SimpleUploadedFile("lista.csv", LIST.encode())}).url
        desk.post(address, columns_of(unknown_units="create", units_under="Exempel"))
        assert ("Only an administrator adds units" in desk.get(address).content.decode()) != is_done
        assert desk.post(f"{address}finish/").status_code == (302 if is_done else 422)
    assert System.objects.count() == 2


def ods(rows: str, before: str = "") -> bytes:
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    body = f'<table:table table:name="Blad">{rows}</table:table>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        file.writestr(
            "content.xml",
            f"{before}<office:document-content {spaces}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
        )
        file.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def word(text: str, times: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{times}><text:p>{text}</text:p></table:table-cell>'


@pytest.mark.parametrize(
    "content",
    [
        ods(f'<table:table-row table:number-rows-repeated="1048570">{word("x")}{word("y")}</table:table-row>'),
        ods(f"<table:table-row>{word('x', ' table:number-columns-repeated=' + chr(34) + '16000' + chr(34))}</table:table-row>"),
        ods(f"<table:table-row>{word('&y;')}</table:table-row>", before='<!DOCTYPE x [<!ENTITY y "z">]>'),
    ],
    ids=["rows", "columns", "entities"],
)
def test_a_small_file_that_says_it_is_vast_is_refused_before_room_is_made_for_it(content: bytes) -> None:
    with pytest.raises(ValidationError):
        read_table(content)


def test_a_cell_in_the_last_corner_is_refused_and_cells_that_are_only_painted_are_nothing() -> None:
    def sheet(corner: bool) -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            page = book.add_worksheet()
            page.write_row(0, 0, ["Namn", "Kod"])
            page.write_row(1, 0, ["Kartan", "1"])
            page.write_blank(900_000, 9_000, None, book.add_format({"bold": True}))
            if corner:
                page.write(1_048_575, 16_383, "x")
        return out.getvalue()

    assert read_table(sheet(corner=False)).rows == (("Kartan", "1"),)
    with pytest.raises(ValidationError):
        read_table(sheet(corner=True))


def test_endless_empty_rows_of_an_ods_sheet_are_nothing() -> None:
    tail = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    rows = f"<table:table-row>{word('Namn')}{word('Kod')}</table:table-row><table:table-row>{word('Kartan')}{word('1')}</table:table-row>"
    assert read_table(ods(rows + tail)).rows == (("Kartan", "1"),)
