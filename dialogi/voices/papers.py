"""What the desk prints: letters to authors, and the record of a case with its history."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dialogi.commons.actors import machine
from dialogi.commons.languages import LANGUAGES, current_language
from dialogi.commons.pdf import render_pdf
from dialogi.commons.registry import registry
from dialogi.commons.sending import Letter
from dialogi.commons.timeline import timeline
from dialogi.voices.models import Voice


def letters_pdf(letters: Iterable[Letter]) -> bytes:
    """Return the letters as one PDF/UA, each on a page of its own in its receiver's language, the address where a window envelope shows it."""
    content = {"letters": [_letter(letter) for letter in letters], "name": settings.MUNICIPALITY[f"name_{current_language()}"]}
    return render_pdf("voices/typst/letters.typ", content, language=current_language(), title=_("Letters to post"))


def _letter(letter: Letter) -> dict[str, Any]:
    language = letter.language if letter.language in LANGUAGES else LANGUAGES[0]
    with translation.override(language):
        return {
            "language": language,
            "name": settings.MUNICIPALITY[f"name_{language}"],
            "address": [line.strip() for line in letter.address.splitlines() if line.strip()],
            "day": _day(letter.written_at),
            "heading": letter.heading,
            "paragraphs": [part for part in letter.body.split("\n\n") if part.strip()],
            "reason": letter.reason,
        }


def record_pdf(voice: Voice, record: dict[str, Any]) -> bytes:
    """Return a case with its whole history as PDF/UA in the language of the page; `record` is what the registry froze."""
    language = current_language()
    told = [
        {"when": date_format(timezone.localtime(entry.when), "SHORT_DATETIME_FORMAT"), "sentence": entry.sentence}
        for entry in reversed(timeline(voice.subject, actor=machine("record"), limit=500))
    ]
    content = {
        "name": settings.MUNICIPALITY[f"name_{language}"],
        "code": voice.subject.code,
        "heading": _("Record of the case %(code)s") % {"code": voice.subject.code},
        "facts": [{"label": str(label), "value": str(value)} for label, value in _facts(voice, record) if value],
        "words": {"label": _("The words"), "text": record["voice"]["words"], "language": voice.language},
        "answers": {"label": _("Answers"), "given": _answers(record["answers"])},
        "notes": {"label": _("Internal notes"), "texts": [note["words"] for note in record["internal_notes"]]},
        "files": {"label": _("Files"), "names": [f"{file['name']} ({file['sha256'][:16]})" for file in record["files"]]},
        "history": {"label": _("What has happened"), "entries": told},
        "end": _("Taken out %(day)s. The same record in full, with digests, is in the JSON file.") % {"day": _day(datetime.fromisoformat(record["taken_out"]))},
    }
    return render_pdf("voices/typst/record.typ", content, language=language, title=str(content["heading"]))


def _facts(voice: Voice, record: dict[str, Any]) -> list[tuple[str, object]]:
    contact = record["author"]["contact"]
    reached = ", ".join(part for part in contact.values() if part)
    return [
        (_("Case number"), voice.case_number),
        (_("Kind"), voice.get_kind_display()),
        (_("State"), voice.get_state_display()),
        (_("Channel"), voice.get_channel_display()),
        (_("Arrived"), _day(voice.arrived_at)),
        (_("Responsible unit"), voice.unit.name if voice.unit else ""),
        (_("Place"), record["voice"]["place"]["words"]),
        (_("Contact"), reached),
        (_("Retention class"), registry.retentions[voice.retention_class].label if voice.retention_class in registry.retentions else voice.retention_class),
    ]


def _answers(answers: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        {"language": language, "text": words, "meta": f"{answer['unit'] or ''} {_day(datetime.fromisoformat(answer['given']))}".strip()}
        for answer in answers
        for language, words in answer["words"].items()
    ]


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
