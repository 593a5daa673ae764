""" "This looks wrong": anybody says so, whoever answers accepts or refuses with a reason, and the asker is told."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor, machine
from dialogi.commons.calendar import WorkingDays
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.duties import finish_duty, open_duty
from dialogi.commons.languages import REQUIRED
from dialogi.commons.permissions import require
from dialogi.people.actions import erase_contact_details, save_contact
from dialogi.people.models import Contact, Person
from dialogi.people.rules import SWEEP
from dialogi.systems.kinds import Happened
from dialogi.systems.models import CORRECTION_FLOW, Correction, CorrectionState, InformationStore, System
from dialogi.systems.queries.acting import post_of
from dialogi.systems.rules import CORRECT_DUTY, CORRECT_PROMISE_DAYS, CORRECTION_CONTACT_MONTHS, DECIDE_CORRECTION, SAY_WRONG

DAYS_IN_MONTH = 30.44


def say_wrong(
    system: System,
    *,
    text: str,
    language: str,
    field: str = "",
    store: InformationStore | None = None,
    reached: Mapping[str, str] | None = None,
    form_key: str = "",
    by: Actor,
) -> Correction:
    """Say that the register is wrong about a system. The same `form_key` always gives the same correction; how to be reached is left freely."""
    known = Correction.objects.filter(form_key=form_key).first() if form_key else None
    if known is not None:
        return known
    with change(system) as system:
        require(by, SAY_WRONG, system)
        contact = _contact(reached or {}, language=language, by=by)
        given_by = by.person_id if by.person_id and not by.is_machine else None
        made = save_clean(
            Correction(
                system=system,
                store=store,
                field=field,
                text=text,
                language=language,
                given_by_id=given_by,
                contact=contact,
                form_key=form_key,
                given_at=clock.now(),
            )
        )
        _open_duty(system, made)
        record(Happened.SAID_WRONG, on=system, by=by)
    return made


def accept_correction(correction: Correction, *, reason: Mapping[str, str], by: Actor) -> Correction:
    """Accept what was said: the register is mended, and the asker is told in what way."""
    return _decide(correction, CorrectionState.ACCEPTED, Happened.CORRECTION_ACCEPTED, reason=reason, by=by)


def refuse_correction(correction: Correction, *, reason: Mapping[str, str], by: Actor) -> Correction:
    """Refuse it with a reason in both languages, which everybody can read beside the system."""
    missing = {f"reason_{language}": _("Say why the correction is refused.") for language in REQUIRED if not reason.get(language, "").strip()}
    if missing:
        raise ValidationError(missing)
    return _decide(correction, CorrectionState.REFUSED, Happened.CORRECTION_REFUSED, reason=reason, by=by)


def remind_of_corrections(system: System) -> None:
    """Record that those who answer are reminded; the worker sends the reminder."""
    with change(system) as system:
        record(Happened.CORRECTION_REMINDED, on=system, by=machine("reminder"))


def mark_correction_late(system: System) -> None:
    """Record in the open that the promised day passed."""
    with change(system) as system:
        record(Happened.CORRECTION_LATE, on=system, by=machine("escalation"))


def expire_correction_contacts(*, by: Actor) -> int:
    """Erase how to reach those whose correction was decided six months ago; return of how many."""
    require(by, SWEEP)
    before = clock.now() - timedelta(days=CORRECTION_CONTACT_MONTHS * DAYS_IN_MONTH)
    erased = 0
    for correction in Correction.objects.filter(contact__isnull=False, decided_at__lt=before).select_related("system").order_by("pk")[:500]:
        with change(correction.system) as system:
            contact_id, correction.contact = correction.contact_id, None
            correction.save(update_fields=["contact"])
            erased += bool(contact_id and erase_contact_details(contact_id, by=by))
            record(Happened.CORRECTION_CONTACT_ERASED, on=system, by=by)
    return erased


def _contact(reached: Mapping[str, str], *, language: str, by: Actor) -> Contact | None:
    if not any(reached.values()):
        return None
    person = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    return save_contact(by=by, language=language, person=person, **reached)


def _open_duty(system: System, correction: Correction) -> None:
    """One duty a system, as old as its oldest open correction."""
    owner: dict[str, Any] = {"unit_id": system.unit.subject_id if system.unit else None, "post_id": system.post.subject_id if system.post else None}
    open_duty(system.subject, what=CORRECT_DUTY, days=WorkingDays(CORRECT_PROMISE_DAYS), started_at=correction.given_at, **owner)


def _decide(correction: Correction, to: CorrectionState, kind: Happened, *, reason: Mapping[str, str], by: Actor) -> Correction:
    with change(correction.system) as system:
        require(by, DECIDE_CORRECTION, system)
        correction = Correction.objects.select_for_update(of=("self",)).select_related("contact").get(pk=correction.pk)
        CORRECTION_FLOW.require(correction.state, to)
        correction.state, correction.decided_at, correction.decided_by = to, clock.now(), post_of(by, system)
        for language, words in reason.items():
            setattr(correction, f"reason_{language}", words.strip())
        correction.system = system
        save_clean(correction)
        finish_duty(system.subject, what=CORRECT_DUTY)
        waiting = system.corrections.filter(state=CorrectionState.OPEN).order_by("given_at", "pk").first()
        if waiting is not None:
            _open_duty(system, waiting)
        record(kind, on=system, by=by, data={"correction": correction.pk})
    return correction
