"""Make the search index anew from the nouns themselves: after a new analyser, new synonyms, or a restored database."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from dialogi.commons.models import SearchEntry, Subject
from dialogi.commons.registry import NounPlug, registry
from dialogi.commons.search import Prepared, prepare, refresh_weights, store
from dialogi.commons.search.tables import install, refill

BATCH = 200
Row = tuple[Subject, tuple[Prepared, ...]]


class Command(BaseCommand):
    """./manage rebuild_search"""

    help = "Index every Subject again. The site may be open meanwhile."

    def handle(self, **options: Any) -> None:
        """Go through every noun that is searched; analysed outside, stored in short transactions."""
        install()
        SearchEntry.objects.exclude(subject__kind__in=[kind for kind, plug in registry.nouns.items() if plug.search]).delete()
        refresh_weights()
        for kind, plug in sorted(registry.nouns.items()):
            if plug.search:
                self.stdout.write(f"{kind}: {sum(map(_store, _batches(_rows(plug))))}")
        refresh_weights()
        refill()


def _rows(plug: NounPlug) -> Iterator[Row]:
    if plug.search is not None:
        for noun in plug.model._default_manager.select_related("subject").order_by("pk").iterator(chunk_size=BATCH):
            yield noun.subject, prepare(plug.search(noun))  # type: ignore[attr-defined]


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _store(batch: list[Row]) -> int:
    with transaction.atomic():
        for subject, prepared in batch:
            store(subject, prepared)
    return len(batch)
