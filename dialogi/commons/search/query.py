"""What was asked, in our own small language: words, "words that belong together", -without. Nothing of it ever reaches a database as syntax."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogi.commons.language import analyse, function_words, indexable, normal, words
from dialogi.commons.search import synonyms

MAX_QUERY = 400
MAX_WORDS = 16
MAX_ALTERNATIVES = 24
PIECE = re.compile(r'(-?)"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that was asked for, or asked to be without."""

    form: str
    is_without: bool = False
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """Terms of which one must be there (or none, when `is_without`); `begun` is the beginning of a term."""

    terms: tuple[str, ...]
    is_without: bool = False
    begun: str = ""


def parse(query: str) -> list[Asked]:
    """Return the words of a query, at most MAX_WORDS of its first MAX_QUERY characters; a trailing * asks for a beginning."""
    asked: list[Asked] = []
    for minus, phrase, piece in PIECE.findall(normal(query[:MAX_QUERY])):
        text = phrase or piece
        is_without = bool(minus) or (piece.startswith("-") and len(piece) > 1)
        is_begun = piece.endswith("*") and len(piece) > 3
        asked += [Asked(word.form, is_without, is_begun) for word in words(text)]
    return asked[:MAX_WORDS]


def clauses(asked: list[Asked], *, languages: Sequence[str], across_languages: bool) -> dict[str, list[Clause]]:
    """Turn the words into clauses for the texts of each language; the words themselves are in the first of them. One statement."""
    source = languages[0]
    weighty = {language: _weighty(asked, language, source) for language in languages}
    terms = {language: {term for word in {*weighty[language], *weighty[source]} for term in analyse(word.form, language).own} for language in languages}
    groups = synonyms.groups_of(terms)
    # Words that mean the same are looked for in the text's own language first.
    sources = {language: (language, source) if across_languages and language != source else (language,) for language in languages}
    return {language: [_clause(word, language, sources[language], groups) for word in weighty[language]] for language in languages}


def _weighty(asked: list[Asked], language: str, source: str) -> list[Asked]:
    """Leave little words out when others remain; of words to be without alone nothing remains."""
    weighty = [word for word in asked if word.form not in function_words(source) | function_words(language)]
    return weighty if any(not word.is_without for word in weighty) else []


def _clause(word: Asked, language: str, sources: Sequence[str], groups: synonyms.Groups) -> Clause:
    analysis = analyse(word.form, language)
    found = list(analysis.own if word.is_without else analysis.asked)
    own = [(source, term) for source in sources for term in analyse(word.form, source).own]
    others = [other for source, term in own for other in sorted(groups.alternatives(term, source=source, target=language))]
    found += [term for other in others for term in analyse(other, language).own]
    terms = tuple(dict.fromkeys(filter(None, map(indexable, found))))[:MAX_ALTERNATIVES]
    return Clause(terms, word.is_without, indexable(word.form) if word.is_begun else "")


def for_sqlite(wanted: list[Clause], *, any_of: bool = False) -> str:
    """Return an FTS5 expression; each term is quoted and holds letters and digits only."""
    with_, without = _sides([_fts5(clause) for clause in wanted], wanted)
    expression = (" OR " if any_of else " AND ").join(with_)
    return f"({expression}) NOT ({' OR '.join(without)})" if without else expression


def for_postgresql(wanted: list[Clause], *, any_of: bool = False) -> str:
    """Return a tsquery; each term is quoted and holds letters and digits only."""
    with_, without = _sides([_tsquery(clause) for clause in wanted], wanted)
    expression = (" | " if any_of else " & ").join(with_)
    return f"({expression}) & !({' | '.join(without)})" if without else expression


def _sides(written: list[str], wanted: list[Clause]) -> tuple[list[str], list[str]]:
    pairs = [(text, clause) for text, clause in zip(written, wanted, strict=True) if text]
    return [text for text, clause in pairs if not clause.is_without], [text for text, clause in pairs if clause.is_without]


def _fts5(clause: Clause) -> str:
    parts = [f'"{term}"' for term in clause.terms] + ([f'"{clause.begun}"*'] if clause.begun else [])
    return f"({' OR '.join(parts)})" if parts else ""


def _tsquery(clause: Clause) -> str:
    parts = [f"'{term}'" for term in clause.terms] + ([f"'{clause.begun}':*"] if clause.begun else [])
    return f"({' | '.join(parts)})" if parts else ""
