"""Voices for tests, given through the same actions as everywhere."""

import secrets
from typing import Any

from dialogi.commons.actors import ANONYMOUS, Actor
from dialogi.voices import actions
from dialogi.voices.actions import Said
from dialogi.voices.models import ModerationRule, Publication, Voice


def given(text: str = "Gatlampan på Strandvägen är sönder.", *, by: Actor = ANONYMOUS, language: str = "sv", public: bool = False, **said: Any) -> Voice:
    """Give a voice and return it as it lies in the database."""
    return receipt(text, by=by, language=language, public=public, **said).voice


def receipt(
    text: str = "Gatlampan på Strandvägen är sönder.", *, by: Actor = ANONYMOUS, language: str = "sv", public: bool = False, **said: Any
) -> actions.Receipt:
    """Give a voice and return its receipt; a `public` one waits for its check."""
    wish = said.pop("publication", Publication.WAITING if public else Publication.NOT_ASKED)
    return actions.give_voice(Said(text=text, language=language, publication=wish, **said), form_key=secrets.token_hex(16), by=by)


def rule(code: str = "personal-data") -> ModerationRule:
    """Return a moderation rule, made when missing."""
    words = {"name_sv": "Personuppgifter", "name_fi": "Henkilötiedot", "name_en": "Personal data"}
    explanation = {"explanation_sv": "Vi visar inte andras uppgifter.", "explanation_fi": "Emme näytä muiden tietoja."}
    return ModerationRule.objects.get_or_create(code=code, defaults={**words, **explanation})[0]
