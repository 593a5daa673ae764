"""The analyser: from words to the terms they are found by. The same for what is indexed and what is asked, on every database."""

from dataclasses import dataclass
from functools import cache, lru_cache

import snowballstemmer

from dialogi.commons.language.compounds import Cut, cut
from dialogi.commons.language.derivations import verb_of
from dialogi.commons.language.dictionaries import ANALYSED, bases, lemmatizer
from dialogi.commons.language.readings import as_name, readings
from dialogi.commons.language.words import indexable, normal, words

SHORTEST_ASKED = 3
STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}


@dataclass(frozen=True, slots=True)
class Analysis:
    """One word's terms: its own base forms, then those of its last part, then those of its first part."""

    own: tuple[str, ...]
    last: tuple[str, ...] = ()
    first: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every term the word is indexed under."""
        return tuple(dict.fromkeys((*self.own, *self.last, *self.first)))

    @property
    def asked(self) -> tuple[str, ...]:
        """The terms that answer the word when it is asked for; three letters (tie, väg) would answer half of everything."""
        return tuple(dict.fromkeys((*self.own, *(term for term in self.last if len(term) > SHORTEST_ASKED))))


def terms(text: str, *, language: str) -> list[str]:
    """Return the terms a text is indexed under, in the order of its words, repeated as often as it says them."""
    return [term for word in words(normal(text)) for term in analyse(word.form, language).all]


def query_terms(text: str, *, language: str) -> list[list[str]]:
    """Return for each word asked for the terms that answer it: its own, and those of its last part (a park answers a playing park)."""
    return [list(analyse(word.form, language).asked) for word in words(normal(text))]


@lru_cache(maxsize=50_000)
def analyse(form: str, language: str) -> Analysis:
    """Return the terms of one lower-case word; an unknown language gives the word itself."""
    if "-" in form or "'" in form or ":" in form:
        return _hyphened(form, language)
    if language not in ANALYSED or not form.isalpha():
        return _clean((form,))
    known = readings(form, language)
    split = next(filter(None, (cut(base, language) for base in known)), None) or cut(form, language)
    own = [*known, *(split.whole if split else ())] or _guess(form, language)
    own += filter(None, [verb_of(base, language) for base in own])
    return _clean(tuple(own), *_parts(split, language)) if split else _clean(tuple(own))


def _parts(split: Cut, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lasts = [*split.last, *filter(None, (verb_of(base, language) for base in split.last))]
    firsts = list(split.first)
    for part, found in ((split.last[0], lasts), (split.first[0], firsts)):
        deeper = cut(part, language)
        if deeper is not None:
            found += [*deeper.last, *deeper.first]
    return tuple(lasts), tuple(firsts)


def _guess(form: str, language: str) -> list[str]:
    """Return what an unknown word may be: a name, the lemmatizer's guess when that is a base form, and the stem."""
    if len(form) <= 3:
        return [form]
    name = as_name(form, language)
    if name:
        return [name]
    guess = lemmatizer().lemmatize(form, language).lower()
    return [*([guess] if guess in bases(language) else []), _stemmer(language).stemWord(form)]


def _hyphened(form: str, language: str) -> Analysis:
    pieces = [piece for piece in form.replace("'", "-").replace(":", "-").split("-") if piece]
    analyses = [analyse(piece, language) for piece in pieces]
    whole = tuple("".join([*pieces[:-1], base]) for base in analyses[-1].own[:2])
    return _clean(whole, analyses[-1].all, tuple(term for analysis in analyses[:-1] for term in analysis.all))


def _clean(*groups: tuple[str, ...]) -> Analysis:
    cleaned = [tuple(dict.fromkeys(filter(None, map(indexable, group)))) for group in groups]
    return Analysis(*cleaned)


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(STEMMERS[language])
