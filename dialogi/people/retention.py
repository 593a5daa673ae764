"""What expires by itself."""

from dialogi.commons.actors import machine
from dialogi.commons.registry import registry
from dialogi.people.actions import erase_idle_accounts, warn_idle_accounts
from dialogi.people.rules import SWEEPER


def expire_accounts() -> int:
    """Warn the owners of unused accounts, erase those who were warned a month ago, and return how many."""
    by = machine(SWEEPER)
    warn_idle_accounts(by=by)
    return erase_idle_accounts(by=by)


def sweep() -> dict[str, int]:
    """Let every class of records expire that has a term; the daily job. Returns how many expired of each."""
    return {name: retention.expire() for name, retention in registry.retentions.items() if retention.expire is not None}
