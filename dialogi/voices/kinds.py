"""What can happen to a voice or a theme, each with the sentence that the timeline shows."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.kinds import LedgerKind


class Happened(LedgerKind):
    """Ledger kinds of the room; public ones are the timeline that residents see."""

    GIVEN = "voices.voice.given", _("The feedback arrived."), True
    STATEMENT_CHANGED = "voices.voice.statement_changed", _("Whoever gave the statement changed it."), True
    ROUTED = "voices.voice.routed", _("The responsible unit is %(unit)s."), True
    TAKEN = "voices.voice.taken", _("Somebody has taken it in hand."), True
    REASSIGNED = "voices.voice.reassigned", _("Responsibility moved to %(unit)s. Reason: %(reason)s"), True
    REPLIED = "voices.voice.replied", _("An answer was given. It now stands as: %(state)s."), True
    FORWARDED = "voices.voice.forwarded", _("The matter belongs to somebody else and was forwarded to %(organisation)s."), True
    MERGED = "voices.voice.merged", _("It is answered together with another voice about the same thing: %(voice)s"), True
    GATHERED = "voices.voice.gathered", _("It was gathered in a theme with other voices about the same thing."), True
    UNGATHERED = "voices.voice.ungathered", _("It was taken out of the theme."), True
    PUBLISHED = "voices.voice.published", _("It was made public."), True
    MASKED = "voices.voice.masked", _("It was made public with a part hidden. Rule: %(rule)s."), True
    REFUSED = "voices.voice.refused", _("It was not made public. Rule: %(rule)s."), True
    WITHDRAWN = "voices.voice.withdrawn", _("It was taken out of public view. Rule: %(rule)s."), True
    APPEALED = "voices.voice.appealed", _("The author asked for the decision on publication to be reviewed."), True
    APPEAL_DECIDED = "voices.voice.appeal_decided", _("The review of the decision on publication is ready."), True
    SUPPORTED = "voices.voice.supported", _("Somebody supports this."), False
    SUPPORT_ENDED = "voices.voice.support_ended", _("A support was withdrawn."), False
    ASKED_HELPFUL = "voices.voice.asked_helpful", _("The author was asked whether the answer helped."), False
    HELPED = "voices.voice.helped", _("The author says that it helped."), True
    REOPENED = "voices.voice.reopened", _("It was opened again, because the answer did not help."), True
    NOTED = "voices.voice.noted", _("An internal note was written."), False
    READ = "voices.voice.read", _("The record was read or taken out."), False
    CASE_NUMBERED = "voices.voice.case_numbered", _("It was given the case number %(number)s."), True
    TRANSLATED = "voices.voice.translated", _("A translation was added."), True
    RECLASSIFIED = "voices.voice.reclassified", _("Its kind, language or subject was corrected."), True
    OVERDUE = "voices.voice.overdue", _("The promised day passed without an answer. The head of unit was told."), True
    CONTACT_ERASED = "voices.voice.contact_erased", _("Contact details were erased."), False
    AUTHOR_ERASED = "voices.voice.author_erased", _("The author's identity was erased."), False
    TAKEN_BACK = "voices.voice.taken_back", _("It left public view, because its author asked to be forgotten."), False
    WORDS_ERASED = "voices.voice.words_erased", _("The words were erased, because their author asked for it."), False
    PAPERS_ERASED = "voices.voice.papers_erased", _("Internal notes and handed-in originals were erased."), False
    PHOTO_HIDDEN = "voices.voice.photo_hidden", _("A photo was taken out of public view."), False
    PHOTO_SHOWN = "voices.voice.photo_shown", _("A photo was put back into view."), False
    REMINDED = "voices.voice.reminded", _("The handler was reminded of the promised day."), False
    CHECK_OVERDUE = "voices.voice.check_overdue", _("The check for publication took longer than promised."), False
    CALLED = "voices.voice.called", _("The author was told by phone."), False
    AGREED = "voices.voice.agreed", _("The author said what another organisation may get."), False
    CLAIMED = "voices.voice.claimed", _("The author tied it to an account."), False
    ROUTE_CHANGED = "voices.route.changed", _("Where feedback is routed was changed."), True
    TEMPLATE_CHANGED = "voices.template.changed", _("A ready text for answers was changed: %(name)s."), False
    RULE_CHANGED = "voices.rule.changed", _("A rule of the publication check was added or changed: %(rule)s."), True
    THEME_OPENED = "voices.theme.opened", _("A theme was opened."), True
    THEME_EDITED = "voices.theme.edited", _("The theme was edited."), True
    THEME_REPLIED = "voices.theme.replied", _("All voices in the theme were answered. They now stand as: %(state)s."), True
