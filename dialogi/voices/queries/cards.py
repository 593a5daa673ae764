"""Voices as lists show them: a card each. Only what a card shows is read, and the answers of a whole list at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from dialogi.commons.languages import Words, in_language
from dialogi.voices.models import Kind, Reply, State, Voice

AREA = ("area__name_sv", "area__name_fi", "area__name_en")
SUBJECT = ("subject__code", "subject__address", "subject__support_count")
OWN = ("kind", "state", "language", "text", "published_text", "place_words", "arrived_at", "answered_at", "theme", "area", "subject")
ANSWER = ("voice", "theme", "text_sv", "text_fi", "text_en", "given_at", "unit", "unit__name_sv", "unit__name_fi", "unit__name_en")


@dataclass(frozen=True, slots=True)
class Card:
    """One voice as a list shows it."""

    code: str
    kind_label: str
    state: str
    state_label: str
    words: str
    lang: str
    url: str
    when: datetime
    place: str
    supports: int
    answer: str
    answered_by: str
    answer_lang: str


def for_cards(voices: QuerySet[Voice]) -> QuerySet[Voice]:
    """Read no more of the voices than their cards show."""
    return voices.select_related(None).select_related("subject", "area").only(*OWN, *SUBJECT, *AREA)


def cards(voices: Sequence[Voice]) -> list[Card]:
    """Return the cards of some voices, with the newest answer of each, in one more query."""
    own, of_themes = _newest_answers(voices)
    return [_card(voice, own.get(voice.pk) or (of_themes.get(voice.theme_id) if voice.theme_id and voice.is_answered else None)) for voice in voices]


def cards_of(ids: Iterable[int]) -> dict[int, Card]:
    """Return the cards of the voices with these ids, by id, in two queries."""
    voices = list(for_cards(Voice.objects.filter(pk__in=sorted(ids))))
    return dict(zip((voice.pk for voice in voices), cards(voices), strict=True))


def _newest_answers(voices: Sequence[Voice]) -> tuple[dict[int, Reply], dict[int, Reply]]:
    own: dict[int, Reply] = {}
    of_themes: dict[int, Reply] = {}
    to = Q(voice__in=[voice.pk for voice in voices])
    if theme_ids := {voice.theme_id for voice in voices if voice.theme_id}:
        to |= Q(theme__in=sorted(theme_ids))
    for reply in Reply.objects.filter(to).select_related("unit").only(*ANSWER).order_by("given_at", "id"):
        if reply.voice_id:
            own[reply.voice_id] = reply
        elif reply.theme_id:
            of_themes[reply.theme_id] = reply
    return own, of_themes


def _card(voice: Voice, reply: Reply | None) -> Card:
    text = in_language(reply, "text", voice.language) if reply else Words("", voice.language)
    return Card(
        code=voice.subject.code,
        kind_label=str(Kind(voice.kind).label),
        state=voice.state,
        state_label=str(State(voice.state).label),
        words=_short(voice.public_words, 220),
        lang=voice.language,
        url=voice.get_absolute_url(),
        when=voice.arrived_at,
        place=voice.place_told,
        supports=voice.subject.support_count,
        answer=_short(str(text), 180),
        answered_by=str(reply.unit.name) if reply and reply.unit else "",
        answer_lang=text.language,
    )


def _short(text: str, length: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + "…"
