"""Statement rounds as they are read: who was asked, who has answered, who is silent; and what a statement says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.codes import digests, explain, normalise, receipt_code_given
from dialogi.commons.languages import in_language
from dialogi.commons.messages import site_url
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.permissions import may
from dialogi.consultations.models import Choice, Consultation, Invitation, InvitationState, Phase, Point, Question, QuestionKind, State, StatementFile
from dialogi.consultations.queries.parity import Lack
from dialogi.consultations.queries.surveys import gate, questions_of
from dialogi.consultations.rules import INVITE
from dialogi.people.models import Body, BodyKind, Organisation
from dialogi.voices.models import Publication

REMIND_BEFORE = timedelta(days=5)
REMIND_AFTER = timedelta(days=1)
# Whoever was invited yesterday is not reminded today, and nobody is reminded for ever.
FRESH, FORGOTTEN = timedelta(days=2), timedelta(days=21)
WHO = ("organisation__subject", "body__subject")
WITH_ALL = ("phase__consultation__subject", "phase__consultation__unit__subject", *WHO, "comment__voice__subject", "comment__voice__contact", "response")


class Row(Protocol):
    """One row of an answer, given just now or kept."""

    @property
    def question(self) -> Question: ...
    @property
    def choice(self) -> Choice | None: ...
    @property
    def row(self) -> Choice | None: ...
    @property
    def words(self) -> str: ...
    @property
    def number(self) -> Any: ...
    @property
    def day(self) -> Any: ...


def statement_words(words: str, given: Sequence[Row], *, language: str) -> str:
    """Return free words and answers as one text in a language: it is read, gathered, searched and taken out like any other words."""
    with override(language):
        parts: dict[int, list[str]] = {}
        asked: dict[int, Question] = {}
        for row in given:
            if said := _said(row, language):
                asked[row.question.pk] = row.question
                parts.setdefault(row.question.pk, []).append(said)
        answers = [f"{in_language(question, 'text', language)}\n{'; '.join(parts[pk])}" for pk, question in asked.items()]
    return "\n\n".join([part for part in (words.strip(), *answers) if part])


def _said(row: Row, language: str) -> str:
    chosen = str(in_language(row.choice, "text", language)) if row.choice else ""
    if row.row is not None:
        return f"{in_language(row.row, 'text', language)}: {chosen}"
    if row.number is not None:
        number = f"{row.number.normalize():f}"
        if row.question.kind == QuestionKind.SCALE:
            return _("%(number)s on a scale up to %(most)s") % {"number": number, "most": row.question.most or 5}
        return f"{number}. {chosen}" if chosen else number
    if row.day is not None:
        return date_format(row.day, "DATE_FORMAT")
    return chosen or row.words


def secret_key_of(invitation: Invitation) -> str:
    """Return what the secret link is derived from, with the server's key: who was asked, in which round, and when."""
    asked = f"{invitation.phase_id}\n{invitation.organisation_id}\n{invitation.body_id}\n{invitation.invited_at.isoformat()}"
    return f"invitation\n{asked}"


def code_of_invitation(invitation: Invitation) -> str:
    """Return the code of the secret link, for the invited alone; empty when the server's key of that day is gone."""
    return receipt_code_given(secret_key_of(invitation), stored=invitation.token_digest)


@dataclass(frozen=True, slots=True)
class PaperLetter:
    """What stands in the letter to somebody who has no e-mail address: the code as it is printed and where to write it."""

    code: str
    address: str


def letter_of(invitation: Invitation) -> PaperLetter | None:
    """Return what the letter needs, in the language of the invitation; None when there is no code to give any more."""
    code = code_of_invitation(invitation)
    return PaperLetter(code, link_of(invitation)) if code else None


def link_of(invitation: Invitation) -> str:
    """Return the full secret address, in the language of the invitation."""
    return site_url(f"/{invitation.language}/consultations/invited/{normalise(code_of_invitation(invitation))}/")


def invitation_by_code(code: str) -> Invitation | None:
    """Return the invitation that a secret link opens, or None. A withdrawn one opens nothing."""
    if explain(code):
        return None
    return Invitation.objects.standing().filter(token_digest__in=digests(code)).select_related(*WITH_ALL).first()


def to_remind() -> QuerySet[Invitation]:
    """Return the invitations of which somebody is to be reminded now: once before the day, once after it."""
    now = clock.now()
    before = Q(due_at__gt=now, due_at__lte=now + REMIND_BEFORE, reminded_at__isnull=True, invited_at__lte=now - FRESH)
    after = Q(due_at__lte=now - REMIND_AFTER, due_at__gt=now - FORGOTTEN, reminded_after_at__isnull=True)
    silent = Invitation.objects.silent().filter(before | after, phase__consultation__state=State.PUBLISHED)
    return silent.select_related("phase__consultation__subject", *WHO).order_by("due_at", "id")


