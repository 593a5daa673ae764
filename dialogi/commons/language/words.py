"""From text to words: what counts as a word, and how much of a text is read at all."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MAX_TEXT = 20_000
MAX_WORD = 60
# Letters and digits of the basic plane only: on these both databases cut words exactly as we do.
WORD = re.compile(r"[^\W_]+(?:[-’':][^\W_]+)*")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text: its normal form and where it lies."""

    form: str
    start: int
    end: int


def normal(text: str) -> str:
    """Return the text in composed Unicode without invisible signs, at most MAX_TEXT characters of it."""
    return INVISIBLE.sub("", unicodedata.normalize("NFC", text[:MAX_TEXT]))


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text that is already normal, lower-cased; `EU:n` gives `eu`, longer than MAX_WORD gives nothing."""
    for match in WORD.finditer(text):
        form = match[0].lower().replace("’", "'")
        head, colon, tail = form.partition(":")
        if colon and tail.isalpha():
            form = head
        if len(form) <= MAX_WORD and form.replace("-", "").replace("'", "").replace(":", "").isalnum():
            yield Word(form, match.start(), match.end())


def indexable(term: str) -> str:
    """Return the term as letters and digits only, so that no database cuts it again; empty when nothing is left."""
    return "".join(sign for sign in term if sign <= "\uffff" and unicodedata.category(sign) in {"Ll", "Lo", "Lm", "Nd"})
