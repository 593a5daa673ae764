"""The nouns of the room."""

from dialogi.voices.models.desk import InternalNote, ReplyTemplate, Route
from dialogi.voices.models.moderation import Appeal, ModerationDecision, ModerationRule
from dialogi.voices.models.voice import (
    ASKED_FOR,
    FLOW,
    OPEN_STATES,
    OWN_KINDS,
    Channel,
    Kind,
    Publication,
    Reply,
    SpeaksAs,
    State,
    Support,
    Theme,
    Translation,
    Voice,
    VoiceQuerySet,
)

__all__ = [
    "ASKED_FOR",
    "FLOW",
    "OPEN_STATES",
    "OWN_KINDS",
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
