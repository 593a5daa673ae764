"""May I? One question with a reason in the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor

type_of_words = str | Lazy


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may I?": allowed or not, and for a refusal a reason that a resident can read."""

    allowed: bool
    reason: type_of_words = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(allowed=True)


def no(reason: type_of_words) -> Verdict:
    """Refuse with a reason, a full sentence."""
    return Verdict(allowed=False, reason=reason)


def when(condition: bool, reason: type_of_words) -> Verdict:
    """Allow when the condition holds, else refuse with the reason."""
    return YES if condition else no(reason)


@dataclass(frozen=True, slots=True)
class Permission:
    """A named right: `room.verb`, with the rule that decides. Rules are pure: (actor, object or None) -> Verdict."""

    name: str
    rule: Callable[[Actor, Any], Verdict]


class NotAllowed(Exception):
    """The actor may not do this. Visible objects give 403 with the reason; `hidden` ones 404."""

    def __init__(self, reason: type_of_words, *, hidden: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.hidden = reason, hidden


class NotPossible(Exception):
    """It cannot be done in the present state of things (409)."""

    def __init__(self, reason: type_of_words) -> None:
        super().__init__(reason)
        self.reason = reason


class Conflict(NotPossible):
    """Somebody else changed it meanwhile (409)."""


def may(actor: Actor, permission: Permission, obj: object = None) -> Verdict:
    """Ask the permission's rule."""
    return permission.rule(actor, obj)


def require(actor: Actor, permission: Permission, obj: object = None) -> None:
    """Go on only when allowed; raises NotAllowed with the rule's reason."""
    verdict = may(actor, permission, obj)
    if not verdict:
        raise NotAllowed(verdict.reason)


SIGN_IN_FIRST = _("Sign in first. The page is for those who work with it.")
