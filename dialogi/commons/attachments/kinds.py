"""Which files are taken, told by their first bytes; the sender's name and type of the file count for nothing."""

from enum import Enum
from typing import Any

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class FileKind(Enum):
    """A kind of file that is taken: the type it is served as, and the ending of its name."""

    JPEG = "image/jpeg", "jpg"
    PNG = "image/png", "png"
    WEBP = "image/webp", "webp"
    PDF = "application/pdf", "pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
    ODT = "application/vnd.oasis.opendocument.text", "odt"
    ODS = "application/vnd.oasis.opendocument.spreadsheet", "ods"
    TXT = "text/plain; charset=utf-8", "txt"
    EML = "message/rfc822", "eml"

    @property
    def content_type(self) -> str:
        """The type the file is served as."""
        return self.value[0]

    @property
    def ending(self) -> str:
        """The ending of the file's name, without the dot."""
        return self.value[1]


IMAGES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
EVERY_KIND = frozenset(FileKind)

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_PHOTOS_ONLY = _("“%(name)s” cannot be sent here. Send photos as JPEG, PNG or WebP.")
_ALL_KINDS = _("“%(name)s” cannot be sent. Send photos as JPEG, PNG or WebP, and documents as PDF, DOCX, ODT, XLSX, ODS, TXT or EML.")
_KNOWN_BUT_NOT_TAKEN = _("“%(name)s” seems to be a %(kind)s file, which cannot be sent. Save it as JPEG or PDF and send it again.")


def refusal(message: Any, *, code: str = "file", **params: object) -> ValidationError:
    """Return the error for a file that is not taken; whoever knows the file's name adds it as `name`."""
    return ValidationError(message, code=code, params=params)


def refuse_kind(data: bytes, allowed: frozenset[FileKind]) -> ValidationError:
    """Return the error for a file of a kind that is not taken here, naming what it seems to be when that is known."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return refusal(_("“%(name)s” is an HEIC photo, which most browsers cannot show. Save it as JPEG and send it again."))
    if allowed <= IMAGES:
        return refusal(_PHOTOS_ONLY)
    seems = _seems_to_be(data)
    return refusal(_KNOWN_BUT_NOT_TAKEN, kind=seems) if seems else refusal(_ALL_KINDS)


def signature_of(data: bytes) -> FileKind | None:
    """Return the kind that the first bytes tell, DOCX for any package of files; None when they tell none of ours."""
    if data.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return FileKind.WEBP
    # Readers take a PDF that begins later; so do those who hide one file in another.
    if data.startswith((b"%PDF-1.", b"%PDF-2.")):
        return FileKind.PDF
    return FileKind.DOCX if data.startswith(b"PK\x03\x04") else None


def _seems_to_be(data: bytes) -> str:
    try:
        return puremagic.from_string(data[:2048]).lstrip(".").upper()[:6]
    except (puremagic.PureError, ValueError):
        return ""
