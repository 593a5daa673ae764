"""A form laid out in rows: the languages of one text stand beside each other."""

from collections.abc import Iterable
from typing import cast

from django import forms

from dialogi.commons.languages import LANGUAGES


def language_of(name: str) -> str:
    """Return the language that a field is written in, by the end of its name; empty for none."""
    return name[-2:] if name[-3:-2] == "_" and name[-2:] in LANGUAGES else ""


class RowsMixin:
    """For forms whose fields end in a language; `commons/_rows.html` shows the rows."""

    def group(self, names: Iterable[str]) -> list[forms.BoundField]:
        """Return the fields with these names, as far as the form has them."""
        form = cast(forms.BaseForm, self)
        return [form[name] for name in names if name in form.fields]

    def in_rows(self, names: Iterable[str]) -> list[list[forms.BoundField]]:
        """Return the fields in rows: the languages of one text beside each other, every other field by itself."""
        rows: dict[str, list[forms.BoundField]] = {}
        for field in self.group(names):
            rows.setdefault(field.name[:-3] if language_of(field.name) else field.name, []).append(field)
        return list(rows.values())

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """Everything that the form asks, in its order; hidden fields are no rows."""
        return self.in_rows(field.name for field in cast(forms.BaseForm, self).visible_fields())
