"""Where the rooms plug themselves in. Filled at start by each room's registrations.py, read everywhere."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise as Lazy

from dialogi.commons.actors import Actor, Grant
from dialogi.commons.kinds import LedgerKind
from dialogi.commons.models import Audience, Duty, LedgerEntry, Subject
from dialogi.commons.permissions import Permission


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """What a noun says about itself; `record` writes it to the noun's Subject."""

    title: dict[str, str]
    audience: str
    summary: dict[str, str] = field(default_factory=dict)
    state: str = ""
    unit_id: int | None = None
    post_id: int | None = None
    part_of_id: int | None = None
    area_id: int | None = None
    owner_id: int | None = None
    place_words: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_need: bool = False


@dataclass(frozen=True, slots=True)
class SearchText:
    """What the search knows of a Subject in one language."""

    language: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class NounPlug:
    """How a noun plugs into the house.

    `holds(person_id)` yields what is stored about a person; `forget(person_id)` erases or detaches it;
    `freeze(subject)` returns the record with its history for the archive. `read_along` names the foreign keys that
    `describe` follows, so that they are read in one query with the noun. `changed_by` are the last words of those ledger kinds after
    which an approval no longer speaks of the same thing. `moves_matters` says that somebody's words in it may set a matter in motion.

    `wordings(noun)` returns what the noun says in several languages: {key: {language: text}}; left out, its translated fields by their names. Texts of
    rows that belong to it have keys such as "phase:3:title"; `leaves_words` names what may happen to the noun, perhaps often, without a change of any text,
    so that they need not be read then. `reword(noun, texts=, by=, expecting=)` is the room's verb that writes such
    texts, `rewording` the right that it asks, `rewords(key)` which of them it writes (left out, all). `wording_labels(noun)` names the texts to a
    translator by their keys; left out, `registry.wording_labels` does by the last part of the key.
    """

    kind: str
    model: type[models.Model]
    label: str | Lazy
    label_plural: str | Lazy
    describe: Callable[[Any], SubjectFacts]
    search: Callable[[Any], Sequence[SearchText]] | None = None
    holds: Callable[[int], Iterable[dict[str, Any]]] | None = None
    forget: Callable[[int], int] | None = None
    freeze: Callable[[Subject], dict[str, Any]] | None = None
    can_be_spoken_about: bool = True
    retention: str = ""
    read_along: tuple[str, ...] = ()
    changed_by: tuple[str, ...] = ("changed",)
    moves_matters: bool = False
    wordings: Callable[[Any], Mapping[str, Mapping[str, str]]] | None = None
    leaves_words: frozenset[LedgerKind] = frozenset()
    reword: Callable[..., None] | None = None
    rewording: Permission | None = None
    rewords: Callable[[str], bool] | None = None
    wording_labels: Callable[[Any], Mapping[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of a page that another room puts on a Subject's page, of one kind or of every kind ("*"): the public page, or the one at the desk."""

    kind: str
    template: str
    context: Callable[[HttpRequest, Subject], dict[str, Any] | None]
    order: int = 50
    place: str = "page"


@dataclass(frozen=True, slots=True)
class DutyKind:
    """A kind of duty: its words, and the address where it is done.

    `on_due_soon` and `on_overdue` are called once for each duty, in a transaction of their own: record what happened there.
    """

    what: str
    label: str | Lazy
    address: Callable[[Subject], str]
    on_due_soon: Callable[[Duty], None] | None = None
    on_overdue: Callable[[Duty], None] | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """What happens to a class of records by itself: legal basis, months to keep, the action that expires them."""

    name: str
    label: str | Lazy
    basis: str | Lazy
    months: int | None
    expire: Callable[[], int] | None = None


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link in the public navigation, the footer, or the desk's navigation; shown when `when` says so."""

    place: str
    label: str | Lazy
    address: str
    order: int = 50
    when: Callable[[Actor], bool] | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job that the worker runs by itself every so many seconds; idempotent.

    `wanted` looks, without writing, whether there is anything to do at all.
    """

    name: str
    every: int
    run: Callable[[], object]
    wanted: Callable[[], bool] | None = None


class Registry:
    """Fixed slots; each room adds its own."""

    def __init__(self) -> None:
        self.nouns: dict[str, NounPlug] = {}
        self.kinds: dict[str, LedgerKind] = {}
        self.panels: list[Panel] = []
        self.duties: dict[str, DutyKind] = {}
        self.reactions: dict[str, list[Callable[[LedgerEntry], None]]] = defaultdict(list)
        self.messages: dict[str, list[Callable[[LedgerEntry], Iterable[Any]]]] = defaultdict(list)
        self.retentions: dict[str, Retention] = {}
        self.nav: list[NavItem] = []
        self.jobs: dict[str, Job] = {}
        self.invariants: dict[str, Callable[[], Iterable[str]]] = {}
        # What is done once a backup lies in an empty place again, before its doors open; each returns a count.
        self.after_restore: dict[str, Callable[[], int]] = {}
        self.actor_source: Callable[[HttpRequest], Actor] | None = None
        # Account ids -> how often each wants messages ("at_once", "daily", "never"); an account left out means at once.
        self.digest_of: Callable[[Iterable[int]], dict[int, str]] | None = None
        # Key of an entry's data -> words for its value in the language of the page; see timeline.
        self.data_words: dict[str, Callable[[Any], str]] = {}
        # Key of an entry's data that names a Subject -> words for one that the reader may not see.
        self.unseen_words: dict[str, str | Lazy] = {}
        # Name of a translated field, or the last part of a wording's key -> its label.
        self.wording_labels: dict[str, str | Lazy] = {}

    def add_noun(self, plug: NounPlug) -> None:
        """Plug a noun in; a kind is registered once."""
        if plug.kind in self.nouns:
            raise ValueError(f"{plug.kind} is registered twice")
        self.nouns[plug.kind] = plug

    def add_kinds(self, kinds: type[LedgerKind]) -> None:
        """Plug a room's ledger kinds in."""
        for kind in kinds:
            if kind.value in self.kinds:
                raise ValueError(f"{kind.value} is registered twice")
            self.kinds[kind.value] = kind

    def noun_of(self, obj: models.Model) -> NounPlug:
        """Return the plug of a noun's model; KeyError when the noun is not registered."""
        for plug in self.nouns.values():
            if plug.model is type(obj):
                return plug
        raise KeyError(f"{type(obj).__name__} is not registered")

    def read_along(self, model: type[models.Model]) -> tuple[str, ...]:
        """Return the foreign keys that a noun's facts are made of; none for what is no noun."""
        return next((plug.read_along for plug in self.nouns.values() if plug.model is model), ())

    def react(self, *kinds: LedgerKind) -> Callable[[Callable[[LedgerEntry], None]], Callable[[LedgerEntry], None]]:
        """Decorate a function in reactions.py that answers these ledger kinds; run by the worker, at least once, idempotent."""

        def add(function: Callable[[LedgerEntry], None]) -> Callable[[LedgerEntry], None]:
            for kind in kinds:
                self.reactions[kind.value].append(function)
            return function

        return add

    def message_for(self, *kinds: LedgerKind) -> Callable[[Callable[[LedgerEntry], Iterable[Any]]], Callable[[LedgerEntry], Iterable[Any]]]:
        """Decorate a function in messages.py that yields `messages.Message` for these ledger kinds."""

        def add(function: Callable[[LedgerEntry], Iterable[Any]]) -> Callable[[LedgerEntry], Iterable[Any]]:
            for kind in kinds:
                self.messages[kind.value].append(function)
            return function

        return add


registry = Registry()

__all__ = ["Audience", "DutyKind", "Grant", "Job", "NavItem", "NounPlug", "Panel", "Registry", "Retention", "SearchText", "SubjectFacts", "registry"]
