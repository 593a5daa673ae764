"""PDF that everybody can read, from data that cannot become a document's program."""

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from dialogi.commons.pdf import PdfError, pdf_response, printable, qr_svg, render_pdf

TEMPLATE = "commons/tests/typst/words.typ"
HOSTILE = '#panic("x") $ * _ ` ``` \\ #include "/settings.py" #read("/settings.py") <label> @ref // /* "]} \u202e \U0001f600 å ä ö'


def words(text="Hej på dig", *, language="sv", title="Ett brev"):
    return render_pdf(TEMPLATE, {"words": text, "qr": qr_svg("https://dialogi.example/")}, language=language, title=title)


def text_of(pdf: bytes) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not on this machine")
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_the_document_says_what_it_is_in_the_way_of_pdf_ua():
    document = pikepdf.open(io.BytesIO(words(language="fi", title="Kirje")))
    root = document.Root
    assert bool(root.MarkInfo.Marked)
    assert "/StructTreeRoot" in root
    assert str(root.Lang).startswith("fi")
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Kirje"


def test_the_structure_has_headings_and_each_picture_its_text():
    document = pikepdf.open(io.BytesIO(words()))
    kinds = {str(item.get("/S")) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item}
    assert "/H1" in kinds
    assert "/Figure" in kinds
    figures = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
    assert [str(figure.get("/Alt", "")) for figure in figures] == ["QR: dialogi.example"]


def test_the_same_data_gives_the_same_bytes():
    assert words() == words()
    assert words() != words("Hej då")


def test_what_a_person_wrote_stays_text():
    plain = text_of(words(HOSTILE))
    assert '#panic("x")' in plain
    assert "#read(" in plain
    assert "SECRET_KEY" not in plain


def test_a_sign_that_the_font_lacks_becomes_a_question_mark_and_stops_nothing():
    assert printable("\U0001f600 a\u0308 \u202eb\u200d\u202fc") == "? ä b c"
    assert words("\U0001f469\u200d\U0001f4bb العربية 中文").startswith(b"%PDF")


def test_all_its_letters_are_carried_along():
    document = pikepdf.open(io.BytesIO(words()))
    fonts = {str(item["/FontName"]) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item}
    assert fonts
    assert all("Atkinson" in font for font in fonts)


def test_a_picture_without_a_text_is_refused():
    with pytest.raises(PdfError):
        render_pdf("commons/tests/typst/mute.typ", {}, language="sv", title="Stum")


def test_a_flood_of_data_is_refused():
    with pytest.raises(ValueError, match="too many"):
        words("x" * 1_000_001)


def test_a_qr_code_is_a_picture_without_a_script_and_bounded():
    svg = qr_svg("https://dialogi.example/sv/status/")
    assert svg.startswith("<svg")
    assert "script" not in svg
    for nonsense in ("", "x" * 301):
        with pytest.raises(ValueError, match="QR"):
            qr_svg(nonsense)


def test_an_answer_with_a_private_document_is_kept_by_nobody_and_its_name_breaks_no_header():
    response = pdf_response(b"%PDF", filename='kvitto"\r\nX-Evil: 1 åäö.pdf')
    assert response["Cache-Control"] == "private, no-store"
    assert "\n" not in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("inline")
    assert "Cache-Control" not in pdf_response(b"%PDF", filename="blankett.pdf", is_public=True)


def test_the_licence_lies_beside_the_fonts(settings):
    folder = Path(settings.BASE) / "commons/typst/fonts"
    assert "SIL Open Font License" in (folder / "OFL.txt").read_text()
    assert len(list(folder.glob("*.ttf"))) == 3
