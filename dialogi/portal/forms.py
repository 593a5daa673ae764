"""Forms of the translation queue: they parse and explain, they never save."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dialogi.commons.freshness import digest_of
from dialogi.commons.languages import LANGUAGE_NAMES, LANGUAGES
from dialogi.commons.text import LineField, PlainTextField
from dialogi.commons.web import ActionForm
from dialogi.portal.queries.translations import LINE, PROSE, Column, Item, SideBySide, Wanted, kinds

ANY = [("", _("All"))]
WHATS = [("waits", _("Waits for words")), ("outdated", _("Outdated"))]
PROMISES = [("none", _("Not promised")), ("promised", _("Promised")), ("mine", _("Promised by me")), ("overdue", _("Past the promised day"))]


class QueueForm(forms.Form):
    """What the queue is narrowed to, as it lies in the address; what makes no sense is left out."""

    kind = forms.ChoiceField(label=_("Kind of page"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[*ANY, *LANGUAGE_NAMES.items()], required=False)
    what = forms.ChoiceField(label=_("What is lacking"), choices=[*ANY, *WHATS], required=False)
    promise = forms.ChoiceField(label=_("Promise"), choices=[*ANY, *PROMISES], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [*ANY, *kinds()]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return the filter; a bad value counts as none."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class Cell:
    """One language of one text on the page: its field, its box "still right", and what somebody else wrote meanwhile."""

    def __init__(self, form: "TranslationForm", column: Column) -> None:
        self.column = column
        self.field = form[column.name] if column.name in form.fields else None
        self.right = form[f"right:{column.name}"] if f"right:{column.name}" in form.fields else None
        self.seen = form[f"seen:{column.name}"]
        self.is_changed_meanwhile = column.name in form.changed_meanwhile


class TranslationForm(ActionForm):
    """Texts side by side: what may be written, and what can be found still right.

    Beside each text lies the digest of the words that the person saw, so that only what was really written counts, and nobody
    writes over words that changed meanwhile.
    """

    def __init__(self, texts: Sequence[SideBySide], *, data: QueryDict | None = None) -> None:
        self.texts, self.changed_meanwhile = texts, set[str]()
        self.columns = [column for text in texts for column in text.columns]
        self.seen = {(each.key, each.language): data.get(f"seen:{each.name}", "") if data is not None else "" for each in self.columns}
        super().__init__(self._merged(data) if data is not None else None)
        for text in texts:
            for column in text.columns:
                self._add(text, column)

    def _merged(self, data: QueryDict) -> QueryDict:
        """What the person wrote, and for the rest what it reads now; a box beside words that changed meanwhile is empty again."""
        merged = data.copy()
        for text in self.texts:
            changed = {each.name for each in text.columns if self.seen[each.key, each.language] != digest_of(each.text)}
            self.changed_meanwhile |= changed
            for column in text.columns:
                merged[f"seen:{column.name}"] = digest_of(column.text)
                if not _is_written(column, data.get(column.name), self.seen[column.key, column.language]):
                    merged[column.name] = column.text
                if changed:
                    merged.pop(f"right:{column.name}", None)
        return merged

    def _add(self, text: SideBySide, column: Column) -> None:
        label = f"{text.label}, {column.language_name}"
        self.fields[f"seen:{column.name}"] = forms.CharField(required=False, initial=digest_of(column.text), widget=forms.HiddenInput)
        if text.may_write:
            attrs = {"lang": column.language}
            field: forms.Field = (
                LineField(max_length=LINE, required=False, widget=forms.TextInput(attrs=attrs))
                if text.is_line
                else PlainTextField(max_length=PROSE, required=False, widget=forms.Textarea(attrs={**attrs, "rows": 4}))
            )
            field.label, field.initial = label, column.text
            self.fields[column.name] = field
        if column.state == "outdated":
            self.fields[f"right:{column.name}"] = forms.BooleanField(label=_("Still right"), required=False)

    def rows(self) -> Iterator[tuple[SideBySide, list[Cell]]]:
        """Yield each text with its cells."""
        for text in self.texts:
            yield text, [Cell(self, column) for column in text.columns]

    @property
    def written(self) -> dict[str, dict[str, str]]:
        """The texts that the person wrote."""
        found: dict[str, dict[str, str]] = {}
        for column in self.columns:
            if column.name in self.fields and _is_written(column, self.data.get(column.name), digest_of(column.text)):
                found.setdefault(column.key, {})[column.language] = self.cleaned_data[column.name]
        return found

    @property
    def checked(self) -> list[tuple[str, str]]:
        """(key, language) of what the person found still right."""
        return [(each.key, each.language) for each in self.columns if self.cleaned_data.get(f"right:{each.name}")]


def _is_written(column: Column, sent: str | None, seen: str) -> bool:
    """Tell whether the person wrote this: other words than seen, or the same words in other lines."""
    if sent is None:
        return False
    return digest_of(sent) != seen or (digest_of(column.text) == seen and _lines(sent) != _lines(column.text))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


class PromiseForm(ActionForm):
    """I do it by a day: one text, or all of a noun, in one language."""

    language = forms.ChoiceField(label=_("In which language?"), widget=forms.RadioSelect)
    key = forms.ChoiceField(label=_("Which text?"), required=False)
    until = forms.DateField(label=_("By which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, item: Item, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="promise_%s")
        lacking = {column.language for text in item.open for column in text.columns if column.since}
        self.fields["language"].choices = [(each, LANGUAGE_NAMES[each]) for each in LANGUAGES if each in lacking]  # type: ignore[attr-defined]
        self.fields["key"].choices = [("", _("All that wait or are outdated")), *((text.key, text.label) for text in item.open)]  # type: ignore[attr-defined]
