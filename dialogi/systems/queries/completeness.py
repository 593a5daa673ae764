"""What a system lacks of the seven things that each should say."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from dialogi.systems.models import FunctionState, Known, System, SystemUse
from dialogi.systems.rules import Lacking

LACKS: dict[str, Q] = {
    Lacking.NAME: Q(name_sv="") | Q(name_fi=""),
    Lacking.PURPOSE: Q(purpose_sv="", purpose_fi="", purpose_en=""),
    Lacking.UNIT: Q(unit=None),
    Lacking.POST: Q(post=None),
    Lacking.PERSONAL_DATA: Q(personal_data=Known.UNKNOWN),
}


def lacking(rows: QuerySet[System], value: str) -> QuerySet[System]:
    """Return the systems that lack this."""
    has_function = Exists(SystemUse.objects.filter(system=OuterRef("pk"), function__isnull=False))
    is_confirmed = Exists(SystemUse.objects.confirmed().filter(system=OuterRef("pk")))
    if value == Lacking.FUNCTION:
        return rows.filter(~has_function)
    if value == Lacking.CONFIRMED_FUNCTION:
        return rows.filter(~is_confirmed)
    return rows.filter(LACKS[value]) if value in LACKS else rows.filter(confirmed_at=None)


def what_lacks(system: System, uses: Iterable[SystemUse]) -> list[str]:
    """Return what one system lacks, as words; asks nothing of the database."""
    with_function = [use for use in uses if use.function_id is not None]
    missing = {
        Lacking.NAME: not (system.name_sv and system.name_fi),
        Lacking.PURPOSE: not system.purpose,
        Lacking.UNIT: system.unit_id is None,
        Lacking.POST: system.post_id is None,
        Lacking.FUNCTION: not with_function,
        Lacking.CONFIRMED_FUNCTION: bool(with_function) and not any(use.function_state == FunctionState.CONFIRMED for use in with_function),
        Lacking.PERSONAL_DATA: system.personal_data == Known.UNKNOWN,
        Lacking.CONFIRMATION: system.confirmed_at is None,
    }
    return [str(lack.label) for lack, is_missing in missing.items() if is_missing]
