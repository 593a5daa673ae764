"""Who keeps matters, who records decisions, and what a decision must hold."""

from typing import Any

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.models import Subject
from dialogi.commons.permissions import YES, Permission, Verdict, no, when
from dialogi.decisions.models import Decision, Matter, MatterState, Remedy
from dialogi.people.models import Role

HANDLING = (Role.HANDLER, Role.HEAD)
MOST_FILES = 5
# Local Government Act 410/2015: who disagrees with a decision, and preparation alone, which cannot be appealed.
REMEDY_LAW: dict[str, str | Lazy] = {
    Remedy.RECTIFICATION: _("Local Government Act 410/2015, sections 134–139"),
    Remedy.APPEAL: _("Local Government Act 410/2015, sections 134–139"),
    Remedy.NONE: _("Local Government Act 410/2015, section 136"),
}
# Whoever goes back, or gives up, says why.
NEEDS_REASON = frozenset({MatterState.PREPARATION, MatterState.DROPPED})


def _anyone(actor: Actor, obj: Any) -> Verdict:
    return YES


def _keeps_matter(actor: Actor, matter: Matter | None) -> Verdict:
    if actor.is_machine or actor.holds(Role.REGISTRAR, anywhere=True):
        return YES
    if matter is None:
        return when(actor.holds(*HANDLING, anywhere=True), _("Matters are kept by those who prepare them and by the registrar."))
    return when(
        actor.holds(*HANDLING, unit_id=matter.unit.subject_id),
        _("Only the unit that prepares the matter and the registrar change it."),
    )


def _numbers(actor: Actor, obj: Any) -> Verdict:
    return when(actor.is_machine or actor.holds(Role.REGISTRAR, anywhere=True), _("Only the registrar gives case numbers."))


def _ties(actor: Actor, source: Subject) -> Verdict:
    """What people said is tied to a matter by the unit that answers for it."""
    if actor.is_machine or actor.holds(Role.REGISTRAR, anywhere=True):
        return YES
    return when(
        actor.holds(*HANDLING, unit_id=source.unit_id),
        _("Only the unit that answers for what was said, the unit that prepares the matter, and the registrar tie them together."),
    )


def _records(actor: Actor, decision: Decision | None) -> Verdict:
    if actor.is_machine or actor.holds(Role.REGISTRAR, anywhere=True):
        return YES
    if decision is None:
        return when(
            actor.holds(Role.HEAD, anywhere=True),
            _("Decisions are recorded by the registrar, and those of office-holders also by the head of the unit."),
        )
    if decision.body_id is not None:
        return no(_("Only the registrar records the decisions of bodies."))
    return when(
        actor.holds(Role.HEAD, unit_id=decision.unit.subject_id),
        _("Only the registrar and the head of the unit record its office-holders’ decisions."),
    )


def _rewords(actor: Actor, noun: Matter | Decision | None) -> Verdict:
    """Communications helps with the words that everybody may read."""
    if actor.holds(Role.COMMUNICATIONS, anywhere=True) and (noun is None or noun.is_public):
        return YES
    return _keeps_matter(actor, noun) if isinstance(noun, Matter) else _records(actor, noun)


READ = Permission("decisions.read", _anyone)
KEEP_MATTERS = Permission("decisions.keep_matters", _keeps_matter)
NUMBER = Permission("decisions.number", _numbers)
TIE = Permission("decisions.tie", _ties)
RECORD = Permission("decisions.record", _records)
REWORD = Permission("decisions.reword", _rewords)
