"""The nouns of the room."""

from dialogi.voices.models.desk import InternalNote, ReplyTemplate, Route
from dialogi.voices.models.moderation import Appeal, ModerationDecision, ModerationRule
from dialogi.voices.models.voice import FLOW, OPEN_STATES, Channel, Kind, Publication, Reply, SpeaksAs, State, Support, Theme, Translation, Voice, VoiceQuerySet

__all__ = [
    "FLOW",
    "OPEN_STATES",
    "Appeal",
    "Channel",
    "InternalNote",
    "Kind",
    "ModerationDecision",
    "ModerationRule",
    "Publication",
    "Reply",
    "ReplyTemplate",
    "Route",
    "SpeaksAs",
    "State",
    "Support",
    "Theme",
    "Translation",
    "Voice",
    "VoiceQuerySet",
]
