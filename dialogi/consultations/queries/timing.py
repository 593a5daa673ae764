"""Is it open, is it late: by the clock and the phases alone."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dialogi.commons.permissions import NotPossible
from dialogi.consultations.models import Consultation, Lateness, Phase, State


def lateness_of(phase: Phase, *, arrived_at: datetime) -> Lateness:
    """Return whether what arrived at a moment is in time; raises NotPossible before the opening and when it is too late for the preparer too."""
    consultation: Consultation = phase.consultation
    if consultation.state == State.DRAFT or arrived_at < phase.opens_at:
        raise NotPossible(_("It is not open yet."))
    if consultation.state != State.PUBLISHED:
        raise NotPossible(_("The consultation is already answered. You can still write to the municipality in your own words."))
    return Lateness.IN_TIME if arrived_at < phase.closes_at else Lateness.LATE
