"""A document as it is read: in one language, with words for its fields, each knowing its own language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise as Lazy
from django.utils.translation import ngettext

from dialogi.commons.languages import Words
from dialogi.systems.describing.documents import GROUPS, Document
from dialogi.systems.describing.fields import FIELDS, FREE, PARTS, Part, Sees
from dialogi.systems.describing.words import read
from dialogi.systems.models import DescriptionKind


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its label and its words; None is what nobody has said."""

    key: str
    label: str | Lazy
    words: Words | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One system, store or contract."""

    code: str
    system: str
    name: Words
    rows: list[Row]

    @property
    def parts(self) -> list[tuple[str | Lazy, list[Row]]]:
        """The rows under the headings of a card; a heading without rows falls away."""
        parts = [(PARTS[part], [row for row in self.rows if FIELDS[row.key].part == part]) for part in Part]
        return [(label, rows) for label, rows in parts if rows]


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the description."""

    key: str
    label: str | Lazy
    entries: list[Entry]


# What a reader misses nothing by when it is empty: it is left out instead of being called unknown.
QUIET = frozenset(
    [
        "services",
        "local_names",
        "kind",
        "main_system",
        "identifier",
        "user_band",
        "opt_out",
        "content",
        "people",
        "archiving",
        "openness",
        "goes_to",
        "interfaces",
        "contract_ends",
        "end_of_support",
        "energy",
        "hardware_life",
        "reuse",
        "named_by",
        "deputy",
        "destination",
        "transfers",
        "processors",
        "options",
        "exit",
        "number",
        "terms",
        "decision",
        "starts",
    ]
)


def sections(kind: str, document: Document) -> list[Section]:
    """Return the tables of a document in the language of the page."""
    labels = {group.key: group.label for group in GROUPS[kind]}
    return [Section(group["key"], labels[group["key"]], [_entry(entry) for entry in group["entries"]]) for group in document["groups"]]


def _entry(entry: dict[str, Any]) -> Entry:
    rows = [Row(key, FIELDS[key].label, read(words) if words else None) for key, words in entry["values"].items() if words or key not in QUIET]
    return Entry(entry["code"], entry["system"], read(entry["name"] or {}), rows)


def missing_words(document: Document) -> list[str]:
    """Say honestly what is missing, a sentence for each field."""
    return [_missing(one) for one in document["missing"]]


def _missing(one: dict[str, Any]) -> str:
    words = ngettext("%(count)s of %(of)s lacks this: %(field)s.", "%(count)s of %(of)s lack this: %(field)s.", one["count"])
    return words % {"count": one["count"], "of": one["of"], "field": str(FIELDS[one["field"]].label).lower()}


def free_rows(kind: str, free: dict[str, dict[str, str]], *, sees: Sees) -> Iterator[Row]:
    """Yield what people wrote themselves, as far as the reader may read it."""
    for field in FREE[DescriptionKind(kind)]:
        words = free.get(field.key) or {}
        if field.sees <= sees and any(words.values()):
            yield Row(field.key, field.label, read(words))
