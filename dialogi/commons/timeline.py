"""The timeline of a Subject: its ledger entries as sentences in the language of the page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dialogi.commons.actors import Actor
from dialogi.commons.models import LedgerEntry, LedgerNote, Subject
from dialogi.commons.registry import registry

PAGE = 50
PLACEHOLDER = re.compile(r"%\((\w+)\)")
# Words for what cannot be named any more, or not to this reader.
UNKNOWN = "…"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, ready to be shown; `before=entry.id` asks for the entries that came before it."""

    id: int
    when: datetime
    sentence: str
    is_public: bool
    kind: str
    actor_kind: str
    data: dict[str, Any]


def has_case_rights(subject: Subject, *, actor: Actor) -> bool:
    """Tell whether the actor works with this Subject and so sees the whole timeline, not only its public part."""
    if actor.is_machine:
        return True
    units = actor.case_units()
    return units is None or (subject.unit_id is not None and subject.unit_id in units)


def timeline(subject: Subject, *, actor: Actor, limit: int = PAGE, before: int | None = None) -> list[TimelineEntry]:
    """Return what happened, newest first, in at most two queries; the caller has checked that the actor sees the Subject."""
    entries = LedgerEntry.objects.filter(subject=subject).order_by("-id")
    if not has_case_rights(subject, actor=actor):
        entries = entries.filter(is_public=True)
    if before is not None:
        entries = entries.filter(id__lt=before)
    return sentences(entries[: max(1, min(limit, 500))], actor=actor)


def sentences(entries: Iterable[LedgerEntry], *, actor: Actor) -> list[TimelineEntry]:
    """Turn entries into sentences.

    A value under `..._id` is the id of a Subject and is shown as its title, without the ending: `unit_id` fills `%(unit)s`. Of what the
    reader may not see, neither title nor code is named: `registry.unseen_words` stand there.
    A value whose key is in `registry.data_words` is put into words by it; `..._key` fills the placeholder without the ending.
    Free words of a person, such as a reason, lie under `told` in the entry's note, where they can be forgotten.
    """
    listed = list(entries)
    titles, told = _titles(listed, actor), _told(listed)
    return [
        TimelineEntry(
            id=entry.pk,
            when=entry.happened_at,
            sentence=_sentence(entry, titles, told.get(entry.pk, {})),
            is_public=entry.is_public,
            kind=entry.kind,
            actor_kind=entry.actor_kind,
            data=entry.data,
        )
        for entry in listed
    ]


def sentence_of(entry: LedgerEntry, *, actor: Actor) -> str:
    """Return one entry's sentence in the current language."""
    return _sentence(entry, _titles([entry], actor), told_in(entry))


def told_in(entry: LedgerEntry) -> dict[str, str]:
    """Return the free words that one entry's note holds for its sentence; empty when they were forgotten."""
    return _told([entry]).get(entry.pk, {})


def _told(entries: list[LedgerEntry]) -> dict[int, dict[str, str]]:
    """Words from the notes of those entries whose sentence asks for more than their data holds; forgotten ones are gone."""
    asking = [entry.pk for entry in entries if entry.note_digest and _lacks_words(entry)]
    if not asking:
        return {}
    return {note.entry_id: note.body.get("told", {}) for note in LedgerNote.objects.filter(entry__in=asking)}


def _lacks_words(entry: LedgerEntry) -> bool:
    kind = registry.kinds.get(entry.kind)
    known = {key.removesuffix("_id").removesuffix("_key") for key in entry.data}
    return kind is not None and not set(PLACEHOLDER.findall(str(kind.sentence))) <= known


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return UNKNOWN


def _titles(entries: list[LedgerEntry], actor: Actor) -> dict[int, str]:
    wanted = {value for entry in entries for key, value in entry.data.items() if key.endswith("_id") and isinstance(value, int)}
    if not wanted:
        return {}
    return {subject.pk: str(subject) for subject in Subject.objects.visible_to(actor).filter(pk__in=wanted)}


def _sentence(entry: LedgerEntry, titles: Mapping[int, str], told: Mapping[str, str]) -> str:
    kind = registry.kinds.get(entry.kind)
    if kind is None:
        # A kind of a release that is gone: the entry stays, the words are lost.
        return entry.kind
    values = _Values(told)
    for key, value in entry.data.items():
        words = registry.data_words.get(key)
        if words is not None:
            values[key] = values[key.removesuffix("_key")] = str(words(value))
        elif key.endswith("_id"):
            values[key.removesuffix("_id")] = titles.get(value) or str(registry.unseen_words.get(key, UNKNOWN))
        elif not isinstance(value, dict | list):
            values[key] = str(value)
    sentence = str(kind.sentence)
    return sentence % values if "%(" in sentence else sentence
