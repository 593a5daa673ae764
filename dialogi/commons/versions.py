"""What a public page depends on: the version of a Subject, or the newest ledger entry of some kinds. Read by raw SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any, Literal

from django.db import connection
from django.http import HttpRequest

from dialogi.commons.models import Noun, Subject
from dialogi.commons.registry import registry

SUBJECT = "SELECT version, follower_count, support_count, voice_count FROM commons_subject WHERE code = %s AND audience = 'public'"
NEWEST = "SELECT MAX(id) FROM commons_ledgerentry"
# One look into the index for each kind and audience; a plain MAX over several kinds would read them all.
NEWEST_OF_KINDS = """WITH kinds(kind) AS (VALUES {}) SELECT
MAX((SELECT MAX(id) FROM commons_ledgerentry WHERE kind = kinds.kind AND is_public = TRUE)),
MAX((SELECT MAX(id) FROM commons_ledgerentry WHERE kind = kinds.kind AND is_public = FALSE)) FROM kinds"""


@dataclass(frozen=True, slots=True)
class Version:
    """What was read: of which Subject (by code), or of which kinds of entry; an empty value says that it is not there to be shared."""

    of: Literal["subject", "kinds", "anything"]
    about: tuple[str, ...]
    value: str


VersionOf = Callable[[HttpRequest, tuple[Any, ...], dict[str, Any]], Version]


def of_subject(request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Version:
    """The Subject of the page: that of the object which `needs` loaded, or the one whose code stands in the address as `key`."""
    first = args[0] if args else None
    subject = first.subject if isinstance(first, Noun) else first
    if isinstance(subject, Subject):
        # As it was loaded: a change between loading and now must make the page old, not look new.
        counts = (subject.version, subject.follower_count, subject.support_count, subject.voice_count)
        return Version("subject", (subject.code,), _joined(counts) if subject.audience == "public" else "")
    code = str(kwargs.get("key", ""))
    return Version("subject", (code,), _subject(code))


def of_kinds(*patterns: str) -> VersionOf:
    """The newest ledger entry, public or not, of the kinds that match, such as "voices.voice.*": hiding counts like showing."""

    def version_of(request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Version:
        return Version("kinds", patterns, _kinds(patterns))

    return version_of


def of_anything(request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Version:
    """The newest ledger entry of all: for pages that gather from everywhere."""
    return Version("anything", (), _anything())


def current(version: Version) -> str:
    """Return the value that the version has now."""
    if version.of == "subject":
        return _subject(version.about[0])
    return _kinds(version.about) if version.of == "kinds" else _anything()


def are_current(versions: tuple[Version, ...]) -> bool:
    """Tell whether nothing that a page depends on has changed since it was made."""
    return all(current(version) == version.value for version in versions)


def _subject(code: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(SUBJECT, [code])
        row = cursor.fetchone()
    return _joined(row) if row else ""


def _joined(numbers: tuple[int, ...]) -> str:
    return "-".join(str(number) for number in numbers)


def _anything() -> str:
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        row = cursor.fetchone()
    return str(row[0] or 0)


def _kinds(patterns: tuple[str, ...]) -> str:
    kinds = _matching(patterns, len(registry.kinds))
    if not kinds:
        return "0"
    with connection.cursor() as cursor:
        cursor.execute(_newest_of(len(kinds)), kinds)
        public, private = cursor.fetchone()
    return str(max(public or 0, private or 0))


@lru_cache(maxsize=64)
def _matching(patterns: tuple[str, ...], registered: int) -> tuple[str, ...]:
    return tuple(sorted(kind for kind in registry.kinds if any(fnmatchcase(kind, pattern) for pattern in patterns)))


@lru_cache(maxsize=64)
def _newest_of(kinds: int) -> str:
    return NEWEST_OF_KINDS.format(", ".join(["(%s)"] * kinds))
