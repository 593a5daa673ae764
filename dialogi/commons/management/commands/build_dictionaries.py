"""Build the word lists behind search, once; ten seconds or so, done at set-up."""

from typing import Any

from django.core.management.base import BaseCommand

from dialogi.commons.language.dictionaries import build, folder


class Command(BaseCommand):
    """./manage build_dictionaries"""

    help = "Build the dictionaries behind search where they are missing."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        """Say what was built and where."""
        built = build()
        if built:
            self.stdout.write(f"Built {', '.join(built)} in {folder()}.")
