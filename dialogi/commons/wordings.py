"""Translated texts: what is outdated, what waits, what is missing; to find a text still right, and to promise one by a day.

The door keeps the rows (`dialogi.commons.freshness`); rooms read and check them here. Whoever calls a verb has asked whether the actor may.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record
from dialogi.commons.freshness import digest_of, is_stale, newest_beside, settle, texts_of, waits, write_wordings
from dialogi.commons.kinds import LedgerKind
from dialogi.commons.languages import LANGUAGES, REQUIRED, current_language
from dialogi.commons.models import Noun, Subject, Wording
from dialogi.commons.models.wordings import WordingQuerySet
from dialogi.commons.permissions import NotPossible
from dialogi.commons.registry import registry

LONGEST_PROMISE = timedelta(days=366)
NOTHING_TO_DO = gettext_lazy("Somebody has brought the text up to date meanwhile.")
OLDER = {
    ("sv", "fi"): gettext_lazy("The Swedish text is older than the latest change of the Finnish one, and is being checked."),
    ("sv", "en"): gettext_lazy("The Swedish text is older than the latest change of the English one, and is being checked."),
    ("fi", "sv"): gettext_lazy("The Finnish text is older than the latest change of the Swedish one, and is being checked."),
    ("fi", "en"): gettext_lazy("The Finnish text is older than the latest change of the English one, and is being checked."),
    ("en", "sv"): gettext_lazy("The English text is older than the latest change of the Swedish one, and is being checked."),
    ("en", "fi"): gettext_lazy("The English text is older than the latest change of the Finnish one, and is being checked."),
}

# Each in its own language: what a link to the page in it says.
IN_IT = {"sv": "Läs den på svenska", "fi": "Lue se suomeksi", "en": "Read it in English"}


class WordingKind(LedgerKind):
    """What happens to a translated text besides being written."""

    CHECKED = "commons.wording.checked", gettext_lazy("A text was compared with the other languages and is still right: %(text_language)s."), False
    PROMISED = "commons.wording.promised", gettext_lazy("Somebody promised to bring a text up to date: %(text_language)s."), False


@dataclass(frozen=True, slots=True)
class Outdated:
    """A text whose words in one language are older than the latest change of another one, `than`; its page in that one is `newer_url`."""

    key: str
    language: str
    since: datetime
    than: str
    newer_url: str

    @property
    def sentence(self) -> str:
        """What the reader of these words should know, in the language of the page."""
        return str(OLDER[self.language, self.than])

    @property
    def invitation(self) -> str:
        """The words of a link to the newer text, in its own language."""
        return IN_IT[self.than]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that has no words in a required language yet, while it has in another one."""

    key: str
    language: str
    since: datetime


def outdated(subject: Subject) -> list[Outdated]:
    """Return what is outdated among the Subject's texts, in one query."""
    return [_outdated(subject, wording, language) for wording in _open(subject) for language in LANGUAGES if is_stale(wording, language)]


def outdated_on_page(subject: Subject) -> list[Outdated]:
    """Return what to tell the reader of a Subject's page: of the words that the page shows, once for each pair of languages. One query."""
    found: dict[tuple[str, str], Outdated] = {}
    for wording in _open(subject):
        shown = next((language for language in (current_language(), *LANGUAGES) if getattr(wording, f"digest_{language}")), "")
        if shown and is_stale(wording, shown):
            one = _outdated(subject, wording, shown)
            found.setdefault((one.language, one.than), one)
    return list(found.values())


def waiting(subject: Subject) -> list[Waiting]:
    """Return which of the Subject's texts have no words in Swedish or Finnish yet, in one query."""
    empty = [(wording, language) for wording in _open(subject) for language in REQUIRED if waits(wording, language)]
    return [Waiting(wording.key, language, getattr(wording, f"since_{language}")) for wording, language in empty]


