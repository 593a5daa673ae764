"""Beginning from something: a blueprint, or a copy of an earlier consultation with its questions."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from dialogi.commons.actors import Actor
from dialogi.commons.calendar import ZONE
from dialogi.commons.languages import LANGUAGES
from dialogi.consultations.actions.preparing import WORDS, add_phase, create_consultation
from dialogi.consultations.actions.stating import copy_statements
from dialogi.consultations.blueprints import BLUEPRINTS, stretched
from dialogi.consultations.models import Choice, Consultation, Phase, Question
from dialogi.people.models import Unit

COPIED = ("access", "map_tools", "shown", "asks_age", "asks_area", *(f"{name}_{language}" for name in ("title", "intro") for language in LANGUAGES))


def begin_from_blueprint(*, blueprint: str, opens_on: date, unit: Unit, by: Actor, **fields: Any) -> Consultation:
    """Begin a consultation with the phases of a blueprint (a key of BLUEPRINTS), opening on a day."""
    with transaction.atomic():
        made = create_consultation(unit=unit, by=by, **fields)
        for stretch, opens_at, closes_at in stretched(BLUEPRINTS[blueprint], opens_on=opens_on):
            add_phase(made, kind=stretch.kind, opens_at=opens_at, closes_at=closes_at, by=by, **stretch.settings)
    return made


def copy_consultation(source: Consultation, *, opens_on: date, by: Actor, **fields: Any) -> Consultation:
    """Begin a new draft with the words, phases, questions and own statements of an earlier consultation, moved so that it opens on a day.

    What people said, files, invitations and results stay with the earlier one.
    """
    words = {f"{name}_{language}": getattr(source, f"{name}_{language}") for name in WORDS for language in LANGUAGES}
    same = {"decided_by": source.decided_by, "about": source.about, "area": source.area, "contact_name": source.contact_name}
    reached = {"contact_email": source.contact_email, "contact_phone": source.contact_phone}
    with transaction.atomic():
        made = create_consultation(unit=source.unit, by=by, **{**words, **same, **reached, **fields})
        made.copied_from = source
        made.save(update_fields=["copied_from"])
        phases = list(source.phases.all())
        first = min((phase.opens_at for phase in phases if phase.is_talking), default=min((phase.opens_at for phase in phases), default=None))
        for phase in phases:
            opens_at, closes_at = (_moved(moment, first, opens_on) for moment in (phase.opens_at, phase.closes_at))
            copied = add_phase(made, kind=phase.kind, opens_at=opens_at, closes_at=closes_at, by=by, **{name: getattr(phase, name) for name in COPIED})
            _copy_questions(phase, copied)
            copy_statements(phase, to=copied)
    return made


def _moved(moment: datetime, first: datetime | None, opens_on: date) -> datetime:
    """The same hour on the wall as before, as many days after the new opening as it was after the old one."""
    local = moment.astimezone(ZONE)
    days = (local.date() - first.astimezone(ZONE).date()).days if first else 0
    return datetime.combine(opens_on + timedelta(days=days), time(local.hour, local.minute, local.second), tzinfo=ZONE)


def _copy_questions(source: Phase, copied: Phase) -> None:
    choices: dict[int, Choice] = {}
    waiting: list[tuple[Question, int]] = []
    for question in source.questions.prefetch_related("choices"):
        only_if, old_choices = question.only_if_id, list(question.choices.all())
        question.pk, question.phase, question.only_if = None, copied, None
        question.save(force_insert=True)
        for choice in old_choices:
            old = choice.pk
            choice.pk, choice.question = None, question
            choice.save(force_insert=True)
            choices[old] = choice
        if only_if is not None:
            waiting.append((question, only_if))
    for question, only_if in waiting:
        question.only_if = choices.get(only_if)
        question.save(update_fields=["only_if"])
