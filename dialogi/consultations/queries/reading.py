"""What anybody reads: the list of consultations, and one of them with its timetable."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS, Actor
from dialogi.commons.languages import current_language
from dialogi.commons.models import Duty, Subject
from dialogi.commons.search import matching
from dialogi.commons.thread import Knot, thread_of
from dialogi.commons.timeline import TimelineEntry, timeline
from dialogi.consultations.models import Consultation, Phase, Stage, State
from dialogi.consultations.models.consultation import ConsultationQuerySet
from dialogi.consultations.rules import ANSWER_DUTY
from dialogi.people.models import Area

PAGE_SIZE = 20
STAGES = (Stage.OPEN, Stage.ANNOUNCED, Stage.CLOSED, Stage.ANSWERED, Stage.DECIDED, Stage.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """What the public list shows; every part lies in the address."""

    words: str = ""
    stage: str = ""
    kind: str = ""
    area: Area | None = None


def public_consultations(wanted: ListFilter) -> QuerySet[Consultation]:
    """Return the published consultations that the filter lets through: what is open first, the one that closes next on top."""
    now = clock.now()
    found: ConsultationQuerySet = Consultation.objects.published()
    if wanted.stage:
        found = _at_stage(found, wanted.stage, now)
    if wanted.kind:
        found = found.filter(pk__in=Phase.objects.filter(kind=wanted.kind).values("consultation"))
    if wanted.area is not None:
        found = found.filter(area=wanted.area)
    if wanted.words:
        languages = [current_language(), *(code for code in ("sv", "fi", "en") if code != current_language())]
        kinds = ["consultations.consultation"]
        found = found.filter(subject__in=matching(wanted.words, languages=languages, actor=ANONYMOUS, kinds=kinds, across_languages=True, limit=400))
    is_open = Q(state=State.PUBLISHED, opens_at__lte=now, closes_at__gt=now)
    shown = found.annotate(is_open_now=is_open).select_related("subject", "unit", "area").prefetch_related("phases")
    return shown.order_by("-is_open_now", F("closes_at").desc(nulls_last=True), "-id")


def _at_stage(found: ConsultationQuerySet, stage: str, now: datetime) -> ConsultationQuerySet:
    asked = {Stage.OPEN: found.open, Stage.ANNOUNCED: found.announced, Stage.CLOSED: found.closed}.get(Stage(stage))
    return asked(now) if asked else found.filter(state=stage)


@dataclass(frozen=True, slots=True)
class Step:
    """One phase on the timetable, as the thread shows it."""

    phase: Phase
    label: str
    is_done: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class PublicConsultation:
    """One consultation as everybody reads it."""

    stage: Stage
    steps: list[Step]
    told: list[TimelineEntry]
    thread: list[Knot]
    changes_at: datetime | None
    is_late: bool


def public_consultation(consultation: Consultation, *, actor: Actor) -> PublicConsultation:
    """Read a consultation with its timetable, timeline and red thread; a constant number of queries."""
    now = clock.now()
    phases = list(consultation.phases.all())
    steps = [Step(phase, str(phase.title or phase.get_kind_display()), phase.is_over(now), phase.is_open(now)) for phase in phases]
    moments = [moment for phase in phases for moment in (phase.opens_at, phase.closes_at) if moment > now]
    thread = [knot for knot in thread_of(consultation.subject, actor=actor) if knot.subject.kind != "voices.voice"]
    return PublicConsultation(
        stage=consultation.stage(now),
        steps=steps,
        told=timeline(consultation.subject, actor=actor),
        thread=thread,
        changes_at=min(moments, default=None),
        is_late=Duty.objects.overdue().filter(subject=consultation.subject_id, what=ANSWER_DUTY).exists(),
    )


def next_change() -> datetime | None:
    """Return when the next phase of any published consultation opens or closes: no shared page may outlive that."""
    now = clock.now()
    phases = Phase.objects.filter(consultation__state=State.PUBLISHED)
    opening = phases.filter(opens_at__gt=now).order_by("opens_at").values_list("opens_at", flat=True).first()
    closing = phases.filter(closes_at__gt=now).order_by("closes_at").values_list("closes_at", flat=True).first()
    return min((moment for moment in (opening, closing) if moment), default=None)


def consultations_about(subject: Subject, limit: int = 5) -> list[Consultation]:
    """Return the newest published consultations about a Subject."""
    found = Consultation.objects.published().filter(about=subject).select_related("subject", "unit")
    return list(found.order_by("-opens_at", "-id")[:limit])
