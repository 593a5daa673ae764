"""Things that happen in the tests of the cellar: recorded through the door, on nouns of the town."""

from typing import Any

from dialogi.commons.actors import machine
from dialogi.commons.door import change, record
from dialogi.commons.models import LedgerEntry, Noun, Subject
from dialogi.commons.registry import registry

SETUP = machine("setup")


def happened(noun: Noun, what: str = "changed", **options: Any) -> LedgerEntry:
    """Record that something happened to a noun: `created`, `changed` or `closed`."""
    with change(noun) as noun:
        return record(registry.kinds[f"{noun.subject.kind}.{what}"], on=noun, by=options.pop("by", SETUP), **options)


def hide(subject: Subject) -> None:
    """Take a Subject out of public view, its version with it, as an action would."""
    Subject.objects.filter(pk=subject.pk).update(audience="staff", version=subject.version + 1)
