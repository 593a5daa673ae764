"""Counting what belongs to each row, beside the row and without a join."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


def counted(rows: QuerySet[Any], *, by: str) -> Coalesce:
    """Return the number of rows whose foreign key `by` points to the outer row."""
    own = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(own, output_field=IntegerField()), 0)
