"""Which of the house's languages a text is in. Made for a few words with spelling faults: little words, dictionaries and runs of three letters."""

import json
import math
from dataclasses import dataclass
from functools import cache

from dialogi.commons.language.dictionaries import ANALYSED, build, dictionary, folder
from dialogi.commons.language.function_words import function_words
from dialogi.commons.language.words import normal, words

MAX_WORDS = 80
LITTLE = 3.0
KNOWN = 2.0
NAME = 0.6
LETTERS_SHARE = 0.5
FLOOR = -12.0
LATIN_END = "\u024f"


@dataclass(frozen=True, slots=True)
class Guess:
    """A language and how sure we are: 0 nothing to go by, 1 certain; below about 0.7 ask the writer."""

    language: str
    confidence: float


def detect_language(text: str, *, default: str = "sv") -> Guess:
    """Guess the language of a text: fi, sv or en. Without evidence the default with confidence 0."""
    found = [word for word in words(normal(text[:4_000])) if not any(sign.isdigit() for sign in word.form)][:MAX_WORDS]
    scores = dict.fromkeys(ANALYSED, 0.0)
    for place, word in enumerate(found):
        is_name = place > 0 and text[word.start : word.start + 1].isupper()
        for form in word.form.replace("'", "-").split("-"):
            for language, evidence in _evidence(form).items():
                scores[language] += evidence * (NAME if is_name else 1.0)
    first, second = sorted(scores.values(), reverse=True)[:2]
    if first <= 0 and not any(scores.values()):
        return Guess(default, 0.0)
    language = max(scores, key=lambda candidate: (scores[candidate], candidate == default))
    sureness = 1 - math.exp(-(first - second) / 3)
    return Guess(language, round(sureness * _share_readable(found_forms=[word.form for word in found]), 3))


def _evidence(form: str) -> dict[str, float]:
    """Return what one word says for each language: 0 for nothing, more for more."""
    if not form or form > LATIN_END:
        return {}
    little = [language for language in ANALYSED if form in function_words(language)]
    known = [language for language in ANALYSED if form in dictionary(language)] if len(form) > 1 else []
    runs = {language: _likelihood(form, language) for language in ANALYSED}
    best = max(runs.values())
    evidence = {}
    for language in ANALYSED:
        letters = max(-6.0, runs[language] - best) * LETTERS_SHARE
        evidence[language] = letters + (LITTLE / len(little) if language in little else 0.0) + (KNOWN / len(known) if language in known else 0.0)
    return evidence


def _likelihood(form: str, language: str) -> float:
    """Return the natural logarithm of how likely the word's runs of three letters are in the language."""
    padded = f" {form} "
    table = letters(language)
    return sum(table.get(padded[start : start + 3], FLOOR) for start in range(len(padded) - 2))


def _share_readable(found_forms: list[str]) -> float:
    """Return the share of words written in Latin letters: a text in another script is none of ours."""
    return sum(form <= LATIN_END for form in found_forms) / len(found_forms) if found_forms else 0.0


@cache
def letters(language: str) -> dict[str, float]:
    """Return the likelihood of each run of three letters, counted when the dictionary was built."""
    build()
    counted: dict[str, int] = json.loads((folder() / f"{language}.letters").read_text("utf-8"))
    total = sum(counted.values())
    return {run: math.log(times / total) for run, times in counted.items()}
