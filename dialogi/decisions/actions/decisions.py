"""Recording a decision: drafted, made public with its matter, corrected with a reason; and what it decides on, frozen at the version of that day."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.changes import version_at
from dialogi.commons.door import change, new_subject, record, save_clean, set_state
from dialogi.commons.languages import LANGUAGES
from dialogi.commons.models import Subject
from dialogi.commons.models.subjects import LinkKind
from dialogi.commons.permissions import NotPossible, require
from dialogi.commons.thread import tie, untie
from dialogi.decisions.kinds import Happened
from dialogi.decisions.models import DECISION_FLOW, DecidedOn, Decision, DecisionState, Matter, MatterState
from dialogi.decisions.rules import RECORD, REWORD
from dialogi.decisions.writing import MENTION, close_files_off, in_all, refuse_identity_codes, write, write_texts

TEXTS = ("title", "text", "reasons", "office", "mention")
FIELDS = MENTION | in_all(*TEXTS) | {"matter", "unit", "body", "post", "outcome", "decided_on", "section", "minutes_url", "remedy", "remedy_law"}


def draft_decision(*, by: Actor, **fields: Any) -> Decision:
    """Write a decision down; it is public only when it is published. Fields: those of Decision but for its state."""
    with transaction.atomic():
        decision = Decision()
        write(decision, fields, known=FIELDS)
        require(by, RECORD, decision if decision.unit_id else None)
        _check(decision)
        decision.subject = new_subject("decisions.decision", address="/decisions/{code}/")
        save_clean(decision)
        record(Happened.DRAFTED, on=decision, by=by)
    return decision


def edit_draft(decision: Decision, *, by: Actor, expecting: int | None = None, **fields: Any) -> Decision:
    """Change a decision that is not public yet."""
    with change(decision, expecting=expecting) as decision:
        require(by, RECORD, decision)
        if not decision.is_draft:
            raise NotPossible(_("The decision is public already. Correct it and say why."))
        changed = write(decision, fields, known=FIELDS)
        _save(decision, changed, by=by)
        record(Happened.EDITED, on=decision, by=by, data={"fields": changed})
    return decision


def discard_decision(decision: Decision, *, by: Actor) -> Decision:
    """Discard a draft that was written by mistake."""
    with change(decision) as decision:
        require(by, RECORD, decision)
        DECISION_FLOW.require(decision.state, DecisionState.DISCARDED)
        set_state(decision, DecisionState.DISCARDED)
        record(Happened.DISCARDED, on=decision, by=by)
    return decision


def publish_decision(decision: Decision, *, by: Actor, expecting: int | None = None) -> Decision:
    """Make a decision public: what it decides on is frozen, its matter moves on, and everybody on the red thread hears of it."""
    with change(decision, expecting=expecting) as decision:
        require(by, RECORD, decision)
        DECISION_FLOW.require(decision.state, DecisionState.PUBLISHED)
        _refuse_codes(decision)
        set_state(decision, DecisionState.PUBLISHED, published_at=clock.now())
        _freeze(decision)
        _knot(decision, by=by)
        if decision.matter is not None:
            _decide_matter(decision.matter, decision, by=by)
        data = {"decided_key": decision.outcome} if decision.is_public else {}
        record(Happened.PUBLISHED if decision.is_public else Happened.PUBLISHED_IN_SECRET, on=decision, by=by, data=data)
    return decision


def correct_decision(decision: Decision, *, reason: str, by: Actor, expecting: int | None = None, **fields: Any) -> Decision:
    """Correct a public decision. The reason, and that it was corrected, stay for everybody to see."""
    with change(decision, expecting=expecting) as decision:
        require(by, RECORD, decision)
        if not decision.is_published:
            raise NotPossible(_("Only a public decision is corrected; a draft is simply changed."))
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the decision is corrected. Everybody can read it.")})
        if "matter" in fields and fields["matter"] != decision.matter:
            raise NotPossible(_("A public decision stays in its matter."))
        changed = write(decision, fields, known=FIELDS)
        _refuse_codes(decision)
        _save(decision, changed, by=by)
        kind = Happened.CORRECTED if "is_public" not in changed else Happened.MADE_PUBLIC if decision.is_public else Happened.CLOSED_OFF
        _knot(decision, by=by)
        record(kind, on=decision, by=by, data={"fields": changed}, note={"told": {"reason": reason.strip()}})
    return decision


def reword_decision(decision: Decision, *, texts: Mapping[str, Mapping[str, str]], by: Actor, expecting: int | None = None) -> None:
    """Write texts of a decision in some languages: {"text": {"fi": ...}}. Of a public one only languages that have no words yet; the rest is a correction."""
    with change(decision, expecting=expecting) as decision:
        require(by, REWORD, decision)
        before = {name: getattr(decision, name) for name in in_all(*TEXTS)}
        changed = write_texts(decision, texts, known=TEXTS)
        if decision.is_published and any(before[name] for name in changed):
            raise NotPossible(_("The decision is public already. Correct it and say why."))
        _refuse_codes(decision)
        save_clean(decision)
        record(Happened.EDITED if decision.is_draft else Happened.REWORDED, on=decision, by=by, data={"fields": changed})


def decide_on(decision: Decision, *, subject: Subject, by: Actor) -> DecidedOn:
    """Write down that the decision decides on a Subject, as it was when the day of the decision ended. Twice is as good as once."""
    with change(decision) as decision:
        require(by, RECORD, decision)
        if subject.pk in {decision.subject_id, decision.matter.subject_id if decision.matter else 0}:
            raise NotPossible(_("Choose what the decision is about; its own matter is known already."))
        known = DecidedOn.objects.filter(decision=decision, subject=subject).first()
        if known is not None:
            return known
        made = save_clean(DecidedOn(decision=decision, subject=subject, version=version_at(subject, moment=_end_of_day(decision))))
        _knot(decision, by=by)
        record(Happened.DECIDES_ON, on=decision, by=by, data={"about_id": subject.pk, "version": made.version})
    return made


def decide_on_no_more(decision: Decision, *, subject: Subject, by: Actor) -> bool:
    """Take back that the decision decides on a Subject. Returns False when it did not."""
    with change(decision) as decision:
        require(by, RECORD, decision)
        if not DecidedOn.objects.filter(decision=decision, subject=subject).delete()[0]:
            return False
        untie(subject, decision.subject, kind=LinkKind.DECIDED_IN, by=by)
        record(Happened.DECIDES_ON, on=decision, by=by, data={"about_id": subject.pk, "version": 0})
    return True


def _refuse_codes(decision: Decision) -> None:
    if decision.is_public:
        refuse_identity_codes(decision, "title", "text", "reasons")


def _save(decision: Decision, changed: list[str], *, by: Actor) -> None:
    require(by, RECORD, decision)
    _check(decision)
    save_clean(decision)
    if "is_public" in changed and not decision.is_public:
        close_files_off(decision)
    if "decided_on" in changed:
        _freeze(decision)


def _check(decision: Decision) -> None:
    if decision.post is not None and not any(getattr(decision, name) for name in in_all("office")):
        # The office as it is called now: posts are renamed, decisions are not.
        for language in LANGUAGES:
            setattr(decision, f"office_{language}", getattr(decision.post, f"title_{language}"))
    decision.section = decision.section.strip().removeprefix("§").strip()
    if decision.decided_on > clock.today():
        raise ValidationError({"decided_on": _("A decision is recorded when it has been made.")})


def _decide_matter(matter: Matter, decision: Decision, *, by: Actor) -> None:
    with change(matter) as matter:
        tie(matter.subject, decision.subject, kind=LinkKind.DECIDED_IN, by=by)
        if decision.settles and matter.state == MatterState.PREPARATION:
            set_state(matter, MatterState.DECIDED)
        data: dict[str, Any] = {"decision_id": decision.subject_id}
        if decision.is_public:
            record(Happened.MATTER_DECIDED, on=matter, by=by, data=data | {"decided_key": decision.outcome})
        else:
            record(Happened.MATTER_DECIDED_IN_SECRET, on=matter, by=by, data=data)


def _freeze(decision: Decision) -> None:
    """Take each Subject's version as it was on the day of the decision."""
    moment = _end_of_day(decision)
    for decided in DecidedOn.objects.filter(decision=decision).select_related("subject"):
        decided.version = version_at(decided.subject, moment=moment)
        decided.save(update_fields=["version"])


def _knot(decision: Decision, *, by: Actor) -> None:
    """Tie what is decided on to a public decision, and nothing to a draft or to what is secret."""
    for decided in DecidedOn.objects.filter(decision=decision).select_related("subject"):
        act = tie if decision.is_published and decision.is_public else untie
        act(decided.subject, decision.subject, kind=LinkKind.DECIDED_IN, by=by)


def _end_of_day(decision: Decision) -> datetime:
    return datetime.combine(decision.decided_on + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone())
