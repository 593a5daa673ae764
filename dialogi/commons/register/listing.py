"""Reading a register: filters from the address, sorting, the table, the export."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from dialogi.commons.actors import Actor
from dialogi.commons.languages import current_language
from dialogi.commons.register.declaration import Column, Register

PAGE_SIZE = 50
# A spreadsheet runs what begins with one of these (OWASP: CSV injection).
FORMULA = ("=", "+", "-", "@", "|", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, with the address that sorts by it."""

    label: str
    url: str
    sort: str
    num: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; `url` is its page."""

    url: str
    cells: list[tuple[object, bool]]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a register."""

    form: forms.Form
    heads: list[Head]
    rows: list[Row]
    page: Page[Any]
    total: int
    is_narrowed: bool
    columns: list[tuple[str, str, bool]]
    kept: list[tuple[str, str]]


def filter_form(register: Register, actor: Actor, query: QueryDict) -> forms.Form:
    """Return the form of the filters, filled from the address."""
    fields: dict[str, forms.Field] = {}
    if register.search:
        fields["q"] = forms.CharField(label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    for facet in register.facets:
        choices = [("", _("All")), *facet.choices(actor)]
        fields[facet.key] = forms.ChoiceField(label=str(facet.label), required=False, choices=choices)
    if register.offers_columns:
        fields["show"] = forms.MultipleChoiceField(required=False, choices=[(column.key, "") for column in register.columns], widget=forms.MultipleHiddenInput)
    return type("RegisterFilters", (forms.Form,), fields)(query)


def narrowed(register: Register, actor: Actor, form: forms.Form) -> QuerySet[Any]:
    """Return the rows that the filters leave; what is not a choice narrows nothing."""
    rows = register.rows(actor)
    wanted = form.cleaned_data if form.is_valid() else getattr(form, "cleaned_data", {})
    for word in str(wanted.get("q", "")).split()[:6]:
        hit = Q()
        for name in register.search:
            # SQLite folds the case of ASCII alone: å ä ö are tried in both.
            for spelling in {word, word.lower(), word.capitalize(), word.upper()}:
                hit |= Q(**{f"{name}__icontains": spelling})
        rows = rows.filter(hit)
    for facet in register.facets:
        if value := wanted.get(facet.key):
            rows = facet.apply(rows, value)
    return rows


def sorted_rows(register: Register, rows: QuerySet[Any], order: str) -> QuerySet[Any]:
    """Sort by the column that the address names (a minus sign turns it round), else by the first column that can be sorted by."""
    columns = {column.key: column for column in register.columns if column.sort}
    if not columns:
        return rows.order_by("pk")
    column = columns.get(order.removeprefix("-")) or next(iter(columns.values()))
    sign = "-" if order.startswith("-") and order[1:] in columns else ""
    fields = [name.format(language=current_language()) for name in column.sort]
    return rows.order_by(*(f"{sign}{name}" for name in fields), "pk")


def chosen_columns(register: Register, query: QueryDict) -> list[Column]:
    """Return the columns that the address asks for, else those shown at first; the first one names the row and always stands."""
    wanted = set(query.getlist("show"))
    chosen = [column for column in register.columns if column.key in wanted] if wanted else [column for column in register.columns if column.is_shown]
    return chosen if register.columns[0] in chosen else [register.columns[0], *chosen]


def listing(register: Register, actor: Actor, query: QueryDict) -> Listing:
    """Return the page of the register that the address asks for."""
    form = filter_form(register, actor, query)
    order = query.get("sort", "")
    rows = sorted_rows(register, narrowed(register, actor, form), order)
    page = Paginator(rows, PAGE_SIZE).get_page(query.get("page"))
    columns = chosen_columns(register, query)
    table = [Row(register.page_of(row), [(cell(column, row), column.is_number) for column in columns]) for row in page.object_list]
    narrowing = any(query.get(name) for name in form.fields if name != "show")
    offered = [(column.key, str(column.label), column in columns) for column in register.columns[1:]] if register.offers_columns else []
    kept = [(name, value) for name in query if name not in {"show", "page"} for value in query.getlist(name)]
    return Listing(form, _heads(columns, query, order), table, page, page.paginator.count, narrowing, offered, kept)


def cell(column: Column, row: Any) -> object:
    """Return a column's value of a row as a page shows it."""
    return shown(column.value(row))


def shown(value: object) -> object:
    """Return a value in words: days in the way of the language, yes and no, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    return value


def _heads(columns: list[Column], query: QueryDict, order: str) -> list[Head]:
    heads = []
    for column in columns:
        if not column.sort:
            heads.append(Head(str(column.label), "", "", column.is_number))
            continue
        here = order.removeprefix("-") == column.key
        address = query.copy()
        address["sort"] = f"-{column.key}" if here and not order.startswith("-") else column.key
        address.pop("page", None)
        direction = ("descending" if order.startswith("-") else "ascending") if here else ""
        heads.append(Head(str(column.label), f"?{address.urlencode()}", direction, column.is_number))
    return heads


class _Echo:
    def write(self, line: str) -> str:
        return line


def csv_lines(register: Register, rows: Iterable[Any]) -> Iterator[str]:
    """Yield the export line by line: UTF-8 with a byte order mark and semicolons, as spreadsheets here expect."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([harmless(str(column.label)) for column in register.columns])
    for row in rows:
        yield writer.writerow([harmless(cell(column, row)) for column in register.columns])


def harmless(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula; plain numbers stay numbers."""
    text = str(value).replace("\x00", "")
    if isinstance(value, int | float) or not (text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(FORMULA)):
        return text
    return f"'{text}"
