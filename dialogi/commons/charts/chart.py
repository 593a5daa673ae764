"""What a chart says, apart from how it looks."""

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialogi.commons.languages import LANGUAGES, current_language

KINDS = ("bar", "stacked", "line")
MOST_LABELS = 60
MOST_SERIES = 8
LONGEST = 80
LONGEST_ADDRESS = 3500  # servers and proxies begin to refuse at 4096; before that the names in the picture are cut shorter
GREATEST = 1e12
LEGEND_COLUMNS = {True: 2, False: 4}  # on a narrow picture, on a wide one
_SIGNER = signing.Signer(salt="commons.charts")

Number = float | int | None


@dataclass(frozen=True, slots=True)
class Series:
    """A row of numbers under one name. None is a cell that is hidden because it holds fewer than five; it is never drawn as nought."""

    label: str
    values: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing of the chart: where it lies, and its size in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Chart:
    """A chart of a few series over the same labels, in the language of the page.

    `kind`: "bar" (lying bars, for things with names), "stacked" (the parts of each), "line" (for what follows in time).
    `unit` names what is counted, `heading` what the labels are. `summary` is the one sentence that the picture shows;
    without it, the highest value is told. `most` is where the axis ends when nothing can be more, such as
    100 per cent. Raises ValueError when there is too much to read or numbers do not fit the labels.
    """

    kind: str
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    heading: str = ""
    summary: str = ""
    decimals: int = 0
    most: int = 0
    language: str = field(default_factory=current_language)

    def __post_init__(self) -> None:
        """Refuse what no reader could take in."""
        if self.kind not in KINDS or self.language not in LANGUAGES or not 0 <= self.decimals <= 3:
            raise ValueError(f"no such chart: {self.kind}, {self.language}, {self.decimals} decimals")
        if not 1 <= len(self.labels) <= MOST_LABELS or not 1 <= len(self.series) <= MOST_SERIES:
            raise ValueError(f"a chart has 1 to {MOST_LABELS} labels and 1 to {MOST_SERIES} series")
        for series in self.series:
            if len(series.values) != len(self.labels):
                raise ValueError(f"{series.label}: {len(series.values)} values for {len(self.labels)} labels")
            if any(value is not None and not (math.isfinite(value) and 0 <= value <= GREATEST) for value in series.values):
                raise ValueError(f"{series.label}: values are numbers from 0 to {GREATEST:.0f}")

    @cached_property
    def pictures(self) -> dict[str, Picture]:
        """The drawings by name: light and dark, wide and narrow (as `narrow_light`), for the template's `picture`."""
        signed = next((text for text in map(self._signed, (LONGEST, LONGEST // 2)) if len(text) <= LONGEST_ADDRESS), self._signed(LONGEST // 4))
        return {
            name: Picture(reverse("commons:chart", args=[signed, name.replace("_", "-")]), *size_of(self.kind, len(self.labels), len(self.series), name))
            for name in ("light", "dark", "narrow_light", "narrow_dark")
        }

    def _signed(self, longest: int) -> str:
        rows = [(series.label[:longest], series.values) for series in self.series]
        labels = [str(label)[:longest] for label in self.labels]
        return _SIGNER.sign_object([self.kind, self.unit[:longest], self.language, self.decimals, self.most, labels, rows], compress=True)

    @property
    def address(self) -> str:
        """Where the wide, light picture lies; it holds all it needs, so that any server can draw it at any time."""
        return self.pictures["light"].address

    @property
    def text(self) -> str:
        """What the picture shows, for those who do not see it."""
        said = self.summary or self._highest()
        return " ".join(part for part in (f"{self.title}.", said, _("The numbers are in the table below.")) if part)

    def _highest(self) -> str:
        known = [(value, label, series.label) for series in self.series for label, value in zip(self.labels, series.values, strict=True) if value is not None]
        if not known:
            return ""
        value, label, name = max(known, key=lambda item: item[0])
        where = f"{label}, {name}" if len(self.series) > 1 else label
        return _("Highest: %(where)s, %(value)s.") % {"where": where, "value": shown(value, decimals=self.decimals, language=self.language)}

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The table's head."""
        single = capfirst(self.unit) or self.series[0].label
        names = [single if len(self.series) == 1 and not self.series[0].label else series.label for series in self.series]
        return [{"label": self.heading}, *({"label": name, "num": True} for name in names)]

    @property
    def rows(self) -> list[list[str]]:
        """The table's rows: the label, then each series' number in the way of the language."""
        return [
            [str(label), *(shown(series.values[index], decimals=self.decimals, language=self.language) for series in self.series)]
            for index, label in enumerate(self.labels)
        ]


def shown(value: Number, *, decimals: int, language: str) -> str:
    """Write a number in the way of the language; None is "fewer than five"."""
    with translation.override(language):
        if value is None:
            return pgettext("a number that is hidden", "fewer than five")
        return number_format(value, decimals, use_l10n=True, force_grouping=True)


def size_of(kind: str, labels: int, series: int, name: str) -> tuple[int, int]:
    """Return width and height of a drawing, so that the page keeps its room before it comes."""
    is_narrow = name.startswith("narrow")
    width = 360 if is_narrow else 720
    legend = 12 + 22 * math.ceil(series / LEGEND_COLUMNS[is_narrow]) if series > 1 else 0
    if kind == "line":
        return width, 300 + legend
    rows = labels * (series if kind == "bar" else 1)
    return width, 56 + legend + rows * (30 if series == 1 or kind == "stacked" else 20) + (labels * 8 if kind == "bar" and series > 1 else 0)


def read_signed(signed: str) -> Chart:
    """Return the chart behind an address; raises `signing.BadSignature` when we did not make it."""
    try:
        kind, unit, language, decimals, most, labels, rows = _SIGNER.unsign_object(signed)
        series = tuple(Series(label, tuple(values)) for label, values in rows)
        return Chart(kind, "", tuple(labels), series, unit=unit, decimals=decimals, most=most, language=language)
    except (TypeError, ValueError) as error:
        raise signing.BadSignature("not a chart") from error
