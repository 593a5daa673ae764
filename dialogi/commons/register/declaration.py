"""What a room says about a register."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.models import Subject
from dialogi.commons.permissions import Permission

Label = str | Lazy
HISTORY_STAYS: Label = _("Its history stays. You can open it again by editing.")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list and of the export. `sort` names fields; `{language}` in them becomes the language of the page.

    One that is not shown at first is chosen by the reader, and stays in the address.
    """

    key: str
    label: Label
    value: Callable[[Any], object]
    sort: tuple[str, ...] = ()
    is_number: bool = False
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Detail:
    """A line that only the page of one row shows; `url` makes it a link."""

    label: Label
    value: Callable[[Any], object]
    url: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A choice that narrows the list and stays in the address."""

    key: str
    label: Label
    choices: Callable[[Actor], Iterable[tuple[str, Label]]]
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]


def _own_subject(row: Any) -> Subject | None:
    return getattr(row, "subject", None)


def _no_initial(row: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Register:
    """One register. `create(by=, **cleaned)` and `edit(row, by=, [expecting=,] **cleaned)` are the room's own actions.

    `key` is the field that names a row in the address. `subject` tells where a row's history lies; a row with a Subject of
    its own is edited under its version, so that nobody's words are overwritten. `edit_form` stands for `form` where changing
    asks for less than adding. `page` is where a row has a page of its own at the desk. Rows that belong to another noun, whose Subject
    tells their history, are edited under its version when `is_versioned`. `imports` names the right and
    the page (by the name of its address) that brings rows in from a file.
    """

    slug: str
    label: Label
    rows: Callable[[Actor], QuerySet[Any]]
    see: Permission
    columns: tuple[Column, ...]
    change: Permission | None = None
    add_label: Label = ""
    intro: Label = ""
    search: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    details: tuple[Detail, ...] = ()
    form: type[forms.BaseForm] | None = None
    edit_form: type[forms.BaseForm] | None = None
    create: Callable[..., Any] | None = None
    edit: Callable[..., Any] | None = None
    close: Callable[..., Any] | None = None
    close_label: Label = ""
    close_hint: Label = HISTORY_STAYS
    is_open: Callable[[Any], bool] = field(default=lambda row: bool(getattr(row, "is_active", True)))
    initial: Callable[[Any], dict[str, Any]] = _no_initial
    subject: Callable[[Any], Subject | None] = _own_subject
    key: str = "subject__code"
    page: Callable[[Any], str] | None = None
    is_versioned: bool = False
    imports: tuple[Permission, str] | None = None
    order: int = 50

    def key_of(self, row: Any) -> str:
        """Return what names the row in the address."""
        for part in self.key.split("__"):
            row = getattr(row, part)
        return str(row)

    def page_of(self, row: Any) -> str:
        """Return the address of the row's page: its own, or the one that every register makes."""
        return self.page(row) if self.page else reverse("registers:detail", args=[self.slug, self.key_of(row)])

    @property
    def has_versions(self) -> bool:
        """Edits are checked against the version of the row's Subject."""
        return self.is_versioned or self.key.startswith("subject__")

    @property
    def offers_columns(self) -> bool:
        """There is more to see than what is shown at first."""
        return not all(column.is_shown for column in self.columns)


registers: dict[str, Register] = {}


def add_register(register: Register) -> None:
    """Plug a register in; a slug is used once."""
    if register.slug in registers:
        raise ValueError(f"the register {register.slug} is declared twice")
    registers[register.slug] = register
