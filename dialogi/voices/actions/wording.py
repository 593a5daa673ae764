"""Data that ledger sentences are filled with: in every language, so that the timeline can pick the reader's."""

from typing import Any

from django.utils import translation
from django.utils.functional import Promise as Lazy

from dialogi.commons.languages import LANGUAGES, in_language


def named(key: str, noun: Any, field: str = "name") -> dict[str, str]:
    """Return a noun's name under `key_sv`, `key_fi`, `key_en`."""
    return {f"{key}_{language}": str(in_language(noun, field, language)) for language in LANGUAGES}


def worded(key: str, label: str | Lazy) -> dict[str, str]:
    """Return a translatable label under `key_sv`, `key_fi`, `key_en`."""
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[f"{key}_{language}"] = str(label)
    return words
