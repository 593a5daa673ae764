"""The desk's reads: which matters and decisions somebody keeps, and what can be tied to them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from dialogi.commons.actors import Actor
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import Attachment, Link, Subject
from dialogi.commons.models.subjects import LinkKind, visibility
from dialogi.commons.registry import registry
from dialogi.commons.text import PersonalData, mask_personal_data
from dialogi.decisions.models import OPEN_STATES, Decision, DecisionState, Matter
from dialogi.decisions.queries.reading import Decided, Told, decides_on, files_of, told_of
from dialogi.people.models import Post, Role, Unit

PAGE_SIZE = 30
OFFERED = 30
MOST_SOURCES = 60
VIEWS = ("open", "closed", "all")


def matters_kept_by(actor: Actor, *, view: str = "open", words: str = "") -> QuerySet[Matter]:
    """Return the matters that the actor keeps, opened last first; found by case number, code, or a part of the title."""
    units = None if actor.is_machine else actor.units(Role.HANDLER, Role.HEAD, Role.REGISTRAR)
    matters = Matter.objects.for_units(units)
    if view in {"open", "closed"}:
        matters = matters.filter(state__in=OPEN_STATES) if view == "open" else matters.exclude(state__in=OPEN_STATES)
    return matching_words(matters, words).select_related("subject", "unit").order_by("-opened_on", "-id")


def matching_words(matters: QuerySet[Matter], words: str) -> QuerySet[Matter]:
    """Narrow matters by a case number, a code, or words of the title in any language."""
    for word in words.split()[:6]:
        hit = Q(case_number__icontains=word) | Q(subject__code__iexact=word)
        for language in LANGUAGES:
            # SQLite folds the case of ASCII alone: å ä ö are tried in both.
            for spelling in {word, word.lower(), word.capitalize()}:
                hit |= Q(**{f"subject__title_{language}__icontains": spelling})
        matters = matters.filter(hit)
    return matters


def matters_to_tie(source: Subject, *, words: str = "") -> list[Matter]:
    """Return the matters that may be meant: those that the words find, else the newest open ones, those of the same unit first."""
    matters: QuerySet[Matter] = Matter.objects.exclude(subject__in=_moved_by(source))
    matters = matching_words(matters, words) if words else matters.filter(state__in=OPEN_STATES)
    found = list(matters.select_related("subject", "unit").order_by("-opened_on", "-id")[: OFFERED * 3])
    return sorted(found, key=lambda matter: matter.unit.subject_id != source.unit_id)[:OFFERED]


def matters_moved_by(source: Subject) -> list[Matter]:
    """Return the matters that a voice, a theme or a consultation set in motion."""
    return list(Matter.objects.filter(subject__in=_moved_by(source)).select_related("subject").order_by("id"))


def _moved_by(source: Subject) -> QuerySet[Subject]:
    return Subject.objects.filter(links_in__source=source, links_in__kind=LinkKind.MOVED)


def source_by_code(code: str, *, actor: Actor) -> Subject | None:
    """Find what people said by its short code, if the actor may see it and it may set a matter in motion."""
    movers = [kind for kind, plug in registry.nouns.items() if plug.moves_matters]
    return Subject.objects.visible_to(actor).of_kind(*movers).filter(code=code.strip().upper()).first()


def sources_of(matter: Matter, *, actor: Actor) -> list[Subject]:
    """Return what the actor may see of what set a matter in motion."""
    links = Link.objects.filter(visibility(actor, "source__"), target=matter.subject, kind=LinkKind.MOVED)
    return [link.source for link in links.select_related("source").order_by("id")[:MOST_SOURCES]]


def decisions_recorded_by(actor: Actor, *, view: str = "drafts") -> QuerySet[Decision]:
    """Return the decisions that the actor records: drafts, or public ones, the newest first."""
    units = None if actor.is_machine else actor.units(Role.HEAD, Role.REGISTRAR)
    decisions = Decision.objects.for_units(units)
    if units is not None:
        decisions = decisions.filter(body__isnull=True)
    state = DecisionState.DRAFT if view == "drafts" else DecisionState.PUBLISHED
    return decisions.filter(state=state).select_related("subject", "unit", "body", "matter__subject").order_by("-decided_on", "-id")


def file_of(subject: Subject, *, pk: int, actor: Actor) -> Attachment:
    """Return a file of a Subject; raises Http404 when there is none that the actor may see."""
    return get_object_or_404(Attachment.objects.visible_to(actor), pk=pk, subject=subject)


def units_for(actor: Actor, *roles: str) -> QuerySet[Unit]:
    """Return the units in use that the actor's roles reach, by name."""
    reach = None if actor.is_machine else actor.units(*roles)
    units = Unit.objects.active() if reach is None else Unit.objects.active().filter(subject__in=sorted(reach))
    return units.order_by("name_sv")


def posts_for(actor: Actor, *roles: str) -> QuerySet[Any]:
    """Return the posts in use of the units that the actor's roles reach, by title."""
    reach = None if actor.is_machine else actor.units(*roles)
    posts = Post.objects.active() if reach is None else Post.objects.active().filter(unit__subject__in=sorted(reach))
    return posts.order_by("title_sv")


@dataclass(frozen=True, slots=True)
class DeskMatter:
    """One matter as those who keep it see it."""

    told: list[Told]
    sources: list[Subject]
    decisions: list[Decision]
    files: list[Attachment]


def desk_matter(matter: Matter, *, actor: Actor) -> DeskMatter:
    """Read a matter for its keepers: the whole timeline, also drafts of decisions."""
    return DeskMatter(
        told=told_of(matter.subject, actor=actor),
        sources=sources_of(matter, actor=actor),
        decisions=list(matter.decisions.visible_to(actor).select_related("subject", "body", "unit").order_by("-decided_on", "-id")),
        files=files_of(matter.subject, actor=actor),
    )


@dataclass(frozen=True, slots=True)
class DeskDecision:
    """One decision as those who record it see it; `personal` says what personal data its texts seem to hold."""

    told: list[Told]
    decides_on: list[Decided]
    files: list[Attachment]
    personal: list[str]


def desk_decision(decision: Decision, *, actor: Actor) -> DeskDecision:
    """Read a decision for those who record it."""
    return DeskDecision(
        told=told_of(decision.subject, actor=actor),
        decides_on=decides_on(decision, actor=actor),
        files=files_of(decision.subject, actor=actor),
        personal=_personal(decision),
    )


def _personal(decision: Decision) -> list[str]:
    texts = [getattr(decision, f"{name}_{language}") for name in ("title", "text", "reasons") for language in LANGUAGES]
    kinds = {span.kind for text in texts for span in mask_personal_data(text)}
    return [str(kind.label) for kind in PersonalData if kind in kinds]
