"""Words in every language of the product, as a description keeps them: {"sv": ..., "fi": ..., "en": ...}; None is what nobody has said."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from dialogi.commons.languages import LANGUAGES, REQUIRED, Words, current_language

InEach = dict[str, str]


def said(noun: models.Model, name: str) -> InEach | None:
    """Return a translated field as it stands in each language."""
    found = {language: getattr(noun, f"{name}_{language}").strip() for language in LANGUAGES}
    return found if any(found.values()) else None


def same(words: str) -> InEach | None:
    """Return what is the same in every language, such as the name of a product."""
    return dict.fromkeys(LANGUAGES, words.strip()) if words.strip() else None


def in_each(words: Callable[[], object]) -> InEach:
    """Return words of the product in every language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = str(words())
    return found


@lru_cache(maxsize=256)
def _label(choices: type[models.TextChoices], value: str) -> tuple[tuple[str, str], ...]:
    return tuple(in_each(lambda: choices(value).label).items())


def chosen(choices: type[models.TextChoices], value: str) -> InEach | None:
    """Return the words of a choice; None for the choice that says that it is not known."""
    return None if value in {"", "unknown"} else dict(_label(choices, value))


@lru_cache(maxsize=1024)
def _day(value: date) -> tuple[tuple[str, str], ...]:
    return tuple(in_each(lambda: date_format(value, "DATE_FORMAT")).items())


def day(value: date | datetime | None) -> InEach | None:
    """Return a day in the way of writing of each language."""
    if value is None:
        return None
    return dict(_day(timezone.localtime(value).date() if isinstance(value, datetime) else value))


def joined(parts: Iterable[InEach | None], between: str = ", ") -> InEach | None:
    """Return several as one, each once, in their order. A language that one of them lacks stays empty: no line is half Swedish and half Finnish."""
    known = [part for part in parts if part]
    if not known:
        return None
    whole = {language: _line(known, language, between) if all(part.get(language) for part in known) else "" for language in LANGUAGES}
    return whole if any(whole.values()) else {LANGUAGES[0]: _line(known, LANGUAGES[0], between)}


def _line(parts: list[InEach], language: str, between: str) -> str:
    return between.join(dict.fromkeys(str(read(part, language)) for part in parts))


def read(words: InEach, language: str | None = None) -> Words:
    """Read words in the language, or else in the first one that has any."""
    wanted = language or current_language()
    return next((Words(words[candidate], candidate) for candidate in (wanted, *LANGUAGES) if words.get(candidate)), Words("", wanted))


def lacks(words: InEach | None) -> list[str]:
    """Return the languages that the law demands and that have no words although another one has."""
    return [language for language in REQUIRED if not words.get(language)] if words else []