def is_anybody_to_remind() -> bool:
    """Tell whether an invited organisation waits to be reminded."""
    return to_remind().exists()


def with_time_left(consultation_id: int) -> QuerySet[Invitation]:
    """Return those who have been promised time that has not passed, and are silent."""
    return Invitation.objects.silent().filter(phase__consultation=consultation_id, due_at__gt=clock.now())


@dataclass(frozen=True, slots=True)
class Asked:
    """Everybody who was asked in a round, in the order of their names, with how many stand where."""

    invitations: list[Invitation]
    answered: int
    declined: int
    silent: int


def asked_in(phase: Phase) -> Asked:
    """Return who was asked; one query."""
    found = list(Invitation.objects.standing().filter(phase=phase).select_related(*WHO, "comment__voice__subject"))
    found.sort(key=lambda one: (not one.is_council, str(one).casefold()))
    counts = {state: sum(1 for one in found if one.state == state) for state in InvitationState}
    return Asked(found, counts[InvitationState.ANSWERED], counts[InvitationState.DECLINED], counts[InvitationState.INVITED])


def round_part(phase: Phase) -> Mapping[str, Any]:
    """Return what everybody sees of a statement round: who was asked and where each stands. Never an address."""
    from_anybody = next((one for one in phase.consultation.phases.all() if one.kind in {"hearing", "ideas"} and not one.is_over()), None)
    return {"asked": asked_in(phase), "from_anybody": from_anybody}


def round_desk(phase: Phase, actor: Actor) -> Mapping[str, Any]:
    """Return what the planner's page shows of a statement round."""
    return {"asked": asked_in(phase), "questions": questions_of(phase), "may_invite": bool(may(actor, INVITE, phase))}


def round_gate(phase: Phase) -> Iterable[Lack]:
    """Yield what is missing before publication: a round needs no questions, but those it has are in both languages."""
    return [lack for lack in gate(phase) if lack.language]


def councils() -> QuerySet[Body]:
    """Return the municipality's own bodies that can be asked: the councils by law first."""
    return Body.objects.active().exclude(kind=BodyKind.WORKING_GROUP).select_related("subject")


def organisations() -> QuerySet[Organisation]:
    """Return the organisations that can be asked."""
    return Organisation.objects.active().select_related("subject")


def not_asked_in(phase: Phase, found: QuerySet[Any], field: str) -> QuerySet[Any]:
    """Return those who have no standing invitation to the round."""
    known = Invitation.objects.standing().filter(phase=phase, **{f"{field}__isnull": False}).values(field)
    return found.exclude(pk__in=known)


@dataclass(frozen=True, slots=True)
class Statement:
    """One invitation as everybody reads it: the words when they are public, the files with them, and the points they became."""

    invitation: Invitation
    words: str
    files: list[Attachment]
    points: list[Point]


def public_statement(invitation: Invitation) -> Statement:
    """Read one statement; words and files only while they are public, points when they have been answered."""
    comment = invitation.comment
    if comment is None or comment.voice.publication != Publication.PUBLISHED:
        return Statement(invitation, "", [], [])
    is_answered = invitation.phase.consultation.state in {State.ANSWERED, State.DECIDED}
    points = list(comment.points.order_by("number")) if is_answered else []
    return Statement(invitation, comment.voice.public_words, files_of(invitation), points)


def files_of(invitation: Invitation) -> list[Attachment]:
    """Return the files of a statement that are not in quarantine."""
    return [kept.file for kept in StatementFile.objects.filter(invitation=invitation, file__in=Attachment.objects.available()).select_related("file")]


def asked_of(consultation: Consultation) -> QuerySet[Invitation]:
    """Return everybody who was asked in any round of a consultation, for exports."""
    found = Invitation.objects.standing().filter(phase__consultation=consultation)
    return found.select_related(*WHO, "comment__voice__subject").order_by("phase__position", "id")


def held_statements(person_id: int) -> list[dict[str, Any]]:
    """Return the statements that a person signed while signed in, as plain values."""
    found = Invitation.objects.filter(signer=person_id).select_related("phase__consultation__subject", *WHO).order_by("pk")
    return [
        {
            "what": "signature under a statement",
            "address": one.phase.consultation.subject.address,
            "for": str(one),
            "name": one.signer_name,
            "role": one.signer_role,
        }
        for one in found
    ]
