"""The text of one paragraph: runs of words with stress and links, and the same as Markdown."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from dialogi.commons.text import visible_text

LONGEST_ADDRESS = 2_000
_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20}).disable(["html_block", "html_inline"])
_ADDRESS = re.compile(r"(?i)(?:https?://[^\s/?#@\\]+(?:[/?#]\S*)?|mailto:[^\s@<>\\]+@[^\s@<>\\]+)\Z")
_SPECIAL = re.compile(r"[*_`\\<&\[\]|]")
_MARK = re.compile(r"[*_`\\\[\]|]|<(?=[A-Za-z/!?])|&(?=#?\w{1,40};)")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# At the start of a line these would begin a block, were the text ever read as one.
_BLOCK_SIGN = re.compile(r"(?m)^(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|>|[=-]+\s*$|~~~)")
_BLOCK_NUMBER = re.compile(r"(?m)^(\d{1,9})(?=[.)](?:\s|$))")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_BLANKS = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" *\n[ \n]*")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words that look alike. A line feed is a line break inside the paragraph."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""

    @property
    def look(self) -> tuple[bool, bool, str]:
        """What it shares with a neighbour that can be joined to it."""
        return self.strong, self.em, self.href


def marks_in(text: str) -> int:
    """Return how many signs of a text could be marks of Markdown."""
    return len(_SPECIAL.findall(text))


def address(href: str) -> str:
    """Return the address of a web page or an e-mail address in its usual form; empty for everything else."""
    if len(href) > LONGEST_ADDRESS or not _ADDRESS.match(href.strip()):
        return ""
    usual = normalizeLink(href.strip())
    return usual if _ADDRESS.match(usual) else ""


def tidy(runs: Iterable[Run]) -> list[Run]:
    """Return the runs cleaned and joined: nothing invisible, one blank at a time, none at the ends, stress on words and not on the blanks beside them."""
    kept: list[Run] = []
    before = "\n"
    for run in _bridged(chain.from_iterable(map(_clean, runs))):
        text = _AROUND_BREAK.sub("\n", _BLANKS.sub(" ", run.text))
        text = text.lstrip() if before.endswith("\n") else text.lstrip(" ") if before.endswith(" ") else text
        if text.startswith("\n") and before.endswith(" "):
            kept[-1] = replace(kept[-1], text=kept[-1].text[:-1])
        if text:
            kept.append(replace(run, text=text))
            before = text
    # A letter and its accent may have come in two pieces.
    return [replace(run, text=visible_text(run.text)) for run in _joined(_without_end(list(_joined(kept))))]


def _clean(run: Run) -> Iterator[Run]:
    text = visible_text(run.text)
    href = address(run.href)
    if not (run.strong or run.em or href):
        yield Run(text)
        return
    # A mark beside a blank is no mark in Markdown, and a line break ends it.
    for line in re.split(r"(\n)", text):
        core = line.strip()
        if core:
            yield Run(line[: len(line) - len(line.lstrip())])
            yield Run(core, run.strong, run.em, href)
        yield Run(line[len(line.rstrip()) :])


def _bridged(runs: Iterable[Run]) -> Iterator[Run]:
    """Join what looks alike, and give a blank that was cut off between two runs what both of them share."""
    joined = list(_joined(runs))
    for place in range(1, len(joined) - 1):
        before, blank, after = joined[place - 1 : place + 2]
        if blank.text.isspace() and "\n" not in blank.text:
            href = before.href if before.href == after.href else ""
            joined[place] = Run(blank.text, before.strong and after.strong, before.em and after.em, href)
    return _joined(joined)


def _without_end(runs: list[Run]) -> list[Run]:
    while runs and not runs[-1].text.rstrip():
        runs = runs[:-1]
    return [*runs[:-1], replace(runs[-1], text=runs[-1].text.rstrip())] if runs else []


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    for _look, group in groupby((run for run in runs if run.text), key=lambda run: run.look):
        alike = list(group)
        yield replace(alike[0], text="".join(run.text for run in alike)) if len(alike) > 1 else alike[0]


def as_markdown(runs: Sequence[Run]) -> str:
    """Return tidy runs as Markdown that reads back as the same; stress that Markdown cannot say at that place is left out."""
    if len(runs) == 1 and not any(runs[0].look) and not _SPECIAL.search(runs[0].text) and "\n" not in runs[0].text:
        return _lines(runs[0].text)
    without_stress = list(_joined(Run(run.text, href=run.href) for run in runs))
    # From the easiest to read to the safest.
    for wanted in (list(runs), without_stress):
        for escape, em in ((_escaped, "*"), (_escaped, "_"), (_escaped_fully, "*"), (_escaped_fully, "_")):
            text = _lines(_marked(wanted, escape, {"href": "", "strong": "**", "em": em}))
            if tidy(runs_of(text)) == wanted:
                return text
    return _lines(_escaped_fully("".join(run.text for run in runs)))


def _marked(runs: Iterable[Run], escape: Callable[[str], str], marks: dict[str, str]) -> str:
    if not marks:
        return "".join(escape(run.text) for run in runs)
    (look, mark), *rest = marks.items()
    pieces: list[str] = []
    for value, group in groupby(runs, key=lambda run: getattr(run, look)):
        inner = _marked(group, escape, dict(rest))
        if value:
            inner = f"[{inner}]({_destination(value)})" if look == "href" else f"{mark}{inner}{mark}"
        pieces.append(inner)
    return "".join(pieces)


def _destination(href: str) -> str:
    href = _ENTITY.sub("&amp;", href)
    return f"<{href}>" if "(" in href or ")" in href else href


def _escaped(text: str) -> str:
    return _MARK.sub(r"\\\g<0>", text)


def _escaped_fully(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\g<0>", text)


def _lines(text: str) -> str:
    return _BLOCK_NUMBER.sub(r"\1\\", _BLOCK_SIGN.sub(r"\\", text)).replace("\n", "\\\n")


def runs_of(markdown: str, *, references: dict[str, Any] | None = None, picture: Callable[[], None] | None = None) -> list[Run]:
    """Return what a paragraph of Markdown says. `picture` is called for each picture, which is left out; `references` are addresses given elsewhere."""
    tokens: list[Token] = []
    _PARSER.inline.parse(markdown, _PARSER, references if references is not None else {}, tokens)
    runs: list[Run] = []
    strong = em = 0
    hrefs: list[str] = []
    for token in tokens:
        if token.type in {"strong_open", "strong_close"}:
            strong += token.nesting
        elif token.type in {"em_open", "em_close"}:
            em += token.nesting
        elif token.type == "link_open":
            hrefs.append(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            hrefs.pop()
        elif token.type == "image":
            if picture:
                picture()
        else:
            text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            runs.append(Run(text, strong > 0, em > 0, hrefs[-1] if hrefs else ""))
    return runs


def plain(markdown: str) -> str:
    """Return the words of a paragraph as they are read, each link followed by its address."""
    if not _SPECIAL.search(markdown):
        return markdown
    words: list[str] = []
    for href, group in groupby(runs_of(markdown), key=lambda run: run.href):
        text = "".join(run.text for run in group)
        words.append(f"{text} ({href})" if href and text not in {href, href.removeprefix("mailto:")} else text)
    return "".join(words)


def tidied(markdown: str) -> str:
    """Return a paragraph that somebody wrote by hand in the form in which drafts are kept: cleaned, with stress, links and line breaks only."""
    return as_markdown(tidy(runs_of(markdown)))
