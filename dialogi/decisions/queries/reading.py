"""What anybody reads: the lists, one matter, one decision, and what other rooms' pages show of them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from dialogi.commons.actors import ANONYMOUS, Actor
from dialogi.commons.changes import Approved, Changes, changes_since
from dialogi.commons.languages import LANGUAGES, current_language
from dialogi.commons.models import Attachment, Subject
from dialogi.commons.models.subjects import visibility
from dialogi.commons.search import matching
from dialogi.commons.thread import Knot, thread_of
from dialogi.commons.timeline import timeline
from dialogi.decisions.kinds import Happened
from dialogi.decisions.models import DecidedOn, Decision, DecisionState, Matter
from dialogi.people.models import Body, Unit
from dialogi.people.queries import units_below
from dialogi.services.models import Service

PAGE_SIZE = 20
MOST_HITS = 400
SHOWN_IN_PANEL = 5
SHAPES = {
    Happened.MATTER_MOVED_BY.value: "voice",
    Happened.MATTER_DECIDED.value: "result",
    Happened.MATTER_DECIDED_IN_SECRET.value: "result",
    Happened.PUBLISHED.value: "result",
    Happened.PUBLISHED_IN_SECRET.value: "result",
    Happened.MATTER_STOPPED.value: "stop",
    Happened.CORRECTED.value: "stop",
    Happened.CLOSED_OFF.value: "stop",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFilter:
    """What the list of matters shows; every part lies in the address."""

    words: str = ""
    state: str = ""
    unit: Unit | None = None
    service: Service | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFilter:
    """What the list of decisions shows; every part lies in the address."""

    words: str = ""
    body: Body | None = None
    unit: Unit | None = None
    outcome: str = ""
    made_by: str = ""
    since: date | None = None
    until: date | None = None


def public_matters(wanted: MatterFilter) -> QuerySet[Matter]:
    """Return the matters that the filter lets through, opened last first; a sector stands for its units too."""
    matters = Matter.objects.all()
    if wanted.state:
        matters = matters.filter(state=wanted.state)
    if wanted.unit is not None:
        matters = matters.filter(unit__subject__in=units_below(wanted.unit))
    if wanted.service is not None:
        matters = matters.filter(service=wanted.service)
    if wanted.words:
        matters = matters.filter(Q(subject__in=_found(wanted.words, "decisions.matter")) | Q(case_number=wanted.words))
    return matters.select_related("subject", "unit__subject").newest()


def public_decisions(wanted: DecisionFilter) -> QuerySet[Decision]:
    """Return the public decisions that the filter lets through, decided last first."""
    decisions = Decision.objects.published()
    if wanted.body is not None:
        decisions = decisions.filter(body=wanted.body)
    if wanted.unit is not None:
        decisions = decisions.filter(unit__subject__in=units_below(wanted.unit))
    if wanted.outcome:
        # What is secret does not tell how it ended, so it is not found by it either.
        decisions = decisions.filter(outcome=wanted.outcome, is_public=True)
    if wanted.made_by:
        decisions = decisions.filter(body__isnull=wanted.made_by != "body")
    if wanted.since:
        decisions = decisions.filter(decided_on__gte=wanted.since)
    if wanted.until:
        decisions = decisions.filter(decided_on__lte=wanted.until)
    if wanted.words:
        decisions = decisions.filter(subject__in=_found(wanted.words, "decisions.decision"))
    return decisions.select_related("subject", "body__subject", "unit__subject", "matter__subject").newest()


def _found(words: str, kind: str) -> list[int]:
    """Ids of the Subjects that the words find, in every language, best first; bounded."""
    languages = [current_language(), *(code for code in LANGUAGES if code != current_language())]
    return matching(words, languages=languages, actor=ANONYMOUS, kinds=[kind], across_languages=True, limit=MOST_HITS)


@dataclass(frozen=True, slots=True)
class Told:
    """One knot of the timeline, as the thread shows it."""

    when: datetime
    sentence: str
    kind: str


@dataclass(frozen=True, slots=True)
class PublicMatter:
    """One matter as everybody reads it."""

    told: list[Told]
    moved_by: list[Knot]
    led_to: list[Knot]
    decisions: list[Decision]
    files: list[Attachment]


def public_matter(matter: Matter, *, actor: Actor) -> PublicMatter:
    """Read a matter with its timeline, thread, decisions and files; a constant number of queries."""
    knots = thread_of(matter.subject, actor=actor)
    decisions = list(matter.decisions.published().select_related("subject", "body__subject").newest())
    own = {decision.subject_id for decision in decisions}
    return PublicMatter(
        told=told_of(matter.subject, actor=actor),
        moved_by=[knot for knot in knots if not knot.is_forward],
        led_to=[knot for knot in knots if knot.is_forward and knot.subject.pk not in own],
        decisions=decisions,
        files=files_of(matter.subject, actor=actor),
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision decides on, and how it has changed since."""

    decision: Decision
    subject: Subject
    changes: Changes


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """One decision as everybody reads it."""

    told: list[Told]
    thread: list[Knot]
    decides_on: list[Decided]
    files: list[Attachment]


