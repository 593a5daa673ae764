"""Content in three written-out columns, read through one typed descriptor."""

from typing import Any, overload

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise as Lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES: tuple[str, ...] = ("sv", "fi", "en")
REQUIRED: tuple[str, ...] = ("sv", "fi")
LANGUAGE_NAMES: dict[str, str | Lazy] = {"sv": _("Swedish"), "fi": _("Finnish"), "en": _("English")}


class Words(str):
    """A string that knows its language, so that a template can set `lang` where the page fell back to another one."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, value: str, language: str) -> "Words":
        words = super().__new__(cls, value)
        words.language = language
        return words

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        # Forms copy their choices, and caches keep them.
        return str(self), self.language

    @property
    def is_fallback(self) -> bool:
        """In another language than the page."""
        return bool(self) and self.language != current_language()


def current_language() -> str:
    """Return the language of the page or message being made: sv, fi or en."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def in_language(obj: object, name: str, language: str | None = None) -> Words:
    """Read `name_<language>` of the object, falling back to the first language that has words."""
    wanted = language or current_language()
    for candidate in (wanted, *LANGUAGES):
        value = getattr(obj, f"{name}_{candidate}", "")
        if value:
            return Words(value, candidate)
    return Words("", wanted)


class InLanguage:
    """Read-only: `name = InLanguage("name")` beside the columns name_sv, name_fi, name_en."""

    def __init__(self, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, obj: None, owner: type) -> "InLanguage": ...
    @overload
    def __get__(self, obj: object, owner: type) -> Words: ...
    def __get__(self, obj: object | None, owner: type) -> "InLanguage | Words":
        return self if obj is None else in_language(obj, self.name)

    def __set__(self, obj: object, value: Any) -> None:
        raise AttributeError(f"write the columns {self.name}_sv, {self.name}_fi, {self.name}_en")


def line(max_length: int = 200, **options: Any) -> models.CharField[str, str]:
    """Return one language's column for a short text."""
    return models.CharField(max_length=max_length, blank=True, default="", **options)


def prose(**options: Any) -> models.TextField[str, str]:
    """Return one language's column for a longer text."""
    return models.TextField(blank=True, default="", **options)


def has_both(*names: str) -> Q:
    """Return the condition that the fields have words in every required language (sv and fi)."""
    condition = Q()
    for name in names:
        for language in REQUIRED:
            condition &= ~Q(**{f"{name}_{language}": ""})
    return condition


def missing_languages(obj: object, *names: str) -> list[str]:
    """Return the required languages in which one of the fields has no words."""
    return [language for language in REQUIRED if any(not getattr(obj, f"{name}_{language}") for name in names)]
