"""Words that mean the same, as rows that staff edit. Rows that share `same_as` are one group, also across languages."""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path

from django.db.models import Q

from dialogi.commons.models import Synonym
from dialogi.commons.search.remembered import Remembered

SHIPPED = Path(__file__).with_name("data") / "synonyms.csv"
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


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of words that mean the same, each whole: rows of (language, word, same_as)."""

    rows: tuple[tuple[str, str, str], ...] = ()

    def alternatives(self, word: str, *, source: str, target: str) -> set[str]:
        """Return the words of the target language that mean the same as a word of the source language; a group's own name is a word too."""
        groups = {group for language, member, group in self.rows if language == source and word in {member, group}}
        found = {member for language, member, group in self.rows if language == target and group in groups}
        return (found | groups if source == target else found) - {word}


def groups_of(words: Mapping[str, Collection[str]]) -> Groups:
    """Return the groups to which words belong, given by their language; one statement."""
    belongs = [Q(language=language, word__in=sorted(some)) | Q(language=language, same_as__in=sorted(some)) for language, some in words.items() if some]
    if not belongs:
        return Groups()
    groups = Synonym.objects.order_by().filter(reduce(or_, belongs)).values("same_as")
    return Groups(tuple(Synonym.objects.order_by().filter(same_as__in=groups).values_list("language", "word", "same_as")))
