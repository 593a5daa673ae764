"""Reads of the search."""

from dataclasses import dataclass

from django.utils.functional import Promise as Lazy

from dialogi.commons.registry import registry
from dialogi.commons.search import Hit, SearchPage


@dataclass(frozen=True, slots=True)
class SearchPages:
    """Where in the hits the reader is; None means there is no such page."""

    number: int
    last: int

    @classmethod
    def of(cls, total: int, number: int, size: int) -> "SearchPages":
        """Count the pages of so many hits."""
        last = max(1, -(-total // size))
        return cls(min(max(1, number), last), last)

    @property
    def before(self) -> int | None:
        """The page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The page after."""
        return self.number + 1 if self.number < self.last else None


def with_kinds(found: SearchPage | None) -> list[tuple[Hit, str | Lazy]]:
    """Return the hits, each with the name of its kind of thing."""
    return [(hit, registry.nouns[hit.subject.kind].label) for hit in found.hits] if found else []


def kinds_found() -> dict[str, str | Lazy]:
    """Return the kinds of things that the search finds, with their names in the plural."""
    return {kind: plug.label_plural for kind, plug in registry.nouns.items() if plug.search is not None}