def public_decision(decision: Decision, *, actor: Actor) -> PublicDecision:
    """Read a decision with its timeline, its thread and what it decides on; a constant number of queries."""
    about = decides_on(decision, actor=actor) if decision.is_public else []
    known = {each.subject.pk for each in about}
    return PublicDecision(
        told=told_of(decision.subject, actor=actor),
        thread=[knot for knot in thread_of(decision.subject, actor=actor) if knot.subject.pk not in known],
        decides_on=about,
        files=files_of(decision.subject, actor=actor),
    )


def told_of(subject: Subject, *, actor: Actor, limit: int = 100) -> list[Told]:
    """Tell what happened, oldest first."""
    return [Told(entry.when, entry.sentence, SHAPES.get(entry.kind, "step")) for entry in reversed(timeline(subject, actor=actor, limit=limit))]


def files_of(subject: Subject, *, actor: Actor) -> list[Attachment]:
    """Return the files that the actor may read, in the order they came."""
    return list(Attachment.objects.filter(subject=subject).visible_to(actor).order_by("id"))


def decides_on(decision: Decision, *, actor: Actor) -> list[Decided]:
    """Return what a decision decides on, as far as the actor may see it, and what has changed since."""
    rows = DecidedOn.objects.filter(visibility(actor, "subject__"), decision=decision).select_related("subject").order_by("id")
    return _with_changes(list(rows), {decision.pk: decision})


def decided_about(subject: Subject) -> list[Decided]:
    """Return the newest public decisions on a Subject, each with what has changed since."""
    rows = list(
        DecidedOn.objects.filter(subject=subject, decision__state=DecisionState.PUBLISHED, decision__is_public=True)
        .select_related("subject", "decision__subject", "decision__body__subject")
        .order_by("-decision__decided_on", "-decision")[:SHOWN_IN_PANEL]
    )
    return _with_changes(rows, {row.decision_id: row.decision for row in rows})


def _with_changes(rows: list[DecidedOn], decisions: dict[int, Decision]) -> list[Decided]:
    approved = {row.pk: Approved(row.subject_id, row.version) for row in rows}
    changes = changes_since(approved.values())
    return [Decided(decisions[row.decision_id], row.subject, changes[approved[row.pk]]) for row in rows]


def matters_of_service(subject: Subject) -> list[Matter]:
    """Return the newest open matters of a service."""
    return _some(Matter.objects.open().filter(service__subject=subject))


def matters_of_unit(subject: Subject) -> list[Matter]:
    """Return the newest open matters that a unit prepares."""
    return _some(Matter.objects.open().filter(unit__subject=subject))


def decisions_of_body(subject: Subject) -> list[Decision]:
    """Return the newest decisions of a body."""
    found = Decision.objects.published().filter(body__subject=subject)
    return list(found.select_related("subject", "body").newest()[:SHOWN_IN_PANEL])


def _some(matters: QuerySet[Matter]) -> list[Matter]:
    return list(matters.select_related("subject", "unit").order_by("-opened_on", "-id")[:SHOWN_IN_PANEL])
