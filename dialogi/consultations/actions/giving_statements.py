"""Giving a statement: saved as one goes, sent, changed until its day, declined; or recorded from paper, a call or an e-mail."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.attachments import Upload, attach, remove
from dialogi.commons.codes import digest, read_code, receipt_code_for
from dialogi.commons.door import change, record, save_clean, set_state
from dialogi.commons.models import Audience
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.permissions import NotPossible, require
from dialogi.commons.search import get_ready
from dialogi.consultations.actions.answering import Filled, save_response, write_answers
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import INVITATION_FLOW, Comment, Invitation, InvitationState, Lateness, Response, StatementFile
from dialogi.consultations.queries.invitations import statement_words
from dialogi.consultations.queries.timing import lateness_of
from dialogi.consultations.rules import RECORD_FOR_OTHER, TAKE_PART
from dialogi.voices.actions import ContactDetails, Receipt, Recorded, Said, change_statement, give_statement, record_voice
from dialogi.voices.models import Channel, Kind, Publication, SpeaksAs


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A statement as far as it is written: free words, answers to the questions, files, and who signs it in which role."""

    words: str
    filled: Filled
    signer_name: str
    signer_role: str
    files: Sequence[Upload] = field(default_factory=tuple)
    without: Sequence[int] = field(default_factory=tuple)

    @property
    def text(self) -> str:
        """Everything that is said, as one text; what lies in a file alone is named."""
        said = statement_words(self.words, self.filled.given, language=self.filled.language)
        with override(self.filled.language):
            return said or _("The statement is in the file.")


def save_statement(invitation: Invitation, *, stated: Stated, by: Actor) -> Invitation:
    """Keep what has been written so far; nobody else reads it before it is sent."""
    with _open(invitation, by=by) as invitation:
        if invitation.state == InvitationState.ANSWERED:
            raise NotPossible(_("The statement has been sent. Send it again to change it."))
        _keep(invitation, stated, by=by)
        record(Happened.INVITATION_CHANGED, on=invitation.phase.consultation, by=by)
    return invitation


def send_statement(invitation: Invitation, *, stated: Stated, by: Actor) -> Invitation:
    """Give the statement, or change it until its day. After that day it is received and marked late, and stays as it was sent."""
    get_ready(stated.text, language=stated.filled.language)
    with _open(invitation, by=by) as invitation:
        lateness = _lateness(invitation, clock.now())
        if invitation.state == InvitationState.ANSWERED and lateness != Lateness.IN_TIME:
            raise NotPossible(_("The day has passed. Your statement stays as it was when you last sent it."))
        _refuse_empty(stated, keeps_files=invitation.files.exclude(pk__in=stated.without).exists())
        if invitation.comment is not None:
            change_statement(invitation.comment.voice, text=stated.text, language=stated.filled.language, by=by)
            _complete(invitation, stated, lateness=invitation.comment.lateness, by=by)
        else:
            receipt = give_statement(_said(invitation, stated), speaks_for=invitation.invited.subject, form_key=invitation.token_digest[:32], by=by)
            _receive(invitation, stated, receipt, lateness=lateness, by=by)
    return invitation


def record_statement(invitation: Invitation, *, stated: Stated, channel: str, arrived_at: datetime, original: Sequence[Upload] = (), by: Actor) -> Invitation:
    """Record a statement that came on paper, by phone or as an e-mail. Whether it is late is judged by its arrival."""
    get_ready(stated.text, language=stated.filled.language)
    with change(invitation.phase.consultation) as consultation:
        require(by, RECORD_FOR_OTHER, consultation)
        invitation = _locked(invitation)
        INVITATION_FLOW.require(invitation.state, InvitationState.ANSWERED)
        _refuse_empty(stated, keeps_files=False)
        lateness = _lateness(invitation, arrived_at)
        recorded = Recorded(channel=channel, arrived_at=arrived_at, original=original)
        key = invitation.token_digest[:32]
        receipt = record_voice(_said(invitation, stated), recorded, speaks_for=invitation.invited.subject, form_key=key, by=by)
        _receive(invitation, stated, receipt, lateness=lateness, by=by.on_behalf(), channel=channel, arrived_at=arrived_at)
    return invitation


def decline(invitation: Invitation, *, because: str, by: Actor) -> Invitation:
    """Say that no statement is given, so that nobody waits or reminds. Until the answers come, one can still change one's mind."""
    with _open(invitation, by=by) as invitation:
        INVITATION_FLOW.require(invitation.state, InvitationState.DECLINED)
        invitation.state, invitation.declined_because = InvitationState.DECLINED, because.strip()
        save_clean(invitation)
        record(Happened.STATEMENT_DECLINED, on=invitation.phase.consultation, by=by, data={"invitation": invitation.pk})
    return invitation


