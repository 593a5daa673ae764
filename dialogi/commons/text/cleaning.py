"""What people type, made safe to store and show without changing a word of it.

Removed are signs nobody means to send: control characters, lone surrogates, invisible and direction-changing signs
(U+200B, U+202A-202E, U+2066-2069 make "gpj.exe" read as "exe.jpg"), and more combining marks on a letter than any
written language uses. What is left is in Unicode form NFC with plain line feeds.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_MARKS = 4
# Letters and signs of which each is its own normal form and nothing is invisible: most texts of the town hold no others.
_SURE = re.compile("[ -~\n\t¡-¬®-ʯ–—‘’“”•…€]*")
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_JOINERS = {"\u200c", "\u200d"}  # needed inside emoji and in Persian and Indic words; nowhere else
_FIRST_JOINING = "\u0590"
_NUMBER_SIGNS = range(0x0600, 0x08E3)  # Arabic signs that have a shape although Unicode files them under format
_NOT_IN_NAMES = re.compile(r'[<>:"|?*%&;$`\'\x00-\x1f]')
_RESERVED_NAMES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")


def clean_text(value: object, *, max_length: int, single_line: bool = False) -> str:
    """Return the text cleaned, at most `max_length` characters long; raises ValidationError in the reader's language.

    With `single_line` every run of blanks and line breaks becomes one space.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValidationError(_("Write this as text."), code="invalid")
    # Marks and invisible signs may go, so a text a little too long gets its chance; an endless one is not worth reading.
    if len(value) > 4 * max_length + 1000:
        raise _too_long(len(value), max_length)
    text = visible_text(value)
    text = " ".join(text.split()) if single_line else text.strip()
    if len(text) > max_length:
        raise _too_long(len(text), max_length)
    return text


def visible_text(text: str) -> str:
    """Return the text with nothing invisible in it and plain line feeds. Blanks at its ends stay: it may be a piece of a longer one."""
    return _visible(_LINE_BREAKS.sub("\n", text))


def header_safe(value: str, *, max_length: int = 200) -> str:
    """Return one line without control characters, cut to `max_length`: for subjects and names in e-mail and HTTP headers, and for log lines."""
    text = _visible(_LINE_BREAKS.sub(" ", value[: 4 * max_length]))
    return " ".join(text.split())[:max_length].rstrip()


def safe_filename(name: str, *, max_length: int = 100) -> str:
    """Return a name safe on every system and in every header: no folders, no reserved names, no leading dot; never empty."""
    last = re.split(r"[/\\]", name[-1000:])[-1]
    text = _NOT_IN_NAMES.sub("_", header_safe(last, max_length=1000)).strip(" .")
    text = _RESERVED_NAMES.sub(r"_\1", text)
    stem, dot, ending = text.rpartition(".")
    if not stem:
        stem, dot, ending = text, "", ""
    ending = ending[:10]
    room = max_length - len(dot) - len(ending)
    return (stem[:room].rstrip(" .") or "file") + dot + ending


def _visible(text: str) -> str:
    if _SURE.fullmatch(text):
        return text
    # Marks are cut before normalising too: putting 30 000 of them in order takes a second.
    return unicodedata.normalize("NFC", _only_meant(unicodedata.normalize("NFC", _only_meant(text))))


def _only_meant(text: str) -> str:
    kept: list[str] = []
    marks = 0
    joiner = ""
    for sign in text:
        category = unicodedata.category(sign)
        if sign in _JOINERS:
            joiner = sign
        elif category in {"Mn", "Me"}:
            marks += 1
            joiner = ""
            if marks <= MOST_MARKS:
                kept.append(sign)
        elif not _is_unwanted(sign, category):
            if joiner and kept and kept[-1] >= _FIRST_JOINING and sign >= _FIRST_JOINING:
                kept.append(joiner)
            kept.append(sign)
            marks, joiner = 0, ""
    return "".join(kept)


def _is_unwanted(sign: str, category: str) -> bool:
    if category == "Cf":
        return ord(sign) not in _NUMBER_SIGNS or sign == "\u061c"
    if category == "Cc":
        return sign not in "\n\t"
    return category == "Cs" or ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF


def _too_long(length: int, max_length: int) -> ValidationError:
    over = length - max_length
    words = ngettext(
        "The text is too long. It may have %(max)s characters and has %(now)s: take away %(over)s character.",
        "The text is too long. It may have %(max)s characters and has %(now)s: take away %(over)s characters.",
        over,
    )
    return ValidationError(words, code="max_length", params={"max": max_length, "now": length, "over": over})
