"""Looking for candidates, and remembering that a pair is no overlap."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.models import LedgerEntry
from dialogi.commons.permissions import NotPossible, require
from dialogi.systems.harmonising.method import Findings, find
from dialogi.systems.harmonising.signals import Signal, SystemFacts
from dialogi.systems.kinds import Happened
from dialogi.systems.models import Candidate, Dismissal, Reckoning, System
from dialogi.systems.queries.harmonising_facts import all_facts, known_run_costs, systems_with_two_assessors
from dialogi.systems.rules import HARMONISE

BATCH = 2000


def look_for_candidates(*, by: Actor) -> Reckoning:
    """Look at the whole register and replace what was found before; return when, and what could not be told."""
    require(by, HARMONISE)
    seen = LedgerEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    systems = {each.pk: each for each in all_facts()}
    findings = find(systems.values())
    costs, subjects = known_run_costs(), dict(System.objects.current().values_list("pk", "subject"))
    cost_of = {pk: costs[subject][1] for pk, subject in subjects.items() if subject in costs}
    crowds = [[crowd.function, crowd.sector, crowd.systems] for crowd in findings.crowds]
    told = {"seen_entry": seen, "systems": len(systems), "compared": findings.compared, "left_out": findings.left_out, "crowds": crowds}
    told["coverage"] = _coverage(systems, cost_of)
    with transaction.atomic():
        Candidate.objects.all().delete()
        Candidate.objects.bulk_create(_rows(findings, systems, cost_of), batch_size=BATCH)
        reckoning, _made = Reckoning.objects.update_or_create(only_one=True, defaults={**told, "made_at": clock.now()})
    return reckoning


def _coverage(systems: Mapping[int, SystemFacts], cost_of: Mapping[int, Decimal]) -> dict[str, int | str]:
    """How much the method stands on. A proposed function is not a confirmed one."""
    confirmed = {pk for pk, each in systems.items() if each.functions}
    return {
        "systems": len(systems),
        "confirmed": len(confirmed),
        "cost": len(cost_of),
        "fit": systems_with_two_assessors(),
        "days": sum(1 for each in systems.values() if each.days),
        "euros": str(sum(cost_of.values(), Decimal(0))),
        "covered": str(sum((euros for pk, euros in cost_of.items() if pk in confirmed), Decimal(0))),
    }


def _rows(findings: Findings, systems: Mapping[int, SystemFacts], cost_of: Mapping[int, Decimal]) -> Iterator[Candidate]:
    for found in (*findings.candidates, *findings.suggestions):
        cost = cost_of[found.first] + cost_of[found.second] if found.first in cost_of and found.second in cost_of else None
        days = (*systems[found.first].days, *systems[found.second].days)
        day = min(days) if days else None
        yield Candidate(
            first_id=found.first,
            second_id=found.second,
            signals=int(found.signals & ~Signal.WORDS),
            details={"functions": found.functions, "groups": found.data_groups, "words": found.words},
            is_suggestion=not found.is_candidate,
            cost=cost,
            window_on=day,
            place=(0 if day else 1) if cost is not None else (2 if day else 3),
        )


def dismiss(first: System, second: System, *, reason: str, by: Actor, until: date | None = None) -> Dismissal:
    """Remember that two systems do not overlap, or are looked at later. It holds until the day, or until something new speaks for the pair."""
    require(by, HARMONISE)
    if first.pk == second.pk:
        raise NotPossible(_("A pair is two systems."))
    if until is not None and until < clock.today():
        raise NotPossible(_("The day must not have passed."))
    low, high = (first, second) if first.pk < second.pk else (second, first)
    with change(low) as low:
        known = Candidate.objects.filter(first=low, second=high).first()
        row = Dismissal.objects.filter(first=low, second=high).first() or Dismissal(first=low, second=high)
        row.reason, row.until, row.by_id, row.dismissed_at = reason.strip(), until, by.person_id, clock.now()
        row.signals = known.signals if known else 0
        save_clean(row)
        record(Happened.OVERLAP_DISMISSED, on=low, by=by, data={"other_id": high.subject_id}, note={"told": {"reason": row.reason}})
    return row


def look_again(dismissal: Dismissal, *, by: Actor) -> None:
    """Take a dismissal back: the pair is a candidate again."""
    with change(dismissal.first) as system:
        require(by, HARMONISE)
        record(Happened.OVERLAP_LOOKED_AT_AGAIN, on=system, by=by, data={"other_id": dismissal.second.subject_id})
        dismissal.delete()
