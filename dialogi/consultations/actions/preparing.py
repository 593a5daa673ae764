"""Preparing: make, edit, timetable, publish when both languages are ready, cancel with a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, ProtectedError
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, new_subject, record, save_clean, set_state
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.permissions import NotPossible, require
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import FLOW, Consultation, Phase, State
from dialogi.consultations.queries.parity import lacking
from dialogi.consultations.queries.timing import changed_kind
from dialogi.consultations.rules import PREPARE
from dialogi.people.models import Unit

WORDS = ("title", "summary", "purpose", "open_to_influence", "not_open", "decision_words")
FIELDS = frozenset(
    {f"{name}_{language}" for name in WORDS for language in LANGUAGES}
    | {"unit", "planner", "decided_by", "decided_on", "contact_name", "contact_email", "contact_phone", "about", "area"}
)
PHASE_FIELDS = frozenset(
    {f"{name}_{language}" for name in ("title", "intro") for language in LANGUAGES}
    | {"kind", "position", "opens_at", "closes_at", "access", "map_tools", "shown", "asks_age", "asks_area"}
)


def create_consultation(*, unit: Unit, by: Actor, **fields: Any) -> Consultation:
    """Begin to prepare a consultation; one language is enough to begin with. TypeError for a field that may not be written."""
    _refuse_unknown(fields, FIELDS)
    with transaction.atomic():
        made = Consultation(unit=unit, **{"planner_id": by.person_id, **fields})
        require(by, PREPARE, made)
        made.subject = new_subject("consultations.consultation", address="/consultations/{code}/")
        save_clean(made)
        record(Happened.CREATED, on=made, by=by)
    return made


def edit_consultation(consultation: Consultation, *, by: Actor, expecting: int | None = None, **fields: Any) -> Consultation:
    """Change what is said about a consultation; after publication the timeline names what was changed."""
    _refuse_unknown(fields, FIELDS)
    with change(consultation, expecting=expecting) as consultation:
        require(by, PREPARE, consultation)
        changed = _apply(consultation, fields)
        save_clean(consultation)
        kind = Happened.CHANGED if consultation.state == State.DRAFT else Happened.CHANGED_IN_PUBLIC
        record(kind, on=consultation, by=by, data={"asked_parts_key": sorted({_part(name) for name in changed})})
    return consultation


def add_phase(consultation: Consultation, *, kind: str, opens_at: datetime, closes_at: datetime, by: Actor, **fields: Any) -> Phase:
    """Put a phase on the timetable."""
    _refuse_unknown(fields, PHASE_FIELDS)
    with change(consultation) as consultation:
        require(by, PREPARE, consultation)
        last = consultation.phases.aggregate(last=Max("position"))["last"]
        phase = save_clean(Phase(consultation=consultation, kind=kind, opens_at=opens_at, closes_at=closes_at, **{"position": (last or 0) + 1, **fields}))
        retime(consultation)
        record(changed_kind(consultation), on=consultation, by=by, data={"asked_parts_key": ["timetable"]})
    return phase


def change_phase(phase: Phase, *, by: Actor, **fields: Any) -> Phase:
    """Change a phase. Once it has been published its opening and closing are moved by `extend`, with a reason, not here."""
    _refuse_unknown(fields, PHASE_FIELDS)
    with change(phase.consultation) as consultation:
        require(by, PREPARE, consultation)
        phase = Phase.objects.select_for_update().get(pk=phase.pk)
        changed = _apply(phase, fields)
        if consultation.state != State.DRAFT and {"opens_at", "closes_at", "kind"} & set(changed):
            raise NotPossible(_("The time of a published phase is changed with a reason that everybody sees."))
        save_clean(phase)
        retime(consultation)
        record(changed_kind(consultation), on=consultation, by=by, data={"asked_parts_key": ["timetable"]})
    return phase


def remove_phase(phase: Phase, *, by: Actor) -> None:
    """Take a phase off the timetable while nothing has been published and nothing hangs on it."""
    with change(phase.consultation) as consultation:
        require(by, PREPARE, consultation)
        if consultation.state != State.DRAFT:
            raise NotPossible(_("The consultation is published. A phase that people have seen stays on the timetable."))
        try:
            phase.delete()
        except ProtectedError:
            raise NotPossible(_("Questions, statements or a draft hang on the phase. Take those away first.")) from None
        retime(consultation)
        record(Happened.CHANGED, on=consultation, by=by, data={"asked_parts_key": ["timetable"]})


def publish(consultation: Consultation, *, by: Actor, expecting: int | None = None) -> Consultation:
    """Publish in Swedish and Finnish at the same moment; phases open and close by the clock from then on.

    Raises NotPossible that says what is still lacking in which language.
    """
    with change(consultation, expecting=expecting) as consultation:
        require(by, PREPARE, consultation)
        FLOW.require(consultation.state, State.PUBLISHED)
        if missing := lacking(consultation):
            raise NotPossible(missing[0].words)
        set_state(consultation, State.PUBLISHED, published_at=clock.now(), preview_key="")
        record(Happened.PUBLISHED, on=consultation, by=by)
    return consultation


def cancel(consultation: Consultation, *, because: Mapping[str, str], by: Actor) -> Consultation:
    """Cancel a published consultation, with a reason in Swedish and Finnish (`because` maps language to words). What came in stays."""
    with change(consultation) as consultation:
        require(by, PREPARE, consultation)
        FLOW.require(consultation.state, State.CANCELLED)
        consultation.state = State.CANCELLED
        for language, words in because.items():
            setattr(consultation, f"cancelled_because_{language}", words.strip())
        save_clean(consultation)
        record(Happened.CANCELLED, on=consultation, by=by)
    return consultation


def retime(consultation: Consultation) -> None:
    """Keep the first opening and last closing of taking part beside the consultation, inside a verb that has changed a phase."""
    ends = consultation.phases.talking().aggregate(opens_at=Min("opens_at"), closes_at=Max("closes_at"))
    consultation.opens_at, consultation.closes_at = ends["opens_at"], ends["closes_at"]
    consultation.save(update_fields=["opens_at", "closes_at"])


def _apply(obj: Any, fields: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in fields.items() if getattr(obj, name) != value]
    for name in changed:
        setattr(obj, name, fields[name])
    return changed


def _part(field: str) -> str:
    """The part of the page that a field belongs to: its name without the language."""
    name, _separator, language = field.rpartition("_")
    return name if language in LANGUAGES else field


def _refuse_unknown(fields: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := sorted(set(fields) - known):
        raise TypeError(f"no such fields: {', '.join(unknown)}")
