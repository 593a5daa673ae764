"""The draft as it is read: the newest published version, its paragraphs, and where a comment stands in it."""

from dataclasses import dataclass
from typing import Any

from dialogi.consultations.models import Alternative, Consultation, DraftVersion, Paragraph, Phase


@dataclass(frozen=True, slots=True)
class At:
    """Where a comment stands: nowhere in particular, or at a paragraph of a version."""

    paragraph: Paragraph | None = None
    version: DraftVersion | None = None
    alternative: Alternative | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What `Commented` wants to know."""
        return {"anchor": self.paragraph.anchor if self.paragraph else "", "version": self.version, "alternative": self.alternative}


def newest_version(phase: Phase, *, alternative: Alternative | None = None) -> DraftVersion | None:
    """Return the version that is commented on: the newest one published; None before there is any."""
    return phase.versions.filter(alternative=alternative, published_at__isnull=False).order_by("-number").first()


def place_of(phase: Phase, *, anchor: str, alternative: str = "") -> At:
    """Return the place that an address names; what it names in vain counts as the whole."""
    chosen = phase.alternatives.filter(pk=alternative).first() if alternative.isdecimal() else None
    version = newest_version(phase, alternative=chosen)
    paragraph = version.paragraphs.filter(anchor=anchor).first() if version and anchor else None
    return At(paragraph, version, chosen)


def place_by_number(phase: Phase, *, number: str) -> At | None:
    """Return the place of the paragraph that somebody named by its number ("§ 4.2", "4.2"); None when there is no such paragraph."""
    bare = number.replace("§", "").strip().rstrip(".")
    version = newest_version(phase)
    if not bare:
        return At(version=version)
    paragraph = version.paragraphs.filter(number=bare).first() if version else None
    return At(paragraph, version) if paragraph else None


def numbers_of(consultation: Consultation) -> dict[str, str]:
    """Return the number of each numbered paragraph in the newest published versions, by anchor; one query."""
    rows = Paragraph.objects.filter(version__phase__consultation=consultation, version__published_at__isnull=False).exclude(number="")
    return dict(rows.order_by("version__number").values_list("anchor", "number"))
