"""The gate before publication: what is still lacking, in which language, in words that say what to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import missing_languages
from dialogi.consultations.models import Consultation

LANGUAGE_WORDS = {"sv": _("in Swedish"), "fi": _("in Finnish")}
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


def lacking(consultation: Consultation) -> list[Lack]:
    """Return everything that must be there before the consultation can be published, in the order of the page."""
    return [*_words(consultation), *_timetable(consultation)]


def _words(consultation: Consultation) -> Iterator[Lack]:
    for name, sentence in NEEDED.items():
        for language in missing_languages(consultation, name):
            yield Lack(format_lazy("{}", sentence % {"language": LANGUAGE_WORDS[language]}), name, language)


def _timetable(consultation: Consultation) -> Iterator[Lack]:
    if not any(phase.is_talking for phase in consultation.phases.all()):
        yield Lack(_("Put at least one phase on the timetable in which people take part."), "timetable")
