"""How people write: in haste, by ear, in dialect. Changes single words of a finished text and never its sense."""

import re
from collections.abc import Callable
from functools import cache
from random import Random

from dialogi.demo.structure import read

WORD = re.compile(r"[^\W\d_]+")


@cache
def _words(kind: str, language: str) -> dict[str, str]:
    found: dict[str, str] = read("speech").get(language, {}).get(kind, {})
    return found


def _swapped(text: str, words: dict[str, str], rng: Random, share: float) -> str:
    def one(match: re.Match[str]) -> str:
        word = match.group()
        found = words.get(word.lower())
        if found is None or rng.random() > share:
            return word
        return found.capitalize() if word[0].isupper() else found

    return WORD.sub(one, text)


def by_ear(text: str, language: str, rng: Random) -> str:
    """As in a message to a friend."""
    return _swapped(text, _words("by_ear", language), rng, 0.85)


def in_dialect(text: str, language: str, rng: Random) -> str:
    """Ostrobothnian colouring, light enough for anybody to read."""
    text = _swapped(text, _words("dialect", language), rng, 0.85)
    return re.sub(r"(?<=\w{4})ss[aä]\b", "s", text) if language == "fi" else text


def in_haste(text: str, language: str, rng: Random) -> str:
    """Without capitals and most of the punctuation."""
    text = text[:1].lower() + text[1:]
    text = re.sub(r"([.!?]) (\w)", lambda match: f"{match[1] if rng.random() < 0.6 else ','} {match[2].lower()}", text)
    return text.rstrip(".") if rng.random() < 0.7 else text


def with_slips(text: str, language: str, rng: Random) -> str:
    """One to three slips of the finger or the spelling."""
    text = _swapped(text, _words("split", language), rng, 0.5)
    for _ in range(1 + int(rng.random() * 3)):
        places = [match for match in WORD.finditer(text) if len(match.group()) > 4 and not match.group()[0].isupper()]
        if not places:
            return text
        match = places[int(rng.random() * len(places))]
        text = text[: match.start()] + _slip(match.group(), rng) + text[match.end() :]
    return text


def _slip(word: str, rng: Random) -> str:
    at = 1 + int(rng.random() * (len(word) - 2))
    which = rng.random()
    double = re.search(r"([bdfgklmnprst])\1", word)
    if double and which < 0.45:
        return word[: double.start()] + word[double.start() + 1 :]
    if which < 0.7:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :]


def without_dots(text: str, language: str, rng: Random) -> str:
    """From a keyboard that has no å, ä, ö."""
    return text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))


def loudly(text: str, language: str, rng: Random) -> str:
    """With exclamation marks and a word in capitals."""
    long_words = [match for match in WORD.finditer(text) if len(match.group()) > 5]
    if long_words and rng.random() < 0.5:
        match = long_words[int(rng.random() * len(long_words))]
        text = text[: match.start()] + match.group().upper() + text[match.end() :]
    return text.rstrip(".!") + ("!!!" if rng.random() < 0.3 else "!!")


Manner = Callable[[str, str, Random], str]
MANNERS: dict[str, tuple[tuple[float, Manner | None], ...]] = {
    "sv": ((0.56, None), (0.68, in_haste), (0.82, with_slips), (0.90, by_ear), (0.985, in_dialect), (1.0, without_dots)),
    "fi": ((0.52, None), (0.64, in_haste), (0.77, with_slips), (0.91, by_ear), (0.985, in_dialect), (1.0, without_dots)),
    "en": ((0.8, None), (0.9, in_haste), (1.0, with_slips)),
}


def as_written(text: str, *, language: str, tone: str, rng: Random) -> str:
    """The text as somebody would have typed it."""
    draw = rng.random()
    for limit, manner in MANNERS[language]:
        if draw < limit:
            text = manner(text, language, rng) if manner else text
            break
    return loudly(text, language, rng) if tone == "angry" and rng.random() < 0.3 else text
