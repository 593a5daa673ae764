"""Writing texts of a consultation in a language, wherever on its page they stand: what the translation queue calls."""

from collections.abc import Mapping

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.freshness import translated_fields
from dialogi.commons.permissions import NotPossible, require
from dialogi.consultations.actions.stating import settle
from dialogi.consultations.models import Annex, Choice, Consultation, OpinionStatement, Phase, Question
from dialogi.consultations.queries.timing import changed_kind
from dialogi.consultations.rules import PREPARE
from dialogi.consultations.wordings import Row, is_reworded_by_translators, rows

PARTS = {Phase: "timetable", Annex: "annexes", Question: "questions", Choice: "questions", OpinionStatement: "statements"}


def reword_consultation(consultation: Consultation, *, texts: Mapping[str, Mapping[str, str]], by: Actor, expecting: int | None = None) -> None:
    """Write texts by their keys, such as {"title": {"fi": ...}, "phase:3:intro": {"sv": ...}}. After publication the timeline names the parts."""
    with change(consultation, expecting=expecting) as consultation:
        require(by, PREPARE, consultation)
        found = {row.prefix: row for row in rows(consultation)}
        touched: dict[str, Row] = {}
        parts = set()
        for key, languages in texts.items():
            head, separator, name = key.rpartition(":")
            row = found.get(head + separator)
            if row is None or name not in translated_fields(type(row.owner)) or not is_reworded_by_translators(key):
                raise TypeError(f"no such text: {key}")
            for language, text in languages.items():
                if isinstance(row.owner, OpinionStatement) and language == row.owner.said_in and text.strip() != getattr(row.owner, f"{name}_{language}"):
                    raise NotPossible(_("These are a participant's own words. They stay as they were written."))
                setattr(row.owner, f"{name}_{language}", text)
            touched[row.prefix] = row
            parts.add(PARTS.get(type(row.owner), name))
        for row in touched.values():
            _save(row)
        record(changed_kind(consultation), on=consultation, by=by, data={"asked_parts_key": sorted(parts)})


def _save(row: Row) -> None:
    try:
        settle(row.owner) if isinstance(row.owner, OpinionStatement) else save_clean(row.owner)
    except ValidationError as error:
        # Named by the key of the text, as the translator knows it.
        raise ValidationError({name if name == NON_FIELD_ERRORS else f"{row.prefix}{name}": told for name, told in error.error_dict.items()}) from None
    question = row.owner.question if isinstance(row.owner, Choice) else row.owner
    if isinstance(question, Question):
        Phase.objects.filter(pk=question.phase_id).update(version=F("version") + 1)
