"""The receipt and the form on paper."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from dialogi.commons.codes import spoken
from dialogi.people.actions.structure import the_municipality
from dialogi.testing import SETUP
from dialogi.voices.prints import ReceiptData, feedback_sheet, receipt_pdf
from dialogi.voices.queries.recognising import code_of_the_house

CODE = "KR4F-7MPT-2XWJ-983F"
ADDRESSES = {language: f"https://dialogi.example/{language}/speak/" for language in ("sv", "fi")}


def receipt(language, *, due=True, unit="Kommunteknik"):
    return ReceiptData(
        code=CODE,
        spoken=list(spoken(CODE, language)),
        short_code="K4M7R2",
        address=f"https://dialogi.example/{language}/status/",
        arrived_at=datetime(2026, 11, 20, 22, 30, tzinfo=UTC),
        due_at=datetime(2026, 12, 4, 10, tzinfo=UTC) if due else None,
        unit=unit,
        kind="Felanmälan",
    )


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


@pytest.mark.parametrize("language", ["sv", "fi", "en"])
def test_a_receipt_is_one_readable_page_in_the_language_of_the_one_who_spoke(language):
    document = opened(receipt_pdf(receipt(language), language))
    assert len(document.pages) == 1
    assert str(document.Root.Lang) == language
    figures = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
    assert len(figures) == 1
    assert "QR" in str(figures[0]["/Alt"])


def test_a_receipt_without_a_promised_day_or_unit_can_be_made_and_a_hostile_name_stays_a_name():
    assert len(opened(receipt_pdf(receipt("sv", due=False, unit=""), "sv")).pages) == 1
    assert receipt_pdf(receipt("sv", unit='#panic() "]$ \U0001f600'), "sv").startswith(b"%PDF")


def test_the_same_receipt_has_the_same_bytes():
    assert receipt_pdf(receipt("fi"), "fi") == receipt_pdf(receipt("fi"), "fi")


@pytest.mark.parametrize(
    ("code", "titles"),
    [("", None), ("K4M7R2", None), ("K4M7R2", {"sv": "Biblioteket i Smedsby", "fi": "Sepänkylän kirjasto"}), ("K4M7R2", {"sv": "Mycket lång " * 16, "fi": "Pitkä " * 33})],
)
def test_the_form_is_one_sheet_with_both_languages(code, titles):
    document = opened(feedback_sheet(code=code, addresses=ADDRESSES, subject_title=titles))
    assert len(document.pages) == 2
    languages = {str(item["/Lang"]) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/Lang" in item}
    assert {"sv", "fi"} <= languages
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


@pytest.mark.django_db
def test_a_sheet_about_nothing_yet_carries_the_code_of_the_municipality():
    assert code_of_the_house() == ""
    municipality = the_municipality(by=SETUP)
    assert code_of_the_house() == municipality.subject.code
