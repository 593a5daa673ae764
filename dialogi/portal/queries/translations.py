"""The translation queue: what waits and what is outdated over all kinds of nouns, and the texts of one noun side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.freshness import has_wordings, is_stale, texts_of, waits
from dialogi.commons.languages import LANGUAGE_NAMES, LANGUAGES, REQUIRED
from dialogi.commons.models import Subject, Wording
from dialogi.commons.models.wordings import WordingQuerySet
from dialogi.commons.permissions import may
from dialogi.commons.registry import registry
from dialogi.commons.wordings import noun_of
from dialogi.people.models import Person

PAGE_SIZE = 30
TEXTS_ON_A_PAGE = 20
# One line of text, or several.
LINE, PROSE = 300, 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the queue is narrowed to; empty values narrow nothing."""

    kind: str = ""
    language: str = ""
    what: str = ""
    promise: str = ""


@dataclass(frozen=True, slots=True)
class PromisedText:
    """Who promised which language by when."""

    who: str
    language: str | Lazy
    until: date

    @property
    def is_overdue(self) -> bool:
        """Past its day."""
        return self.until < clock.today()


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One noun in the queue."""

    subject: Subject
    kind: str | Lazy
    since: datetime
    lacks: list[str]
    promises: list[PromisedText]


def kinds() -> list[tuple[str, str | Lazy]]:
    """Return the kinds of nouns that have anything to translate, with their words."""
    return [(kind, plug.label_plural) for kind, plug in registry.nouns.items() if has_wordings(plug)]


def _all(actor: Actor) -> WordingQuerySet:
    return Wording.objects.open().visible_to(actor).filter(subject__kind__in=[kind for kind, _label in kinds()])


def wanted(actor: Actor, narrowed: Wanted) -> WordingQuerySet:
    """Return the wordings in which a language waits or is outdated, as the queue is narrowed."""
    found = _all(actor)
    if narrowed.kind:
        found = found.filter(subject__kind=narrowed.kind)
    languages = [narrowed.language] if narrowed.language else []
    if narrowed.what == "outdated":
        found = found.outdated(*languages)
    elif narrowed.what == "waits":
        found = found.waiting(*languages)
    elif languages:
        found = found.lacking(narrowed.language)
    if narrowed.promise == "none":
        return found.filter(promised_until__isnull=True)
    if narrowed.promise == "mine":
        return found.filter(promised_by=actor.account_id)
    if narrowed.promise == "overdue":
        return found.overdue()
    return found.promised() if narrowed.promise == "promised" else found


def grouped(found: WordingQuerySet) -> QuerySet[Any, Any]:
    """Return {subject, since} of each noun, the one that has lacked something longest first."""
    return found.values("subject").annotate(since=Min("open_since")).order_by("since", "subject")


def rows(listed: Iterable[dict[str, Any]], found: WordingQuerySet) -> list[QueueRow]:
    """Return the rows of one page of `grouped`, in four queries however many."""
    since = {row["subject"]: row["since"] for row in listed}
    subjects = Subject.objects.in_bulk(since)
    texts: dict[int, list[Wording]] = {pk: [] for pk in since}
    for wording in found.filter(subject__in=since).order_by("key"):
        texts[wording.subject_id].append(wording)
    names = _names(wording for listed_texts in texts.values() for wording in listed_texts)
    return [
        QueueRow(subjects[pk], registry.nouns[subjects[pk].kind].label, moment, list(_lacks(texts[pk])), _promises(texts[pk], names))
        for pk, moment in since.items()
        if pk in subjects
    ]


def counts(actor: Actor) -> list[tuple[int, str, str]]:
    """Return (how many, words, query of the address) of what waits, what is outdated, and what was promised and is late. One query."""
    asked: dict[str, Count] = {}
    for language in LANGUAGES:
        asked[f"outdated_{language}"] = Count("pk", filter=Q(**{f"stale_{language}": True}))
        if language in REQUIRED:
            asked[f"waits_{language}"] = Count("pk", filter=Q(**{f"waits_{language}": True}))
    found = _all(actor).aggregate(late=Count("pk", filter=Q(promised_until__lt=clock.today())), **asked)
    late = (found["late"], _("past the promised day"), "?promise=overdue")
    waiting = [(found[f"waits_{each}"], str(WAIT[each]), f"?language={each}&what=waits") for each in REQUIRED]
    outdated = [(found[f"outdated_{each}"], str(OUTDATED[each]), f"?language={each}&what=outdated") for each in LANGUAGES]
    return [*waiting, *outdated, late]


WAIT = {"sv": gettext_lazy("wait for Swedish"), "fi": gettext_lazy("wait for Finnish")}
OUTDATED = {"sv": gettext_lazy("outdated in Swedish"), "fi": gettext_lazy("outdated in Finnish"), "en": gettext_lazy("outdated in English")}


def _lacks(wordings: list[Wording]) -> Iterable[str]:
    for language in LANGUAGES:
        name = LANGUAGE_NAMES[language]
        if count := sum(waits(wording, language) for wording in wordings):
            yield ngettext("%(language)s: %(count)s text waits", "%(language)s: %(count)s texts wait", count) % {"language": name, "count": count}
        if count := sum(is_stale(wording, language) for wording in wordings):
            told = ngettext("%(language)s: %(count)s outdated text", "%(language)s: %(count)s outdated texts", count)
            yield told % {"language": name, "count": count}


def _names(wordings: Iterable[Wording]) -> dict[int, str]:
    accounts = {wording.promised_by_id for wording in wordings if wording.promised_by_id}
    return dict(Person.objects.filter(account__in=accounts).values_list("account", "name")) if accounts else {}


def _promises(wordings: Iterable[Wording], names: dict[int, str]) -> list[PromisedText]:
    found = {}
    for wording in wordings:
        if wording.promised_until is not None:
            who = names.get(wording.promised_by_id or 0, "") or _("Somebody who has left")
            one = PromisedText(who, LANGUAGE_NAMES[wording.promised_language], wording.promised_until)
            found[one.who, str(one.language), one.until] = one
    return sorted(found.values(), key=lambda each: each.until)


@dataclass(frozen=True, slots=True)
class Column:
    """The words of one text in one language, and how they stand: waits, outdated, fresh or none."""

    key: str
    language: str
    text: str
    state: str
    since: datetime | None

    @property
    def name(self) -> str:
        """The field of a form that holds it."""
        return f"{self.key}_{self.language}"

    @property
    def language_name(self) -> str | Lazy:
        """The language in the words of the page."""
        return LANGUAGE_NAMES[self.language]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One text in all languages."""

    key: str
    label: str
    is_line: bool
    may_write: bool
    columns: list[Column]
    promises: list[PromisedText]

    @property
    def is_open(self) -> bool:
        """Some language waits or is outdated."""
        return any(column.since for column in self.columns)


