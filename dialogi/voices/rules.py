"""Who may do what with voices, and how long an answer may take."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.calendar import CalendarDays
from dialogi.commons.permissions import YES, Permission, Verdict, no, when
from dialogi.people.models import Role
from dialogi.voices.models import Kind, Publication, Theme, Voice

MAX_WORDS = 8000
MAX_PHOTOS = 5
HELPFUL_AFTER_DAYS = 28
APPEAL_WITHIN_DAYS = 30
REOPEN_WITHIN_DAYS = 90
ANSWER_DUTY = "voices.answer"
CHECK_DUTY = "voices.check"
APPEAL_DUTY = "voices.appeal"
CALL_DUTY = "voices.call"
STATUTORY_CLOCKS = {Kind.ACCESSIBILITY: CalendarDays(14, section=_("Act 306/2019, chapter 3"))}
CHECK_PROMISE_DAYS = 2
CALL_PROMISE_DAYS = 2
CONTACT_MONTHS = 24
PAPERS_MONTHS = 24
SUPPORT_MONTHS = 12
NOTHING_TO_CALL = _("Nobody waits for a call about this any more.")
HANDLING = (Role.HANDLER, Role.HEAD)
CHECKING = (Role.COMMUNICATIONS, Role.REGISTRAR)
POSTING = (Role.CLERK, Role.COMMUNICATIONS, Role.REGISTRAR)
RECORDING = (Role.CLERK, Role.HANDLER, Role.HEAD, Role.REGISTRAR, Role.COMMUNICATIONS)


@dataclass(frozen=True, slots=True)
class Misdirection:
    """What is really something else: recognised with the sender, explained, handed on without its secrets."""

    key: str
    needs_organisation: bool


MISDIRECTIONS = {m.key: m for m in (Misdirection("appeal", False), Misdirection("information_request", False), Misdirection("wellbeing", True))}


def _unit_of(voice: Voice) -> int | None:
    return voice.unit.subject_id if voice.unit_id and voice.unit else None


def _anyone(actor: Actor, obj: Any) -> Verdict:
    return YES


def _works_at_desk(actor: Actor, obj: Any) -> Verdict:
    return when(
        actor.holds(*HANDLING, Role.REGISTRAR, anywhere=True) or actor.is_machine,
        _("The desk is for those who answer and keep the register."),
    )


def _handles(actor: Actor, voice: Voice) -> Verdict:
    if actor.is_machine:
        return YES
    return when(
        actor.holds(*HANDLING, unit_id=_unit_of(voice)),
        _("Only the responsible unit answers. If it should be yours, ask the present unit to move it to you."),
    )


def _may_assign(actor: Actor, voice: Voice) -> Verdict:
    if actor.is_machine or actor.holds(Role.REGISTRAR, anywhere=True) or actor.holds(*HANDLING, unit_id=_unit_of(voice)):
        return YES
    return no(_("Only the responsible unit and the registrar move a voice to another unit."))


def _records_for_others(actor: Actor, obj: Any) -> Verdict:
    return when(actor.is_machine or actor.holds(*RECORDING, anywhere=True), _("Only staff at a service point record for somebody else."))


def _sees_case(actor: Actor, voice: Voice) -> Verdict:
    if actor.is_machine or actor.holds(Role.REGISTRAR, anywhere=True) or actor.holds(*HANDLING, unit_id=_unit_of(voice)):
        return YES
    return no(_("The case belongs to another unit. You can read the public page."))


def is_party(actor: Actor, voice: Voice) -> bool:
    """Tell whether the voice is about the actor's own unit, or the actor wrote, recorded or handles it."""
    if actor.person_id is not None and actor.person_id in {voice.author_id, voice.handler_id, voice.recorded_by_id}:
        return True
    unit = _unit_of(voice)
    return unit is not None and (unit in actor.home_units or any(grant.units is not None and unit in grant.units for grant in actor.grants))


def _moderates(actor: Actor, voice: Voice | None) -> Verdict:
    if actor.is_machine:
        return YES
    if not actor.holds(Role.COMMUNICATIONS, anywhere=True):
        return no(_("Only communications checks what is made public."))
    # The neutrality rule: whoever a voice is about never decides whether others may read it.
    if voice is not None and is_party(actor, voice):
        return no(_("You are a party to this voice or work in the unit that it is about. Somebody else must decide."))
    return YES


def _decides_appeal(actor: Actor, voice: Voice | None) -> Verdict:
    if actor.is_machine:
        return YES
    if not actor.holds(Role.COMMUNICATIONS, Role.REGISTRAR, anywhere=True):
        return no(_("Only communications and the registrar decide on appeals."))
    if voice is not None and is_party(actor, voice):
        return no(_("You are a party to this voice or work in the unit that it is about. Somebody else must decide."))
    return YES


