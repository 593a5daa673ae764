"""Is it open, is it late: by the clock and the phases alone."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.permissions import NotPossible
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Consultation, Lateness, Phase, PhaseKind, State


def lateness_of(phase: Phase, *, arrived_at: datetime) -> Lateness:
    """Return whether what arrived at a moment is in time; raises NotPossible before the opening and when it is too late for the preparer too."""
    consultation: Consultation = phase.consultation
    if consultation.state == State.DRAFT or arrived_at < phase.opens_at:
        raise NotPossible(_("It is not open yet."))
    if consultation.state != State.PUBLISHED:
        raise NotPossible(_("The consultation is already answered. You can still write to the municipality in your own words."))
    return Lateness.IN_TIME if arrived_at < phase.closes_at else Lateness.LATE


def refuse_unless_votable(phase: Phase, *, at: datetime | None = None) -> None:
    """Raise NotPossible unless one can vote on statements at the moment (now): votes that come late are not taken."""
    moment = at or clock.now()
    if phase.kind != PhaseKind.OPINION_MAP or phase.consultation.state == State.DRAFT or moment < phase.opens_at:
        raise NotPossible(_("It is not open yet."))
    if phase.is_over(moment) or phase.consultation.state != State.PUBLISHED:
        raise NotPossible(_("The time is over. Votes are not taken after the closing, so that everybody had the same time."))


def untold() -> QuerySet[Phase]:
    """Return the phases of published consultations that have opened or closed without its having been told."""
    now = clock.now()
    come = Q(opened_at__isnull=True, opens_at__lte=now) | Q(closed_at__isnull=True, closes_at__lte=now)
    return Phase.objects.talking().filter(come, consultation__state=State.PUBLISHED)


def is_any_to_tell() -> bool:
    """Tell whether a phase has opened or closed untold."""
    return untold().exists()


def answer_until(consultation: Consultation) -> datetime | None:
    """Return when the timetable promises the answers; None when it has no phase for them."""
    phase = consultation.phases.filter(kind__in=[PhaseKind.ANSWER, PhaseKind.SUMMARY]).order_by("-closes_at").first()
    return phase.closes_at if phase else None


def changed_kind(consultation: Consultation) -> Happened:
    """Return what the ledger says of a change: before publication nobody is told."""
    return Happened.CHANGED if consultation.state == State.DRAFT else Happened.CHANGED_IN_PUBLIC
