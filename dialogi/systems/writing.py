"""What the verbs of the room share when they write."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from dialogi.commons.languages import LANGUAGES


def in_all(*names: str) -> frozenset[str]:
    """Return the columns of translated fields."""
    return frozenset(f"{name}_{language}" for name in names for language in LANGUAGES)


def write(obj: models.Model, fields: Mapping[str, Any], *, known: frozenset[str]) -> list[str]:
    """Set the fields that differ and return their names; TypeError for one that may not be written."""
    if unknown := sorted(set(fields) - known):
        raise TypeError(f"no such fields: {', '.join(unknown)}")
    changed = sorted(name for name, value in fields.items() if getattr(obj, name) != value)
    for name in changed:
        setattr(obj, name, fields[name])
    return changed


def leads_back(noun: models.Model, start: models.Model | None, step: str) -> bool:
    """Tell whether one comes back to the noun, going from `start` along a foreign key, one query a step."""
    seen: set[int] = set()
    pk = start.pk if start is not None else None
    while pk is not None and pk not in seen:
        if pk == noun.pk:
            return True
        seen.add(pk)
        pk = type(noun)._default_manager.filter(pk=pk).values_list(step, flat=True).first()
    return False
