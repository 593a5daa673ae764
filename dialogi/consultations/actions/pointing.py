"""Points: gather comments, answer each point once, and tell every author which point theirs became and what was answered."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dialogi.commons import clock
from dialogi.commons.actors import Actor, machine
from dialogi.commons.door import change, record, save_clean, set_state
from dialogi.commons.duties import finish_duty
from dialogi.commons.languages import LANGUAGES, in_language
from dialogi.commons.permissions import Conflict, NotPossible, require
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import FLOW, Comment, Consultation, Lateness, Point, PointComment, State, Verdict
from dialogi.consultations.queries.invitations import with_time_left
from dialogi.consultations.queries.points import left_over, unanswered, undecided, untold
from dialogi.consultations.rules import ANSWER_DUTY, ANSWER_POINTS
from dialogi.voices.actions import Answer, reply
from dialogi.voices.models import State as VoiceState

WORDS = frozenset(f"{name}_{language}" for name in ("title", "summary", "answer", "change") for language in LANGUAGES)
FIELDS = WORDS | {"anchor", "verdict", "changed_number"}
TELLER = machine("points")
BATCH = 100


def make_point(consultation: Consultation, *, comments: Sequence[Comment] = (), by: Actor, **fields: Any) -> Point:
    """Make the next numbered point of these comments. A comment may raise several points; nothing is merged by machine alone."""
    _refuse_unknown(fields)
    with _open(consultation, by=by) as consultation:
        last = consultation.points.aggregate(last=Max("number"))["last"]
        point = save_clean(Point(consultation=consultation, number=(last or 0) + 1, **fields))
        _gather(point, comments, by=by)
        record(Happened.POINT_MADE, on=consultation, by=by, data={"number": point.number})
    return point


def gather_in_point(point: Point, *, comments: Sequence[Comment], by: Actor) -> Point:
    """Put comments in a point beside those that are there."""
    with _open(point.consultation, by=by) as consultation:
        _gather(point, comments, by=by)
        record(Happened.POINT_CHANGED, on=consultation, by=by, data={"number": point.number})
    return point


def take_out_of_point(point: Point, *, comment: Comment, by: Actor) -> Point:
    """Take a comment out of a point."""
    with _open(point.consultation, by=by) as consultation:
        PointComment.objects.filter(point=point, comment=comment).delete()
        record(Happened.POINT_CHANGED, on=consultation, by=by, data={"number": point.number})
    return point


def edit_point(point: Point, *, by: Actor, expecting: int | None = None, **fields: Any) -> Point:
    """Write a point and its answer. It counts as answered when it says what comes of it in both languages.

    Raises Conflict when another planner changed the point that `expecting` (its version) was read at.
    """
    _refuse_unknown(fields)
    with _open(point.consultation, by=by) as consultation:
        point = Point.objects.select_for_update().get(pk=point.pk)
        if expecting is not None and point.version != expecting:
            raise Conflict(_("Somebody else changed this point while you were working. Your words are kept below: compare them and save again."))
        for name, value in fields.items():
            setattr(point, name, value.strip() if isinstance(value, str) else value)
        is_answered = bool(point.verdict and point.title_sv and point.title_fi and point.answer_sv and point.answer_fi)
        point.answered_at = (point.answered_at or clock.now()) if is_answered else None
        point.answered_by_id = by.person_id if is_answered else None
        point.version += 1
        save_clean(point)
        record(Happened.POINT_ANSWERED if is_answered else Happened.POINT_CHANGED, on=consultation, by=by, data={"number": point.number})
    return point


def remove_point(point: Point, *, by: Actor) -> None:
    """Take a point apart: its comments are in no point again, and the points after it move up."""
    with _open(point.consultation, by=by) as consultation:
        number = point.number
        point.delete()
        for later in consultation.points.filter(number__gt=number).order_by("number"):
            Point.objects.filter(pk=later.pk).update(number=F("number") - 1)
        record(Happened.POINT_REMOVED, on=consultation, by=by, data={"number": number})


def answer_consultation(consultation: Consultation, *, by: Actor, expecting: int | None = None) -> Consultation:
    """Publish the answers to all points. No comment may be left over, no late one undecided, no point unanswered; the result stands in both languages.

    From then on the worker tells each author which point theirs became and what was answered.
    """
    with change(consultation, expecting=expecting) as consultation:
        require(by, ANSWER_POINTS, consultation)
        FLOW.require(consultation.state, State.ANSWERED)
        if consultation.closes_at is not None and clock.now() < consultation.closes_at:
            raise NotPossible(_("People can still comment. The answers are published when the time is over."))
        if with_time := with_time_left(consultation.pk).count():
            raise NotPossible(_("%(count)s of the invited have been given more time, and it has not passed.") % {"count": with_time})
        if (late := undecided(consultation).count()) or (late := left_over(consultation).count()):
            raise NotPossible(_("%(count)s comments are in no point yet, or came late and are not decided on. None may be left over.") % {"count": late})
        if open_points := unanswered(consultation).count():
            raise NotPossible(_("%(count)s points have no answer in both languages yet.") % {"count": open_points})
        if not consultation.result_sv or not consultation.result_fi:
            raise NotPossible(_("Write the result in both Swedish and Finnish."))
        set_state(consultation, State.ANSWERED, answered_at=clock.now())
        finish_duty(consultation.subject, what=ANSWER_DUTY)
        record(Happened.ANSWERED, on=consultation, by=by)
    return consultation


def tell_authors(*, limit: int = BATCH) -> int:
    """Answer the voices behind the comments of answered consultations, each once, some at a time; return how many. Safe to repeat."""
    told = 0
    for comment in untold()[:limit]:
        _tell(comment)
        told += 1
    return told


def _tell(comment: Comment) -> None:
    with change(comment) as comment:
        if comment.told_at is not None:
            return
        points = list(comment.points.order_by("number"))
        texts: dict[str, Any] = {f"text_{language}": _words(comment, points, language) for language in LANGUAGES}
        comment.told_at = clock.now()
        comment.save(update_fields=["told_at"])
        if comment.voice.state != VoiceState.DONE:
            reply(comment.voice, answer=Answer(state=VoiceState.DONE, **texts), by=TELLER)


def _words(comment: Comment, points: Sequence[Point], language: str) -> str:
    """What the author hears, in one language: each point with what comes of it and why."""
    with override(language):
        if comment.lateness == Lateness.LEFT_OUT:
            return "\n\n".join([str(_("Your words came after the time had ended and were not taken into account.")), comment.late_because])
        parts = []
        for point in points:
            heading = _("Point %(number)s: %(title)s") % {"number": point.number, "title": in_language(point, "title", language)}
            parts += [f"{heading} ({Verdict(point.verdict).label})", str(in_language(point, "answer", language))]
            if changed := in_language(point, "change", language):
                parts.append(str(_("What changed: %(words)s") % {"words": changed}))
        return "\n\n".join(parts)


@contextmanager
def _open(consultation: Consultation, *, by: Actor) -> Iterator[Consultation]:
    """Lock the consultation for work on its points, which ends when the answers are published."""
    with change(consultation) as locked:
        require(by, ANSWER_POINTS, locked)
        if locked.state != State.PUBLISHED:
            raise NotPossible(_("The points are worked on from the publication until the answers are published."))
        yield locked


def _gather(point: Point, comments: Sequence[Comment], *, by: Actor) -> None:
    if any(comment.consultation_id != point.consultation_id for comment in comments):
        raise NotPossible(_("A comment of another consultation cannot be in this point."))
    known = set(point.point_comments.values_list("comment", flat=True))
    new = [PointComment(point=point, comment=comment, gathered_by_id=by.person_id) for comment in comments if comment.pk not in known]
    PointComment.objects.bulk_create(new)


def _refuse_unknown(fields: dict[str, Any]) -> None:
    if unknown := sorted(set(fields) - FIELDS):
        raise TypeError(f"no such fields: {', '.join(unknown)}")
