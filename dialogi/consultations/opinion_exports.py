"""What can be taken away from opinion maps: the statements with their sums, and the votes as a plain matrix, a row a participant, a column a statement.

Rows are in an order that says nothing about who came when, and nothing but votes is in them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from dialogi.consultations.models import Consultation, OpinionStatement, OpinionVote, Participant, Phase, PhaseKind
from dialogi.consultations.queries.surveys import are_results_shown

BATCH = 500
TEXTS = ("text_sv", "text_fi", "text_en")


def _phases(consultation: Consultation) -> list[Phase]:
    return [phase for phase in consultation.phases.all() if phase.kind == PhaseKind.OPINION_MAP and are_results_shown(phase)]


def _statements(consultation: Consultation) -> list[OpinionStatement]:
    return list(OpinionStatement.objects.open().filter(phase__in=_phases(consultation)).order_by("phase__position", "phase_id", "number"))


def vote_columns(consultation: Consultation) -> list[tuple[str, str]]:
    """Return the columns as `./manage opinion_map --votes` reads them again: the participant, then each statement by its number and words."""
    statements = _statements(consultation)
    several = len({statement.phase_id for statement in statements}) > 1
    named = [(f"s{one.phase_id}-{one.number}" if several else f"s{one.number}", one) for one in statements]
    return [("participant", "participant"), *((key, f"{key} {one.text}") for key, one in named)]


def vote_rows(consultation: Consultation) -> Iterator[Sequence[object]]:
    """Yield a row for each who voted: 1 agrees, -1 disagrees, 0 passes, empty was not seen."""
    columns = {statement.pk: place for place, statement in enumerate(_statements(consultation))}
    voters = OpinionVote.objects.filter(statement__in=columns).values_list("participant", flat=True).distinct().order_by()
    for start, batch in _batches(sorted(voters, key=_shuffled)):
        rows: dict[int, list[object]] = {pk: [number, *[""] * len(columns)] for number, pk in enumerate(batch, start=start + 1)}
        votes = OpinionVote.objects.filter(participant__in=batch, statement__in=columns).values_list("participant", "statement", "value")
        for participant, statement, value in votes:
            rows[participant][1 + columns[statement]] = value
        yield from rows.values()


def _shuffled(participant: int) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY} {participant}".encode()).hexdigest()


def _batches(keys: list[int]) -> Iterator[tuple[int, list[int]]]:
    for start in range(0, len(keys), BATCH):
        yield start, keys[start : start + BATCH]


def statement_columns(consultation: Consultation) -> list[tuple[str, str]]:
    """Return the columns of the statements."""
    named = (("agree", _("Agree")), ("disagree", _("Disagree")), ("passed", _("Pass")))
    return [("number", str(_("Number"))), *((name, name) for name in TEXTS), *((key, str(label)) for key, label in named)]


def statement_rows(consultation: Consultation) -> Iterator[Sequence[object]]:
    """Yield each statement with its words and how people voted on it."""
    sums = {name: Count("votes", filter=Q(votes__value=value)) for name, value in (("agree", 1), ("disagree", -1), ("passed", 0))}
    counted: Any = OpinionStatement.objects.filter(pk__in=[statement.pk for statement in _statements(consultation)]).annotate(**sums)
    for one in counted.order_by("phase__position", "phase_id", "number"):
        yield one.number, *(getattr(one, name) for name in TEXTS), one.agree, one.disagree, one.passed


def full_votes(phase: Phase) -> Iterator[dict[str, Any]]:
    """Yield everything about each participant, by name where there is one; part of the full record."""
    participants = Participant.objects.filter(phase=phase).select_related("person", "area").prefetch_related("votes__statement", "statements")
    for participant in participants.order_by("pk").iterator(chunk_size=BATCH):
        yield {
            "since": participant.since.isoformat(),
            "channel": participant.channel,
            "language": participant.language,
            "age": participant.age_band,
            "village": str(participant.area) if participant.area else "",
            "person": participant.person.name if participant.person else "",
            "votes": {str(vote.statement.number): vote.value for vote in participant.votes.all()},
            "proposed": [{"words": str(one.text), "state": one.state, "reason": one.explanation} for one in participant.statements.all()],
        }
