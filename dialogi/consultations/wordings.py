"""What a consultation says in several languages, with its phases, annexes, questions and points: under which keys, and what a translator calls them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialogi.commons.freshness import own_texts, translated_fields
from dialogi.commons.registry import registry
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Annex, Choice, Consultation, OpinionStatement, Phase, Point, Question

# What happens often, or by the clock, and changes none of the texts below.
LEAVES_WORDS = frozenset(
    {
        *(Happened.COMMENTED, Happened.LATE_DECIDED, Happened.RESPONDED, Happened.RESPONSE_CHANGED, Happened.RESPONSE_TAKEN_BACK),
        *(Happened.CODES_MADE, Happened.READ_OUT, Happened.FORGOTTEN, Happened.PREVIEWED, Happened.OPENED, Happened.CLOSED),
        *(Happened.REMINDED, Happened.OVERDUE, Happened.AUTHORS_TOLD),
        *(Happened.INVITED, Happened.INVITATION_CHANGED, Happened.INVITATION_REMINDED, Happened.EXTENSION_ASKED, Happened.EXTENSION_DECIDED),
        *(Happened.STATEMENT_GIVEN, Happened.STATEMENT_DECLINED),
        *(Happened.OPINION_SAID, Happened.OPINION_VOTED, Happened.OPINION_COMPUTED),
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the consultation with translated fields: the beginning of their keys, and of their labels."""

    prefix: str
    owner: models.Model
    called: str

    def label(self, name: str) -> str:
        """What a translator calls one of its fields."""
        label = str(registry.wording_labels.get(name, name))
        return f"{self.called}: {label}" if self.called else label


def rows(consultation: Consultation) -> Iterator[Row]:
    """Yield everything of a consultation that is written in several languages, as it is stored now. Drafts have versions of their own."""
    yield Row("", consultation, "")
    if consultation.pk is None:
        return
    for number, phase in enumerate(Phase.objects.filter(consultation=consultation), start=1):
        yield Row(f"phase:{phase.pk}:", phase, _("Phase %(number)s") % {"number": number})
    for number, annex in enumerate(Annex.objects.filter(consultation=consultation), start=1):
        yield Row(f"annex:{annex.pk}:", annex, _("Annex %(number)s") % {"number": number})
    numbers = {}
    ordered = Question.objects.filter(phase__consultation=consultation).order_by("phase__position", "phase_id", "position", "id")
    for number, question in enumerate(ordered, start=1):
        numbers[question.pk] = number
        yield Row(f"question:{question.pk}:", question, _("Question %(number)s") % {"number": number})
    for choice in Choice.objects.filter(question__in=numbers).order_by("question_id", "is_row", "position", "id") if numbers else ():
        called = _("Question %(number)s, choice %(choice)s") % {"number": numbers[choice.question_id], "choice": choice.position + 1}
        yield Row(f"choice:{choice.pk}:", choice, called)
    for statement in OpinionStatement.objects.worded().filter(phase__consultation=consultation).order_by("phase__position", "phase_id", "number"):
        yield Row(f"opinion:{statement.pk}:", statement, pgettext("opinion map", "Statement %(number)s") % {"number": statement.number})
    for point in Point.objects.filter(consultation=consultation, answered_at__isnull=False).order_by("number"):
        yield Row(f"point:{point.pk}:", point, _("Point %(number)s") % {"number": point.number})


def texts(consultation: Consultation) -> dict[str, Mapping[str, str]]:
    """Return the texts by key."""
    return {f"{row.prefix}{name}": text for row in rows(consultation) for name, text in own_texts(row.owner).items()}


def labels(consultation: Consultation) -> dict[str, str]:
    """Return what a translator calls each text."""
    return {f"{row.prefix}{name}": row.label(name) for row in rows(consultation) for name in translated_fields(type(row.owner))}


def is_reworded_by_translators(key: str) -> bool:
    """Answers to points are written by those who answer for them."""
    return not key.startswith("point:")
