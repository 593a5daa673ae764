"""Information stores, in which systems they lie, and where the data goes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from dialogi.commons.actors import Actor
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.keeping import Keeping, close_kept, create_kept, edit_kept, reword_kept
from dialogi.commons.permissions import require
from dialogi.systems.kinds import Happened
from dialogi.systems.models import DataGroup, Destination, InformationStore, StorePlace, System
from dialogi.systems.rules import KEEP, KEEP_STORES, REWORD
from dialogi.systems.writing import in_all

TEXTS = ("name", "purpose", "content", "search_factors", "retention", "archiving", "people", "legal_basis", "recipients", "transfers")
STORE = Keeping(
    noun="systems.informationstore",
    address="/registers/information-stores/{code}/",
    fields=in_all(*TEXTS) | {"personal_data", "special_categories", "openness", "is_case_register", "unit", "post", "is_active"},
    permission=KEEP_STORES,
    created=Happened.STORE_CREATED,
    changed=Happened.STORE_CHANGED,
    closed=Happened.STORE_CLOSED,
    rewording=REWORD,
)


def create_store(*, by: Actor, data_groups: Iterable[DataGroup] = (), **fields: Any) -> InformationStore:
    """Add an information store."""
    with transaction.atomic():
        store = create_kept(InformationStore, STORE, by=by, fields=fields)
        store.data_groups.set(data_groups)
    return store


def edit_store(
    store: InformationStore, *, by: Actor, data_groups: Iterable[DataGroup] | None = None, expecting: int | None = None, **fields: Any
) -> InformationStore:
    """Change an information store; `data_groups` replaces those it has."""
    with transaction.atomic():
        store = edit_kept(store, STORE, by=by, expecting=expecting, fields=fields)
        if data_groups is not None:
            store.data_groups.set(data_groups)
    return store


def reword_store(store: InformationStore, *, texts: Mapping[str, Mapping[str, str]], by: Actor, expecting: int | None = None) -> None:
    """Write texts of a store in some languages."""
    reword_kept(store, STORE, texts=texts, by=by, expecting=expecting)


def close_store(store: InformationStore, *, by: Actor) -> InformationStore:
    """Take a store out of use; its history stays."""
    return close_kept(store, STORE, by=by)


def place_store(system: System, *, store: InformationStore, by: Actor) -> StorePlace:
    """Say that the system holds the store. Twice is as good as once."""
    with change(system) as system:
        require(by, KEEP, system)
        known = StorePlace.objects.filter(system=system, store=store).first()
        if known is not None:
            return known
        place = save_clean(StorePlace(system=system, store=store))
        record(Happened.STORE_PLACED, on=system, by=by, data={"store_id": store.subject_id})
    return place


def set_destination(
    place: StorePlace, *, destination: str, moved_to: System | None = None, destination_note: str = "", by: Actor, expecting: int | None = None
) -> StorePlace:
    """Say where the data goes when the system retires."""
    with change(place.system, expecting=expecting) as system:
        require(by, KEEP, system)
        place = StorePlace.objects.select_for_update().get(pk=place.pk)
        place.destination, place.destination_note = destination, destination_note
        place.moved_to = moved_to if destination == Destination.MOVED else None
        save_clean(place)
        record(Happened.DESTINATION_SET, on=system, by=by)
    return place


def take_store_out(place: StorePlace, *, by: Actor) -> None:
    """Take back that the system holds the store."""
    with change(place.system) as system:
        require(by, KEEP, system)
        StorePlace.objects.filter(pk=place.pk).delete()
        record(Happened.STORE_TAKEN_OUT, on=system, by=by)
