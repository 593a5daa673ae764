"""Why a document cannot be read as a draft, said so that its author knows what to do."""

from enum import StrEnum
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

_grouped = lazy(partial(number_format, force_grouping=True), str)  # 10 000 or 10,000, as the reader's language has it


class Flaw(StrEnum):
    """Why it cannot be read; the code of the refusal."""

    EMPTY = "empty"
    NO_TEXT = "no_text"
    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"
    DAMAGED = "damaged"
    LOCKED = "locked"
    PROGRAMS = "programs"
    OLD_WORD = "old_word"
    PDF = "pdf"
    RTF = "rtf"
    WEB_PAGE = "web_page"
    OTHER_KIND = "other_kind"
    NOT_TEXT = "not_text"
    TOO_DEEP = "too_deep"
    TOO_MANY_BLOCKS = "too_many_blocks"
    TOO_LONG = "too_long"
    LONG_PARAGRAPH = "long_paragraph"
    LARGE_TABLE = "large_table"
    TOO_MANY_MARKS = "too_many_marks"


class UnreadableDraft(ValidationError):
    """The document cannot be read as a draft. A form shows it like any other error; `flaw` says which it is."""

    def __init__(self, flaw: Flaw, **params: object) -> None:
        shown = {key: _grouped(value) if isinstance(value, int) else value for key, value in params.items()}
        super().__init__(_SENTENCES[flaw], code=flaw.value, params=shown)
        self.flaw = flaw

    def named(self, name: str) -> "UnreadableDraft":
        """Return the same refusal with the name of the file in its sentence."""
        return UnreadableDraft(self.flaw, **{**(self.params or {}), "name": name})


_SENTENCES: dict[Flaw, Any] = {
    Flaw.EMPTY: _("“%(name)s” is empty. Choose the file again."),
    Flaw.NO_TEXT: _("“%(name)s” holds no text. If its pages are pictures, for example scanned, the text must be written out first."),
    Flaw.TOO_LARGE: _("“%(name)s” is too large: a draft may have at most %(megabytes)s MB. Take out the pictures; they are not shown here anyway."),
    Flaw.TOO_MUCH: _("“%(name)s” unpacks to more than can be checked. Take out the pictures and other large parts and save it again."),
    Flaw.DAMAGED: _("“%(name)s” is damaged and cannot be read. Open it in a word processor, save it again as DOCX or ODT and send that."),
    Flaw.LOCKED: _("“%(name)s” is locked with a password. Save it without the password and send it again."),
    Flaw.PROGRAMS: _("“%(name)s” holds macros or other programs. Save it as an ordinary document (DOCX or ODT, without macros) and send that."),
    Flaw.OLD_WORD: _("“%(name)s” is in the old format of Word (DOC). Open it, choose Save as, and save it as DOCX."),
    Flaw.PDF: _("“%(name)s” is a PDF, where paragraphs cannot be told apart. Send the document it was made from, as DOCX, ODT or Markdown."),
    Flaw.RTF: _("“%(name)s” is in the RTF format. Open it in a word processor and save it as DOCX or ODT."),
    Flaw.WEB_PAGE: _("“%(name)s” is a web page. Copy its text into a word processor and save it as DOCX or ODT, or write it as Markdown."),
    Flaw.OTHER_KIND: _("“%(name)s” cannot be read as a draft. Send a document as DOCX, ODT or Markdown."),
    Flaw.NOT_TEXT: _("“%(name)s” cannot be read as text. Save it again as text in UTF-8, or send it as DOCX or ODT."),
    Flaw.TOO_DEEP: _("“%(name)s” has lists or parts inside each other more than %(most)s deep. Make it flatter and send it again."),
    Flaw.TOO_MANY_BLOCKS: _("“%(name)s” has more than %(most)s paragraphs. Divide it into several drafts, or send parts of it as annexes."),
    Flaw.TOO_LONG: _("“%(name)s” has more than %(most)s characters of text. Divide it into several drafts, or send parts of it as annexes."),
    Flaw.LONG_PARAGRAPH: _("“%(name)s” has a paragraph of more than %(most)s characters. Divide it with paragraph breaks. It begins: %(start)s"),
    Flaw.TOO_MANY_MARKS: _("“%(name)s” has more than %(most)s signs such as * _ [ ], more than a text needs. Take out lines and fields made of such signs."),
    Flaw.LARGE_TABLE: _(
        "“%(name)s” has a table too large to comment on: at most %(most)s cells and %(letters)s characters fit. Send it as an annex. It begins: %(start)s"
    ),
}
