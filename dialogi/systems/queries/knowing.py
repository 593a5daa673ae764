"""What the room knows of a person: assessments, dismissals and corrections that bear their name."""

from typing import Any

from dialogi.systems.models import Assessment, Correction, Dismissal


def held_in_systems(person_id: int) -> list[dict[str, Any]]:
    """Return what this room stores about a person, as plain values with their names (Regulation 2016/679 articles 15 and 20)."""
    assessments = Assessment.objects.filter(assessor=person_id).select_related("system__subject").order_by("pk")
    corrections = Correction.objects.filter(given_by=person_id).select_related("system__subject").order_by("pk")
    dismissals = Dismissal.objects.filter(by=person_id).select_related("first__subject", "second__subject").order_by("pk")
    rows: list[dict[str, Any]] = [
        {"what": "assessment", "address": row.system.subject.address, "on": row.assessed_on.isoformat(), "words": row.summary} for row in assessments
    ]
    rows += [{"what": "correction", "address": row.system.subject.address, "given": row.given_at.isoformat(), "words": row.text} for row in corrections]
    rows += [
        {"what": "dismissal", "addresses": [row.first.subject.address, row.second.subject.address], "given": row.dismissed_at.isoformat(), "words": row.reason}
        for row in dismissals
    ]
    return rows
