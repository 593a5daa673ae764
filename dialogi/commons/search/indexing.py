"""Filling the index. Everything slow happens in `prepare`, before the transaction: SQLite has one writer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dialogi.commons.language import function_words, normal, terms
from dialogi.commons.models import SearchEntry, Subject
from dialogi.commons.registry import SearchText
from dialogi.commons.search import grams, synonyms

MAX_TERMS = 6_000
MAX_EXCERPT = 4_000
TITLE_WEIGHT = 3

__all__ = ["Prepared", "SearchText", "get_ready", "index", "prepare", "remove", "store", "store_many"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One language's row, ready to be stored."""

    language: str
    title: str
    body: str
    terms: str
    grams: str


def prepare(texts: Iterable[SearchText]) -> tuple[Prepared, ...]:
    """Analyse a Subject's texts, one per language; call it before the transaction. Remembered, so that `index` need not do it again."""
    merged: dict[str, SearchText] = {}
    for text in texts:
        merged.setdefault(text.language, text)
    return tuple(_prepare(text) for text in merged.values() if text.title.strip() or text.body.strip())


@lru_cache(maxsize=64)
def _prepare(text: SearchText) -> Prepared:
    title, body = normal(text.title)[:300], normal(text.body)
    found = [*terms(title, language=text.language) * TITLE_WEIGHT, *terms(body, language=text.language)]
    found = [term for term in found if term not in function_words(text.language)][:MAX_TERMS]
    found += synonyms.canonical(set(found), text.language)
    return Prepared(text.language[:8], title.strip(), body.strip()[:MAX_EXCERPT], " ".join(found), " ".join(grams.rarest(f"{title} {body}")))


def get_ready(text: str, *, language: str) -> None:
    """Analyse a text's words ahead of the transaction that will index it, when its final wording is only made there."""
    terms(text, language=language)
    grams.rarest(text)


def store(subject: Subject, prepared: Sequence[Prepared], *, is_new: bool = False) -> None:
    """Replace the Subject's rows: two statements, one for a new Subject, which has none to take away."""
    if not is_new:
        SearchEntry.objects.filter(subject=subject).delete()
    if prepared:
        store_many([(subject, prepared)])


def store_many(found_by: Iterable[tuple[Subject, Sequence[Prepared]]]) -> None:
    """Store the rows of Subjects that have none yet."""
    SearchEntry.objects.bulk_create(
        SearchEntry(subject=subject, language=row.language, title=row.title, body=row.body, terms=row.terms, grams=row.grams)
        for subject, prepared in found_by
        for row in prepared
    )


def index(subject: Subject, texts: Iterable[SearchText], *, is_new: bool = False) -> None:
    """Replace what a Subject is found by; cheap inside a transaction when `prepare` was called with the same texts before."""
    store(subject, prepare(texts), is_new=is_new)


def remove(subject: Subject) -> None:
    """Let a Subject no longer be found."""
    SearchEntry.objects.filter(subject=subject).delete()
