"""How the room plugs into the house."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.registry import Retention, registry
from dialogi.figures import registers  # noqa: F401 - plugs the register in
from dialogi.figures.kinds import Happened

registry.add_kinds(Happened)
registry.retentions["figures.amount"] = Retention(
    "figures.amount", _("Amounts: what things cost, and where that is known from"), _("No personal data. Kept for good with their history."), None
)
