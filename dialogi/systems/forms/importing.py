"""Forms of an import: the file, how its columns are understood, answers to questions."""

import tomllib
from collections.abc import Mapping as MappingType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dialogi.commons.languages import LANGUAGE_NAMES
from dialogi.commons.web import ActionForm
from dialogi.systems.importing.mapping import KEYS, TAKES, TARGETS, read_mapping
from dialogi.systems.importing.planning import Plan
from dialogi.systems.importing.tables import MOST_BYTES, Table, read_table
from dialogi.systems.models import ImportSource

MOST_QUESTIONS = 60
FIELD_CODES = ", ".join(TARGETS)


class FileForm(ActionForm):
    """A file, and the list that it is a new edition of."""

    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("XLSX, ODS or CSV, at most 20 megabytes. Nothing is written before you have seen what would happen.")
    )
    source = forms.SlugField(
        label=gettext_lazy("Short name of the list"),
        max_length=60,
        help_text=gettext_lazy("Small letters and hyphens. The same name next time: then its columns are known, and nothing is doubled."),
    )
    mapping = forms.FileField(label=gettext_lazy("Mapping, if you have one as a file"), required=False, help_text=gettext_lazy("In TOML."))

    def clean_file(self) -> bytes:
        """Read the file once, so that what is wrong with it stands beside it."""
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise ValidationError(_("The file is too large: at most 20 megabytes. Leave out what is not needed, or divide it."))
        self.file_name = sent.name
        content: bytes = sent.read()
        read_table(content)
        return content

    def clean_mapping(self) -> dict[str, Any]:
        """Read a mapping that came as a file."""
        sent = self.cleaned_data.get("mapping")
        if not sent:
            return {}
        try:
            return read_mapping_data(sent.read().decode())
        except UnicodeDecodeError as error:
            raise ValidationError(_("The mapping is not a text.")) from error


def read_mapping_data(text: str) -> dict[str, Any]:
    """Return a mapping file as plain values, once it is understood."""
    read_mapping(text)
    return tomllib.loads(text)


