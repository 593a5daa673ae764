"""An opinion map for tests, made through the room's own verbs."""

import random
import secrets
from datetime import timedelta

from dialogi.commons.actors import ANONYMOUS, Actor
from dialogi.consultations import actions
from dialogi.consultations.actions import Voter
from dialogi.consultations.models import Access, OpinionStatement, Participant, Phase
from dialogi.testing import SETUP, Town

WORDS = (
    ("Servicepunkten ska vara öppen på kvällen.", "Palvelupisteen pitää olla auki illalla."),
    ("Bokbussen räcker för mig.", "Kirjastoauto riittää minulle."),
    ("Jag vill alltid träffa en människa.", "Haluan aina tavata ihmisen."),
    ("Jag sköter allt på webben.", "Hoidan kaiken verkossa."),
)


def opinion_phase(town: Town, *, access: str = Access.OPEN, statements: int = 4, publish: bool = True, shown: str = "live") -> Phase:
    """An opinion map in the plan for the playgrounds, open since yesterday."""
    made = town.playground_plan
    ideas = made.phases.get()
    phase = actions.add_phase(made, kind="opinion_map", opens_at=ideas.opens_at, closes_at=ideas.closes_at, access=access, shown=shown, by=SETUP)
    for number in range(statements):
        sv, fi = WORDS[number] if number < len(WORDS) else (f"Påstående {number}.", f"Väite {number}.")
        actions.add_statement(phase, texts={"sv": sv, "fi": fi}, by=SETUP)
    if publish:
        actions.publish(made, by=SETUP)
    return Phase.objects.select_related("consultation__subject").get(pk=phase.pk)


def voter(**known: object) -> Voter:
    """Somebody whom nobody knows yet."""
    return Voter(**{"language": "sv", "form_key": secrets.token_hex(16), **known})


def votes_by_number(phase: Phase, **votes: int) -> dict[int, int]:
    """Votes by the statements' numbers: s1=1, s3=-1."""
    ids = dict(phase.opinion_statements.values_list("number", "pk"))
    return {ids[int(name[1:])]: value for name, value in votes.items()}


def voted(phase: Phase, *, by: Actor = ANONYMOUS, who: Voter | None = None, **votes: int) -> Participant:
    """Somebody votes."""
    return actions.vote(phase, votes=votes_by_number(phase, **votes), voter=who or voter(), by=by)


def two_camps(phase: Phase, *, each: int = 15, sure: float = 0.95) -> list[Participant]:
    """Two crowds of participants who vote opposite on every statement but the first, on which all agree."""
    dice, made = random.Random(7), []
    statements = list(OpinionStatement.objects.open().filter(phase=phase).order_by("number"))
    for number in range(2 * each):
        side = 1 if number % 2 else -1
        votes = {
            statement.pk: 1 if statement.number == 1 else (side if statement.number % 2 else -side) * (1 if dice.random() < sure else -1)
            for statement in statements
        }
        made.append(actions.vote(phase, votes=votes, voter=voter(), by=ANONYMOUS))
    return made


def close(phase: Phase) -> timedelta:
    """How long from its opening until just after its closing."""
    return phase.closes_at - phase.opens_at
