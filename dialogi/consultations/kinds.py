"""What can happen to a consultation, each with the sentence that the timeline shows."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.kinds import LedgerKind


class Happened(LedgerKind):
    """Ledger kinds of the room; all are written on the consultation."""

    CREATED = "consultations.consultation.created", _("The preparation began."), False
    CHANGED = "consultations.consultation.changed", _("The consultation was changed."), False
    CHANGED_IN_PUBLIC = "consultations.consultation.changed_in_public", _("The page was changed after publication. Changed: %(asked_parts)s."), True
    PREVIEWED = "consultations.consultation.previewed", _("A preview link was made or taken back."), False
    PUBLISHED = "consultations.consultation.published", _("The consultation was published."), True
    EXTENDED = "consultations.consultation.extended", _("The time was changed. It now closes %(closing)s. Reason: %(reason)s"), True
    OPENED = "consultations.phase.opened", _("It opened for answers: %(phase)s."), True
    CLOSED = "consultations.phase.closed", _("It closed for answers: %(phase)s."), True
    CANCELLED = "consultations.consultation.cancelled", _("The consultation was cancelled."), True
    RESULT_STATED = "consultations.consultation.result_stated", _("The result was published."), True
    ANSWERED = "consultations.consultation.answered", _("Every point has its answer."), True
    DECIDED = "consultations.consultation.decided", _("The matter was decided."), True
    REMINDED = "consultations.consultation.reminded", _("The planner was reminded of the answers."), False
    OVERDUE = "consultations.consultation.overdue", _("The promised day passed without answers to the points. The head of unit was told."), True

    DRAFT_MADE = "consultations.draft.made", _("A version of the draft was written."), False
    DRAFT_CHANGED = "consultations.draft.changed", _("A paragraph of the draft was corrected."), False
    DRAFT_PUBLISHED = "consultations.draft.published", _("Version %(number)s of the draft was published."), True
    COMMENTED = "consultations.comment.given", _("A comment arrived."), False
    LATE_DECIDED = "consultations.comment.late_decided", _("What arrived late was taken into account, or not, with a reason."), False

    QUESTIONS_CHANGED = "consultations.survey.questions_changed", _("The questions were changed."), False
    RESPONDED = "consultations.response.sent", _("An answer to the questions arrived."), False
    RESPONSE_CHANGED = "consultations.response.changed", _("An answer to the questions was changed."), False
    RESPONSE_TAKEN_BACK = "consultations.response.taken_back", _("An answer to the questions was taken back."), False
    CODES_MADE = "consultations.survey.codes_made", _("Single-use codes were made."), False
    READ_OUT = "consultations.response.read_out", _("Answers were taken out with personal data."), False
    FORGOTTEN = "consultations.response.forgotten", _("Personal data in answers was erased."), False

    INVITED = "consultations.invitation.sent", _("%(count)s organisations and councils were asked for a statement."), True
    INVITATION_CHANGED = "consultations.invitation.changed", _("An invitation was changed or withdrawn."), False
    INVITATION_REMINDED = "consultations.invitation.reminded", _("Those who have not answered were reminded."), False
    EXTENSION_ASKED = "consultations.invitation.extension_asked", _("An organisation asked for more time."), False
    EXTENSION_DECIDED = "consultations.invitation.extension_decided", _("An organisation's request for more time was decided on."), False
    STATEMENT_GIVEN = "consultations.statement.given", _("A statement arrived."), True
    STATEMENT_DECLINED = "consultations.statement.declined", _("An organisation gives no statement."), True

    POINT_MADE = "consultations.point.made", _("Comments were gathered in a point."), False
    POINT_CHANGED = "consultations.point.changed", _("A point was changed."), False
    POINT_REMOVED = "consultations.point.removed", _("A point was taken apart again."), False
    POINT_ANSWERED = "consultations.point.answered", _("A point was answered."), False
    AUTHORS_TOLD = "consultations.point.authors_told", _("The authors were told what their comments led to."), False

    OPINION_WORDED = "consultations.opinion.worded", _("The planner's statements for the opinion map were changed."), False
    OPINION_SAID = "consultations.opinion.said", _("A statement for the opinion map was written."), False
    OPINION_CHECKED = "consultations.opinion.checked", _("A statement for the opinion map was checked."), False
    OPINION_VOTED = "consultations.opinion.voted", _("Somebody voted on statements."), False
    OPINION_COMPUTED = "consultations.opinion.computed", _("The opinion map was drawn anew."), False
