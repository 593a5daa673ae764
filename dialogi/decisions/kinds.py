"""What can happen to a matter or a decision, each with the sentence that the timeline shows."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.kinds import QUIET, LedgerKind

# Whoever spoke hears of the decision through the theme and the matter.
ALL_THE_WAY = 3


class Happened(LedgerKind):
    """Ledger kinds of the room; public ones are the timeline that residents see."""

    MATTER_OPENED = "decisions.matter.opened", _("The matter was opened."), True
    MATTER_CHANGED = "decisions.matter.changed", _("The details of the matter were changed."), True, 0
    MATTER_CLOSED_OFF = "decisions.matter.closed_off", _("The matter is secret by law. Only a mention of it is public."), True, 0
    MATTER_MADE_PUBLIC = "decisions.matter.made_public", _("The matter is public."), True
    MATTER_MOVED_ON = "decisions.matter.moved_on", _("It now stands as: %(matter_state)s."), True
    MATTER_STOPPED = "decisions.matter.stopped", _("It now stands as: %(matter_state)s. Reason: %(reason)s"), True
    MATTER_MOVED_BY = "decisions.matter.moved_by", _("Tied to what set it in motion: %(source)s"), True
    MATTER_MOVED_QUIETLY = "decisions.matter.moved_quietly", _("Tied to what set it in motion: %(source)s")
    MATTER_UNTIED = "decisions.matter.untied", _("No longer tied to what was thought to have set it in motion.")
    MATTER_DECIDED = "decisions.matter.decided", _("A decision was made: %(decision)s. Outcome: %(decided)s."), True, QUIET
    MATTER_DECIDED_IN_SECRET = "decisions.matter.decided_in_secret", _("A decision was made that is secret by law."), True, QUIET
    MATTER_FILE_ADDED = "decisions.matter.file_added", _("A file was added."), True, 0
    MATTER_FILE_CHANGED = "decisions.matter.file_changed", _("Who may read a file was changed.")
    MATTER_FILE_REMOVED = "decisions.matter.file_removed", _("A file was removed. Reason: %(reason)s"), True, 0
    DRAFTED = "decisions.decision.drafted", _("The decision was written down.")
    EDITED = "decisions.decision.edited", _("The draft of the decision was changed.")
    DISCARDED = "decisions.decision.discarded", _("The draft of the decision was discarded.")
    PUBLISHED = "decisions.decision.published", _("The decision was made public. Outcome: %(decided)s."), True, ALL_THE_WAY
    PUBLISHED_IN_SECRET = "decisions.decision.published_in_secret", _("A decision was made. It is secret by law; only a mention is public."), True, ALL_THE_WAY
    CORRECTED = "decisions.decision.corrected", _("The decision was corrected. Reason: %(reason)s"), True, ALL_THE_WAY
    REWORDED = "decisions.decision.reworded", _("A language version was added."), True, 0
    CLOSED_OFF = "decisions.decision.closed_off", _("The decision is secret by law. Only a mention of it is public. Reason: %(reason)s"), True, 0
    MADE_PUBLIC = "decisions.decision.made_public", _("The decision is public. Reason: %(reason)s"), True, ALL_THE_WAY
    DECIDES_ON = "decisions.decision.decides_on", _("What it decides on was written down.")
    FILE_ADDED = "decisions.decision.file_added", _("A file was added."), True, 0
    FILE_CHANGED = "decisions.decision.file_changed", _("Who may read a file was changed.")
    FILE_REMOVED = "decisions.decision.file_removed", _("A file was removed. Reason: %(reason)s"), True, 0
