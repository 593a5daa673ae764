"""Points as planners work on them and as everybody reads them."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from dialogi.commons.actors import Actor
from dialogi.commons.search import similar
from dialogi.consultations.models import Comment, Consultation, Lateness, Point, State
from dialogi.consultations.queries.drafts import numbers_of

PAGE_SIZE = 25
WITH_VOICE = ("voice__subject", "voice__speaks_for", "voice__area", "phase", "alternative")


def left_over(consultation: Consultation) -> QuerySet[Comment]:
    """Return the comments that count and are in no point yet, oldest first."""
    return Comment.objects.counted().ungathered().filter(consultation=consultation).select_related(*WITH_VOICE).order_by("id")


def undecided(consultation: Consultation) -> QuerySet[Comment]:
    """Return the late comments that nobody has decided on."""
    return Comment.objects.filter(consultation=consultation, lateness=Lateness.LATE).select_related(*WITH_VOICE).order_by("id")


def unanswered(consultation: Consultation) -> QuerySet[Point]:
    """Return the points that have no answer in both languages yet."""
    return Point.objects.filter(consultation=consultation, answered_at__isnull=True)


def untold() -> QuerySet[Comment]:
    """Return the comments of answered consultations whose authors have not been told."""
    answered = Comment.objects.filter(told_at__isnull=True, consultation__state__in=[State.ANSWERED, State.DECIDED])
    return answered.select_related("voice__subject", "consultation").order_by("id")


def is_anybody_to_tell() -> bool:
    """Tell whether an author waits to be told."""
    return untold().exists()


def points_of(consultation: Consultation) -> list[Point]:
    """Return the points in their order, each with how many comments it gathers."""
    return list(consultation.points.annotate(comment_total=Count("point_comments")).order_by("number"))


@dataclass(frozen=True, slots=True)
class PublicPoint:
    """A point as everybody reads it: with its public comments by code, and how many there are in all."""

    point: Point
    number: str
    codes: list[str]
    total: int


def public_points(consultation: Consultation) -> list[PublicPoint]:
    """Return the answered points of an answered consultation; three queries. Before that nobody but the planners sees them."""
    if consultation.state not in {State.ANSWERED, State.DECIDED}:
        return []
    numbers = numbers_of(consultation)
    shown: dict[int, list[str]] = {}
    public = Q(comments__voice__publication="published")
    for point, code in consultation.points.filter(public).values_list("pk", "comments__voice__subject__code"):
        shown.setdefault(point, []).append(code)
    return [
        PublicPoint(point, numbers.get(point.anchor, point.changed_number), sorted(shown.get(point.pk, [])), point.comment_total)  # type: ignore[attr-defined]
        for point in points_of(consultation)
    ]


def like_point(point: Point, *, actor: Actor, limit: int = 8) -> list[Comment]:
    """Suggest comments that are in no point yet and whose words are like the point's; a person decides whether they belong."""
    voices = list(point.comments.select_related("voice").order_by("-pk")[:3])
    words = " ".join([point.title_sv, point.title_fi, point.summary_sv, point.summary_fi, *(comment.voice.text[:500] for comment in voices)])
    return _like(words, point.consultation, actor=actor, limit=limit)


def like_comment(comment: Comment, *, actor: Actor, limit: int = 5) -> list[Comment]:
    """Suggest comments that say much the same and are in no point yet."""
    return [one for one in _like(comment.voice.text, comment.consultation, actor=actor, limit=limit + 1) if one.pk != comment.pk][:limit]


def _like(words: str, consultation: Consultation, *, actor: Actor, limit: int) -> list[Comment]:
    found = [hit.subject_id for hit in similar(words, actor=actor, kinds=("voices.voice",), limit=limit * 4)]
    comments = left_over(consultation).filter(voice__subject__in=found)
    return sorted(comments, key=lambda comment: found.index(comment.voice.subject_id))[:limit]
