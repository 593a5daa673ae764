"""The gate before publication: what is still lacking, in which language, in words that say what to do."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.languages import missing_languages
from dialogi.consultations.models import Consultation, Phase

LANGUAGE_WORDS = {"sv": pgettext_lazy("written", "in Swedish"), "fi": pgettext_lazy("written", "in Finnish")}
NEEDED = {
    "title": _("The title is missing %(language)s."),
    "summary": _("The summary is missing %(language)s."),
    "purpose": _("Why the municipality asks is missing %(language)s."),
    "open_to_influence": _("What can be influenced is missing %(language)s."),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: the sentence, and the key of the wording or the part of the page where it is mended."""

    words: str | Lazy
    key: str
    language: str = ""


# What each kind of phase asks for besides; the parts plug in here (parts.add_part).
GATES: dict[str, Callable[[Phase], Iterable[Lack]]] = {}


def lacking(consultation: Consultation) -> list[Lack]:
    """Return everything that must be there before the consultation can be published, in the order of the page."""
    phases = list(consultation.phases.all())
    found = [*_words(consultation), *_timetable(phases)]
    for phase in phases:
        found += GATES.get(phase.kind, lambda phase: ())(phase)
    return found


def _words(consultation: Consultation) -> Iterator[Lack]:
    for name, sentence in NEEDED.items():
        for language in missing_languages(consultation, name):
            yield Lack(sentence % {"language": LANGUAGE_WORDS[language]}, name, language)


def _timetable(phases: list[Phase]) -> Iterator[Lack]:
    if not any(phase.is_talking for phase in phases):
        yield Lack(_("Put at least one phase on the timetable in which people take part."), "timetable")
    for phase in phases:
        for name in ("title", "intro"):
            for language in missing_languages(phase, name):
                if getattr(phase, f"{name}_sv") or getattr(phase, f"{name}_fi"):
                    yield Lack(
                        _("%(phase)s: the text is missing %(language)s.") % {"phase": phase.get_kind_display(), "language": LANGUAGE_WORDS[language]},
                        f"phase:{phase.pk}:{name}",
                        language,
                    )
