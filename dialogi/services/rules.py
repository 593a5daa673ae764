"""Who keeps services, service points and promises."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.permissions import YES, Permission, Verdict, when
from dialogi.people.models import Role


def _keeps(actor: Actor, obj: Any) -> Verdict:
    return when(actor.is_machine or actor.holds(Role.ADMINISTRATOR, anywhere=True), _("Only the administrator changes this."))


def _rewords(actor: Actor, obj: Any) -> Verdict:
    return when(
        actor.is_machine or actor.holds(Role.ADMINISTRATOR, Role.COMMUNICATIONS, anywhere=True), _("Only communications and the administrator change texts.")
    )


def _anyone(actor: Actor, obj: Any) -> Verdict:
    return YES


KEEP_SERVICES = Permission("services.keep", _keeps)
REWORD_SERVICES = Permission("services.reword", _rewords)
READ = Permission("services.read", _anyone)

# What can be promised an answer. Upper rooms add the kinds of what people send them, when they plug themselves in.
PROMISED_KINDS: list[tuple[str, Any]] = []
