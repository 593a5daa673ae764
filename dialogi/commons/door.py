"""The one door: every change of a noun passes `record`, in the same transaction."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.codes import new_short_code
from dialogi.commons.freshness import first_wordings, keep_wordings, texts_of, wording_digest, write_wordings
from dialogi.commons.kinds import LedgerKind
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import LedgerEntry, LedgerNote, Noun, OutboxMessage, Subject, Wording
from dialogi.commons.permissions import Conflict, NotPossible
from dialogi.commons.registry import NounPlug, SearchText, SubjectFacts, registry
from dialogi.commons.search import Prepared, index, prepare, store_many

N = TypeVar("N", bound=models.Model)
M = TypeVar("M", bound=Noun)


@contextmanager
def change(obj: N, *, expecting: int | None = None) -> Iterator[N]:
    """Open a transaction and yield the object as it is now, its row locked.

    `expecting` is the Subject's version that the person saw; another one raises Conflict, so that nobody's words are overwritten.
    """
    with transaction.atomic():
        query = type(obj)._default_manager.select_for_update()
        if issubclass(type(obj), Noun):
            # The Subject is locked with its noun, and what `describe` reads comes along: `record` need not read them again.
            query = query.select_for_update(of=("self", "subject")).select_related("subject", *registry.read_along(type(obj)))
        try:
            locked = query.get(pk=obj.pk)
        except type(obj).DoesNotExist:  # type: ignore[attr-defined]
            raise NotPossible(_("This is no longer here.")) from None
        if expecting is not None and locked.subject.version != expecting:  # type: ignore[attr-defined]
            raise Conflict(_("Somebody else changed this while you were working. Your words are kept below: compare them with the page and save again."))
        yield locked


def save_clean(obj: N) -> N:
    """Validate the fields and save; raises ValidationError with the constraints' own sentences.

    The database judges uniqueness and constraints while it writes. Only when it refuses are they asked one by one for their words,
    so that a good write costs no query of its own.
    """
    links = [field.name for field in obj._meta.concrete_fields if field.is_relation]
    obj.clean_fields(exclude=links)
    obj.clean()
    try:
        with transaction.atomic():
            obj.save()
    except IntegrityError:
        obj.full_clean()
        raise
    return obj


def set_state(obj: models.Model, state: str, **fields: Any) -> None:
    """Write a new state and fields that belong to it; the flow was asked before."""
    for name, value in {"state": state, **fields}.items():
        setattr(obj, name, value)
    obj.save(update_fields=["state", *fields])


def new_subject(kind: str, *, address: str) -> Subject:
    """Make the Subject of a new noun. `address` may hold `{code}`; `record` fills in the rest in the same transaction."""
    code = new_short_code()
    while Subject.objects.filter(code=code).exists():
        code = new_short_code()
    return Subject.objects.create(kind=kind, code=code, address=address.format(code=code), created_at=clock.now(), changed_at=clock.now())


def record(kind: LedgerKind, *, on: Noun, by: Actor, data: Mapping[str, Any] | None = None, note: Mapping[str, Any] | None = None) -> LedgerEntry:
    """Write what happened: one ledger entry, the noun's Subject and its search entries, one outbox row.

    `data` fills the kind's sentence and holds no personal data; `note` holds who and which words and can be forgotten.
    Must run inside a transaction; raises TransactionManagementError otherwise.
    """
    _inside_the_change(kind)
    plug = registry.noun_of(on)
    _refresh(on, plug, kind)
    return _write(Happening(kind=kind, on=on, by=by, at=clock.now(), data=data or {}, note=note or {}))


def _inside_the_change(kind: LedgerKind) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("what happened is written inside the transaction of the change")
    if registry.kinds.get(kind.value) is not kind:
        raise KeyError(f"{kind.value} is not registered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened to one noun; see `record` for the rules of `data` and `note`."""

    kind: LedgerKind
    on: Noun
    by: Actor
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    note: Mapping[str, Any] = field(default_factory=dict)


def _written(happening: Happening) -> tuple[LedgerEntry, LedgerNote | None]:
    """The ledger entry, under the version that the Subject has now, and the note beside it; neither is saved."""
    kind, by, subject = happening.kind, happening.by, happening.on.subject
    body = {**({"account": by.account_id} if by.account_id else {}), **happening.note}
    salt = secrets.token_hex(16) if body else ""
    entry = LedgerEntry(
        subject=subject,
        kind=kind.value,
        actor_kind=by.kind.value,
        is_public=kind.is_public,
        data=dict(happening.data),
        version=subject.version,
        note_digest=LedgerNote.digest(salt, body) if body else "",
        happened_at=happening.at,
    )
    entry.digest = entry.compute_digest()
    return entry, LedgerNote(entry=entry, account_id=by.account_id, salt=salt, body=body) if body else None


def _write(happening: Happening) -> LedgerEntry:
    entry, remembered = _written(happening)
    entry.save(force_insert=True)
    if remembered is not None:
        remembered.save(force_insert=True)
    OutboxMessage.objects.create(entry=entry, available_at=clock.now())
    return entry


@dataclass(frozen=True, slots=True)
class Draft(Generic[M]):
    """A noun that is not saved yet, with its Subject, what it is found by and what it says in several languages."""

    noun: M
    found_by: tuple[Prepared, ...]
    wordings: tuple[Wording, ...] = ()