@dataclass(frozen=True, slots=True)
class Item:
    """All texts of one noun."""

    subject: Subject
    kind: str | Lazy
    texts: list[SideBySide]

    @property
    def is_written_elsewhere(self) -> bool:
        """Some of its texts are written on their own pages alone."""
        return not all(text.may_write for text in self.texts)

    @property
    def open(self) -> list[SideBySide]:
        """Those in which something is left to do."""
        return [text for text in self.texts if text.is_open]


def item_of(subject: Subject, *, actor: Actor) -> Item:
    """Return the texts of a noun side by side, in the order of its plug."""
    plug, noun = registry.nouns[subject.kind], noun_of(subject)
    may_write = plug.reword is not None and (plug.rewording is None or bool(may(actor, plug.rewording, noun)))
    labels = plug.wording_labels(noun) if plug.wording_labels is not None else {}
    wordings = {wording.key: wording for wording in Wording.objects.filter(subject=subject)}
    names = _names(wordings.values())
    texts = [
        SideBySide(
            key,
            labels.get(key) or _label(key),
            _is_line(plug.model, key),
            may_write and (plug.rewords is None or plug.rewords(key)),
            [_column(key, language, text.get(language, ""), wordings.get(key)) for language in LANGUAGES],
            _promises([wordings[key]], names) if key in wordings else [],
        )
        for key, text in texts_of(noun, plug).items()
    ]
    return Item(subject, plug.label, texts)


def _column(key: str, language: str, text: str, wording: Wording | None) -> Column:
    if wording is None:
        return Column(key, language, text, "none", None)
    state = "waits" if waits(wording, language) else "outdated" if is_stale(wording, language) else "fresh" if text.strip() else "none"
    return Column(key, language, text, state, getattr(wording, f"since_{language}"))


def _label(key: str) -> str:
    last = key.rsplit(":", 1)[-1]
    return str(registry.wording_labels.get(last, last))


def _is_line(model: type[models.Model], key: str) -> bool:
    fields = {field.name: field for field in model._meta.get_fields()}
    return isinstance(fields.get(f"{key}_sv"), models.CharField)
