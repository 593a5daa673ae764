"""What a description says about one system, field by field, to whoever may read it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialogi.systems.describing.fields import Sees
from dialogi.systems.describing.words import InEach, chosen, day, in_each, joined, said, same
from dialogi.systems.models import (
    Contract,
    DataLocation,
    Frequency,
    FunctionState,
    Hosting,
    InformationStore,
    Integration,
    IntegrationKind,
    Known,
    Openness,
    System,
    SystemState,
    SystemUse,
    UserBand,
)

Says = Callable[[System, Sees], InEach | None]
ALONG = ("subject", "unit", "post", "deputy", "vendor", "main_system", "confirmed_by", "named_by")


def with_all(systems: QuerySet[Any]) -> QuerySet[Any]:
    """Read along all that a description shows: the same number of questions for one system and for ten thousand."""
    stores = InformationStore.objects.active().prefetch_related("data_groups").order_by("name_sv", "pk")
    return systems.select_related(*ALONG).prefetch_related(
        Prefetch("uses", SystemUse.objects.current().select_related("unit", "function").order_by("pk"), to_attr="uses_now"),
        Prefetch("stores", stores, to_attr="stores_now"),
        Prefetch("integrations_out", Integration.objects.filter(is_active=True).select_related("target").order_by("pk"), to_attr="goes_now"),
        Prefetch("contracts", Contract.objects.active().order_by("ends_on", "pk"), to_attr="contracts_now"),
        Prefetch("services", to_attr="services_now"),
    )


def is_seen(system: System, sees: Sees) -> bool:
    """Tell whether the name of a system may stand in what this reader reads."""
    return system.is_public or sees >= Sees.STAFF


def _uses(system: System) -> list[SystemUse]:
    return system.uses_now  # type: ignore[attr-defined]


def stores_of(system: System) -> list[InformationStore]:
    """Return the stores in use that the system holds; read along by `with_all`."""
    return system.stores_now  # type: ignore[attr-defined]


def _of_stores(name: str) -> Says:
    """What the stores of a system say in a field; each says whose words they are when there are several."""

    def say(system: System, sees: Sees) -> InEach | None:
        stores = stores_of(system)
        told = [(store, said(store, name)) for store in stores]
        known = [joined([said(store, "name"), words], ": ") if len(stores) > 1 else words for store, words in told if words]
        return joined(known, "\n")

    return say


def _named(system: System, sees: Sees) -> InEach | None:
    if system.named_by is None or not (system.named_by.is_public and system.named_by.is_published):
        return None
    return joined([said(system.named_by, "title"), day(system.named_by.decided_on)])


def _functions(system: System, sees: Sees) -> InEach | None:
    uses = [use for use in _uses(system) if use.function is not None]
    sure = [said(use.function, "name") for use in uses if use.function and use.function_state == FunctionState.CONFIRMED]
    if sees < Sees.STAFF:
        return joined(sure)
    unconfirmed = in_each(lambda: pgettext("function of a use", "Unconfirmed").lower())
    waiting = [joined([said(use.function, "name"), unconfirmed], " – ") for use in uses if use.function and use.function_state != FunctionState.CONFIRMED]
    return joined([*sure, *waiting])


def _to(integration: Integration, sees: Sees) -> InEach | None:
    if integration.target is None:
        return same(integration.other_end)
    return said(integration.target, "name") if is_seen(integration.target, sees) else in_each(lambda: _("another system of the municipality"))


def _goes_to(system: System, sees: Sees) -> InEach | None:
    goes: list[Integration] = system.goes_now  # type: ignore[attr-defined]
    return joined((joined([_to(one, sees), said(one, "data")], ": ") for one in goes), "\n")


def _interfaces(system: System, sees: Sees) -> InEach | None:
    goes: list[Integration] = system.goes_now  # type: ignore[attr-defined]
    ways = (joined([_to(one, sees), chosen(IntegrationKind, one.kind), chosen(Frequency, one.frequency)], " – ") for one in goes)
    return joined(ways, "\n")


def _confirmed(system: System, sees: Sees) -> InEach | None:
    return joined([day(system.confirmed_at), said(system.confirmed_by, "title") if system.confirmed_by else None])


def _ends(system: System, sees: Sees) -> InEach | None:
    contracts: list[Contract] = system.contracts_now  # type: ignore[attr-defined]
    return joined(day(contract.ends_on) or in_each(lambda: _("Until further notice")) for contract in contracts)


def _users(system: System, sees: Sees) -> InEach | None:
    return joined((joined([said(use.unit, "name"), chosen(UserBand, use.user_band)], ": ") for use in _uses(system) if use.user_band != UserBand.UNKNOWN), "\n")


def _opted_out(system: System, sees: Sees) -> InEach | None:
    return joined((joined([said(use.unit, "name"), same(use.opt_out_reason)], ": ") for use in _uses(system) if use.opt_out_reason), "\n")


def _of_each(stores: Iterable[InformationStore], words: Callable[[InformationStore], InEach | None]) -> InEach | None:
    return joined(words(store) for store in stores)


SYSTEM_SAYS: dict[str, Says] = {
    "purpose": lambda system, sees: said(system, "purpose"),
    "services": lambda system, sees: joined(said(service, "name") for service in system.services_now),  # type: ignore[attr-defined]
    "functions": _functions,
    "units": lambda system, sees: joined(said(use.unit, "name") for use in _uses(system)),
    "local_names": lambda system, sees: joined(same(use.local_name) for use in _uses(system)),
    "state": lambda system, sees: chosen(SystemState, system.state),
    "in_use_since": lambda system, sees: day(system.taken_into_use),
    "kind": lambda system, sees: same(system.kind),
    "main_system": lambda system, sees: said(system.main_system, "name") if system.main_system and is_seen(system.main_system, sees) else None,
    "identifier": lambda system, sees: same(system.identifier),
    "user_band": _users,
    "opt_out": _opted_out,
    "personal_data": lambda system, sees: chosen(Known, system.personal_data),
    "stores": lambda system, sees: _of_each(stores_of(system), lambda store: said(store, "name")),
    "content": _of_stores("content"),
    "data_groups": lambda system, sees: joined(said(group, "name") for store in stores_of(system) for group in store.data_groups.all()),
    "people": _of_stores("people"),
    "legal_basis": _of_stores("legal_basis"),
    "search_factors": _of_stores("search_factors"),
    "retention": _of_stores("retention"),
    "archiving": _of_stores("archiving"),
    "recipients": _of_stores("recipients"),
    "transfers": _of_stores("transfers"),
    "openness": lambda system, sees: _of_each(stores_of(system), lambda store: chosen(Openness, store.openness)),
    "goes_to": _goes_to,
    "interfaces": _interfaces,
    "vendor": lambda system, sees: same(system.vendor.name) if system.vendor else None,
    "product": lambda system, sees: same(system.product),
    "hosting": lambda system, sees: chosen(Hosting, system.hosting),
    "data_location": lambda system, sees: chosen(DataLocation, system.data_location),
    "uses_ai": lambda system, sees: chosen(Known, system.uses_ai),
    "automated_decisions": lambda system, sees: chosen(Known, system.makes_automated_decisions),
    "contract_ends": _ends,
    "end_of_support": lambda system, sees: day(system.end_of_support),
    "energy": lambda system, sees: said(system, "energy"),
    "hardware_life": lambda system, sees: said(system, "hardware_life"),
    "reuse": lambda system, sees: said(system, "reuse"),
    "unit": lambda system, sees: said(system.unit, "name") if system.unit else None,
    "post": lambda system, sees: said(system.post, "title") if system.post else None,
    "named_by": _named,
    "deputy": lambda system, sees: said(system.deputy, "title") if system.deputy else None,
    "confirmed": _confirmed,
}
