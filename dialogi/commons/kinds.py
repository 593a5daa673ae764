"""Ledger kinds: `room.noun.happened`, each with its sentence in every language."""

from enum import Enum

from django.utils.functional import Promise as Lazy

# How many steps along the red thread followers hear of what happened, unless the kind says otherwise.
USUAL_REACH = 2
# On the timeline, but told to nobody: another entry tells the same.
QUIET = -1


class LedgerKind(Enum):
    """Parent of each room's kinds: `GIVEN = "voices.voice.given", _("The feedback arrived."), True`.

    The sentence may hold named placeholders filled from the entry's data; a public kind is shown on the public timeline and told
    to those who follow the Subject (0 steps) or what is tied to it, at most `reach` steps away.
    """

    sentence: "str | Lazy"
    is_public: bool
    reach: int

    def __new__(cls, value: str, sentence: "str | Lazy" = "", is_public: bool = False, reach: int = USUAL_REACH) -> "LedgerKind":
        kind = object.__new__(cls)
        kind._value_ = value
        kind.sentence = sentence
        kind.is_public = is_public
        kind.reach = reach
        return kind

    def __str__(self) -> str:
        return str(self.value)
