"""What those who prepare read at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.duties import open_duty_of
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import Duty
from dialogi.commons.permissions import may
from dialogi.commons.thread import Knot, thread_of
from dialogi.commons.timeline import TimelineEntry, timeline
from dialogi.consultations.actions.preparing import PHASE_FIELDS
from dialogi.consultations.models import Annex, Comment, Consultation, Phase, PhaseKind, Stage, State
from dialogi.consultations.parts import PARTS, Part
from dialogi.consultations.queries.parity import Lack, lacking
from dialogi.consultations.rules import ANSWER_DUTY, ANSWER_POINTS, PLANNING, TAKE_OUT
from dialogi.people.models import Role, Unit

PAGE_SIZE = 30
RECORDED = (PhaseKind.HEARING, PhaseKind.IDEAS, PhaseKind.SURVEY, PhaseKind.OPINION_MAP)
RECORDED_DAYS = 30


def stages() -> list[tuple[str, Any]]:
    """Return the stages that the list can be narrowed to."""
    return [(stage.value, stage.label) for stage in Stage]


def units_of(actor: Actor) -> QuerySet[Unit]:
    """Return the units for which the actor may prepare consultations."""
    units = Unit.objects.active()
    reached = None if actor.is_machine or actor.holds(Role.COMMUNICATIONS, anywhere=True) else actor.units(*PLANNING)
    return units if reached is None else units.filter(subject__in=sorted(reached))


def prepared_by(actor: Actor, *, stage: str = "") -> QuerySet[Consultation]:
    """Return the consultations of the actor's units: drafts first, then what closes next."""
    now = clock.now()
    found = Consultation.objects.visible_to(actor).filter(unit__in=units_of(actor))
    asked = {Stage.OPEN.value: found.open, Stage.ANNOUNCED.value: found.announced, Stage.CLOSED.value: found.closed}.get(stage)
    if asked:
        found = asked(now)
    elif stage in State.values and stage != State.PUBLISHED:
        found = found.filter(state=stage)
    counted = found.annotate(comment_total=Count("comments", distinct=True), is_draft=Q(state=State.DRAFT))
    return counted.select_related("subject", "unit").prefetch_related("phases").order_by("-is_draft", F("closes_at").desc(nulls_last=True), "-id")


def phases_to_record() -> QuerySet[Phase]:
    """Return the phases in which somebody can be answered for: open ones, and those closed for less than a month, what closes next on top."""
    now = clock.now()
    published = Phase.objects.filter(kind__in=RECORDED, consultation__state=State.PUBLISHED, opens_at__lte=now)
    return published.filter(closes_at__gt=now - timedelta(days=RECORDED_DAYS)).select_related("consultation__subject").order_by("closes_at", "pk")[:200]


@dataclass(frozen=True, slots=True)
class Overview:
    """One consultation as those who prepare it see it."""

    stage: Stage
    lacking: list[Lack]
    phases: list[Phase]
    parts: list[tuple[Phase, Part, Mapping[str, Any]]]
    annexes: list[Annex]
    thread: list[Knot]
    told: list[TimelineEntry]
    duty: Duty | None
    comments: int
    waiting: int
    may_answer: bool
    may_take_out: bool


def overview(consultation: Consultation, *, actor: Actor) -> Overview:
    """Read everything about one consultation; a constant number of queries for each phase."""
    phases = list(consultation.phases.all())
    counted = Comment.objects.filter(consultation=consultation).aggregate(total=Count("id"), waiting=Count("id", filter=Q(point_comments__isnull=True)))
    return Overview(
        stage=consultation.stage(),
        lacking=lacking(consultation) if consultation.state == State.DRAFT else [],
        phases=phases,
        parts=[(phase, part, part.desk(phase, actor)) for phase in phases if (part := PARTS.get(phase.kind)) and part.desk_template],
        annexes=list(consultation.annexes.all()),
        thread=[knot for knot in thread_of(consultation.subject, actor=actor) if knot.subject.kind != "voices.voice"],
        told=timeline(consultation.subject, actor=actor, limit=20),
        duty=open_duty_of(consultation.subject, what=ANSWER_DUTY),
        comments=counted["total"],
        waiting=counted["waiting"],
        may_answer=bool(may(actor, ANSWER_POINTS, consultation)),
        may_take_out=bool(may(actor, TAKE_OUT, consultation)),
    )


def values_of_phase(phase: Phase) -> dict[str, Any]:
    """Return a phase's columns, for the form."""
    return {name: getattr(phase, name) for name in PHASE_FIELDS}


def values_of_annex(annex: Annex) -> dict[str, Any]:
    """Return an annex's columns, for the form."""
    words = {f"{name}_{language}": getattr(annex, f"{name}_{language}") for name in ("title", "summary", "exception_because") for language in LANGUAGES}
    return {**words, "promised_by": annex.promised_by, "promised_on": annex.promised_on}
