"""What can happen to figures; each is told on the history of what the figure is about."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.kinds import LedgerKind


class Happened(LedgerKind):
    """Ledger kinds of the room."""

    RECORDED = "figures.amount.recorded", _("An amount was recorded for the year %(year)s.")
    CHANGED = "figures.amount.changed", _("An amount for the year %(year)s was changed.")
    REMOVED = "figures.amount.removed", _("An amount for the year %(year)s was removed.")
    BROUGHT_IN = "figures.amount.brought_in", _("Amounts were brought in from a file: %(count)s.")
