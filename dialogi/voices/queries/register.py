"""The case register's reads, and the lists of whom to write to and whom to call."""

from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.functional import Promise as Lazy

from dialogi.commons.actors import Actor
from dialogi.commons.languages import in_language
from dialogi.commons.models import Duty
from dialogi.commons.registry import registry
from dialogi.people.models import Role
from dialogi.voices.models import ModerationDecision, Reply, Voice
from dialogi.voices.models.moderation import Outcome
from dialogi.voices.rules import CALL_DUTY, HANDLING

PAGE_SIZE = 50
# What a voice can be kept as; the other retentions are of its parts.
CLASSES = ("voices.feedback", "voices.matter")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """What the register shows; lies in the address."""

    view: str = ""
    retention: str = ""
    words: str = ""


def retention_classes() -> list[tuple[str, str | Lazy]]:
    """Return the classes that a voice can be kept as, with their words."""
    return [(name, registry.retentions[name].label) for name in CLASSES if name in registry.retentions]


def registered(actor: Actor, wanted: RegisterFilter) -> QuerySet[Voice]:
    """Return the voices of the register, newest first."""
    voices = Voice.objects.visible_to(actor)
    narrowings = {"numbered": ~Q(case_number=""), "unnumbered": Q(case_number=""), "unrouted": Q(unit__isnull=True), "misdirected": ~Q(misdirected="")}
    if wanted.view in narrowings:
        voices = voices.filter(narrowings[wanted.view])
    if wanted.retention:
        voices = voices.filter(retention_class=wanted.retention)
    if wanted.words:
        words = wanted.words.strip()
        voices = voices.filter(Q(case_number__icontains=words) | Q(subject__code__iexact=words.replace("-", "")) | Q(text__icontains=words))
    return voices.select_related("subject", "unit", "area").newest()


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call, by when, and what to tell."""

    voice: Voice
    due_at: object
    answer: str
    answer_language: str
    decision: ModerationDecision | None


def calls_to_make(actor: Actor) -> QuerySet[Voice]:
    """Return the voices whose authors wait for a call, of the actor's units, those due first; a constant number of queries for a page."""
    waiting = Duty.objects.open().filter(what=CALL_DUTY).for_units(actor.units(*HANDLING, Role.REGISTRAR))
    due = Duty.objects.open().filter(what=CALL_DUTY, subject=OuterRef("subject")).values("due_at")[:1]
    voices = Voice.objects.visible_to(actor).filter(subject__in=waiting.values("subject")).annotate(due_at=Subquery(due))
    return (
        voices.select_related("subject", "unit", "contact")
        .prefetch_related(
            Prefetch("replies", Reply.objects.order_by("-given_at", "-id")),
            Prefetch("theme__replies", Reply.objects.order_by("-given_at", "-id")),
            Prefetch("decisions", ModerationDecision.objects.exclude(outcome=Outcome.PUBLISHED).select_related("rule")),
        )
        .order_by("due_at", "id")
    )


def as_calls(voices: list[Voice]) -> list[Call]:
    """Say what to tell each author: the last answer in their language, and the last decision on publication."""
    return [_call(voice) for voice in voices]


def _call(voice: Voice) -> Call:
    replies = [*voice.replies.all(), *(voice.theme.replies.all() if voice.theme else [])] if voice.is_answered else []
    latest = max(replies, key=lambda reply: reply.given_at, default=None)
    words = in_language(latest, "text", voice.language) if latest else None
    decisions = list(voice.decisions.all())
    return Call(
        voice=voice,
        due_at=getattr(voice, "due_at", None),
        answer=str(words) if words else "",
        answer_language=words.language if words else "",
        decision=decisions[0] if decisions else None,
    )
