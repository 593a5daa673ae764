"""A statement round: inviting organisations and councils, reminding them, giving them more time, taking an invitation back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor, machine
from dialogi.commons.calendar import ZONE
from dialogi.commons.codes import digest, read_code, receipt_code_for
from dialogi.commons.door import change, record, save_clean, set_state
from dialogi.commons.permissions import NotPossible, require
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import INVITATION_FLOW, Invitation, InvitationState, Phase, PhaseKind, State
from dialogi.consultations.queries.invitations import secret_key_of, to_remind
from dialogi.consultations.rules import INVITE
from dialogi.people.actions import create_organisation
from dialogi.people.models import Body, Organisation

MOST_INVITED = 200
CLOSES = time(16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Who is asked, in which language, and at which address; without one the invitation goes on paper."""

    who: Organisation | Body
    language: str
    email: str = ""


def invite(phase: Phase, *, invited: Sequence[Invited], due_at: datetime, by: Actor) -> list[Invitation]:
    """Ask organisations and councils for a statement, many at once; the worker sends each its secret link. Who has been asked already is passed over.

    Raises NotPossible before publication, and for a day that has passed or lies after the answers.
    """
    with change(phase.consultation) as consultation:
        require(by, INVITE, phase)
        if consultation.state != State.PUBLISHED or phase.kind != PhaseKind.STATEMENTS:
            raise NotPossible(_("Publish the consultation first. Invitations go out at once, with a link to what everybody can read."))
        if due_at <= max(clock.now(), phase.opens_at):
            raise NotPossible(_("Choose a day that has not passed yet."))
        if Invitation.objects.filter(phase=phase).count() + len(invited) > MOST_INVITED:
            raise NotPossible(_("At most two hundred can be invited to one round."))
        made = [one for asked in invited if (one := _ask(phase, asked, due_at=due_at)) is not None]
        if not made:
            raise NotPossible(_("They have all been invited already."))
        record(Happened.INVITED, on=consultation, by=by, data={"count": len(made), "invitations": [one.pk for one in made]})
    return made


def invite_newcomer(phase: Phase, *, names: Mapping[str, str], email: str, language: str, due_at: datetime, by: Actor) -> Invitation:
    """Add an organisation to the register and invite it in the same breath; `names` maps language to name."""
    with transaction.atomic():
        require(by, INVITE, phase)
        added = create_organisation(by=by, email=email, **{f"name_{code}": name for code, name in names.items()})
        return invite(phase, invited=[Invited(who=added, language=language, email=email)], due_at=due_at, by=by)[0]


def change_invitation(invitation: Invitation, *, email: str, language: str, send_again: bool, by: Actor) -> Invitation:
    """Mend the address or the language of an invitation, and send it once more when that is wanted."""
    with change(invitation.phase.consultation) as consultation:
        invitation = _locked(invitation)
        require(by, INVITE, invitation.phase)
        invitation.email, invitation.language = email.strip(), language
        save_clean(invitation)
        record(Happened.INVITATION_CHANGED, on=consultation, by=by, data={"invitations": [invitation.pk] if send_again else []})
    return invitation


def withdraw_invitation(invitation: Invitation, *, by: Actor) -> Invitation:
    """Take an invitation back: its link opens nothing any more. Whoever has given a statement is not uninvited."""
    with change(invitation.phase.consultation) as consultation:
        invitation = _locked(invitation)
        require(by, INVITE, invitation.phase)
        INVITATION_FLOW.require(invitation.state, InvitationState.WITHDRAWN)
        set_state(invitation, InvitationState.WITHDRAWN)
        record(Happened.INVITATION_CHANGED, on=consultation, by=by, data={"withdrawn": invitation.pk})
    return invitation


def decide_extension(invitation: Invitation, *, until: date | None, because: str, by: Actor) -> Invitation:
    """Give more time until the end of a day, or (None) refuse it, with a reason. Everybody sees the new day; reminders follow it."""
    with change(invitation.phase.consultation) as consultation:
        invitation = _locked(invitation)
        require(by, INVITE, invitation.phase)
        if not invitation.waits_for_extension or invitation.state != InvitationState.INVITED:
            raise NotPossible(_("Nobody waits for more time here any more."))
        if not because.strip():
            raise NotPossible(_("Give a reason."))
        invitation.extension_answer, invitation.extension_granted = because.strip(), until is not None
        if until is not None:
            invitation.due_at = _later(invitation, until)
            invitation.reminded_at = invitation.reminded_after_at = None
        save_clean(invitation)
        record(Happened.EXTENSION_DECIDED, on=consultation, by=by, data={"invitation": invitation.pk})
    return invitation


def remind_invited() -> int:
    """Remind those who are silent once before and once after the day; return how many. Safe to repeat."""
    return sum(_remind(invitation.pk) for invitation in to_remind()[:200])


def _remind(key: int) -> int:
    with transaction.atomic():
        found = to_remind().select_for_update(of=("self",)).filter(pk=key).first()
        if found is None:
            return 0
        moment = "after" if found.is_due else "before"
        mark = "reminded_after_at" if found.is_due else "reminded_at"
        setattr(found, mark, clock.now())
        found.save(update_fields=[mark])
        record(Happened.INVITATION_REMINDED, on=found.phase.consultation, by=machine("reminder"), data={"invitation": found.pk, "moment": moment})
    return 1


def _ask(phase: Phase, asked: Invited, *, due_at: datetime) -> Invitation | None:
    target: dict[str, Any] = {"organisation": asked.who} if isinstance(asked.who, Organisation) else {"body": asked.who}
    invitation = Invitation.objects.filter(phase=phase, **target).first()
    if invitation is not None and invitation.state != InvitationState.WITHDRAWN:
        return None
    invitation = invitation or Invitation(phase=phase, **target)
    invitation.state, invitation.language, invitation.email = InvitationState.INVITED, asked.language, asked.email.strip()
    invitation.due_at, invitation.invited_at = due_at, clock.now()
    invitation.reminded_at = invitation.reminded_after_at = None
    # The link is derived from who was asked and when, with the server's key: a new invitation makes the old link useless.
    invitation.token_digest = digest(read_code(receipt_code_for(secret_key_of(invitation))))
    return save_clean(invitation)


def _later(invitation: Invitation, until: date) -> datetime:
    due_at = datetime.combine(until, CLOSES, tzinfo=ZONE)
    if due_at <= max(invitation.due_at, clock.now()):
        raise NotPossible(_("The new day comes after the old one, and has not passed."))
    return due_at


def _locked(invitation: Invitation) -> Invitation:
    along = ("phase__consultation__subject", "phase__consultation__unit__subject", "organisation__subject", "body__subject")
    return Invitation.objects.select_for_update(of=("self",)).select_related(*along).get(pk=invitation.pk)
