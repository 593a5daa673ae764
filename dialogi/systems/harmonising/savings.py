"""What a case has saved: what it cost before less what it cost after, from invoices, whole years only, and less what the change itself cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

WHOLE_YEARS = 2


@dataclass(frozen=True, slots=True)
class Saving:
    """`years`: (year, saving). `total` is told only after two whole years and less the cost of the change; None is not known."""

    years: tuple[tuple[int, Decimal], ...] = ()
    total: Decimal | None = None


def realised(*, before: Decimal | None, realised_in: int | None, this_year: int, invoiced: Mapping[int, Decimal], migration_cost: Decimal | None) -> Saving:
    """Return what was saved. No number before the first whole year's invoices, none when the cost before is not known."""
    if before is None or realised_in is None:
        return Saving()
    whole = [year for year in range(realised_in + 1, this_year) if year in invoiced][:WHOLE_YEARS]
    years = tuple((year, before - invoiced[year]) for year in whole)
    if len(years) < WHOLE_YEARS or migration_cost is None:
        return Saving(years)
    return Saving(years, sum((saved for _year, saved in years), Decimal(0)) - migration_cost)
