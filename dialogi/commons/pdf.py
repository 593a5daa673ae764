"""PDF that everybody can read: typst with PDF/UA-1, our own type, the same bytes for the same data."""

import io
import json
import unicodedata
from functools import cache
from typing import Any, Literal

import segno
import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from dialogi.commons.text.cleaning import safe_filename

MOST_DATA = 1_000_000  # characters of JSON; a sheet for people is far smaller
STANDARD: Literal["ua-1"] = "ua-1"
NO_SHAPE = "?"
_SPACES = dict.fromkeys("\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\xa0", " ") | {"\u2011": "-", "\u2212": "-"}


class PdfError(Exception):
    """The document could not be made; the message is for those who keep the installation, not for readers."""


def render_pdf(template: str, data: dict[str, Any], *, language: str, title: str) -> bytes:
    """Make a PDF/UA-1 document from a typst template of the house, such as "voices/typst/receipt.typ".

    The data travels as JSON beside the template, never inside it: what a person wrote stays text. The same data gives the same
    bytes. Takes 20 to 80 ms. Raises PdfError when the template refuses, for example a picture without a text, and ValueError
    when the data is too large.
    """
    payload = json.dumps({**data, "language": language, "title": title}, ensure_ascii=False, default=str)
    payload = printable(payload)
    if len(payload) > MOST_DATA:
        raise ValueError(f"{len(payload)} characters of data are too many for a document")
    try:
        made = typst.compile(
            str(settings.BASE / template),
            root=str(settings.BASE),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": payload},
            pdf_standards=STANDARD,
        )
    except RuntimeError as error:
        raise PdfError(f"{template}: {error}") from error
    if not isinstance(made, bytes):
        raise PdfError(f"{template} gave no single document")
    return made


def printable(text: str) -> str:
    """Return the text with signs that our fonts lack, such as emoji, as a question mark: PDF/UA refuses a sign without a shape.

    Signs that only join or turn others (zero width, direction) fall away.
    """
    letters = _letters()
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        if sign in "\n\t" or ord(sign) in letters:
            kept.append(sign)
        elif unicodedata.category(sign) not in {"Cf", "Cc", "Cs", "Mn", "Me"}:
            kept.append(_SPACES.get(sign, NO_SHAPE))
    return "".join(kept)


@cache
def _letters() -> frozenset[int]:
    lines = (settings.BASE / "commons/typst/fonts/letters.txt").read_text().split()
    pairs = [(int(first, 16), int(last, 16)) for first, last in (line.split("-") for line in lines)]
    return frozenset(point for first, last in pairs for point in range(first, last + 1))


@cache
def _fonts() -> list[str]:
    return [str(settings.BASE / "commons/typst/fonts")]


def qr_svg(address: str) -> str:
    """Return a QR code of an address as SVG, error correction M; a template gives it its alternative text.

    Raises ValueError for an address too long to be read from paper by an old phone.
    """
    if not address or len(address) > 300:
        raise ValueError("a QR code on paper holds 1 to 300 characters")
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, scale=4, xmldecl=False, dark="#000")
    return out.getvalue().decode()


def pdf_response(content: bytes, *, filename: str, is_public: bool = False) -> HttpResponse:
    """Answer with a PDF shown in the browser; unless it is public, nothing on the way may keep a copy."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, safe_filename(filename)) or "inline"
    if not is_public:
        response.headers["Cache-Control"] = "private, no-store"
    return response
