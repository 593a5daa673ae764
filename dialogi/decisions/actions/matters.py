"""Opening a matter, keeping its details, moving it on."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, new_subject, record, save_clean, set_state
from dialogi.commons.permissions import NotPossible, require
from dialogi.decisions.kinds import Happened
from dialogi.decisions.models import MATTER_FLOW, SETTLING, Matter, MatterState
from dialogi.decisions.rules import KEEP_MATTERS, NEEDS_REASON, NUMBER, REWORD
from dialogi.decisions.writing import MENTION, check_case_number, close_files_off, in_all, refuse_identity_codes, write, write_texts

TEXTS = ("title", "summary", "mention")
FIELDS = MENTION | in_all(*TEXTS) | {"case_number", "unit", "post", "service", "opened_on"}


def open_matter(*, by: Actor, **fields: Any) -> Matter:
    """Open a matter for preparation; fields: title_*, summary_*, unit, post, service, case_number, opened_on, is_public, mention_*, secrecy."""
    with transaction.atomic():
        matter = Matter()
        write(matter, fields, known=FIELDS)
        require(by, KEEP_MATTERS, matter if matter.unit_id else None)
        if matter.case_number:
            _check_number(matter, by=by)
        _refuse_codes(matter)
        matter.subject = new_subject("decisions.matter", address="/matters/{code}/")
        save_clean(matter)
        record(Happened.MATTER_OPENED, on=matter, by=by)
        if not matter.is_public:
            record(Happened.MATTER_CLOSED_OFF, on=matter, by=by)
    return matter


def edit_matter(matter: Matter, *, by: Actor, expecting: int | None = None, **fields: Any) -> Matter:
    """Change a matter's details. What becomes secret takes its files along; the ledger names the changed fields, never their values."""
    with change(matter, expecting=expecting) as matter:
        require(by, KEEP_MATTERS, matter)
        changed = write(matter, fields, known=FIELDS)
        require(by, KEEP_MATTERS, matter)
        if "case_number" in changed:
            _check_number(matter, by=by)
        _refuse_codes(matter)
        save_clean(matter)
        kind = Happened.MATTER_CHANGED
        if "is_public" in changed:
            kind = Happened.MATTER_MADE_PUBLIC if matter.is_public else Happened.MATTER_CLOSED_OFF
        if kind is Happened.MATTER_CLOSED_OFF:
            close_files_off(matter)
        record(kind, on=matter, by=by, data={"fields": changed})
    return matter


def reword_matter(matter: Matter, *, texts: Mapping[str, Mapping[str, str]], by: Actor, expecting: int | None = None) -> None:
    """Write the title, summary or mention of a matter in some languages: {"title": {"fi": ...}}."""
    with change(matter, expecting=expecting) as matter:
        require(by, REWORD, matter)
        changed = write_texts(matter, texts, known=TEXTS)
        _refuse_codes(matter)
        save_clean(matter)
        record(Happened.MATTER_CHANGED, on=matter, by=by, data={"fields": changed})


def move_matter(matter: Matter, *, to: str, by: Actor, reason: str = "", expecting: int | None = None) -> Matter:
    """Move a matter on. Decided is what a decision settled; going back to preparation, and dropping it, ask for a reason."""
    with change(matter, expecting=expecting) as matter:
        require(by, KEEP_MATTERS, matter)
        MATTER_FLOW.require(matter.state, to)
        if to in NEEDS_REASON and not reason.strip():
            raise ValidationError({"reason": _("Say why. Everybody who follows the matter can read it.")})
        if to == MatterState.DECIDED and not matter.decisions.published().filter(outcome__in=SETTLING).exists():
            raise NotPossible(_("A matter is decided by a decision. Record the decision, and the matter follows."))
        is_over = to in {MatterState.CLOSED, MatterState.DROPPED}
        set_state(matter, to, closed_on=max(clock.today(), matter.opened_on) if is_over else None)
        data = {"matter_state_key": str(to)}
        if reason.strip():
            record(Happened.MATTER_STOPPED, on=matter, by=by, data=data, note={"told": {"reason": reason.strip()}})
        else:
            record(Happened.MATTER_MOVED_ON, on=matter, by=by, data=data)
    return matter


def _check_number(matter: Matter, *, by: Actor) -> None:
    require(by, NUMBER, matter)
    matter.case_number = matter.case_number.strip()
    check_case_number(matter.case_number)


def _refuse_codes(matter: Matter) -> None:
    if matter.is_public:
        refuse_identity_codes(matter, "title", "summary")
