"""Harmonisation cases: opened from what was found or from a what-if, examined, decided by a body, carried out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, new_subject, record, save_clean, set_state
from dialogi.commons.permissions import NotPossible, may, require
from dialogi.decisions.actions import decide_on
from dialogi.decisions.models import DecidedOn, Decision, DecisionState
from dialogi.decisions.rules import RECORD
from dialogi.systems.kinds import Happened
from dialogi.systems.models import CASE_FLOW, Candidate, CaseState, HarmonisationCase, Option, System
from dialogi.systems.queries.what_if import baseline_of
from dialogi.systems.rules import HARMONISE, PUBLISH_CASE, REWORD
from dialogi.systems.writing import in_all, write

CASE_TEXTS = ("title", "summary", "assumptions")
FIELDS = in_all(*CASE_TEXTS) | {"survivor", "option", "unit", "post", "expected_low", "expected_high", "migration_cost"}
FEWEST = 2
AFTER_DECISION = frozenset({CaseState.DECIDED, CaseState.UNDER_WAY, CaseState.REALISED})


def open_case(*, by: Actor, systems: Iterable[System], **fields: Any) -> HarmonisationCase:
    """Open a case about systems; what spoke for it that day is kept in it."""
    chosen = list(systems)
    with transaction.atomic():
        require(by, HARMONISE)
        case = HarmonisationCase(reasons=_reasons(chosen))
        write(case, fields, known=FIELDS)
        _refuse_odd(case, chosen)
        case.subject = new_subject("systems.harmonisationcase", address="/harmonisation/{code}/")
        save_clean(case)
        case.systems.set(chosen)
        record(Happened.CASE_OPENED, on=case, by=by)
    return case


def edit_case(
    case: HarmonisationCase, *, by: Actor, systems: Iterable[System] | None = None, reason: str = "", expecting: int | None = None, **fields: Any
) -> HarmonisationCase:
    """Change a case. After the decision its systems change only with a reason, which everybody who reads the case can read; the baseline never does."""
    with change(case, expecting=expecting) as case:
        require(by, HARMONISE)
        if case.state in AFTER_DECISION and fields.get("option", case.option) != case.option:
            raise ValidationError({"option": _("A body has decided this. Open the case for examination again to propose something else.")})
        changed = write(case, fields, known=FIELDS)
        before = set(_systems_of(case))
        chosen = before if systems is None else set(systems)
        _refuse_odd(case, list(chosen))
        moved = chosen != before
        if moved and case.state in AFTER_DECISION and not reason.strip():
            raise ValidationError({"reason": _("Say why the case is now about other systems than those that were decided on.")})
        save_clean(case)
        if moved:
            case.systems.set(chosen)
        if moved and case.state in AFTER_DECISION:
            record(Happened.CASE_SCOPE_CHANGED, on=case, by=by, note={"told": {"reason": reason.strip()}})
        else:
            record(Happened.CASE_CHANGED, on=case, by=by, data={"fields": changed + ["systems"] * moved})
    return case


def reword_case(case: HarmonisationCase, *, texts: Mapping[str, Mapping[str, str]], by: Actor, expecting: int | None = None) -> None:
    """Write texts of a case in some languages: {"summary": {"fi": ...}}."""
    with change(case, expecting=expecting) as case:
        require(by, REWORD, case)
        fields = {f"{name}_{language}": text for name, languages in texts.items() for language, text in languages.items()}
        changed = write(case, fields, known=in_all(*CASE_TEXTS))
        save_clean(case)
        record(Happened.CASE_CHANGED, on=case, by=by, data={"fields": changed})


def move_case(case: HarmonisationCase, *, to: str, by: Actor, expecting: int | None = None) -> HarmonisationCase:
    """Move a case on: examined, under way, realised, dropped. Only `decide_case` decides it."""
    with change(case, expecting=expecting) as case:
        require(by, HARMONISE)
        CASE_FLOW.require(case.state, to)
        if to == CaseState.DECIDED:
            raise NotPossible(_("A body decides the case: name the decision and what was decided."))
        set_state(case, to, **({"realised_from": clock.today()} if to == CaseState.REALISED else {}))
        record(Happened.CASE_MOVED_ON, on=case, by=by, data={"case_state_key": str(to)})
    return case


def decide_case(case: HarmonisationCase, *, decision: Decision, option: str, by: Actor, expecting: int | None = None) -> HarmonisationCase:
    """Write down what was decided. The costs, functions and integrations of that day are frozen, so that savings have something to be held against."""
    with change(case, expecting=expecting) as case:
        require(by, HARMONISE)
        CASE_FLOW.require(case.state, CaseState.DECIDED)
        if option not in Option.values:
            raise ValidationError({"option": _("Choose what was decided.")})
        if decision.state != DecisionState.PUBLISHED:
            raise ValidationError({"decision": _("The decision is not published yet.")})
        _see_that_it_decides_on(case, decision, by=by)
        if not case.baseline:
            case.baseline = baseline_of(_systems_of(case))
        case.decision, case.option, case.decided_on, case.state = decision, option, decision.decided_on, CaseState.DECIDED
        save_clean(case)
        record(Happened.CASE_DECIDED, on=case, by=by, data={"case_option_key": str(option), "decision_id": decision.subject_id})
    return case


def show_case_to_everybody(case: HarmonisationCase, *, by: Actor) -> HarmonisationCase:
    """Let everybody read the case; of its systems they read only those whose card is public."""
    with change(case) as case:
        require(by, PUBLISH_CASE, case)
        case.is_public = True
        save_clean(case)
        record(Happened.CASE_SHOWN, on=case, by=by)
    return case


def hide_case(case: HarmonisationCase, *, by: Actor) -> HarmonisationCase:
    """Take the case from public view."""
    with change(case) as case:
        require(by, PUBLISH_CASE, case)
        case.is_public = False
        save_clean(case)
        record(Happened.CASE_HIDDEN, on=case, by=by)
    return case


def _systems_of(case: HarmonisationCase) -> list[Any]:
    return list(case.systems.all())


def _see_that_it_decides_on(case: HarmonisationCase, decision: Decision, *, by: Actor) -> None:
    if DecidedOn.objects.filter(decision=decision, subject=case.subject).exists():
        return
    if not may(by, RECORD, decision):
        told = _("The decision does not say that it decides on this case. Ask the registrar to write the code %(code)s on the decision’s page.")
        raise ValidationError({"decision": told % {"code": case.subject.code}})
    decide_on(decision, subject=case.subject, by=by)
    # The tie to the decision has written a new version of the case.
    case.subject.refresh_from_db()


def _refuse_odd(case: HarmonisationCase, systems: Sequence[System]) -> None:
    if len(systems) < FEWEST:
        raise ValidationError({"systems": _("A case is about at least two systems.")})
    if case.option == Option.MERGE and case.survivor not in systems:
        raise ValidationError({"survivor": _("Say which of the systems the others are merged into.")})


def _reasons(systems: Sequence[System]) -> list[dict[str, Any]]:
    found = Candidate.objects.filter(first__in=systems, second__in=systems).select_related("first__subject", "second__subject").order_by("first", "second")
    return [{"pair": [each.first.subject.code, each.second.subject.code], "signals": each.signals, **each.details} for each in found]
