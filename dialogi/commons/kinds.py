"""Ledger kinds: `room.noun.happened`, each with its sentence in every language."""

from enum import Enum

from django.utils.functional import Promise as Lazy


class LedgerKind(Enum):
    """Parent of each room's kinds: `GIVEN = "voices.voice.given", _("The feedback arrived."), True`.

    The sentence may hold named placeholders filled from the entry's data; a public kind is shown on the public timeline.
    """

    sentence: "str | Lazy"
    is_public: bool

    def __new__(cls, value: str, sentence: "str | Lazy" = "", is_public: bool = False) -> "LedgerKind":
        kind = object.__new__(cls)
        kind._value_ = value
        kind.sentence = sentence
        kind.is_public = is_public
        return kind

    def __str__(self) -> str:
        return str(self.value)
