"""Nouns of the room: Matter, Decision, DecidedOn."""

from dialogi.decisions.models.decision import DECISION_FLOW, SETTLING, DecidedOn, Decision, DecisionState, Outcome, Remedy
from dialogi.decisions.models.matter import MATTER_FLOW, OPEN_STATES, Matter, MatterState
from dialogi.decisions.models.mention import Mentionable

__all__ = [
    "DECISION_FLOW",
    "MATTER_FLOW",
    "OPEN_STATES",
    "SETTLING",
    "DecidedOn",
    "Decision",
    "DecisionState",
    "Matter",
    "MatterState",
    "Mentionable",
    "Outcome",
    "Remedy",
]
