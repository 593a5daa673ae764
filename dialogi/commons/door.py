"""The one door: every change of a noun passes `record`, in the same transaction."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.codes import new_short_code
from dialogi.commons.kinds import LedgerKind
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import LedgerEntry, LedgerNote, Noun, OutboxMessage, Subject
from dialogi.commons.permissions import Conflict, NotPossible
from dialogi.commons.registry import NounPlug, SearchText, SubjectFacts, registry
from dialogi.commons.search import index

N = TypeVar("N", bound=models.Model)


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
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() belongs inside the transaction of the change")
    if registry.kinds.get(kind.value) is not kind:
        raise KeyError(f"{kind.value} is not registered")
    plug = registry.noun_of(on)
    subject = _refresh(on, plug)
    body = {**({"account": by.account_id} if by.account_id else {}), **(note or {})}
    salt = secrets.token_hex(16) if body else ""
    entry = LedgerEntry(
        subject=subject,
        kind=kind.value,
        actor_kind=by.kind.value,
        is_public=kind.is_public,
        data=dict(data or {}),
        version=subject.version,
        note_digest=LedgerNote.digest(salt, body) if body else "",
        happened_at=clock.now(),
    )
    entry.digest = entry.compute_digest()
    entry.save(force_insert=True)
    if body:
        LedgerNote.objects.create(entry=entry, account_id=by.account_id, salt=salt, body=body)
    OutboxMessage.objects.create(entry=entry, available_at=clock.now())
    return entry


def _refresh(on: Noun, plug: NounPlug) -> Subject:
    texts = list(plug.search(on)) if plug.search else []
    facts = {**subject_columns(plug.describe(on)), "search_digest": search_digest(texts), "changed_at": clock.now()}
    subject = on.subject
    # One statement when the Subject in hand is the newest. Its counters belong to others and are never written here.
    if not Subject.objects.filter(pk=subject.pk, version=subject.version).update(**facts, version=subject.version + 1):
        subject = Subject.objects.select_for_update().get(pk=subject.pk)
        Subject.objects.filter(pk=subject.pk).update(**facts, version=subject.version + 1)
    if subject.search_digest != facts["search_digest"]:
        index(subject, texts, is_new=not subject.search_digest)
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
    names = ("audience", "state", "is_need", "unit_id", "part_of_id", "area_id", "owner_id", "place_words", "latitude", "longitude")
    return {**words, **{name: getattr(facts, name) for name in names}}
