"""Descriptions as they are read: a version or the register of today, for whoever reads; the versions, what changed, and the desk's lists."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dialogi.commons.actors import Actor
from dialogi.commons.languages import LANGUAGES, Words, in_language
from dialogi.decisions.models import Decision
from dialogi.people.models import Holding, Post, Role
from dialogi.systems.describing.comparing import ChangedRow, Difference, compare, compare_free
from dialogi.systems.describing.documents import Document, build
from dialogi.systems.describing.fields import Sees
from dialogi.systems.describing.reading import Row, Section, free_rows, missing_words, sections
from dialogi.systems.models import OF_ONE_SYSTEM, Description, DescriptionKind, DescriptionState, DescriptionVersion, System
from dialogi.systems.rules import is_of_team

ENTRIES_ON_PAGE = 50
PAGE_SIZE = 25
DECISIONS_OFFERED = 50
READ_BY_ALL = (DescriptionState.PUBLISHED, DescriptionState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Shown:
    """One description as it is read."""

    kind: str
    title: str
    version: DescriptionVersion | None
    preface: Words
    free: list[Row]
    sections: list[Section]
    missing: list[str]
    kept_inside: int
    document: Document


def sees_of(actor: Actor) -> Sees:
    """Return what somebody reads: staff also what is inside the house. What only the team sees stands in no description."""
    return Sees.STAFF if actor.is_staff or actor.is_machine else Sees.PUBLIC


def versions_of(description: Description, *, sees: Sees) -> QuerySet[DescriptionVersion]:
    """Return the versions to be read, the newest first: to everybody those that were published once."""
    versions = description.versions.select_related("approved_by", "decision__subject").order_by("-number")
    return versions if sees >= Sees.STAFF else versions.filter(state__in=READ_BY_ALL, published_at__isnull=False)


def version_for(description: Description, *, sees: Sees, number: str = "") -> DescriptionVersion | None:
    """Return the version with this number, or the published one; None when there is none to read."""
    versions = versions_of(description, sees=sees)
    if number:
        return versions.filter(number=int(number)).first() if number.isdecimal() and len(number) < 9 else None
    return versions.filter(state=DescriptionState.PUBLISHED).first()


def shown_version(description: Description, version: DescriptionVersion, *, sees: Sees) -> Shown:
    """Read a frozen version."""
    document: Document = version.snapshot[Sees(min(sees, Sees.STAFF)).name.lower()]
    free = list(free_rows(description.kind, version.free, sees=sees))
    return _shown(description.kind, str(description.get_kind_display()), document, version, in_language(version, "preface"), free)


def shown_live(kind: str, *, sees: Sees, system: System | None = None) -> Shown:
    """Read the register as it is now, with what people last wrote in the published version."""
    title = str(DescriptionKind(kind).label)
    document = build(kind, sees=sees, system=system)
    return _shown(kind, title, document, None, Words("", LANGUAGES[0]), [])


def _shown(kind: str, title: str, document: Document, version: DescriptionVersion | None, preface: Words, free: list[Row]) -> Shown:
    return Shown(kind, title, version, preface, free, sections(kind, document), missing_words(document), document["kept_inside"], document)


def paged(shown: Shown, number: str | None) -> tuple[list[Section], Page[Any]]:
    """Return the sections with the rows of one page, and the page; no description is one endless page."""
    longest = max((len(section.entries) for section in shown.sections), default=0)
    page = Paginator(range(longest), ENTRIES_ON_PAGE).get_page(number)
    start = (page.number - 1) * ENTRIES_ON_PAGE
    cut = [Section(section.key, section.label, section.entries[start : start + ENTRIES_ON_PAGE]) for section in shown.sections]
    return [section for section in cut if section.entries], page


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one version to another."""

    before: DescriptionVersion
    after: DescriptionVersion
    rows: list[ChangedRow]
    free: list[Difference]


def compared(description: Description, *, before: DescriptionVersion, after: DescriptionVersion, sees: Sees) -> Comparison:
    """Compare two versions as the reader may read them."""
    name = Sees(min(sees, Sees.STAFF)).name.lower()
    texts = [{language: getattr(version, f"preface_{language}") for language in LANGUAGES} for version in (before, after)]
    free = compare_free(description.kind, {**before.free, "preface": texts[0]}, {**after.free, "preface": texts[1]}, sees=sees)
    return Comparison(before, after, compare(before.snapshot[name], after.snapshot[name]), free)


def changed_since(version: DescriptionVersion) -> list[ChangedRow]:
    """Return what the register says otherwise today than the version does, as staff read it."""
    return compare(version.snapshot["staff"], build(version.description.kind, sees=Sees.STAFF, system=version.description.system))


def desk_descriptions(actor: Actor) -> QuerySet[Any]:
    """Return the descriptions that the actor makes, with their newest version; those of the whole municipality first."""
    newest = DescriptionVersion.objects.filter(description=OuterRef("pk")).order_by("-number")
    rows = Description.objects.visible_to(actor).select_related("subject", "system")
    if not is_of_team(actor):
        posts, units = Holding.objects.current().filter(person=actor.person_id).values("post"), actor.units(Role.HEAD)
        ours = Q(system__post__in=posts) | Q(system__deputy__in=posts)
        rows = rows.filter(ours | (Q(system__unit__isnull=False) if units is None else Q(system__unit__subject__in=sorted(units))))
    rows = rows.annotate(newest_number=Subquery(newest.values("number")[:1]), newest_state=Subquery(newest.values("state")[:1]))
    return rows.order_by(F("system").asc(nulls_first=True), Coalesce("system__name_sv", "kind"), "kind", "pk")


def unmade_kinds() -> list[tuple[str, str]]:
    """Return the kinds of the whole municipality that nobody has begun."""
    made = set(Description.objects.of_the_house().values_list("kind", flat=True))
    return [(kind.value, str(kind.label)) for kind in DescriptionKind if kind not in OF_ONE_SYSTEM and kind.value not in made]


def posts_held(actor: Actor) -> QuerySet[Any]:
    """Return the posts as which the actor may approve: those they hold today."""
    held = Holding.objects.current().filter(person=actor.person_id).values("post")
    return (Post.objects.active() if actor.is_machine else Post.objects.filter(pk__in=held)).order_by("title_sv", "pk")


def decisions_offered() -> QuerySet[Decision]:
    """Return the newest public decisions, by which a description may have been approved."""
    newest = Decision.objects.published().newest().values("pk")[:DECISIONS_OFFERED]
    return Decision.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).select_related("subject").newest()


def public_descriptions() -> QuerySet[Any]:
    """Return the descriptions of the whole municipality that are published, with the version that is."""
    published = DescriptionVersion.objects.filter(state=DescriptionState.PUBLISHED).select_related("approved_by", "decision").defer("snapshot", "free")
    rows = Description.objects.of_the_house().filter(versions__state=DescriptionState.PUBLISHED)
    return rows.select_related("subject").prefetch_related(Prefetch("versions", published, to_attr="published_versions")).order_by("pk")