class MappingForm(ActionForm):
    """Which column is what, and how odd cells are understood."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the texts"), choices=list(LANGUAGE_NAMES.items()))
    group_by = forms.ChoiceField(label=gettext_lazy("Rows are one system when they have the same"), choices=[(key, TARGETS[key]) for key in KEYS])
    empty = forms.CharField(
        label=gettext_lazy("Words that mean that nothing is known"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One on each line."),
    )
    synonyms = forms.CharField(
        label=gettext_lazy("Spellings that mean the same"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One on each line, such as kind: Sys. = System"),
    )
    splits = forms.CharField(
        label=gettext_lazy("Cells that hold several things"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One on each line: the field, the sign that divides, and first, last or all. Such as unit: , all"),
    )
    fill_down = forms.MultipleChoiceField(
        label=gettext_lazy("Merged cells: an empty one means what stands above"),
        required=False,
        choices=list(TARGETS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    unit_names = forms.CharField(
        label=gettext_lazy("Spellings of units"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One on each line, such as Tekn. = Technical sector"),
    )
    unknown_units = forms.ChoiceField(
        label=gettext_lazy("Units that nobody knows"),
        choices=[("ask", pgettext_lazy("unknown units", "Ask me which ones are meant")), ("create", pgettext_lazy("unknown units", "Add them to our units"))],
    )
    units_under = forms.CharField(label=gettext_lazy("Add them under the unit"), required=False, max_length=200)

    def __init__(self, table: Table, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heads = [("", gettext_lazy("No column")), *((head, head) for head in table.heads)]
        for target, label in TARGETS.items():
            self.fields[f"column_{target}"] = forms.ChoiceField(label=str(label), choices=heads, required=target == "name")
        if len(table.sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(label=gettext_lazy("Sheet"), choices=[(name, name) for name in table.sheets], required=False)
        self.order_fields(["sheet", *(f"column_{target}" for target in TARGETS)])

    def clean_synonyms(self) -> dict[str, dict[str, str]]:
        """Read lines such as kind: Sys. = System."""
        found: dict[str, dict[str, str]] = {}
        for line in _lines(self.cleaned_data["synonyms"]):
            target, _colon, rest = line.partition(":")
            spelling, equals, meaning = rest.partition(" = ")
            if target.strip() not in TARGETS or not equals:
                raise ValidationError(_("This line is not understood: %(line)s. The fields are %(fields)s."), params={"line": line, "fields": FIELD_CODES})
            found.setdefault(target.strip(), {})[spelling.strip()] = meaning.strip()
        return found

    def clean_splits(self) -> dict[str, dict[str, str]]:
        """Read lines such as unit: , all."""
        found: dict[str, dict[str, str]] = {}
        for line in _lines(self.cleaned_data["splits"]):
            target, _colon, rest = line.partition(":")
            at, _blank, take = rest.strip().rpartition(" ")
            if target.strip() not in TARGETS or not at.strip() or take not in TAKES:
                raise ValidationError(_("This line is not understood: %(line)s. The fields are %(fields)s."), params={"line": line, "fields": FIELD_CODES})
            found[target.strip()] = {"at": at.strip(), "take": take}
        return found

    def clean_unit_names(self) -> dict[str, str]:
        """Read lines such as Tekn. = Technical sector."""
        found = {}
        for line in _lines(self.cleaned_data["unit_names"]):
            spelling, equals, name = line.partition(" = ")
            if not equals:
                raise ValidationError(_("This line is not understood: %(line)s. Write the spelling, = and the name of the unit."), params={"line": line})
            found[spelling.strip()] = name.strip()
        return found

    def mapping(self) -> dict[str, Any]:
        """Return the mapping as its file would hold it."""
        data = self.cleaned_data
        return {
            "language": data["language"],
            "sheet": data.get("sheet", ""),
            "group_by": data["group_by"],
            "empty": _lines(data["empty"]),
            "columns": {target: data[f"column_{target}"] for target in TARGETS if data.get(f"column_{target}")},
            "synonyms": data["synonyms"],
            "split": data["splits"],
            "fill_down": data["fill_down"],
            "units": {"unknown": data["unknown_units"], "under": data["units_under"], "names": data["unit_names"]},
        }


def initial_of(source: ImportSource, table: Table) -> dict[str, Any]:
    """Return what is remembered of a source; of a new one, columns whose headings are our own words."""
    known, units = source.mapping, source.mapping.get("units", {})
    columns: MappingType[str, str] = known.get("columns") or {
        target: head for target, label in TARGETS.items() for head in table.heads if head.casefold() in {target, str(label).casefold()}
    }
    return {
        "language": known.get("language", "sv"),
        "sheet": known.get("sheet", ""),
        "group_by": known.get("group_by", "name"),
        "empty": "\n".join(map(str, known.get("empty", ["-", "?"]))),
        "synonyms": "\n".join(
            f"{target}: {spelling} = {meaning}" for target, words in known.get("synonyms", {}).items() for spelling, meaning in words.items()
        ),
        "splits": "\n".join(f"{target}: {rule.get('at', '/')} {rule.get('take', 'first')}" for target, rule in known.get("split", {}).items()),
        "fill_down": known.get("fill_down", []),
        "unit_names": "\n".join(f"{spelling} = {name}" for spelling, name in units.get("names", {}).items()),
        "unknown_units": units.get("unknown", "ask"),
        "units_under": units.get("under", ""),
        **{f"column_{target}": " ".join(str(head).split()) for target, head in columns.items()},
    }


class QuestionsForm(ActionForm):
    """The questions of an import, each with its possible answers."""

    def __init__(self, plan: Plan, units: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(plan.questions[:MOST_QUESTIONS]):
            options = question.options or tuple(units)
            choices = [("", gettext_lazy("Leave it open")), *((option, option) for option in options)]
            self.fields[f"q{number}"] = forms.ChoiceField(label=question.words, choices=choices, required=False, initial=question.chosen)
        self.names = {f"q{number}": f"{question.key}|{question.field}" for number, question in enumerate(plan.questions[:MOST_QUESTIONS])}

    def answers(self) -> dict[str, str]:
        """Return the answers by the names of the questions."""
        return {name: self.cleaned_data[field] for field, name in self.names.items()}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
