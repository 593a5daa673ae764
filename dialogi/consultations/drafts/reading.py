"""From a file to a draft: what it is, told by what is in it, and why not when it cannot be read."""

from django.conf import settings
from django.core.exceptions import ValidationError

from dialogi.commons.attachments.kinds import FileKind
from dialogi.commons.attachments.packages import office_kind
from dialogi.commons.text import safe_filename
from dialogi.consultations.drafts.blocks import Draft
from dialogi.consultations.drafts.building import Builder
from dialogi.consultations.drafts.docx import read_docx
from dialogi.consultations.drafts.markdown_source import read_markdown
from dialogi.consultations.drafts.odt import read_odt
from dialogi.consultations.drafts.refusals import Flaw, UnreadableDraft

ENDINGS = (".docx", ".odt", ".md", ".markdown", ".txt")
_PACKAGE = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the box that old Word files and locked new ones lie in
_LOCKED_INSIDE = "EncryptedPackage".encode("utf-16-le")
_WORD_INSIDE = "WordDocument".encode("utf-16-le")
_WEB = (b"<!doctype html", b"<html", b"<head", b"<body")
_TEXTS = frozenset({"md", "markdown", "mdown", "mkd", "txt", "text"})
_FLAWS = {"damaged": Flaw.DAMAGED, "too_much": Flaw.TOO_MUCH, "programs": Flaw.PROGRAMS, "locked": Flaw.LOCKED}


def read_draft(data: bytes, *, name: str) -> Draft:
    """Return the draft in a file; raises UnreadableDraft, which names the file and says what to do.

    Takes up to some seconds: call it outside any transaction.
    """
    shown = safe_filename(name)
    try:
        builder = Builder()
        _read(data, shown, builder)
        return builder.draft()
    except UnreadableDraft as refusal:
        raise refusal.named(shown) from refusal


def _read(data: bytes, name: str, builder: Builder) -> None:
    if not data.strip():
        raise UnreadableDraft(Flaw.EMPTY)
    if len(data) > settings.ATTACHMENT_MAX_BYTES:
        raise UnreadableDraft(Flaw.TOO_LARGE, megabytes=settings.ATTACHMENT_MAX_BYTES // 1_000_000)
    if data.startswith(_PACKAGE):
        _read_package(data, builder)
        return
    if flaw := _known_flaw(data):
        raise UnreadableDraft(flaw)
    if name.rpartition(".")[2].lower() not in _TEXTS:
        raise UnreadableDraft(Flaw.OTHER_KIND)
    read_markdown(data, builder)


def _read_package(data: bytes, builder: Builder) -> None:
    try:
        kind = office_kind(data)
    except ValidationError as refusal:
        raise UnreadableDraft(_FLAWS.get(refusal.code or "", Flaw.OTHER_KIND)) from refusal
    if kind is FileKind.DOCX:
        read_docx(data, builder)
    elif kind is FileKind.ODT:
        read_odt(data, builder)
    else:
        raise UnreadableDraft(Flaw.OTHER_KIND)


def _known_flaw(data: bytes) -> Flaw | None:
    """Return what is known to be something else than a draft, so that its author is told what to do with it."""
    if data.startswith(_COMPOUND):
        return Flaw.LOCKED if _LOCKED_INSIDE in data else Flaw.OLD_WORD if _WORD_INSIDE in data else Flaw.OTHER_KIND
    start = data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"%pdf-" in start:
        return Flaw.PDF
    if start.startswith(b"{\\rtf"):
        return Flaw.RTF
    if start.startswith(_WEB):
        return Flaw.WEB_PAGE
    return Flaw.OTHER_KIND if start.startswith(b"<?xml") else None
