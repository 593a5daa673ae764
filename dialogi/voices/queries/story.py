"""The story of a voice: what happened, with the answers' words in their places, oldest first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from dialogi.commons.actors import Actor
from dialogi.commons.languages import in_language
from dialogi.commons.timeline import timeline
from dialogi.voices.kinds import Happened
from dialogi.voices.models import Reply, Voice

ANSWERS = {Happened.REPLIED.value, Happened.FORWARDED.value, Happened.MERGED.value}
SHAPES = {
    Happened.GIVEN.value: "voice",
    Happened.REOPENED.value: "voice",
    Happened.HELPED.value: "result",
    Happened.REFUSED.value: "stop",
    Happened.WITHDRAWN.value: "stop",
    Happened.OVERDUE.value: "stop",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One knot of the story, as the thread shows it."""

    when: datetime
    sentence: str
    kind: str
    who: str = ""
    body: str = ""
    lang: str = ""
    href: str = ""


def story(voice: Voice, *, actor: Actor, replies: list[Reply], limit: int = 200) -> list[Told]:
    """Tell what happened to a voice, oldest first; each answer stands at the moment when it was given."""
    told = []
    waiting = sorted(replies, key=lambda reply: reply.given_at)
    for entry in reversed(timeline(voice.subject, actor=actor, limit=limit)):
        answer = waiting.pop(0) if entry.kind in ANSWERS and waiting else None
        words = in_language(answer, "text", voice.language) if answer else None
        told.append(
            Told(
                when=entry.when,
                sentence=entry.sentence,
                kind="answer" if entry.kind in ANSWERS else SHAPES.get(entry.kind, "step"),
                who=str(answer.unit) if answer and answer.unit else "",
                body=str(words) if words else "",
                lang=words.language if words else "",
            )
        )
    return told


def replies_to(voice: Voice, *along: str) -> list[Reply]:
    """Return the answers that a voice has got: its own, and those given to its theme after it was gathered; `along` names what else is read with them."""
    if voice.theme_id is None:
        return list(Reply.objects.filter(voice=voice).select_related("unit", *along))
    given = Q(voice=voice) | Q(theme=voice.theme_id, given_at__gte=voice.arrived_at)
    return list(Reply.objects.filter(given).select_related("unit", "theme__subject", *along))
