"""Every kind of description: which rows it has, which fields each row, and what should be there. Built from the register as it is now.

A document is plain data, ready to be frozen: {"groups": [{"key", "entries": [{"code", "name", "values"}]}], "missing", "kept_inside"}.
It is built for one audience from what that audience may see, so that nothing has to be taken out of it afterwards.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.models import Noun
from dialogi.systems.describing.fields import FIELDS, Sees
from dialogi.systems.describing.of_stores import CONTRACT_SAYS, STORE_SAYS, contracts_with_all, stores_with_all, systems_of, systems_under
from dialogi.systems.describing.of_systems import SYSTEM_SAYS, with_all
from dialogi.systems.describing.words import InEach, lacks, said, same
from dialogi.systems.models import Contract, DescriptionKind, InformationStore, Known, System

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """One table of a description: its rows, their fields in order, and those that each row should have."""

    key: str
    label: str | Lazy
    rows: Callable[[Sees, System | None], Iterable[Noun]]
    says: dict[str, Callable[[Any, Sees], InEach | None]]
    fields: tuple[str, ...]
    wanted: frozenset[str]


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split())


def _systems(sees: Sees, one: System | None) -> QuerySet[Any]:
    systems = System.objects.current() if sees >= Sees.STAFF else System.objects.current().published()
    if one is not None:
        systems = System.objects.filter(pk=one.pk) if one.is_public or sees >= Sees.STAFF else System.objects.none()
    return with_all(systems).order_by("name_sv", "name_fi", "pk")


def _algorithms(sees: Sees, one: System | None) -> QuerySet[Any]:
    return _systems(sees, one).filter(Q(uses_ai=Known.YES) | Q(makes_automated_decisions=Known.YES))


def _stores(sees: Sees, one: System | None) -> Iterator[InformationStore]:
    """Stores in use; to everybody those that lie in a system which everybody may know."""
    for store in stores_with_all(InformationStore.objects.active()).order_by("name_sv", "name_fi", "pk"):
        if sees >= Sees.STAFF or systems_of(store, sees):
            yield store


def _processing(sees: Sees, one: System | None) -> Iterator[InformationStore]:
    return (store for store in _stores(sees, one) if store.personal_data == Known.YES)


def _contracts(sees: Sees, one: System | None) -> Iterator[Contract]:
    for contract in contracts_with_all(Contract.objects.active()).order_by("ends_on", "name", "pk"):
        if sees >= Sees.STAFF or systems_under(contract, sees):
            yield contract


SYSTEMS, STORES = pgettext_lazy("noun", "Systems"), _("Information stores")
CARD = _split(
    "purpose services functions units local_names state in_use_since kind main_system identifier user_band opt_out personal_data stores content data_groups"
    " search_factors retention archiving recipients openness goes_to interfaces vendor product hosting data_location uses_ai automated_decisions contract_ends"
    " end_of_support energy hardware_life reuse unit post named_by deputy confirmed"
)
ALGORITHM = _split(
    "purpose services functions units state in_use_since personal_data data_groups legal_basis recipients vendor product hosting data_location uses_ai"
    " automated_decisions unit post confirmed"
)
MODEL_SYSTEMS = _split("purpose functions units unit post stores goes_to interfaces hosting data_location personal_data confirmed")
MODEL_STORES = _split("purpose in_systems data_groups personal_data legal_basis recipients retention archiving destination unit post")
PUBLICITY = _split("case_register purpose content data_groups search_factors openness in_systems unit post")
PROCESSING = _split(
    "purpose legal_basis people data_groups special_categories recipients processors transfers retention automated_decisions in_systems unit post"
)
CONTRACTS = _split("vendor systems starts contract_ends notice options exit terms number decision unit post")

GROUPS: Final[dict[str, tuple[Group, ...]]] = {
    DescriptionKind.CARD: (
        Group("systems", SYSTEMS, _systems, SYSTEM_SAYS, CARD, frozenset(_split("purpose functions unit post personal_data retention vendor confirmed"))),
    ),
    DescriptionKind.ALGORITHM: (
        Group("systems", SYSTEMS, _algorithms, SYSTEM_SAYS, ALGORITHM, frozenset(_split("purpose unit post data_groups legal_basis"))),
    ),
    DescriptionKind.MODEL: (
        Group("systems", SYSTEMS, _systems, SYSTEM_SAYS, MODEL_SYSTEMS, frozenset(_split("purpose functions unit stores confirmed"))),
        Group("stores", STORES, _stores, STORE_SAYS, MODEL_STORES, frozenset(_split("purpose data_groups retention archiving unit"))),
    ),
    DescriptionKind.PUBLICITY: (Group("stores", STORES, _stores, STORE_SAYS, PUBLICITY, frozenset(_split("data_groups search_factors openness in_systems"))),),
    DescriptionKind.PROCESSING: (
        Group(
            "processing",
            _("Processing of personal data"),
            _processing,
            STORE_SAYS,
            PROCESSING,
            frozenset(_split("purpose legal_basis people data_groups recipients retention")),
        ),
    ),
    DescriptionKind.CONTRACTS: (
        Group("contracts", pgettext_lazy("noun", "Contracts"), _contracts, CONTRACT_SAYS, CONTRACTS, frozenset(_split("vendor contract_ends notice unit"))),
    ),
}


def build(kind: str, *, sees: Sees, system: System | None = None) -> Document:
    """Build a description from the register as it is now, of one system or of all; a constant number of questions."""
    groups = [_group(group, sees, system) for group in GROUPS[kind]]
    missing = [{"group": group["key"], **one} for group in groups for one in group.pop("missing")]
    inside = 0 if sees >= Sees.STAFF or system is not None else System.objects.current().filter(is_public=False).count()
    return {"groups": groups, "missing": missing, "kept_inside": inside}


def _group(group: Group, sees: Sees, system: System | None) -> dict[str, Any]:
    fields = [name for name in group.fields if FIELDS[name].sees <= min(sees, Sees.STAFF)]
    entries: list[dict[str, Any]] = []
    for noun in group.rows(sees, system):
        name = same(noun.name) if isinstance(noun, Contract) else said(noun, "name")
        values = {field: group.says[field](noun, sees) for field in fields}
        entries.append({"code": noun.subject.code, "system": _system_of(noun, sees), "name": name, "values": values})
    wanted = [name for name in fields if name in group.wanted]
    counted = [{"field": name, "count": sum(entry["values"][name] is None for entry in entries), "of": len(entries)} for name in wanted]
    return {"key": group.key, "entries": entries, "missing": [one for one in counted if one["count"]]}


def _system_of(noun: Noun, sees: Sees) -> str:
    """The code of the system on whose page one says that the row looks wrong."""
    if isinstance(noun, System):
        return noun.subject.code
    found = systems_of(noun, sees) if isinstance(noun, InformationStore) else systems_under(noun, sees) if isinstance(noun, Contract) else []
    return found[0].subject.code if found else ""


def in_one_language(document: Document) -> list[tuple[InEach, str, list[str]]]:
    """Return what stands in only one of the two languages, as (name of the row, field, languages that it lacks)."""
    return [
        (entry["name"], field, missing)
        for group in document["groups"]
        for entry in group["entries"]
        for field, words in (("name", entry["name"]), *entry["values"].items())
        if (missing := lacks(words))
    ]
