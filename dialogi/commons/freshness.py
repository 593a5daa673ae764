"""Which language of a text is fresh, which is outdated, which waits; kept by the door with every change.

    A language whose words changed is fresh. If it was up to date before, the words moved on, and every other language that did not change in
    the same step is outdated. If it was outdated or had no words, it has caught up, and nobody else grows old by that.

`dialogi.commons.wordings` holds what rooms call.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from django.db import models

from dialogi.commons.languages import LANGUAGES, REQUIRED, InLanguage
from dialogi.commons.models import Noun, Subject, Wording
from dialogi.commons.registry import NounPlug

Texts = Mapping[str, Mapping[str, str]]
KEPT = tuple(field.name for field in Wording._meta.concrete_fields if field.name not in {"id", "subject", "key"})


@lru_cache(maxsize=256)
def translated_fields(model: type[models.Model]) -> tuple[str, ...]:
    """Return the names of a model's translated fields, in the order they are written."""
    return tuple(dict.fromkeys(value.name for owner in reversed(model.__mro__) for value in vars(owner).values() if isinstance(value, InLanguage)))


def own_texts(noun: models.Model) -> Texts:
    """Return the translated fields of a noun, each in all languages; none of a noun that is out of use."""
    if not getattr(noun, "is_active", True):
        return {}
    return {name: {language: getattr(noun, f"{name}_{language}") for language in LANGUAGES} for name in translated_fields(type(noun))}


def has_wordings(plug: NounPlug) -> bool:
    """Tell whether nouns of this kind have anything to translate."""
    return plug.wordings is not None or bool(translated_fields(plug.model))


def texts_of(noun: Noun, plug: NounPlug) -> Texts:
    """Return what a noun says in several languages, by key."""
    return plug.wordings(noun) if plug.wordings is not None else own_texts(noun)


def wording_digest(plug: NounPlug, texts: Texts) -> str:
    """Return what tells whether any of the texts has changed; empty for nouns without translated texts."""
    if not has_wordings(plug):
        return ""
    return _digest(repr([(key, [digest_of(texts[key].get(language, "")) for language in LANGUAGES]) for key in sorted(texts)]))


def digest_of(text: str) -> str:
    """Return a digest of the words, empty for none. Another way to break lines or set spaces is no other wording."""
    words = " ".join(text.split())
    return _digest(words) if words else ""


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def keep_wordings(subject: Subject, texts: Texts, *, at: datetime, is_new: bool) -> None:
    """Bring a Subject's wordings up to its texts, in at most two statements; a text that is no longer there counts as empty."""
    known = {} if is_new else {wording.key: wording for wording in Wording.objects.filter(subject=subject)}
    rows = []
    for key in sorted({*known, *texts}):
        wording = known.get(key) or Wording(subject=subject, key=key)
        if judge(wording, texts.get(key, {}), at=at):
            wording.pk = None  # written by subject and key, new or not, in one statement
            rows.append(wording)
    write_wordings(rows)


def first_wordings(subject: Subject, texts: Texts, *, at: datetime) -> list[Wording]:
    """Return the wordings of a noun that is new to the house, not saved."""
    made = [Wording(subject=subject, key=key) for key in sorted(texts)]
    return [wording for wording in made if judge(wording, texts[wording.key], at=at)]


def write_wordings(rows: Iterable[Wording]) -> None:
    """Write new and changed wordings; no statement for none."""
    listed = list(rows)
    if listed:
        Wording.objects.bulk_create(listed, update_conflicts=True, unique_fields=["subject", "key"], update_fields=KEPT)


def judge(wording: Wording, texts: Mapping[str, str], *, at: datetime) -> bool:
    """Hold a wording against its texts as they are now, write into it what follows, and tell whether any words had changed."""
    before = {language: getattr(wording, f"digest_{language}") for language in LANGUAGES}
    now = {language: digest_of(texts.get(language, "")) for language in LANGUAGES}
    if before == now:
        return False
    moved_on = any(before[language] and now[language] not in {"", before[language]} and not is_stale(wording, language) for language in LANGUAGES)
    for language in LANGUAGES:
        if now[language] != before[language]:
            setattr(wording, f"digest_{language}", now[language])
            setattr(wording, f"changed_{language}", at if now[language] else None)
            setattr(wording, f"stale_{language}", False)
        elif now[language] and moved_on:
            setattr(wording, f"stale_{language}", True)
    if any(before[language] and not now[language] for language in LANGUAGES):
        _follow_who_is_left(wording)
    wording.changed_at = at
    settle(wording, at=at)
    return True


def is_stale(wording: Wording, language: str) -> bool:
    """Tell whether the words in this language are older than the latest change of another one."""
    return bool(getattr(wording, f"stale_{language}"))


def newest_beside(wording: Wording, language: str) -> str:
    """Return the language, other than this one, whose words were changed last; empty when there are no others."""
    others = [each for each in LANGUAGES if each != language and getattr(wording, f"digest_{each}")]
    return max(others, key=lambda each: (getattr(wording, f"changed_{each}"), not is_stale(wording, each)), default="")


def waits(wording: Wording, language: str) -> bool:
    """Tell whether there are no words in this required language, while there are in another one."""
    return language in REQUIRED and bool(getattr(wording, f"waits_{language}"))


def _follow_who_is_left(wording: Wording) -> None:
    """Words that no other words are newer than are not outdated: whatever they were behind is gone."""
    left = [language for language in LANGUAGES if getattr(wording, f"digest_{language}")]
    newest = max((getattr(wording, f"changed_{language}") for language in left), default=None)
    for language in left:
        if getattr(wording, f"changed_{language}") == newest:
            setattr(wording, f"stale_{language}", False)


def settle(wording: Wording, *, at: datetime) -> None:
    """Write what follows from digests and flags: who waits, since when, and the end of a promise that was kept."""
    has_words = any(getattr(wording, f"digest_{language}") for language in LANGUAGES)
    for language in REQUIRED:
        was_waiting = waits(wording, language)
        setattr(wording, f"waits_{language}", has_words and not getattr(wording, f"digest_{language}"))
        if waits(wording, language) and not was_waiting:
            setattr(wording, f"since_{language}", None)  # it may have been outdated before; now it waits anew
    for language in LANGUAGES:
        is_open = is_stale(wording, language) or waits(wording, language)
        setattr(wording, f"since_{language}", (getattr(wording, f"since_{language}") or at) if is_open else None)
    since = [getattr(wording, f"since_{language}") for language in LANGUAGES]
    wording.open_since = min((moment for moment in since if moment), default=None)
    if wording.promised_language and getattr(wording, f"since_{wording.promised_language}") is None:
        wording.promised_language, wording.promised_by, wording.promised_until = "", None, None