def missing(noun: Noun, languages: Sequence[str] = REQUIRED) -> list[tuple[str, str]]:
    """Return (key, language) of each text that has words in some language but none in one of these; read from the noun itself.

    For gates that a noun passes before it is shown, so also for one that no door has seen yet.
    """
    texts = texts_of(noun, registry.noun_of(noun))
    worded = {key: {language for language, text in text.items() if digest_of(text)} for key, text in texts.items()}
    return [(key, language) for key, found in worded.items() if found for language in languages if language not in found]


def noun_of(subject: Subject) -> Noun:
    """Return the noun that a Subject is the face of."""
    found: Noun = registry.nouns[subject.kind].model._default_manager.select_related("subject").get(subject=subject)  # type: ignore[assignment]
    return found


def mark_checked(subject: Subject, *, key: str, language: str, by: Actor, expecting: int | None = None) -> None:
    """Say that outdated words were compared with the others and are still right.

    `expecting` is the Subject's version that was compared. Raises Conflict, and NotPossible when the words are not outdated any more.
    """
    with change(noun_of(subject), expecting=expecting) as noun:
        if not _checked(noun, [key], language, by=by):
            raise NotPossible(NOTHING_TO_DO)


def mark_checked_all(subject: Subject, *, checked: Iterable[tuple[str, str]], by: Actor) -> int:
    """Say that words, each (key, language), are still right; returns how many were outdated. What is not outdated any more is left alone."""
    by_language: dict[str, list[str]] = {}
    for key, language in checked:
        by_language.setdefault(language, []).append(key)
    with change(noun_of(subject)) as noun:
        return sum(_checked(noun, keys, language, by=by) for language, keys in sorted(by_language.items()))


def _checked(noun: Noun, keys: Sequence[str], language: str, *, by: Actor) -> int:
    found = [wording for wording in Wording.objects.filter(subject=noun.subject, key__in=keys).order_by("key") if is_stale(wording, language)]
    for wording in found:
        setattr(wording, f"stale_{language}", False)
        settle(wording, at=clock.now())
        wording.pk = None  # written by subject and key
    write_wordings(found)
    if found:
        told = {"wording": found[0].key} if len(found) == 1 else {"count": len(found)}
        record(WordingKind.CHECKED, on=noun, by=by, data={"text_language": language, **told})
    return len(found)


def promise(subject: Subject, *, key: str, language: str, until: date, by: Actor) -> None:
    """Promise to bring one text up to date in a language by a day; replaces an earlier promise of the same text in the same language.

    Raises ValidationError for a day that cannot be promised, NotPossible.
    """
    _promise(subject, Wording.objects.filter(key=key), language=language, until=until, by=by)


def promise_all(subject: Subject, *, language: str, until: date, by: Actor) -> int:
    """Promise all texts of the Subject that wait or are outdated in a language by a day; returns how many. Raises as `promise` does."""
    return _promise(subject, Wording.objects.exclude(promised_language__in=set(LANGUAGES) - {language}), language=language, until=until, by=by)


def _promise(subject: Subject, wordings: WordingQuerySet, *, language: str, until: date, by: Actor) -> int:
    if by.account_id is None:
        raise NotPossible(_("Only a person can promise a text."))
    if not clock.today() <= until <= clock.today() + LONGEST_PROMISE:
        raise ValidationError({"until": _("Give a day from today on, at most a year away.")})
    with change(noun_of(subject)) as noun:
        lacking = wordings.filter(subject=subject).lacking(language)
        if lacking.exclude(promised_language__in=["", language]).exists():
            raise NotPossible(_("The text is promised in another language already. One language is promised at a time."))
        count = lacking.update(promised_language=language, promised_by=by.account_id, promised_until=until)
        if not count:
            raise NotPossible(NOTHING_TO_DO)
        record(WordingKind.PROMISED, on=noun, by=by, data={"text_language": language, "count": count})
    return count


def _open(subject: Subject) -> Iterable[Wording]:
    return Wording.objects.open().filter(subject=subject).order_by("key")


def _outdated(subject: Subject, wording: Wording, language: str) -> Outdated:
    newer = newest_beside(wording, language)
    return Outdated(wording.key, language, getattr(wording, f"since_{language}"), newer, subject.url_in(newer))
