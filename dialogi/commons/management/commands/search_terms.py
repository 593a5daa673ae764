"""Show what words are indexed under: one line a word."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from dialogi.commons.language import terms
from dialogi.commons.search import synonyms


class Command(BaseCommand):
    """./manage search_terms --language fi WORD ..."""

    help = "Print the terms each word is indexed under, one line a word."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The language and the words."""
        parser.add_argument("--language", default="fi", choices=["fi", "sv", "en"])
        parser.add_argument("words", nargs="+", metavar="WORD")

    def handle(self, *, language: str, words: list[str], **options: Any) -> None:
        """One line a word, also before there is a database."""
        for word in words:
            found = list(dict.fromkeys(terms(word, language=language)))
            self.stdout.write(" ".join(dict.fromkeys([*found, *_canonical(found, language)])))


def _canonical(found: list[str], language: str) -> list[str]:
    try:
        return synonyms.canonical(found, language)
    except DatabaseError:
        table = synonyms.table_of(synonyms.shipped())
        return sorted({table[language, word] for word in found if (language, word) in table})