def ask_for_time(invitation: Invitation, *, until: date, because: str, by: Actor) -> Invitation:
    """Ask for more time, until a day and why. The planner decides."""
    with _open(invitation, by=by) as invitation:
        if invitation.state != InvitationState.INVITED:
            raise NotPossible(_("You have answered already, so no more time is needed."))
        if until <= max(invitation.due_at, clock.now()).date():
            raise NotPossible(_("Choose a day after the one that you have now."))
        invitation.extension_asked_until, invitation.extension_because = until, because.strip()
        invitation.extension_granted, invitation.extension_answer = None, ""
        save_clean(invitation)
        record(Happened.EXTENSION_ASKED, on=invitation.phase.consultation, by=by, data={"invitation": invitation.pk})
    return invitation


@contextmanager
def _open(invitation: Invitation, *, by: Actor) -> Iterator[Invitation]:
    """Lock an invitation for whoever holds its link, which the page has checked."""
    with change(invitation.phase.consultation):
        invitation = _locked(invitation)
        require(by, TAKE_PART, invitation.phase)
        if invitation.state == InvitationState.WITHDRAWN:
            raise NotPossible(_("The invitation was withdrawn."))
        _lateness(invitation, clock.now())
        yield invitation


def _lateness(invitation: Invitation, arrived_at: datetime) -> Lateness:
    """In time until the invitation's own day, whatever the phase says: more time may have been given."""
    lateness_of(invitation.phase, arrived_at=arrived_at)  # refuses before the opening and after the answers
    return Lateness.IN_TIME if arrived_at < invitation.due_at else Lateness.LATE


def _refuse_empty(stated: Stated, *, keeps_files: bool) -> None:
    if not stated.words.strip() and not stated.filled.given and not stated.files and not keeps_files:
        raise NotPossible(_("Write the statement, answer the questions or add it as a file."))
    if not stated.signer_name or not stated.signer_role:
        raise NotPossible(_("Say who signs the statement, and in which role."))


def _said(invitation: Invitation, stated: Stated) -> Said:
    contact = ContactDetails(name=stated.signer_name, email=invitation.email, language=invitation.language)
    return Said(
        text=stated.text,
        language=stated.filled.language,
        kind=Kind.POSITION,
        publication=Publication.WAITING,
        speaks_as=SpeaksAs.ORGANISATION,
        about=invitation.phase.consultation.subject,
        contact=contact if invitation.email else None,
        is_answered_together=True,
    )


def _receive(
    invitation: Invitation, stated: Stated, receipt: Receipt, *, lateness: Lateness, by: Actor, channel: str = Channel.WEB, arrived_at: datetime | None = None
) -> None:
    """Put the comment beside the voice, and tie both to the invitation."""
    consultation = invitation.phase.consultation
    made = Comment.objects.filter(voice=receipt.voice).first()
    invitation.comment = made or save_clean(Comment(voice=receipt.voice, consultation=consultation, phase=invitation.phase, lateness=lateness))
    _complete(invitation, stated, lateness=lateness, by=by, channel=channel, arrived_at=arrived_at)
    set_state(invitation, InvitationState.ANSWERED, comment=invitation.comment)
    record(Happened.STATEMENT_GIVEN, on=consultation, by=by, data={"invitation": invitation.pk, "channel": channel})


def _complete(invitation: Invitation, stated: Stated, *, lateness: str, by: Actor, channel: str = Channel.WEB, arrived_at: datetime | None = None) -> None:
    """Keep all of a statement that is sent, and let everybody who sees its words see its files."""
    _keep(invitation, stated, by=by, channel=channel)
    if invitation.response is not None:
        Response.objects.filter(pk=invitation.response.pk).update(sent_at=arrived_at or clock.now(), lateness=lateness)
    if invitation.comment is not None:
        files = Attachment.objects.filter(pk__in=invitation.files.values("file"))
        files.update(subject=invitation.comment.voice.subject, audience="")


def _keep(invitation: Invitation, stated: Stated, *, by: Actor, channel: str = Channel.WEB) -> None:
    invitation.words, invitation.signer_name, invitation.signer_role = stated.words, stated.signer_name, stated.signer_role
    invitation.signer_id = by.person_id if channel == Channel.WEB else None
    if stated.filled.given or invitation.response is not None:
        response = invitation.response or _blank(invitation, channel)
        save_response(response, stated.filled)
        write_answers(response, stated.filled.given, by=by)
        invitation.response = response
    save_clean(invitation)
    for kept in invitation.files.filter(pk__in=stated.without).select_related("file"):
        kept.delete()
        remove(kept.file)
    for upload in stated.files:
        made = attach(upload, owner=invitation.phase.consultation.subject, by=by, audience=Audience.UNIT)
        StatementFile.objects.create(invitation=invitation, file=made)


def _blank(invitation: Invitation, channel: str) -> Response:
    key = invitation.token_digest[:32]
    code = digest(read_code(receipt_code_for(key)))
    return Response(phase=invitation.phase, form_key=key, receipt_digest=code, channel=channel, begun_at=clock.now())


def _locked(invitation: Invitation) -> Invitation:
    along = ("phase__consultation__subject", "phase__consultation__unit__subject", "phase__consultation__area", "comment__voice__subject", "response")
    found = Invitation.objects.select_for_update(of=("self",)).select_related(*along, "organisation__subject", "body__subject")
    return found.get(pk=invitation.pk)
