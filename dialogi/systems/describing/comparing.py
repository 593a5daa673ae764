"""What changed between two versions of a description: rows that came, rows that went, and fields with their words before and after."""

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise as Lazy

from dialogi.commons.languages import Words
from dialogi.systems.describing.documents import Document
from dialogi.systems.describing.fields import FIELDS, FREE, PREFACE, Sees
from dialogi.systems.describing.words import InEach, read
from dialogi.systems.models import DescriptionKind


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that says something else than before; None is what nobody had said."""

    label: str | Lazy
    before: Words | None
    after: Words | None


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One system, store or contract that came, went or says something else."""

    how: Literal["came", "went", "changed"]
    name: Words
    differences: list[Difference]


def compare(before: Document, after: Document) -> list[ChangedRow]:
    """Return what changed, in the order of the newer version; what went comes last."""
    old, new = _by_code(before), _by_code(after)
    found = []
    for key, entry in new.items():
        if key not in old:
            found.append(ChangedRow("came", read(entry["name"] or {}), []))
        elif differences := _differences(old[key], entry):
            found.append(ChangedRow("changed", read(entry["name"] or {}), differences))
    return found + [ChangedRow("went", read(entry["name"] or {}), []) for key, entry in old.items() if key not in new]


def compare_free(kind: str, before: dict[str, InEach], after: dict[str, InEach], *, sees: Sees) -> list[Difference]:
    """Return which texts that people wrote say something else than before."""
    known = [field for field in (PREFACE, *FREE[DescriptionKind(kind)]) if field.sees <= sees]
    return [
        Difference(field.label, _read(before.get(field.key)), _read(after.get(field.key))) for field in known if before.get(field.key) != after.get(field.key)
    ]


def _by_code(document: Document) -> dict[tuple[str, str], dict[str, Any]]:
    return {(group["key"], entry["code"]): entry for group in document["groups"] for entry in group["entries"]}


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Fields of both: one that the table did not have then is no change of the register."""
    pairs = [("name", before["name"], after["name"])]
    pairs += [(key, before["values"][key], words) for key, words in after["values"].items() if key in before["values"]]
    return [Difference(FIELDS[key].label, _read(old), _read(new)) for key, old, new in pairs if old != new]


def _read(words: InEach | None) -> Words | None:
    return read(words) if words and any(words.values()) else None
