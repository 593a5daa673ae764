"""Verbs of the translation queue and of the machinery. The texts belong to other rooms: their own verbs write them, and ask and tell by themselves."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from dialogi.commons import outbox, sending
from dialogi.commons.actors import Actor
from dialogi.commons.door import change
from dialogi.commons.freshness import Texts, digest_of, texts_of
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import Subject
from dialogi.commons.permissions import Conflict, NotPossible, require
from dialogi.commons.registry import registry
from dialogi.commons.wordings import mark_checked_all, noun_of, promise, promise_all
from dialogi.portal.rules import OPERATE, TRANSLATE

Seen = Mapping[tuple[str, str], str]


def translate(subject: Subject, *, texts: Texts, checked: Collection[tuple[str, str]], seen: Seen, by: Actor) -> None:
    """Write texts by the verb of their room, and find others, each (key, language), still right.

    `seen` holds the digests of what the translator had before the eyes, in every language: raises Conflict when any of those words has
    changed since. Comments and other news about the same noun are no reason to refuse.
    """
    require(by, TRANSLATE, subject)
    with change(noun_of(subject)) as noun:
        plug = registry.nouns[subject.kind]
        _refuse_unseen(texts_of(noun, plug), {*texts, *(key for key, _language in checked)}, seen)
        if texts:
            if plug.reword is None:
                raise NotPossible(_("These texts are changed on their own page."))
            plug.reword(noun, texts=texts, by=by, expecting=noun.subject.version)
        mark_checked_all(subject, checked=checked, by=by)


def promise_translation(subject: Subject, *, key: str, language: str, until: date, by: Actor) -> None:
    """Promise to bring one text, or with an empty key all texts of a noun, up to date in a language by a day."""
    require(by, TRANSLATE, subject)
    if key:
        promise(subject, key=key, language=language, until=until, by=by)
    else:
        promise_all(subject, language=language, until=until, by=by)


def try_again(*, by: Actor) -> int:
    """Let what could not be carried on or sent try again; return how many."""
    require(by, OPERATE)
    return outbox.retry_parked() + sending.retry_failed()


def _refuse_unseen(now: Texts, keys: Collection[str], seen: Seen) -> None:
    for key in keys:
        for language in LANGUAGES:
            if digest_of(now.get(key, {}).get(language, "")) != seen.get((key, language)):
                raise Conflict(_("Somebody else changed this while you were working. Your words are kept: compare them with what it reads now and save again."))
