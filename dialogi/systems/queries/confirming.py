"""Which systems wait for somebody's word that the register is still true."""

from django.db.models import Exists, OuterRef, QuerySet

from dialogi.commons.models import Duty
from dialogi.systems.models import System
from dialogi.systems.rules import CONFIRM_DUTY


def waiting_for_a_duty() -> QuerySet[System, int]:
    """Return the numbers of systems that a post answers for and whose yearly question is not open."""
    is_open = Exists(Duty.objects.open().filter(subject=OuterRef("subject"), what=CONFIRM_DUTY))
    return System.objects.current().filter(~is_open, post__isnull=False).order_by("pk").values_list("pk", flat=True)  # type: ignore[return-value]


def is_anybody_to_be_asked() -> bool:
    """Tell whether there is such a system."""
    return waiting_for_a_duty().exists()
