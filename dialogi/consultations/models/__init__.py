"""Nouns of the room, split by what they are about."""

from dialogi.consultations.models.comments import AgeBand, Comment, Lateness
from dialogi.consultations.models.consultation import FLOW, TALKING_KINDS, Access, Annex, Consultation, MapTools, Phase, PhaseKind, Shown, Stage, State
from dialogi.consultations.models.drafts import Alternative, BlockKind, DraftVersion, Paragraph
from dialogi.consultations.models.opinions import OpinionResult, OpinionStatement, OpinionVote, Participant, StatementState, VoteValue
from dialogi.consultations.models.points import Point, PointComment, Verdict
from dialogi.consultations.models.statements import INVITATION_FLOW, Invitation, InvitationState, StatementFile
from dialogi.consultations.models.surveys import AccessCode, Answer, Choice, Question, QuestionKind, Response

__all__ = [
    "FLOW",
    "INVITATION_FLOW",
    "TALKING_KINDS",
    "Access",
    "AccessCode",
    "AgeBand",
    "Alternative",
    "Annex",
    "Answer",
    "BlockKind",
    "Choice",
    "Comment",
    "Consultation",
    "DraftVersion",
    "Invitation",
    "InvitationState",
    "Lateness",
    "MapTools",
    "OpinionResult",
    "OpinionStatement",
    "OpinionVote",
    "Paragraph",
    "Participant",
    "Phase",
    "PhaseKind",
    "Point",
    "PointComment",
    "Question",
    "QuestionKind",
    "Response",
    "Shown",
    "Stage",
    "State",
    "StatementFile",
    "StatementState",
    "Verdict",
    "VoteValue",
]
