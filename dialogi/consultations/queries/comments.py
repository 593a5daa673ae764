"""Comments as people read them, and the counts that a consultation shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from dialogi.commons.drawings import Drawing, Shape
from dialogi.commons.languages import current_language
from dialogi.consultations.models import AgeBand, Comment, Consultation, Lateness, Phase
from dialogi.people.models import LANGUAGE_CHOICES
from dialogi.voices.models import Channel, Publication
from dialogi.voices.queries.reading import Card, cards

PAGE_SIZE = 20
FEWEST = 5
MOST_HIDDEN = 4


@dataclass(frozen=True, slots=True)
class CommentCard:
    """A comment as a list shows it: the voice's card, where it stands, and whether it came late."""

    card: Card
    comment: Comment
    number: str
    lateness: str
    became: Any
    drawn: str


def shape_words(geometry: str) -> str:
    """Say in words what was drawn: the map's equal in a list; empty for nothing, or a mere place."""
    shape = Drawing.of(geometry).shape
    return str(Shape(shape).label) if shape != Shape.PLACE else ""


def public_comments(consultation: Consultation, *, phase: Phase | None = None, anchor: str | None = None) -> QuerySet[Comment]:
    """Return the public comments, newest first; narrowed to a phase, or to a paragraph (the empty anchor: about the whole)."""
    found = Comment.objects.published().filter(consultation=consultation)
    if phase is not None:
        found = found.filter(phase=phase)
    if anchor is not None:
        found = found.filter(anchor=anchor)
    return found.select_related("voice__subject", "voice__area", "voice__unit", "voice__speaks_for", "phase", "alternative").order_by("-id")


def comment_cards(
    comments: Sequence[Comment], *, numbers: Mapping[str, str] | None = None, became: Mapping[tuple[int, str], Any] | None = None
) -> list[CommentCard]:
    """Return the cards of some comments in one more query.

    `numbers` maps anchors to the paragraphs' numbers, `became` a version and an anchor to what has become of that paragraph since.
    """
    made = cards([comment.voice for comment in comments])
    known, since = numbers or {}, became or {}
    words = {lateness.value: str(lateness.label) for lateness in Lateness if lateness != Lateness.IN_TIME}
    return [
        CommentCard(card, one, known.get(one.anchor, ""), words.get(one.lateness, ""), since.get((one.version_id or 0, one.anchor)), shape_words(one.geometry))
        for card, one in zip(made, comments, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class CommentCounts:
    """The live counts of a consultation's comments."""

    total: int
    public: int
    late: int
    by_channel: list[tuple[str, int | None]]
    by_language: list[tuple[str, int | None]]
    by_age: list[tuple[str, int | None]]
    by_area: list[tuple[str, int | None]]

    @property
    def tables(self) -> list[tuple[Any, list[tuple[str, int | None]]]]:
        """The counts with their headings; a count under five is None and shown as "fewer than five"."""
        return [(_("By channel"), self.by_channel), (_("By language"), self.by_language), (_("By age"), self.by_age), (_("By village"), self.by_area)]


def comment_counts(consultation: Consultation, *, phase: Phase | None = None) -> CommentCounts:
    """Count the comments by channel, language, age band and village; small cells are hidden. Five queries, whatever the number."""
    found = Comment.objects.counted().filter(consultation=consultation)
    if phase is not None:
        found = found.filter(phase=phase)
    by_publication = dict(found.values_list("voice__publication").annotate(n=Count("id")).order_by())
    return CommentCounts(
        total=sum(by_publication.values()),
        public=by_publication.get(Publication.PUBLISHED, 0),
        late=found.exclude(lateness=Lateness.IN_TIME).count(),
        by_channel=_counted(found, "voice__channel", dict(Channel.choices)),
        by_language=_counted(found, "voice__language", dict(LANGUAGE_CHOICES)),
        by_age=_counted(found.exclude(age_band=""), "age_band", dict(AgeBand.choices)),
        by_area=_counted(found.exclude(voice__area=None), f"voice__area__name_{current_language()}", {}),
    )


def _counted(found: QuerySet[Comment], field: str, labels: dict[Any, Any]) -> list[tuple[str, int | None]]:
    rows = found.values_list(field).annotate(n=Count("id")).order_by("-n", field)[:40]
    return small_hidden([(str(labels.get(value, value)), number) for value, number in rows])


def small_hidden(counts: Sequence[tuple[str, int]]) -> list[tuple[str, int | None]]:
    """Return the counts with those under five hidden (None): named while they are few, together when they are many."""
    shown: list[tuple[str, int | None]] = [(label, number) for label, number in counts if number >= FEWEST]
    hidden: list[tuple[str, int | None]] = [(label, None) for label, number in counts if number < FEWEST]
    if len(hidden) > MOST_HIDDEN:
        hidden = [(str(_("%(count)s others, each")) % {"count": len(hidden)}, None)]
    return [*shown, *hidden]


def ideas_part(phase: Phase) -> dict[str, Any]:
    """Return what the public page shows of a collection of ideas: the newest ones, and the counts."""
    newest = list(public_comments(phase.consultation, phase=phase)[:5])
    return {"cards": comment_cards(newest), "counts": comment_counts(phase.consultation, phase=phase)}
