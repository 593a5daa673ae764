"""Who works with the pages of the portal that are not for everybody."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.permissions import Permission, Verdict, when
from dialogi.people.models import Role


def _translates(actor: Actor, obj: Any) -> Verdict:
    return when(
        actor.is_machine or actor.holds(Role.COMMUNICATIONS, Role.ADMINISTRATOR, anywhere=True),
        _("The translation queue is for communications and the administrator."),
    )


def _operates(actor: Actor, obj: Any) -> Verdict:
    return when(actor.holds(Role.ADMINISTRATOR, anywhere=True), _("How the machinery stands is for the administrator."))


OPERATE = Permission("portal.operate", _operates)
TRANSLATE = Permission("portal.translate", _translates)
