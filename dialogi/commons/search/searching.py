"""Asking the index. Visibility is part of the one query, so that no total, page or order tells of what the actor may not see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from dialogi.commons.actors import Actor
from dialogi.commons.models import SearchEntry, Subject
from dialogi.commons.search.excerpts import Pieces, excerpt, marked
from dialogi.commons.search.query import Clause, clauses, for_postgresql, for_sqlite, parse
from dialogi.commons.search.tables import ENTRY, TERMS

MAX_SIZE = 50
MAX_DEPTH = 1_000
MAX_SUGGESTIONS = 20
SQLITE_PART = f"""SELECT entry.id, entry.subject_id, bm25({TERMS}), CAST(%s AS integer)
    FROM {TERMS} JOIN {ENTRY} entry ON entry.id = {TERMS}.rowid WHERE {TERMS} MATCH %s"""  # noqa: S608
# OFFSET 0 is a fence: within it PostgreSQL has nothing but the full-text index to choose.
POSTGRESQL_PART = f"""SELECT entry.id, entry.subject_id, -ts_rank(entry.vector, question, 1), CAST(%s AS integer)
    FROM (SELECT id, subject_id, language, vector FROM {ENTRY} WHERE vector @@ CAST(%s AS tsquery) OFFSET 0) entry, CAST(%s AS tsquery) question
    WHERE TRUE"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Hit:
    """A Subject that was found, with its title and an excerpt as (text, is_hit) pieces in the language they are in."""

    subject: Subject
    language: str
    title: Pieces
    excerpt: Pieces
    rank: float


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits. `is_loose`: no text had all the words, these have some of them."""

    total: int
    hits: tuple[Hit, ...]
    page: int = 1
    size: int = 20
    is_loose: bool = False

    @property
    def pages(self) -> int:
        """How many pages may be turned; what lies deeper is found by a narrower query."""
        return -(-min(self.total, MAX_DEPTH) // self.size)


@dataclass(frozen=True, slots=True)
class _Found:
    entry_id: int
    subject_id: int
    rank: float
    total: int


def search(
    query: str,
    *,
    languages: Sequence[str],
    actor: Actor,
    kinds: Collection[str] = (),
    within: QuerySet[Subject] | None = None,
    across_languages: bool = False,
    page: int = 1,
    size: int = 20,
) -> SearchPage:
    """Find Subjects with all the words of the query, best first; each Subject once, in the first of the languages that fits.

    The first of `languages` is the language of the query. `within` narrows by any other filter; `across_languages` also
    asks for the words' equals in the other languages. Two or three statements besides the one for synonyms.
    """
    size = max(1, min(size, MAX_SIZE))
    page = max(1, min(page, MAX_DEPTH // size))
    by_language = _by_language(query, languages, across_languages=across_languages)
    visible = _visible(actor, kinds, within)
    found, is_loose = _best(by_language, visible, limit=size, offset=(page - 1) * size)
    total = found[0].total if found else _total(by_language, visible) if page > 1 else 0
    return SearchPage(total, _hits(found, by_language), page, size, is_loose and bool(found))


def matching(
    query: str,
    *,
    languages: Sequence[str],
    actor: Actor,
    kinds: Collection[str] = (),
    within: QuerySet[Subject] | None = None,
    across_languages: bool = False,
    limit: int = MAX_DEPTH,
) -> list[int]:
    """Return the ids of the Subjects that `search` would show on all its pages, best first, in one statement; for lists with filters of their own."""
    by_language = _by_language(query, languages, across_languages=across_languages)
    found, _ = _best(by_language, _visible(actor, kinds, within), limit=min(limit, MAX_DEPTH), offset=0)
    return [row.subject_id for row in found]


def suggest(
    query: str, *, languages: Sequence[str], actor: Actor, kinds: Collection[str] = (), within: QuerySet[Subject] | None = None, limit: int = 8
) -> tuple[Hit, ...]:
    """Find Subjects while the query is being typed: its last word may be only begun."""
    typed = query if query != query.rstrip() or query.endswith(('"', "*")) else f"{query}*"
    by_language = _by_language(typed, languages, across_languages=True)
    return _hits(_run(by_language, _visible(actor, kinds, within), any_of=False, limit=min(limit, MAX_SUGGESTIONS), offset=0), by_language)


def _best(by_language: dict[str, list[Clause]], visible: QuerySet[Subject], *, limit: int, offset: int) -> tuple[list[_Found], bool]:
    """Return what has all the words or, when nothing has, what has some of them; and whether it is the latter."""
    found = _run(by_language, visible, any_of=False, limit=limit, offset=offset)
    may_loosen = not found and any(sum(not clause.is_without for clause in wanted) > 1 for wanted in by_language.values())
    if not may_loosen or (offset and _total(by_language, visible)):
        return found, False
    return _run(by_language, visible, any_of=True, limit=limit, offset=offset), True


def _by_language(query: str, languages: Sequence[str], *, across_languages: bool) -> dict[str, list[Clause]]:
    asked = parse(query)
    if not asked or not languages:
        return {}
    found = clauses(asked, languages=languages, across_languages=across_languages)
    return {language: wanted for language, wanted in found.items() if any((clause.terms or clause.begun) and not clause.is_without for clause in wanted)}


def _visible(actor: Actor, kinds: Collection[str], within: QuerySet[Subject] | None) -> QuerySet[Subject]:
    subjects = Subject.objects.visible_to(actor)
    if kinds:
        subjects = subjects.filter(kind__in=list(kinds))
    if within is not None:
        subjects = subjects.filter(pk__in=within.order_by().values("pk"))
    return subjects.order_by()


def of_entry(subjects: QuerySet[Subject]) -> tuple[str, tuple[Any, ...]]:
    """Return SQL, with its parameters, for the one of the Subjects that `entry` belongs to.

    Looked up entry by entry: as `IN (...)` SQLite would first gather every visible Subject of the house.
    """
    return subjects.extra(where=["commons_subject.id = entry.subject_id"]).values("pk").query.sql_with_params()  # noqa: S610 a constant


def _matches(by_language: dict[str, list[Clause]], visible: QuerySet[Subject], *, any_of: bool) -> tuple[str, list[Any]]:
    """Return SQL for (id, subject_id, rank, turn) of all entries that match and may be seen, and its parameters.

    A lower rank is better; `turn` is how far down the reader's languages the entry's own comes.
    """
    subjects, narrowing = of_entry(visible)
    is_sqlite = connection.vendor == "sqlite"
    write = for_sqlite if is_sqlite else for_postgresql
    part = f"{SQLITE_PART if is_sqlite else POSTGRESQL_PART} AND entry.language = %s AND EXISTS ({subjects})"
    values: list[Any] = []
    for turn, (language, wanted) in enumerate(by_language.items()):
        question = write(wanted, any_of=any_of)
        values += [turn, *([question] if is_sqlite else [question, question]), language, *narrowing]
    return " UNION ALL ".join([part] * len(by_language)), values


def _ranked(by_language: dict[str, list[Clause]], visible: QuerySet[Subject], *, any_of: bool) -> tuple[str, list[Any]]:
    matches, values = _matches(by_language, visible, any_of=any_of)
    place = "ROW_NUMBER() OVER (PARTITION BY subject_id ORDER BY turn, rank, id)"
    best = "MIN(rank) OVER (PARTITION BY subject_id)"
    matched = f"matched(id, subject_id, rank, turn) AS ({matches})"
    return f"WITH {matched}, seen AS (SELECT id, subject_id, {best} AS rank, {place} AS place FROM matched)", values  # noqa: S608


def _run(by_language: dict[str, list[Clause]], visible: QuerySet[Subject], *, any_of: bool, limit: int, offset: int) -> list[_Found]:
    if not by_language:
        return []
    sql, values = _ranked(by_language, visible, any_of=any_of)
    columns = "id, subject_id, rank, COUNT(*) OVER ()"
    ordered = f"{sql} SELECT {columns} FROM seen WHERE place = 1 ORDER BY rank, subject_id DESC LIMIT %s OFFSET %s"
    return [_Found(*row) for row in _rows(ordered, [*values, limit, offset])]


def _total(by_language: dict[str, list[Clause]], visible: QuerySet[Subject]) -> int:
    if not by_language:
        return 0
    sql, values = _ranked(by_language, visible, any_of=False)
    return int(_rows(f"{sql} SELECT COUNT(*) FROM seen WHERE place = 1", values)[0][0])


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """Run the query. PostgreSQL reckons reading every row cheaper than the index, and forgets that each vector lies outside its row."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(sql, values)
        found = cursor.fetchall()
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
        return found


def _hits(found: list[_Found], by_language: dict[str, list[Clause]]) -> tuple[Hit, ...]:
    entries = SearchEntry.objects.select_related("subject").defer("terms", "grams").in_bulk([row.entry_id for row in found])
    return tuple(_hit(entries[row.entry_id], row.rank, by_language[entries[row.entry_id].language]) for row in found if row.entry_id in entries)


def _hit(entry: SearchEntry, rank: float, wanted: list[Clause]) -> Hit:
    terms = frozenset(term for clause in wanted if not clause.is_without for term in clause.terms)
    begun = tuple(clause.begun for clause in wanted if clause.begun)
    return Hit(
        subject=entry.subject,
        language=entry.language,
        title=marked(entry.title, terms, language=entry.language, begun=begun),
        excerpt=excerpt(entry.body, terms, language=entry.language, begun=begun),
        rank=rank,
    )
