"""Staff keep the list of words that mean the same."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import save_clean
from dialogi.commons.models import Synonym
from dialogi.commons.permissions import Permission, require, when
from dialogi.commons.search import synonyms

KEEP_SYNONYMS = Permission(
    "commons.keep_synonyms",
    lambda actor, synonym: when(actor.is_staff and actor.reviews, _("The words of the search are kept by those who check what is published.")),
)


def add_synonym(*, by: Actor, language: str, word: str, same_as: str) -> Synonym:
    """Add a word to a group; it answers queries at once, and texts written from now on are indexed by it."""
    require(by, KEEP_SYNONYMS)
    with transaction.atomic():
        added = save_clean(Synonym(language=language, word=word.strip().lower(), same_as=same_as.strip().lower()))
    synonyms.first_words.forget()
    return added


def change_synonym(synonym: Synonym, *, by: Actor, language: str, word: str, same_as: str) -> Synonym:
    """Change a word or the group it belongs to."""
    require(by, KEEP_SYNONYMS, synonym)
    with transaction.atomic():
        synonym.language, synonym.word, synonym.same_as, synonym.changed_at = language, word.strip().lower(), same_as.strip().lower(), clock.now()
        save_clean(synonym)
    synonyms.first_words.forget()
    return synonym


def remove_synonym(synonym: Synonym, *, by: Actor) -> None:
    """Take a word out of its group."""
    require(by, KEEP_SYNONYMS, synonym)
    with transaction.atomic():
        synonym.delete()
    synonyms.first_words.forget()
