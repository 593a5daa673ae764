"""The red thread: Subjects tied to each other, followed in both directions as far as the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models import Link, Subject
from dialogi.commons.models.subjects import LinkKind, visibility

MOST_KNOTS = 60
MOST_STEPS = 3
# Read from the target back to the source.
BACKWARD: dict[str, Lazy] = {
    LinkKind.MOVED: _("was moved by"),
    LinkKind.DECIDED_IN: _("decided"),
    LinkKind.CARRIED_OUT_BY: _("carries out"),
    LinkKind.CHANGES: _("is changed by"),
    LinkKind.SERVES: _("is served by"),
    LinkKind.ANSWERS: _("is answered by"),
    LinkKind.MERGED_INTO: _("takes in"),
    LinkKind.GATHERED_IN: _("gathers"),
}
# Where news runs: those who follow the source hear of the target, or the other way round.
NEWS_TO_SOURCE = (LinkKind.MOVED, LinkKind.DECIDED_IN, LinkKind.CARRIED_OUT_BY, LinkKind.MERGED_INTO, LinkKind.GATHERED_IN)
NEWS_TO_TARGET = (LinkKind.CHANGES, LinkKind.SERVES, LinkKind.ANSWERS)


@dataclass(frozen=True, slots=True)
class Knot:
    """A Subject on the thread: how it is tied to the one before it (`via`), and how many steps away it is."""

    subject: Subject
    via: Subject
    kind: str
    words: str | Lazy
    is_forward: bool
    depth: int


def tie(source: Subject, target: Subject, *, kind: str, by: Actor) -> Link:
    """Tie two Subjects; tying twice changes nothing. Belongs inside an action, which asks and records (`by` is who asked for it)."""
    link, _made = Link.objects.get_or_create(source=source, target=target, kind=LinkKind(kind).value, defaults={"created_at": clock.now()})
    return link


def tie_many(pairs: Iterable[tuple[Subject, Subject]], *, kind: str, by: Actor) -> None:
    """Tie each source to its target, as `tie` does; for imports."""
    made = [Link(source=source, target=target, kind=LinkKind(kind).value, created_at=clock.now()) for source, target in pairs]
    Link.objects.bulk_create(made, ignore_conflicts=True)


def untie(source: Subject, target: Subject, *, kind: str, by: Actor) -> bool:
    """Take a tie away, inside an action; tell whether there was one."""
    return bool(Link.objects.filter(source=source, target=target, kind=kind).delete()[0])


def thread_of(subject: Subject, *, actor: Actor, depth: int = MOST_STEPS) -> list[Knot]:
    """Return the Subjects on the thread, nearest first: at most three steps and sixty knots, one query a step and one for what was found.

    It is followed onward to what came of the Subject, and back to what led to it, and never turns: what else came of the same
    cause is another thread. What a Subject gathers is a list of its own and not walked. What the actor may not see is left out,
    and the thread is not followed through it.
    """
    tied: dict[int, _Tied] = {}
    onward, back = {subject.pk}, {subject.pk}
    # Asked of the joined rows: as `IN (...)` the database would first gather every Subject that the actor sees.
    sees_target, sees_source = visibility(actor, "target__"), visibility(actor, "source__")
    for step in range(1, min(depth, MOST_STEPS) + 1):
        ties = Q(source__in=onward) & sees_target | Q(target__in=back) & sees_source & ~Q(kind=LinkKind.GATHERED_IN)
        links = Link.objects.filter(ties).order_by("created_at", "id").values_list("source_id", "target_id", "kind")[: MOST_KNOTS * 2]
        following: tuple[set[int], set[int]] = (set(), set())
        for source, target, kind in links:
            forward = source in onward and target not in tied and target != subject.pk
            here, there = (source, target) if forward else (target, source)
            if there in tied or there == subject.pk or len(tied) >= MOST_KNOTS:
                continue
            tied[there] = _Tied(here, kind, forward, step)
            following[not forward].add(there)
        onward, back = following
        if not onward and not back:
            break
    return _knots(subject, tied)


@dataclass(frozen=True, slots=True)
class _Tied:
    via: int
    kind: str
    is_forward: bool
    depth: int


def _knots(subject: Subject, tied: dict[int, _Tied]) -> list[Knot]:
    if not tied:
        return []
    subjects = {subject.pk: subject} | Subject.objects.in_bulk(tied)
    return [
        Knot(subjects[pk], subjects[it.via], it.kind, LinkKind(it.kind).label if it.is_forward else BACKWARD[it.kind], it.is_forward, it.depth)
        for pk, it in tied.items()
    ]


def heard_by_followers_of(subject: Subject, *, depth: int) -> dict[int, int]:
    """Return ids of the public Subjects whose followers hear of this one, with their distance (0 is the Subject itself)."""
    heard = {subject.pk: 0}
    edge = [subject.pk]
    for step in range(1, depth + 1):
        links = Link.objects.filter(
            Q(target__in=edge, kind__in=NEWS_TO_SOURCE, source__audience="public") | Q(source__in=edge, kind__in=NEWS_TO_TARGET, target__audience="public")
        )
        found = set()
        for source, target, kind in links.values_list("source_id", "target_id", "kind").order_by("id")[:500]:
            other = source if kind in NEWS_TO_SOURCE else target
            if other not in heard:
                heard[other] = step
                found.add(other)
        edge = sorted(found)
        if not edge:
            break
    return heard
