"""What a person has said, for the person's own page and file."""

from dataclasses import dataclass
from typing import Any

from dialogi.commons.languages import current_language
from dialogi.commons.records import iso
from dialogi.voices.models import Support, Voice
from dialogi.voices.queries.reach import status_path

SHOWN = 50


@dataclass(frozen=True, slots=True)
class MyVoice:
    """One of my voices and where I follow it: the page that my code opens."""

    voice: Voice
    address: str


def voices_of(person_id: int) -> list[MyVoice]:
    """Return a person's newest voices, one query."""
    found = Voice.objects.filter(author=person_id).select_related("subject").newest()[:SHOWN]
    return [MyVoice(voice, status_path(voice, current_language())) for voice in found]


def held_in_voices(person_id: int) -> list[dict[str, Any]]:
    """Return what this room stores about a person, as plain values with their names (Regulation 2016/679 articles 15 and 20)."""
    voices = Voice.objects.filter(author=person_id).select_related("subject", "contact").prefetch_related("replies", "decisions__appeal").order_by("pk")
    supports = Support.objects.filter(account__person=person_id).select_related("voice__subject").order_by("pk")
    rows: list[dict[str, Any]] = [_voice(voice) for voice in voices]
    rows += [{"what": "support", "address": support.voice.subject.address, "given": iso(support.given_at)} for support in supports]
    return rows


def _voice(voice: Voice) -> dict[str, Any]:
    contact = voice.contact
    appeals = [decision.appeal for decision in voice.decisions.all() if hasattr(decision, "appeal")]
    return {
        "what": "voice",
        "address": voice.subject.address,
        "words": voice.text,
        "language": voice.language,
        "kind": voice.kind,
        "state": voice.state,
        "publication": voice.publication,
        "channel": voice.channel,
        "place": voice.place_words,
        "helped_by": voice.helped_by,
        "case_number": voice.case_number,
        "arrived": iso(voice.arrived_at),
        "contact": {"name": contact.name, "email": contact.email, "phone": contact.phone, "postal_address": contact.postal_address} if contact else {},
        "answers": [{"sv": reply.text_sv, "fi": reply.text_fi, "en": reply.text_en, "given": iso(reply.given_at)} for reply in voice.replies.all()],
        "reviews": [{"words": appeal.text, "answer": appeal.answer, "made": iso(appeal.made_at)} for appeal in appeals],
    }
