"""Forgetting: what a person answered stays in the sums; who it was, and what they wrote in their own words, goes."""

from dialogi.commons.actors import Actor
from dialogi.commons.attachments import remove
from dialogi.commons.door import change, record
from dialogi.commons.permissions import require
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Comment, Consultation, Invitation, OpinionStatement, Participant, QuestionKind, Response, StatementState
from dialogi.people.rules import SWEEP

OWN_WORDS = (QuestionKind.TEXT, QuestionKind.PLACE, QuestionKind.FILE)


def forget_in_consultations(person_id: int, *, by: Actor) -> int:
    """Take a person's name off answers, votes and signed statements, and erase their own words, places and files; return how many were touched.

    The words of a comment are its voice's, and go by the rules of voices; what stands beside them - the drawing and the age - goes here.
    """
    require(by, SWEEP)
    responses = Response.objects.filter(person=person_id).select_related("phase__consultation")
    for response in list(responses):
        _forget(response, by=by)
    participants = list(Participant.objects.filter(person=person_id).select_related("phase__consultation"))
    for participant in participants:
        _forget_votes(participant, by=by)
    touched = Consultation.objects.filter(comments__voice__author=person_id).distinct()
    beside = sum(_forget_beside(consultation, person_id, by=by) for consultation in touched)
    signed = list(Invitation.objects.filter(signer=person_id).select_related("phase__consultation"))
    for invitation in signed:
        _forget_signature(invitation, by=by)
    return len(responses) + len(participants) + beside + len(signed)


def _forget_signature(invitation: Invitation, *, by: Actor) -> None:
    """The statement is the organisation's and stays, with the role; the name goes."""
    with change(invitation.phase.consultation) as consultation:
        Invitation.objects.filter(pk=invitation.pk).update(signer=None, signer_name="")
        record(Happened.FORGOTTEN, on=consultation, by=by)


def _forget_votes(participant: Participant, *, by: Actor) -> None:
    """The votes stay, and nobody's; of proposals stays what everybody votes on, and that there was one, with the rule that refused it."""
    with change(participant.phase.consultation) as consultation:
        proposed = OpinionStatement.objects.filter(author=participant).exclude(state=StatementState.OPEN)
        proposed.filter(state=StatementState.WAITING).delete()
        proposed.update(text_sv="", text_fi="", text_en="", explanation="", author=None)
        OpinionStatement.objects.filter(author=participant).update(author=None)
        Participant.objects.filter(pk=participant.pk).update(person=None, age_band="", area=None)
        record(Happened.FORGOTTEN, on=consultation, by=by)


def _forget_beside(consultation: Consultation, person_id: int, *, by: Actor) -> int:
    with change(consultation) as consultation:
        count = Comment.objects.filter(consultation=consultation, voice__author=person_id).update(geometry="", age_band="")
        record(Happened.FORGOTTEN, on=consultation, by=by)
    return count


def _forget(response: Response, *, by: Actor) -> None:
    with change(response.phase.consultation) as consultation:
        written = response.answers.filter(question__kind__in=OWN_WORDS)
        files = [answer.file for answer in written.exclude(file=None).select_related("file") if answer.file]
        written.delete()
        response.answers.exclude(words="").update(words="")
        for file in files:
            remove(file)
        Response.objects.filter(pk=response.pk).update(person=None, age_band="", area=None)
        record(Happened.FORGOTTEN, on=consultation, by=by)
