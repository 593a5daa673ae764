"""Who keeps figures, and who reads them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.models import Subject
from dialogi.commons.permissions import SIGN_IN_FIRST, Permission, Verdict, when
from dialogi.figures.models import Amount
from dialogi.people.models import Role

WHOLE_HOUSE = (Role.ICT_TEAM, Role.ADMINISTRATOR)


def _keeps(actor: Actor, obj: Subject | Amount | None) -> Verdict:
    about = obj.subject if isinstance(obj, Amount) else obj
    heads = actor.holds(Role.HEAD, anywhere=True) if about is None else about.unit_id is not None and actor.holds(Role.HEAD, unit_id=about.unit_id)
    return when(
        actor.is_machine or actor.holds(*WHOLE_HOUSE, anywhere=True) or heads,
        _("Amounts are kept by the ICT team, by the administrator, and by the head of the unit that they concern."),
    )


def _sees(actor: Actor, obj: Any) -> Verdict:
    return when(actor.is_staff or actor.is_machine, SIGN_IN_FIRST)


KEEP_AMOUNTS = Permission("figures.keep", _keeps)
SEE_AMOUNTS = Permission("figures.see", _sees)
