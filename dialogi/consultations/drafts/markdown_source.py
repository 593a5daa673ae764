"""Drafts written in Markdown (CommonMark with tables and footnotes). HTML in them is text like any other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from dialogi.commons.attachments.plain import decoded_text
from dialogi.commons.text import visible_text
from dialogi.consultations.drafts import notes
from dialogi.consultations.drafts.building import LONGEST_PARAGRAPH, MOST_BLOCKS, Builder, too_long
from dialogi.consultations.drafts.counting import BULLET
from dialogi.consultations.drafts.inline import Run, address, runs_of
from dialogi.consultations.drafts.refusals import Flaw, UnreadableDraft
from dialogi.consultations.drafts.remarks import RemarkKind

MOST_CHARACTERS = 1_500_000
MOST_LINES = 60_000
MOST_DEPTH = 20
_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 10 * MOST_DEPTH}).enable("table")
# Paragraphs are measured before their words are parsed: some of a hundred thousand signs take minutes.
_PARSER.disable(["html_block", "html_inline", "inline"])
_NOTE = re.compile(r"(?m)^ {0,3}\[\^([^\]\s]{1,50})\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*))*)\n?")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,50})\]")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<!--")
_GARBLED = re.compile("Ã[¤¥¶„…–]|Ã\u0085|Ã\u0096|Ã\u0084|\ufffd")
_FEW = 8
_SIGN_OF_NOTHING = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_markdown(data: bytes, builder: Builder) -> None:
    """Hand the blocks of a text to the builder."""
    text = _text(data, builder)
    sources = {match[1]: match[2] for match in _NOTE.finditer(text)}
    references: dict[str, Any] = {}
    tokens = _PARSER.parse(_NOTE.sub("\n", text), references)
    _Reader(builder, sources, references).read(tokens)


def _text(data: bytes, builder: Builder) -> str:
    decoded = decoded_text(data)
    if decoded is None or len(_SIGN_OF_NOTHING.findall(decoded)) > max(len(decoded) // 100, _FEW):
        raise UnreadableDraft(Flaw.NOT_TEXT)
    if len(decoded) > MOST_CHARACTERS:
        raise UnreadableDraft(Flaw.TOO_LONG, most=MOST_CHARACTERS)
    if decoded.count("\n") > MOST_LINES:
        raise UnreadableDraft(Flaw.TOO_MANY_BLOCKS, most=MOST_BLOCKS)
    if not _is_unicode(data):
        builder.remark_whole(RemarkKind.ENCODING)
    if _GARBLED.search(decoded):
        builder.remark_whole(RemarkKind.GARBLED)
    # A form feed is where a page ends; the rest of what nobody sees goes with the same rule as everywhere.
    return visible_text(decoded)


def _is_unicode(data: bytes) -> bool:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@dataclass
class _List:
    """A list, or an item in it, that is open while its words are read."""

    level: int
    marker: str = ""


@dataclass
class _Reader:
    builder: Builder
    sources: dict[str, str]
    references: dict[str, Any]
    _items: list[_List] = field(default_factory=list)
    _quotes: int = 0

    def read(self, tokens: Sequence[Token]) -> None:
        """Read the tokens of a whole text."""
        within = ""
        rows: list[list[list[Run]]] = []
        for token in tokens:
            kind = token.type
            if kind in {"heading_open", "paragraph_open"}:
                within = token.tag
            elif kind == "tr_open":
                rows.append([])
            elif kind == "table_close":
                self.builder.table(rows)
                rows = []
            elif kind == "inline":
                if token.level and rows and within == "":
                    rows[-1].append(self._runs(token))
                else:
                    self._say(self._runs(token), within)
                    within = ""
            elif kind in {"fence", "code_block"}:
                self._say([Run(token.content.rstrip())], "p")
            else:
                self._structure(token)

    def _structure(self, token: Token) -> None:
        if token.type == "blockquote_open":
            self._quotes += 1
        elif token.type == "blockquote_close":
            self._quotes -= 1
        elif token.type == "list_item_open":
            marker = f"{token.info}{token.markup}" if token.info else BULLET
            self._items.append(_List(len(self._items) + 1, marker))
        elif token.type == "list_item_close":
            self._items.pop()
        if len(self._items) + self._quotes > MOST_DEPTH:
            raise UnreadableDraft(Flaw.TOO_DEEP, most=MOST_DEPTH)

    def _say(self, runs: list[Run], within: str) -> None:
        if self._items and self._items[-1].marker:
            self.builder.item(runs, level=self._items[-1].level, marker=self._items[-1].marker)
            self._items[-1].marker = ""
        elif within.startswith("h") and not self._items and not self._quotes:
            self.builder.heading(runs, level=int(within[1]))
        elif self._quotes:
            self.builder.quote(runs)
        else:
            self.builder.paragraph(runs)

    def _runs(self, token: Token) -> list[Run]:
        runs = self._parsed(token.content)
        if any(run.href and not address(run.href) for run in runs):
            self.builder.remark(RemarkKind.LINKS)
        if any(_TAG.search(run.text) for run in runs):
            self.builder.remark(RemarkKind.MARKUP)
        return self._with_notes(runs) if self.sources else runs

    def _parsed(self, text: str) -> list[Run]:
        if len(text) > 2 * LONGEST_PARAGRAPH:
            raise too_long(text)
        self.builder.weigh(text)
        return runs_of(text, references=self.references, picture=lambda: self.builder.remark(RemarkKind.PICTURES))

    def _with_notes(self, runs: list[Run]) -> list[Run]:
        found: list[Run] = []
        said: list[list[Run]] = []
        for run in runs:
            for place, piece in enumerate(_NOTE_MARK.split(run.text)):
                if place % 2 == 0:
                    found.append(Run(piece, run.strong, run.em, run.href))
                elif piece in self.sources:
                    said.append(self._note(piece))
                    found.append(notes.mark(len(said)))
                else:
                    found.append(Run(f"[^{piece}]", run.strong, run.em, run.href))
        return notes.with_notes(found, said)

    def _note(self, name: str) -> list[Run]:
        return self._parsed(" ".join(self.sources[name].split()))
