"""Pages of a list whose length may be that of the whole town."""

import hashlib
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

EXACT = 1_000
KEPT_SECONDS = 600
DEEP = 500


def total_of(rows: QuerySet[Any]) -> int:
    """Count the rows: exactly up to a thousand, and above it as they were at most ten minutes ago, so that no page counts the town each time."""
    near: int = rows.order_by().values("pk")[: EXACT + 1].count()
    if near <= EXACT:
        return near
    name = f"total:{hashlib.sha256(str(rows.order_by().values('pk').query).encode()).hexdigest()}"
    found: int | None = cache.get(name)
    if found is None:
        found = rows.count()
        cache.set(name, found, KEPT_SECONDS)
    return max(found, near)


class TownPages(Paginator[Any]):
    """A paginator for querysets that counts with `total_of`, and leafs to a late page by ids alone, which an index holds, not by rows."""

    @cached_property
    def count(self) -> int:
        """How many rows there are, as `total_of` counts."""
        return total_of(self.object_list)  # type: ignore[arg-type]

    def page(self, number: int | str) -> Page[Any]:
        """Return the page with this number."""
        number = self.validate_number(number)
        bottom = (number - 1) * self.per_page
        if bottom < DEEP:
            return super().page(number)
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        ids = list(rows.values_list("pk", flat=True)[bottom : bottom + self.per_page])
        return Page(list(rows.filter(pk__in=ids)), number, self)
