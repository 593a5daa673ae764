"""Files that are nothing but text: notes and saved e-mails. They have no signature, so the ending of the name decides which is meant."""

from email.parser import BytesHeaderParser

from django.utils.translation import gettext_lazy as _

from dialogi.commons.attachments.kinds import EVERY_KIND, FileKind, refusal, refuse_kind
from dialogi.commons.text import clean_text

LONGEST_TEXT = 1_000_000
_MARKUP = (b"<script", b"<html", b"<svg", b"<?php", b"<?xml", b"<!doctype", b"<body", b"<iframe")
_HEADERS = ("date", "to", "subject", "message-id", "received")


def plain_kind(data: bytes, name: str) -> FileKind:
    """Return TXT or EML for a text with that ending; raises ValidationError for everything else."""
    ending = name.rpartition(".")[2].lower()
    if ending == "txt" and not _is_markup(data) and decoded_text(data) is not None:
        return FileKind.TXT
    if ending == "eml" and _is_message(data):
        return FileKind.EML
    raise refuse_kind(data, EVERY_KIND)


def as_plain_text(data: bytes) -> bytes:
    """Return the text in UTF-8 with nothing invisible in it; raises ValidationError when it is too long."""
    if len(data) > 2 * LONGEST_TEXT:
        raise refusal(_("“%(name)s” is too long a text. Send it as PDF."))
    return clean_text(decoded_text(data) or "", max_length=2 * LONGEST_TEXT).encode()


def decoded_text(data: bytes) -> str | None:
    """Return the text in whichever of the usual encodings it is: UTF-8, UTF-16 with its mark, or that of older Windows; None when it is no text."""
    encodings = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def _is_markup(data: bytes) -> bool:
    start = data[:2048].replace(b"\x00", b"").lower()
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<", b"#!")) or any(tag in start for tag in _MARKUP)


def _is_message(data: bytes) -> bool:
    if b"\x00" in data or not (b"\n\n" in data or b"\r\n\r\n" in data):
        return False
    headers = BytesHeaderParser().parsebytes(data[:65_536])
    return "from" in headers and sum(name in headers for name in _HEADERS) >= 2
