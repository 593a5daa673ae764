"""What a description says about one information store, and about one contract."""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from dialogi.systems.describing.fields import Sees
from dialogi.systems.describing.of_systems import is_seen
from dialogi.systems.describing.words import InEach, chosen, day, in_each, joined, said, same
from dialogi.systems.models import Contract, Destination, Hosting, InformationStore, Known, Openness, StorePlace, System, SystemState

StoreSays = Callable[[InformationStore, Sees], InEach | None]
ContractSays = Callable[[Contract, Sees], InEach | None]


def stores_with_all(stores: QuerySet[Any]) -> QuerySet[Any]:
    """Read along all that a description shows of stores."""
    places = StorePlace.objects.exclude(system__state=SystemState.RETIRED).select_related("system__subject", "system__vendor", "moved_to").order_by("pk")
    return stores.select_related("subject", "unit", "post").prefetch_related("data_groups", Prefetch("places", places, to_attr="places_now"))


def systems_of(store: InformationStore, sees: Sees) -> list[System]:
    """Return the systems that hold the store and whose names the reader may know."""
    places: list[StorePlace] = store.places_now  # type: ignore[attr-defined]
    return [place.system for place in places if is_seen(place.system, sees)]


def _in_systems(store: InformationStore, sees: Sees) -> InEach | None:
    return joined(said(system, "name") for system in systems_of(store, sees))


def _processors(store: InformationStore, sees: Sees) -> InEach | None:
    """Vendors that run a system for us handle its data (Regulation 2016/679, article 28)."""
    elsewhere = {Hosting.PARTNER, Hosting.VENDOR, Hosting.CLOUD}
    return joined(same(system.vendor.name) for system in systems_of(store, sees) if system.vendor and system.hosting in elsewhere)


def _decides(store: InformationStore, sees: Sees) -> InEach | None:
    known = {system.makes_automated_decisions for system in systems_of(store, sees)}
    if Known.YES in known:
        return chosen(Known, Known.YES)
    return chosen(Known, Known.NO) if known == {Known.NO} else None


def _destination(store: InformationStore, sees: Sees) -> InEach | None:
    places: list[StorePlace] = store.places_now  # type: ignore[attr-defined]
    decided = [place for place in places if place.destination != Destination.UNDECIDED]
    return joined(
        (joined([said(place.system, "name"), chosen(Destination, place.destination), same(place.destination_note)], " – ") for place in decided), "\n"
    )


STORE_SAYS: dict[str, StoreSays] = {
    **{
        name: (lambda store, sees, name=name: said(store, name))  # type: ignore[misc]
        for name in ("purpose", "content", "people", "legal_basis", "search_factors", "retention", "archiving", "recipients", "transfers")
    },
    "data_groups": lambda store, sees: joined(said(group, "name") for group in store.data_groups.all()),
    "personal_data": lambda store, sees: chosen(Known, store.personal_data),
    "special_categories": lambda store, sees: chosen(Known, store.special_categories),
    "openness": lambda store, sees: chosen(Openness, store.openness),
    "case_register": lambda store, sees: chosen(Known, Known.YES if store.is_case_register else Known.NO),
    "in_systems": _in_systems,
    "processors": _processors,
    "automated_decisions": _decides,
    "destination": _destination,
    "unit": lambda store, sees: said(store.unit, "name") if store.unit else None,
    "post": lambda store, sees: said(store.post, "title") if store.post else None,
}


def contracts_with_all(contracts: QuerySet[Any]) -> QuerySet[Any]:
    """Read along all that a description shows of contracts."""
    systems = System.objects.current().select_related("subject").order_by("name_sv", "pk")
    along = contracts.select_related("subject", "vendor", "unit", "post", "decision")
    return along.prefetch_related(Prefetch("systems", systems, to_attr="systems_now"))


def systems_under(contract: Contract, sees: Sees) -> list[System]:
    """Return the systems of a contract whose names the reader may know."""
    systems: list[System] = contract.systems_now  # type: ignore[attr-defined]
    return [system for system in systems if is_seen(system, sees)]


def _notice(contract: Contract, sees: Sees) -> InEach | None:
    by_itself = in_each(lambda: _("goes on by itself if nobody gives notice")) if contract.renews_by_itself else None
    return joined([day(contract.notice_by), by_itself])


def _decision(contract: Contract, sees: Sees) -> InEach | None:
    decision = contract.decision
    return joined([said(decision, "title"), day(decision.decided_on)]) if decision and decision.is_public and decision.is_published else None


CONTRACT_SAYS: dict[str, ContractSays] = {
    "vendor": lambda contract, sees: same(contract.vendor.name) if contract.vendor else None,
    "systems": lambda contract, sees: joined(said(system, "name") for system in systems_under(contract, sees)),
    "starts": lambda contract, sees: day(contract.starts_on),
    "contract_ends": lambda contract, sees: day(contract.ends_on) or in_each(lambda: _("Until further notice")),
    "terms": lambda contract, sees: same(contract.terms),
    "decision": _decision,
    "notice": _notice,
    "options": lambda contract, sees: same(contract.options),
    "exit": lambda contract, sees: same(contract.exit_terms),
    "number": lambda contract, sees: same(contract.number),
    "unit": lambda contract, sees: said(contract.unit, "name") if contract.unit else None,
    "post": lambda contract, sees: said(contract.post, "title") if contract.post else None,
}
