"""Creating, editing and closing a noun that is kept in a register: the same steps for every such noun."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction

from dialogi.commons.actors import Actor
from dialogi.commons.door import change, new_subject, record, save_clean
from dialogi.commons.kinds import LedgerKind
from dialogi.commons.models import Noun
from dialogi.commons.permissions import Permission, require

N = TypeVar("N", bound=Noun)


@dataclass(frozen=True, slots=True)
class Keeping:
    """How one kind of noun is kept: its registered kind, address, fields that may be written, the right, and what the ledger says.

    `rewording` is the right of those who may write the translated texts and nothing else; left out, whoever may write all.
    """

    noun: str
    address: str
    fields: frozenset[str]
    permission: Permission
    created: LedgerKind
    changed: LedgerKind
    closed: LedgerKind
    rewording: Permission | None = None


def create_kept(model: type[N], keeping: Keeping, *, by: Actor, fields: Mapping[str, Any]) -> N:
    """Create a noun; TypeError for a field that may not be written, ValidationError for values that cannot be kept."""
    _refuse_unknown(fields, keeping)
    with transaction.atomic():
        require(by, keeping.permission)
        address = keeping.address.replace("{slug}", str(fields.get("slug", "")))
        noun = save_clean(model(subject=new_subject(keeping.noun, address=address), **fields))
        record(keeping.created, on=noun, by=by)
    return noun


def edit_kept(noun: N, keeping: Keeping, *, by: Actor, expecting: int | None, fields: Mapping[str, Any]) -> N:
    """Change a noun; the ledger names the changed fields, never their values."""
    _refuse_unknown(fields, keeping)
    with change(noun, expecting=expecting) as noun:
        require(by, keeping.permission, noun)
        _write(noun, keeping, by=by, fields=fields)
    return noun


def reword_kept(noun: Noun, keeping: Keeping, *, texts: Mapping[str, Mapping[str, str]], by: Actor, expecting: int | None) -> None:
    """Write translated texts of a noun, {field: {language: text}}: the `reword` of its plug."""
    fields = {f"{name}_{language}": text for name, languages in texts.items() for language, text in languages.items()}
    _refuse_unknown(fields, keeping)
    with change(noun, expecting=expecting) as noun:
        require(by, keeping.rewording or keeping.permission, noun)
        _write(noun, keeping, by=by, fields=fields)


def _write(noun: Noun, keeping: Keeping, *, by: Actor, fields: Mapping[str, Any]) -> None:
    changed = sorted(name for name, value in fields.items() if getattr(noun, name) != value)
    for name in changed:
        setattr(noun, name, fields[name])
    save_clean(noun)
    record(keeping.changed, on=noun, by=by, data={"fields": changed})


def close_kept(noun: N, keeping: Keeping, *, by: Actor) -> N:
    """Take a noun out of use; its history stays."""
    with change(noun) as noun:
        require(by, keeping.permission, noun)
        noun.is_active = False  # type: ignore[attr-defined]
        noun.save(update_fields=["is_active"])
        record(keeping.closed, on=noun, by=by)
    return noun


def _refuse_unknown(fields: Mapping[str, Any], keeping: Keeping) -> None:
    if unknown := sorted(set(fields) - keeping.fields):
        raise TypeError(f"no such fields: {', '.join(unknown)}")
