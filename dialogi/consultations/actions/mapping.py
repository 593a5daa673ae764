"""Drawing opinion maps anew from the votes. Brings in the mathematics: only the worker calls it, never a page."""

from django.db.models import Max

from dialogi.commons import clock
from dialogi.commons.actors import machine
from dialogi.commons.door import change, record
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import OpinionResult, OpinionStatement, OpinionVote, Phase
from dialogi.consultations.opinion.mapping import find_opinions
from dialogi.consultations.opinion.votes import votes_of
from dialogi.consultations.queries.opinion_results import undrawn

CARTOGRAPHER = machine("opinion map")
CHUNK = 20_000


def draw_opinion_maps() -> int:
    """Draw each map whose votes or statements have changed since it was drawn; return how many. Safe to repeat."""
    phases = list(undrawn())
    for phase in phases:
        draw_opinion_map(phase)
    return len(phases)


def draw_opinion_map(phase: Phase) -> OpinionResult:
    """Compute one map outside any transaction, then keep it in the place of the one before."""
    begun = clock.now()
    statements = OpinionStatement.objects.open().filter(phase=phase)
    given = OpinionVote.objects.filter(statement__in=statements)
    # Asked before the votes are read: one that comes meanwhile is newer than this, and the map is drawn once more.
    newest = given.aggregate(newest=Max("voted_at"))["newest"]
    rows = given.values_list("participant", "statement__number", "value").iterator(chunk_size=CHUNK)
    votes = votes_of(rows, statements=statements.values_list("number", flat=True))
    found = find_opinions(votes)
    with change(phase.consultation) as consultation:
        made = OpinionResult.objects.create(
            phase=phase,
            computed_at=begun,
            votes=len(votes),
            voted_up_to=newest,
            participants=found.finding.coverage.participants,
            result=found.finding.as_data(),
        )
        OpinionResult.objects.filter(phase=phase).exclude(pk=made.pk).delete()
        record(Happened.OPINION_COMPUTED, on=consultation, by=CARTOGRAPHER)
    return made