def _sees_checks(actor: Actor, obj: Any) -> Verdict:
    return when(actor.is_machine or actor.holds(*CHECKING, anywhere=True), _("The page is for communications and the registrar."))


def _posts_letters(actor: Actor, obj: Any) -> Verdict:
    return when(actor.is_machine or actor.holds(*POSTING, anywhere=True), _("Letters hold follow-up codes. Only those who post them see them."))


def _hands_on(actor: Actor, voice: Voice) -> Verdict:
    return YES if is_author(actor, voice) else _handles(actor, voice)


def is_author(actor: Actor, voice: Voice) -> bool:
    """Tell whether the actor, signed in, is the author; a receipt code is the other way to show it."""
    return actor.person_id is not None and actor.person_id == voice.author_id


def _keeps_register(actor: Actor, obj: Any) -> Verdict:
    return when(actor.is_machine or actor.holds(Role.REGISTRAR, anywhere=True), _("Only the registrar keeps the register."))


def _brings_in(actor: Actor, obj: Any) -> Verdict:
    return when(actor.is_machine or actor.holds(Role.REGISTRAR, anywhere=True), _("Only the registrar brings in feedback from another system."))


def _sees_promises(actor: Actor, obj: Any) -> Verdict:
    return when(
        actor.is_machine or actor.holds(Role.HEAD, Role.REGISTRAR, Role.ADMINISTRATOR, anywhere=True), _("The page is for heads of units and the registrar.")
    )


def _configures(actor: Actor, obj: Any) -> Verdict:
    return when(actor.is_machine or actor.holds(Role.ADMINISTRATOR, anywhere=True), _("Only the administrator changes this."))


def _gathers(actor: Actor, obj: Any) -> Verdict:
    return when(actor.is_machine or actor.holds(*HANDLING, Role.REGISTRAR, anywhere=True), _("Only handlers and the registrar gather voices in themes."))


def _answers_theme(actor: Actor, theme: Theme) -> Verdict:
    return when(actor.is_machine or actor.holds(*HANDLING, unit_id=theme.unit.subject_id), _("Only the unit that keeps the theme answers it."))


def _keeps_theme(actor: Actor, theme: Theme) -> Verdict:
    if _answers_theme(actor, theme) or actor.holds(Role.REGISTRAR, anywhere=True):
        return YES
    return no(_("Only the unit that keeps the theme, and the registrar, change it. You can gather voices in it."))


def _rewords_theme(actor: Actor, theme: Theme) -> Verdict:
    if _keeps_theme(actor, theme) or actor.holds(Role.COMMUNICATIONS, anywhere=True):
        return YES
    return no(_("Only the unit that keeps the theme, the registrar and communications change its texts."))


def _supports(actor: Actor, voice: Voice) -> Verdict:
    if is_author(actor, voice):
        return no(_("It is your own. Others can support it."))
    return when(voice.publication in {Publication.PUBLISHED, Publication.STAFF}, _("Only what is public can be supported."))


GIVE = Permission("voices.give", _anyone)
RECORD_FOR_OTHER = Permission("voices.record_for_other", _records_for_others)
WORK_AT_DESK = Permission("voices.work_at_desk", _works_at_desk)
SEE_CASE = Permission("voices.see_case", _sees_case)
REPLY = Permission("voices.reply", _handles)
NOTE = Permission("voices.note", _sees_case)
ASSIGN = Permission("voices.assign", _may_assign)
GATHER = Permission("voices.gather", _gathers)
KEEP_THEME = Permission("voices.keep_theme", _keeps_theme)
ANSWER_THEME = Permission("voices.answer_theme", _answers_theme)
REWORD_THEME = Permission("voices.reword_theme", _rewords_theme)
MODERATE = Permission("voices.moderate", _moderates)
DECIDE_APPEAL = Permission("voices.decide_appeal", _decides_appeal)
SEE_CHECKS = Permission("voices.see_checks", _sees_checks)
POST_LETTERS = Permission("voices.post_letters", _posts_letters)
HAND_ON = Permission("voices.hand_on", _hands_on)
SUPPORT = Permission("voices.support", _supports)
KEEP_REGISTER = Permission("voices.keep_register", _keeps_register)
BRING_IN = Permission("voices.bring_in", _brings_in)
SEE_PROMISES = Permission("voices.see_promises", _sees_promises)
CONFIGURE = Permission("voices.configure", _configures)
READ = Permission("voices.read", _anyone)
