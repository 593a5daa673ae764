"""The bilingual table of points and answers for the planning file: as PDF/UA and as DOCX, the same content as the page."""

import io
from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row

from dialogi.commons.languages import current_language, in_language
from dialogi.commons.pdf import render_pdf
from dialogi.consultations.models import Consultation, Point, Verdict
from dialogi.consultations.queries.points import PublicPoint

LANGUAGES = ("sv", "fi")
NAMES = {"sv": "Svenska", "fi": "Suomi"}


def _side(point: Point, language: str) -> dict[str, str]:
    """One language's half of a row."""
    with override(language):
        return {
            "language": language,
            "title": str(in_language(point, "title", language)),
            "verdict": str(Verdict(point.verdict).label) if point.verdict else "",
            "answer": str(in_language(point, "answer", language)),
            "change_label": _("What changed"),
            "change": str(in_language(point, "change", language)),
        }


def _rows(points: Sequence[PublicPoint]) -> list[dict[str, Any]]:
    return [
        {
            "number": str(one.point.number),
            "paragraph": f"§ {one.number}" if one.number else "",
            "total": one.total,
            "codes": ", ".join(one.codes),
            "sides": [_side(one.point, language) for language in LANGUAGES],
        }
        for one in points
    ]


def _heads(consultation: Consultation) -> dict[str, Any]:
    titles = []
    for language in LANGUAGES:
        with override(language):
            day = date_format(consultation.answered_at, "DATE_FORMAT") if consultation.answered_at else ""
            title = str(in_language(consultation, "title", language))
            titles.append({"language": language, "name": NAMES[language], "title": title, "kind": _("Points and answers"), "day": day})
    return {"titles": titles, "code": consultation.subject.code, "comments": _("comments"), "number": _("Number")}


def points_pdf(consultation: Consultation, points: Sequence[PublicPoint]) -> bytes:
    """Return the table as a PDF/UA-1 document."""
    title = f"{_('Points and answers')}: {in_language(consultation, 'title')}"
    data = {**_heads(consultation), "rows": _rows(points)}
    return render_pdf("consultations/typst/points.typ", data, language=current_language(), title=title)


def points_docx(consultation: Consultation, points: Sequence[PublicPoint]) -> bytes:
    """Return the table as DOCX: a real table with a repeated header row, every cell marked with its language."""
    heads, document = _heads(consultation), Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    document.core_properties.title = " / ".join(head["title"] for head in heads["titles"])
    document.core_properties.author = ""
    for head in heads["titles"]:
        _write(document.add_heading(level=1), f"{head['kind']}: {head['title']}", head["language"])
    document.add_paragraph(f"{heads['code']} · {heads['titles'][0]['day']}")
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    _repeat(table.rows[0])
    for cell, words, language in zip(table.rows[0].cells, (heads["number"], *NAMES.values()), (current_language(), *LANGUAGES), strict=True):
        _write(cell.paragraphs[0], words, language, bold=True)
    for row in _rows(points):
        cells = table.add_row().cells
        number = " ".join(part for part in (row["number"], row["paragraph"], f"({row['total']})") if part)
        _write(cells[0].paragraphs[0], number, current_language(), bold=True)
        for cell, side in zip(cells[1:], row["sides"], strict=True):
            _fill(cell, side)
    for column, width in zip(table.columns, (Mm(25), Mm(115), Mm(115)), strict=True):
        column.width = width
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(cell: _Cell, side: dict[str, str]) -> None:
    _write(cell.paragraphs[0], side["title"], side["language"], bold=True)
    changed = f"{side['change_label']}: {side['change']}" if side["change"] else ""
    for words in (side["verdict"], *side["answer"].splitlines(), changed):
        if words.strip():
            _write(cell.add_paragraph(), words, side["language"])


def _write(paragraph: Any, words: str, language: str, *, bold: bool = False) -> None:
    """Write words marked with their language, so that a screen reader speaks them right."""
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold or None, Pt(10)
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), {"sv": "sv-FI", "fi": "fi-FI", "en": "en-GB"}[language])
    run._element.get_or_add_rPr().append(mark)


def _repeat(row: _Row) -> None:
    """Mark a row as the table's head, repeated on each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
