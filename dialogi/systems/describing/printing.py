"""A description on paper and for machines: PDF/UA-1 by typst, and JSON with the same fields as the page."""

from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogi.commons import clock
from dialogi.commons.languages import Words, current_language
from dialogi.commons.pdf import render_pdf
from dialogi.systems.describing.reading import Row
from dialogi.systems.models import DescriptionVersion
from dialogi.systems.queries.describing import Shown

TOO_LARGE = gettext_lazy("This description is too large for one PDF. Read it as a page, or take it as JSON.")


def standing(version: DescriptionVersion | None) -> list[str]:
    """Say which version it is, who approved it and when, a sentence each; for the register of today, that nobody has."""
    if version is None:
        day = date_format(clock.today(), "DATE_FORMAT")
        return [_("From the register as it is on %(day)s. Nobody has approved this version.") % {"day": day}]
    told = [_("Version %(number)s, made from the register %(day)s.") % {"number": version.number, "day": date_format(version.made_at, "DATE_FORMAT")}]
    if version.approved_at is None:
        return [*told, _("A draft that nobody has approved.")]
    day = date_format(version.approved_at, "DATE_FORMAT")
    if version.approved_by is not None:
        told.append(_("Approved %(day)s by the post %(post)s.") % {"day": day, "post": version.approved_by.title})
    if version.decision is not None:
        decided = {"day": date_format(version.decision.decided_on, "DATE_FORMAT"), "title": version.decision.public_title}
        told.append(_("Approved by the decision “%(title)s”, %(day)s.") % decided)
    if version.published_at is not None:
        told.append(_("Published %(day)s.") % {"day": date_format(version.published_at, "DATE_FORMAT")})
    return told


def as_data(shown: Shown) -> dict[str, Any]:
    """Return a description as plain data: every field in every language that it has."""
    version = shown.version
    head = {
        "format": "dialogi description 1",
        "municipality": dict(settings.MUNICIPALITY),
        "kind": shown.kind,
        "version": version.number if version else None,
        "made": (version.made_at if version else clock.now()).isoformat(),
        "approved": version.approved_at.isoformat() if version and version.approved_at else None,
        "approved_by": {language: getattr(version.approved_by, f"title_{language}") for language in ("sv", "fi", "en")}
        if version and version.approved_by
        else None,
        "published": version.published_at.isoformat() if version and version.published_at else None,
    }
    texts = {row.key: {"language": row.words.language, "words": str(row.words)} for row in shown.free if row.words}
    return {**head, "preface": str(shown.preface), "texts": texts, **shown.document}


def as_pdf(shown: Shown, *, code: str = "") -> bytes:
    """Return a description as a PDF/UA-1 document in the language of the page; ValueError when it is too large for one."""
    data = {
        "municipality": str(settings.MUNICIPALITY.get(f"name_{current_language()}", "")),
        "code": code,
        "standing": standing(shown.version),
        "preface": _words(shown.preface) if shown.preface else None,
        "free": [_row(row) for row in shown.free],
        "missing_title": _("What is missing"),
        "missing": shown.missing,
        "inside": inside_words(shown.kept_inside),
        "sections": [
            {
                "label": str(section.label),
                "empty": "" if section.entries else _("Nothing here."),
                "entries": [{"code": entry.code, "name": _words(entry.name), "rows": [_row(row) for row in entry.rows]} for entry in section.entries],
            }
            for section in shown.sections
        ],
    }
    return render_pdf("systems/typst/description.typ", data, language=current_language(), title=shown.title)


def inside_words(count: int) -> str:
    """Say how many systems are described only inside the house."""
    return _("Systems that are described only inside the municipality: %(count)s.") % {"count": count} if count else ""


def _words(words: Words) -> dict[str, str]:
    return {"words": str(words), "language": words.language}


def _row(row: Row) -> dict[str, Any]:
    return {"label": str(row.label), **(_words(row.words) if row.words else {"words": _("Not known"), "language": current_language()})}
