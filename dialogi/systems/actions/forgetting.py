"""A person who is erased: what they found and said stays, without their name."""

from django.db import transaction

from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record
from dialogi.commons.permissions import require
from dialogi.people.rules import SWEEP
from dialogi.systems.kinds import Happened
from dialogi.systems.models import Assessment, Correction, Dismissal, System


def forget_in_systems(person_id: int, *, by: Actor) -> int:
    """Take a person's name off assessments, corrections and dismissals; return of how many."""
    require(by, SWEEP)
    count = 0
    with transaction.atomic():
        named = ((Assessment.objects, "assessor", "system"), (Correction.objects, "given_by", "system"), (Dismissal.objects, "by", "first"))
        for rows, name, owner in named:
            found = rows.filter(**{name: person_id})
            for pk in System.objects.filter(pk__in=found.values(owner)).order_by("pk").values_list("pk", flat=True):
                with change(System(pk=pk)) as system:
                    record(Happened.NAME_FORGOTTEN, on=system, by=by)
            count += found.update(**{name: None})
    return count
