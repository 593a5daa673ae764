"""Moderation's reads: what waits for a check, one check, and what everybody may see of the decisions."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise as Lazy

from dialogi.commons.actors import Actor
from dialogi.commons.models import Duty
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.permissions import Verdict, may
from dialogi.commons.text import mask_personal_data, masked
from dialogi.people.models import LANGUAGE_CHOICES
from dialogi.voices.models import Appeal, ModerationDecision, ModerationRule, Reply, Translation, Voice
from dialogi.voices.models.moderation import Outcome
from dialogi.voices.queries.story import replies_to
from dialogi.voices.rules import CHECK_DUTY, MODERATE

PAGE_SIZE = 30
LOG_SIZE = 50
HIDING = (Outcome.MASKED, Outcome.REFUSED, Outcome.WITHDRAWN)
KEPT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Waiting:
    """A voice that waits for its check; a verdict that refuses says why this reader may not decide."""

    voice: Voice
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the words; with a label it looks like personal data."""

    text: str
    label: str | Lazy = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Everything that whoever decides needs to see of one voice: all that would become public."""

    pieces: list[Piece]
    proposal: str
    has_personal_data: bool
    duty: Duty | None
    decisions: list[ModerationDecision]
    appeal: Appeal | None
    photos: list[Attachment]
    replies: list[Reply]
    translations: list[Translation]
    following: Voice | None


def waiting_for_check(actor: Actor) -> QuerySet[Voice]:
    """Return the voices that wait for a publication check, those that have waited longest first; each carries `due_at`."""
    due = Duty.objects.filter(subject=OuterRef("subject"), what=CHECK_DUTY, done_at__isnull=True).values("due_at")[:1]
    voices = Voice.objects.visible_to(actor).unpublished().annotate(due_at=Subquery(due))
    return voices.select_related("subject", "unit__subject", "area").order_by("recorded_at", "id")


def with_verdicts(voices: list[Voice], *, actor: Actor) -> list[Waiting]:
    """Say of each voice whether the actor may decide; no queries."""
    return [Waiting(voice, may(actor, MODERATE, voice)) for voice in voices]


def open_appeals() -> QuerySet[Appeal]:
    """Return the appeals that wait for an answer, oldest first."""
    return Appeal.objects.filter(decided_at__isnull=True).select_related("decision__voice__subject", "decision__rule").order_by("made_at", "id")


def check_of(voice: Voice, *, actor: Actor) -> Check:
    """Read one check: the words with what looks like personal data marked, and the proposed text without it."""
    spans = mask_personal_data(voice.text)
    decisions = list(voice.decisions.select_related("rule", "decided_by", "appeal__decided_by"))
    appeals = [decision.appeal for decision in decisions if hasattr(decision, "appeal") and decision.appeal.decided_at is None]
    return Check(
        pieces=_pieces(voice.text),
        proposal=voice.published_text or masked(voice.text, spans, language=voice.language),
        has_personal_data=bool(spans),
        duty=Duty.objects.filter(subject=voice.subject_id, what=CHECK_DUTY).order_by("-id").first(),
        decisions=decisions,
        appeal=appeals[0] if appeals else None,
        photos=list(Attachment.objects.filter(subject=voice.subject_id).in_role("photo").available()),
        replies=replies_to(voice),
        translations=list(voice.translations.all()),
        following=next_to_check(actor, after=voice),
    )


def next_to_check(actor: Actor, *, after: Voice) -> Voice | None:
    """Return the voice that has waited longest, other than this one, and that the actor may decide."""
    waiting = with_verdicts(list(waiting_for_check(actor).exclude(pk=after.pk)[:PAGE_SIZE]), actor=actor)
    return next((each.voice for each in waiting if each.verdict), None)


def _pieces(text: str) -> list[Piece]:
    pieces, done = [], 0
    for span in mask_personal_data(text):
        pieces += [Piece(text[done : span.start]), Piece(text[span.start : span.end], span.kind.label)]
        done = span.end
    return [piece for piece in [*pieces, Piece(text[done:])] if piece.text]


def rules_in_use() -> QuerySet[ModerationRule]:
    """Return the rules by which something may be hidden, in their order."""
    return ModerationRule.objects.filter(is_active=True)


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """What the checks came to for the voices in one language."""

    label: str | Lazy
    published: int
    masked: int
    refused: int
    withdrawn: int

    @property
    def total(self) -> int:
        """All decisions."""
        return self.published + self.masked + self.refused + self.withdrawn

    @property
    def hidden_percent(self) -> float | None:
        """Per cent that was refused or taken away; None when there is nothing to count."""
        return 100 * (self.refused + self.withdrawn) / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class AppealCounts:
    """How many asked for a review, and what came of it."""

    made: int
    waiting: int
    upheld: int
    kept: int


def decision_log(outcome: str = "") -> QuerySet[ModerationDecision]:
    """Return the decisions newest first for the public log; without an outcome those that hid something."""
    decisions = ModerationDecision.objects.select_related("rule", "voice", "appeal").order_by("-decided_at", "-id")
    if outcome == "all":
        return decisions
    if outcome in Outcome.values:
        return decisions.filter(outcome=outcome)
    # What hid something names its rule; said again, because an index holds those that name one.
    return decisions.filter(outcome__in=HIDING, rule__isnull=False)


def by_language() -> list[LanguageRow]:
    """Count decisions by language and outcome, so that everybody sees whether the languages are treated alike.

    One query, kept for ten minutes: it reads every decision.
    """
    counts: dict[tuple[str, str], int] | None = cache.get("voices:decisions_by_language")
    if counts is None:
        counted = ModerationDecision.objects.order_by().values("voice__language", "outcome").annotate(count=Count("id"))
        counts = {(row["voice__language"], row["outcome"]): row["count"] for row in counted}
        cache.set("voices:decisions_by_language", counts, KEPT_SECONDS)
    return [LanguageRow(label, *(counts.get((language, outcome.value), 0) for outcome in Outcome)) for language, label in LANGUAGE_CHOICES]


def appeal_counts() -> AppealCounts:
    """Count reviews. One query."""
    counted = Appeal.objects.aggregate(
        made=Count("id"),
        waiting=Count("id", filter=Q(decided_at__isnull=True)),
        kept=Count("id", filter=Q(decided_at__isnull=False) & ~Q(upheld=True)),
        upheld=Count("id", filter=Q(decided_at__isnull=False, upheld=True)),  # last: from here on the name means the count
    )
    return AppealCounts(**counted)
