"""Words that mean the same, as rows that staff edit. Rows that share `same_as` are one group, also across languages."""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from django.db.models import Q

from dialogi.commons.models import Synonym
from dialogi.commons.search.remembered import Remembered

SHIPPED = Path(__file__).with_name("data") / "synonyms.csv"
CHUNK = 400
FRESH = 60.0
FirstWords = dict[tuple[str, str], str]


def shipped() -> list[tuple[str, str, str]]:
    """Return (language, word, same_as) of the rows that come with the product."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return [(language, word, row["same_as"]) for row in csv.DictReader(file) for language in ("fi", "sv", "en") for word in (row[language] or "").split()]


def canonical(words: Iterable[str], language: str) -> list[str]:
    """Return for the words that belong to a group the group's first word of their language: the term they are also indexed under.

    Read from memory, at most FRESH seconds old: the index may lag behind an edit, a query never does.
    """
    table = first_words.get()
    return sorted({table[language, word] for word in words if (language, word) in table})


def table_of(rows: Iterable[tuple[str, str, str]]) -> FirstWords:
    """Return (language, word) -> the first word of its group in that language, from rows of (language, word, same_as)."""
    first: dict[tuple[str, str], str] = {}
    table: FirstWords = {}
    for language, word, group in rows:
        table[language, word] = first.setdefault((language, group), word)
    return table


def _read() -> FirstWords:
    return table_of(Synonym.objects.order_by("id").values_list("language", "word", "same_as"))


first_words = Remembered(_read, seconds=FRESH)


def alternatives(words: Collection[str], *, source: str, target: str) -> dict[str, set[str]]:
    """Return for each word of the source language the words of the target language that mean the same."""
    groups = _groups(words, source)
    if not groups:
        return {}
    members: dict[str, set[str]] = defaultdict(set)
    for group, word in Synonym.objects.filter(same_as__in=groups, language=target).values_list("same_as", "word"):
        members[group].add(word)
    if source == target:
        for group in groups:
            members[group].add(group)
    found: dict[str, set[str]] = defaultdict(set)
    for group, asked in groups.items():
        for word in asked:
            found[word] |= members[group] - {word}
    return found


def _groups(words: Collection[str], language: str) -> Mapping[str, set[str]]:
    """Return group -> those of the words that belong to it, as a row's word or as the group's own name."""
    groups: dict[str, set[str]] = defaultdict(set)
    for part in _chunks(sorted(set(words))):
        rows = Synonym.objects.filter(Q(language=language, word__in=part) | Q(language=language, same_as__in=part)).values_list("word", "same_as")
        for word, group in rows:
            groups[group] |= {word, group} & set(part)
    return groups


def _chunks(words: list[str]) -> Iterable[list[str]]:
    return (words[start : start + CHUNK] for start in range(0, len(words), CHUNK))