def draft(noun: M, *, address: str, since: datetime) -> Draft[M]:
    """Make ready, before the transaction, a noun that `begin` or `bring_in` will save; validates its fields. Makes no query.

    What its foreign keys point to is in hand, so that it can be described.
    """
    plug = registry.noun_of(noun)
    noun.clean_fields(exclude=[field.name for field in noun._meta.concrete_fields if field.is_relation])
    noun.clean()
    code = new_short_code()
    found_by, worded = list(plug.search(noun)) if plug.search else [], texts_of(noun, plug)
    digests = {"search_digest": search_digest(found_by), "wording_digest": wording_digest(plug, worded)}
    columns = {**subject_columns(plug.describe(noun)), **digests, "created_at": since, "changed_at": since}
    noun.subject = Subject(kind=plug.kind, code=code, address=address.format(code=code), **columns)
    return Draft(noun, prepare(found_by), tuple(first_wordings(noun.subject, worded, at=since)))


def begin(drafted: Draft[M], *, kind: LedgerKind, by: Actor, data: Mapping[str, Any] | None = None, note: Mapping[str, Any] | None = None) -> M:
    """Save a noun that was made ready and record its first happening: all that `record` writes, each row once and with its final values.

    For what is made so often that its time inside the transaction counts. Raises IntegrityError where `save_clean` would find words: the draft was
    validated, and what a constraint of its model says is told by `validate_constraints` once the transaction is over.
    """
    _inside_the_change(kind)
    drafted.noun.subject.version = 1
    bring_in([drafted])
    _write(Happening(kind=kind, on=drafted.noun, by=by, at=clock.now(), data=data or {}, note=note or {}))
    return drafted.noun


def bring_in(drafts: Sequence[Draft[Any]]) -> None:
    """Save drafts of one kind of noun, their Subjects, search entries and wordings: some statements for all of them. `record_many` then says what happened."""
    if not drafts:
        return
    subjects = [brought.noun.subject for brought in drafts]
    _free_codes(subjects)
    Subject.objects.bulk_create(subjects)
    type(drafts[0].noun)._default_manager.bulk_create(brought.noun for brought in drafts)
    store_many((brought.noun.subject, brought.found_by) for brought in drafts)
    write_wordings(wording for brought in drafts for wording in brought.wordings)


def _free_codes(subjects: Sequence[Subject]) -> None:
    taken = set(Subject.objects.filter(code__in=[subject.code for subject in subjects]).values_list("code", flat=True))
    for subject in subjects:
        old = subject.code
        while subject.code in taken:
            subject.code = new_short_code()
            if Subject.objects.filter(code=subject.code).exists():
                taken.add(subject.code)
        subject.address = subject.address.replace(f"/{old}/", f"/{subject.code}/")
        taken.add(subject.code)


def record_many(happenings: Sequence[Happening]) -> None:
    """Write what happened to nouns that were brought in in the same transaction, in the order of the happenings.

    For imports: each gets its ledger entry, note and outbox row as with `record`, but nobody is told anew of what is long past.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record_many() belongs inside the transaction of the change")
    written, subjects = [], {}
    for happening in happenings:
        subject = happening.on.subject
        subject.version += 1
        subject.changed_at = max(subject.changed_at, happening.at)
        subjects[subject.pk] = subject
        written.append(_written(happening))
    Subject.objects.bulk_update(subjects.values(), ["version", "changed_at"], batch_size=250)
    LedgerEntry.objects.bulk_create(entry for entry, _note in written)
    LedgerNote.objects.bulk_create(note for _entry, note in written if note is not None)
    OutboxMessage.objects.bulk_create(OutboxMessage(entry=entry, available_at=entry.happened_at, done_at=clock.now()) for entry, _note in written)


def _refresh(on: Noun, plug: NounPlug, kind: LedgerKind) -> Subject:
    found_by = list(plug.search(on)) if plug.search else []
    worded = None if kind in plug.leaves_words else texts_of(on, plug)
    facts = {**subject_columns(plug.describe(on)), "search_digest": search_digest(found_by), "changed_at": clock.now()}
    if worded is not None:
        facts["wording_digest"] = wording_digest(plug, worded)
    subject = on.subject
    # One statement when the Subject in hand is the newest. Its counters belong to others and are never written here.
    if not Subject.objects.filter(pk=subject.pk, version=subject.version).update(**facts, version=subject.version + 1):
        subject = Subject.objects.select_for_update().get(pk=subject.pk)
        Subject.objects.filter(pk=subject.pk).update(**facts, version=subject.version + 1)
    if subject.search_digest != facts["search_digest"]:
        index(subject, found_by, is_new=not subject.search_digest)
    if worded is not None and subject.wording_digest != facts["wording_digest"]:
        keep_wordings(subject, worded, at=facts["changed_at"], is_new=not subject.wording_digest)
    for name, value in facts.items():
        setattr(subject, name, value)
    subject.version += 1
    on.subject = subject
    return subject


def search_digest(texts: Sequence[SearchText]) -> str:
    """Return what tells whether the texts are those that were indexed."""
    return hashlib.sha256(repr([(text.language, text.title, text.body) for text in texts]).encode()).hexdigest()


def subject_columns(facts: SubjectFacts) -> dict[str, Any]:
    """Return the facts as columns of Subject."""
    words = {f"title_{language}": facts.title.get(language, "")[:300] for language in LANGUAGES}
    words |= {f"summary_{language}": facts.summary.get(language, "") for language in LANGUAGES}
    names = ("audience", "state", "is_need", "unit_id", "post_id", "part_of_id", "area_id", "owner_id", "place_words", "latitude", "longitude")
    return {**words, **{name: getattr(facts, name) for name in names}}
