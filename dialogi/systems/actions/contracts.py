"""Contracts. The last day for notice is reckoned whenever the end or the notice changes."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from dialogi.commons.actors import Actor
from dialogi.commons.keeping import Keeping, close_kept, create_kept, edit_kept
from dialogi.systems.kinds import Happened
from dialogi.systems.models import Contract, System, notice_day
from dialogi.systems.rules import KEEP_CONTRACTS

WRITTEN = "name number vendor unit post starts_on ends_on notice_months notice_by renews_by_itself options exit_terms terms decision is_active"
CONTRACT = Keeping(
    noun="systems.contract",
    address="/registers/contracts/{code}/",
    fields=frozenset(WRITTEN.split()),
    permission=KEEP_CONTRACTS,
    created=Happened.CONTRACT_CREATED,
    changed=Happened.CONTRACT_CHANGED,
    closed=Happened.CONTRACT_CLOSED,
)


def create_contract(*, by: Actor, systems: Iterable[System] = (), **fields: Any) -> Contract:
    """Add a contract and the systems that it is about."""
    reckoned = notice_day(ends_on=fields.get("ends_on"), notice_months=fields.get("notice_months"))
    with transaction.atomic():
        contract = create_kept(Contract, CONTRACT, by=by, fields=fields | {"notice_by": reckoned})
        contract.systems.set(systems)
    return contract


def edit_contract(contract: Contract, *, by: Actor, systems: Iterable[System] | None = None, expecting: int | None = None, **fields: Any) -> Contract:
    """Change a contract; `systems` replaces those that it is about."""
    ends_on = fields.get("ends_on", contract.ends_on)
    fields["notice_by"] = notice_day(ends_on=ends_on, notice_months=fields.get("notice_months", contract.notice_months))
    with transaction.atomic():
        contract = edit_kept(contract, CONTRACT, by=by, expecting=expecting, fields=fields)
        if systems is not None:
            contract.systems.set(systems)
    return contract


def close_contract(contract: Contract, *, by: Actor) -> Contract:
    """Say that a contract is over."""
    return close_kept(contract, CONTRACT, by=by)
