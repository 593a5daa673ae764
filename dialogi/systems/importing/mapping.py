"""How the columns of one source are understood: which column is what, which words mean nothing, which spellings mean the same."""

import tomllib
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dialogi.systems.importing.tables import one_line

TARGETS: dict[str, str | Lazy] = {
    "name": gettext_lazy("Name"),
    "identifier": gettext_lazy("Own identifier"),
    "purpose": gettext_lazy("What it is for"),
    "kind": pgettext_lazy("of a system", "Type"),
    "product": gettext_lazy("Product"),
    "vendor": gettext_lazy("Vendor"),
    "main_system": gettext_lazy("Main system"),
    "unit": gettext_lazy("Unit that uses it"),
    "owner": gettext_lazy("Responsible unit"),
    "post": gettext_lazy("Responsible post"),
    "function": pgettext_lazy("noun", "Function"),
    "state": pgettext_lazy("of a system", "State"),
    "personal_data": gettext_lazy("Personal data"),
    "hosting": gettext_lazy("Run by"),
    "data_location": gettext_lazy("Where the data lies"),
    "uses_ai": gettext_lazy("Artificial intelligence"),
    "taken_into_use": gettext_lazy("In use since"),
    "end_of_support": gettext_lazy("Support ends"),
    "local_name": gettext_lazy("Name in the unit"),
    "user_band": gettext_lazy("Number of users"),
    "criticality": gettext_lazy("If it stands still"),
}
TAKES = ("first", "last", "all")
KEYS = ("name", "identifier")
UNKNOWN = ("ask", "create")


@dataclass(frozen=True, slots=True)
class Split:
    """One cell holds several things: where it is cut, and which of them is taken."""

    at: str
    take: str = "first"


@dataclass(frozen=True, slots=True)
class Mapping:
    """What is remembered of a source. Spellings are compared without regard to capitals and blanks."""

    source: str
    columns: MappingType[str, str]
    language: str = "sv"
    sheet: str = ""
    group_by: str = "name"
    empty: frozenset[str] = frozenset({"", "-"})
    synonyms: MappingType[str, MappingType[str, str]] = field(default_factory=dict)
    splits: MappingType[str, Split] = field(default_factory=dict)
    fill_down: frozenset[str] = frozenset()
    units: MappingType[str, str] = field(default_factory=dict)
    unknown_units: str = "ask"
    units_under: str = ""

    def means(self, target: str, text: str) -> str:
        """Return what a spelling stands for."""
        return self.synonyms.get(target, {}).get(folded(text), text)

    def is_empty(self, text: str) -> bool:
        """Whether the words mean that nothing is known."""
        return folded(text) in self.empty


def folded(text: str) -> str:
    """Return words as they are compared."""
    return one_line(text.replace("\xa0", " ")).casefold()


def read_mapping(text: str) -> Mapping:
    """Read a mapping in TOML; raises ValidationError that says which part is not understood."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValidationError(_("The mapping is not written as TOML: %(reason)s"), params={"reason": str(error)}) from error
    return mapping_from(data)


def mapping_from(data: MappingType[str, Any]) -> Mapping:
    """Make a mapping of plain values; raises ValidationError."""
    columns = {target: one_line(str(head)) for target, head in dict(data.get("columns", {})).items() if head}
    unknown = sorted({*columns, *data.get("synonyms", {}), *data.get("split", {})} - set(TARGETS))
    if unknown:
        raise ValidationError(_("The mapping names things that no system has: %(names)s."), params={"names": ", ".join(unknown)})
    if "name" not in columns:
        raise ValidationError(_("Say which column holds the name of the system."))
    units = dict(data.get("units", {}))
    made = Mapping(
        source=str(data.get("source", "")).strip(),
        columns=columns,
        language=str(data.get("language", "sv")),
        sheet=str(data.get("sheet", "")),
        group_by=str(data.get("group_by", "name")),
        empty=frozenset({"", *(folded(str(word)) for word in data.get("empty", ["-"]))}),
        synonyms={target: {folded(spelling): str(value) for spelling, value in dict(words).items()} for target, words in data.get("synonyms", {}).items()},
        splits={target: Split(str(rule.get("at", "/")), str(rule.get("take", "first"))) for target, rule in data.get("split", {}).items()},
        fill_down=frozenset(map(str, data.get("fill_down", []))),
        units={folded(spelling): str(name) for spelling, name in dict(units.get("names", {})).items()},
        unknown_units=str(units.get("unknown", "ask")),
        units_under=str(units.get("under", "")),
    )
    _check(made)
    return made


def _check(made: Mapping) -> None:
    wrong = [
        name
        for name, value, allowed in (
            ("language", made.language, ("sv", "fi", "en")),
            ("group_by", made.group_by, KEYS),
            ("units.unknown", made.unknown_units, UNKNOWN),
            *((f"split.{target}.take", rule.take, TAKES) for target, rule in made.splits.items()),
        )
        if value not in allowed
    ]
    if wrong or not made.source:
        raise ValidationError(_("The mapping says something that is not understood in: %(names)s."), params={"names": ", ".join(wrong or ["source"])})
    if made.group_by not in made.columns:
        raise ValidationError(_("Say which column holds what the rows are grouped by."))
