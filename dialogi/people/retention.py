"""What expires and turns by itself."""

from importlib import import_module

from django.conf import settings

from dialogi.commons.actors import machine
from dialogi.commons.registry import registry
from dialogi.people import actions
from dialogi.people.queries import with_turned_terms
from dialogi.people.rules import SWEEPER


def expire_accounts() -> int:
    """Warn the owners of unused accounts, erase those who were warned a month ago, and return how many."""
    by = machine(SWEEPER)
    actions.warn_idle_accounts(by=by)
    return actions.erase_idle_accounts(by=by)


def expire_access_log() -> int:
    """Delete the log of who read and changed what, once it is five years old."""
    return actions.expire_access_log(by=machine(SWEEPER))


def expire_sign_ins() -> int:
    """Delete the log of sign-ins once it is a year old."""
    return actions.expire_sign_ins(by=machine(SWEEPER))


def forget_again() -> int:
    """Erase again whom a restored backup brought back, and return how many."""
    return actions.repeat_erasures(by=machine(SWEEPER))


def expire_sessions() -> None:
    """Delete sessions whose time is up."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def turn_terms() -> int:
    """Rewrite the page of everybody whose term began or ended, and return how many."""
    turned = with_turned_terms()
    for person in turned:
        actions.turn_term(person, by=machine(SWEEPER))
    return len(turned)


def sweep() -> dict[str, int]:
    """Let every class of records expire that has a term; the daily job. Returns how many expired of each."""
    return {name: retention.expire() for name, retention in registry.retentions.items() if retention.expire is not None}
