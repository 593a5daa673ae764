"""What can be taken away from a consultation: comments, answers to the questions, points, statements and votes - without personal data, as CSV, XLSX and JSON.

Left out on purpose: words that are not public, answers in own words, age and village of single answers. The full record is for those who prepare
and for the registrar, and each time it is taken out is written down.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import current_language
from dialogi.commons.register.listing import harmless
from dialogi.consultations.models import Answer, Comment, Consultation, Invitation, Phase, PhaseKind, Question, QuestionKind, Response
from dialogi.consultations.opinion_exports import full_votes, statement_columns, statement_rows, vote_columns, vote_rows
from dialogi.consultations.queries.comments import public_comments
from dialogi.consultations.queries.drafts import numbers_of
from dialogi.consultations.queries.invitations import asked_of
from dialogi.consultations.queries.mapping import features
from dialogi.consultations.queries.points import public_points
from dialogi.consultations.queries.surveys import are_results_shown
from dialogi.voices.models import Publication

OPEN_KINDS = (QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.SCALE, QuestionKind.RANKING, QuestionKind.MATRIX, QuestionKind.NUMBER, QuestionKind.DATE)
CSV, XLSX, JSON = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/json"
GEOJSON = "application/geo+json"

Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class Export:
    """One table: its columns (key for machines, words for people) and its rows."""

    slug: str
    label: str | Lazy
    columns: Callable[[Consultation], list[tuple[str, str]]]
    rows: Callable[[Consultation], Iterator[Cells]]


def _comment_columns(consultation: Consultation) -> list[tuple[str, str]]:
    named = (("code", _("Code")), ("day", _("Day")), ("channel", _("Channel")), ("language", _("Language")), ("paragraph", _("Paragraph")))
    rest = (("in_time", _("In time")), ("speaks_for", _("Organisation")), ("place", _("Place")), ("drawing", _("Drawing (GeoJSON)")), ("words", _("Words")))
    return [(key, str(label)) for key, label in (*named, *rest)]


def _comment_rows(consultation: Consultation) -> Iterator[Cells]:
    numbers = numbers_of(consultation)
    for comment in public_comments(consultation).order_by("id").iterator(chunk_size=500):
        voice = comment.voice
        day = timezone.localtime(voice.arrived_at).date().isoformat()
        organisation = str(voice.speaks_for.title) if voice.speaks_for else ""
        stands = (numbers.get(comment.anchor, ""), comment.lateness, organisation, voice.place_words, comment.geometry)
        yield voice.subject.code, day, voice.channel, voice.language, *stands, voice.public_words


def _asked(consultation: Consultation) -> list[Question]:
    phases = [phase for phase in consultation.phases.all() if phase.kind == PhaseKind.SURVEY and are_results_shown(phase)]
    questions = Question.objects.filter(phase__in=phases, kind__in=OPEN_KINDS).prefetch_related("choices").order_by("phase__position", "position", "id")
    return list(questions)


def _answer_columns(consultation: Consultation) -> list[tuple[str, str]]:
    asked = [(f"q{question.pk}", str(question.text)) for question in _asked(consultation)]
    return [("number", str(_("Number"))), ("channel", str(_("Channel"))), ("language", str(_("Language"))), *asked]


def _answer_rows(consultation: Consultation) -> Iterator[Cells]:
    questions = _asked(consultation)
    choices = {choice.pk: str(choice.text) for question in questions for choice in question.choices.all()}
    responses = Response.objects.counted().filter(phase__in={question.phase_id for question in questions}).order_by("sent_at", "id")
    number = 0
    for batch in _batches(responses.iterator(chunk_size=500), 500):
        said: dict[tuple[int, int], list[str]] = {}
        for answer in Answer.objects.filter(response__in=batch, question__in=questions).order_by("number", "id"):
            said.setdefault((answer.response_id, answer.question_id), []).append(_cell(answer, choices))
        for response in batch:
            number += 1
            yield number, response.channel, response.language, *("; ".join(said.get((response.pk, question.pk), [])) for question in questions)


def _cell(answer: Answer, choices: dict[int, str]) -> str:
    chosen = choices.get(answer.choice_id or 0, "")
    if answer.row_id:
        return f"{choices.get(answer.row_id, '')}: {chosen}"
    if answer.number is not None:
        shown = f"{answer.number.normalize():f}"
        return f"{shown}. {chosen}" if chosen else shown
    return chosen or (answer.day.isoformat() if answer.day else "")


def _batches(rows: Iterable[Response], size: int) -> Iterator[list[Response]]:
    batch: list[Response] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


POINT_COLUMNS = ("title_sv", "title_fi", "title_en", "verdict", "answer_sv", "answer_fi", "answer_en", "change_sv", "change_fi", "change_en")


def _point_columns(consultation: Consultation) -> list[tuple[str, str]]:
    return [(name, name) for name in ("number", "paragraph", "comments", *POINT_COLUMNS)]


def _point_rows(consultation: Consultation) -> Iterator[Cells]:
    for one in public_points(consultation):
        yield one.point.number, one.number, one.total, *(getattr(one.point, name) for name in POINT_COLUMNS)


def _round_columns(consultation: Consultation) -> list[tuple[str, str]]:
    named = (
        ("organisation", _("Organisation")),
        ("state", _("State")),
        ("invited", _("Invited")),
        ("answer_by", _("Answer by")),
        ("more_time", _("More time")),
    )
    rest = (("code", _("Code")), ("arrived", _("Arrived")), ("channel", _("Channel")), ("language", _("Language")), ("in_time", _("In time")))
    return [(key, str(label)) for key, label in (*named, *rest, ("words", _("Words")))]


def _round_rows(consultation: Consultation) -> Iterator[Cells]:
    """Everybody who was asked, with what they said in public; neither addresses nor who signed."""
    for one in asked_of(consultation):
        asked = (str(one), one.state, _day(one.invited_at), _day(one.due_at), one.extension_answer if one.extension_granted else "")
        comment = one.comment
        if comment is None or comment.voice.publication != Publication.PUBLISHED:
            yield *asked, "", "", "", "", "", ""
            continue
        voice = comment.voice
        yield *asked, voice.subject.code, _day(voice.arrived_at), voice.channel, voice.language, comment.lateness, voice.public_words


def _day(moment: datetime) -> str:
    return timezone.localtime(moment).date().isoformat()


EXPORTS = {
    export.slug: export
    for export in (
        Export("comments", _("Public comments"), _comment_columns, _comment_rows),
        Export("answers", _("Answers to the questions"), _answer_columns, _answer_rows),
        Export("statement-round", _("Statements of those who were asked"), _round_columns, _round_rows),
        Export("points", _("Points and answers"), _point_columns, _point_rows),
        Export("statements", _("Statements of the opinion map"), statement_columns, statement_rows),
        Export("votes", _("Votes on the statements"), vote_columns, vote_rows),
    )
}


class _Echo:
    def write(self, line: str) -> str:
        return line


def as_csv(export: Export, consultation: Consultation) -> Iterator[str]:
    """Yield CSV line by line: UTF-8 with a byte order mark and semicolons, no cell a formula."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([harmless(label) for _key, label in export.columns(consultation)])
    for row in export.rows(consultation):
        yield writer.writerow([harmless(cell) for cell in row])


def as_json(export: Export, consultation: Consultation) -> Iterator[str]:
    """Yield a JSON array object by object."""
    keys = [key for key, _label in export.columns(consultation)]
    begun = "["
    for row in export.rows(consultation):
        yield begun + json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False)
        begun = ",\n"
    yield "]" if begun != "[" else "[]"


def as_geojson(consultation: Consultation) -> Iterator[str]:
    """Yield the public comments that have a place as GeoJSON (RFC 7946), feature by feature, for maps of one's own."""
    begun = '{"type": "FeatureCollection", "features": ['
    for feature in features(consultation):
        yield begun + json.dumps(feature, ensure_ascii=False)
        begun = ",\n"
    yield "]}" if begun == ",\n" else begun + "]}"


def as_xlsx(export: Export, consultation: Consultation) -> bytes:
    """Return a workbook; text stays text, whatever it begins with."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    sheet = book.add_worksheet(str(export.label)[:31])
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, (_key, label) in enumerate(export.columns(consultation)):
        sheet.write_string(0, column, label, bold)
    for place, row in enumerate(export.rows(consultation), start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(place, column, cell)
            else:
                sheet.write_string(place, column, str(cell)[:32_000])
    book.close()
    return out.getvalue()


def full_record(consultation: Consultation) -> dict[str, Any]:
    """Return everything about a consultation, with the words and contact details that people left. Only after the reading has been written down."""
    comments = Comment.objects.filter(consultation=consultation).select_related("voice__subject", "voice__contact", "voice__author", "voice__speaks_for")
    numbers = numbers_of(consultation)
    return {
        "code": consultation.subject.code,
        "title": {language: getattr(consultation, f"title_{language}") for language in ("sv", "fi", "en")},
        "state": consultation.state,
        "language_of_export": current_language(),
        "comments": [_full_comment(comment, numbers) for comment in comments.order_by("id").iterator(chunk_size=500)],
        "responses": [row for phase in consultation.phases.filter(kind__in=[PhaseKind.SURVEY, PhaseKind.STATEMENTS]) for row in _full_responses(phase)],
        "votes": [row for phase in consultation.phases.filter(kind=PhaseKind.OPINION_MAP) for row in full_votes(phase)],
        "invitations": [_full_invitation(one) for one in asked_of(consultation)],
        "points": [dict(zip([key for key, _label in _point_columns(consultation)], row, strict=True)) for row in _point_rows(consultation)],
    }


def _full_comment(comment: Comment, numbers: dict[str, str]) -> dict[str, Any]:
    voice = comment.voice
    contact = voice.contact
    reached = {name: getattr(contact, name) for name in ("name", "email", "phone", "postal_address")} if contact else {}
    return {
        "code": voice.subject.code,
        "arrived": voice.arrived_at.isoformat(),
        "channel": voice.channel,
        "language": voice.language,
        "publication": voice.publication,
        "paragraph": numbers.get(comment.anchor, ""),
        "in_time": comment.lateness,
        "late_because": comment.late_because,
        "age": comment.age_band,
        "drawing": comment.geometry,
        "author": voice.author.name if voice.author else "",
        "speaks_for": str(voice.speaks_for.title) if voice.speaks_for else "",
        "contact": reached,
        "words": voice.text,
    }


def _full_invitation(one: Invitation) -> dict[str, Any]:
    code = one.comment.voice.subject.code if one.comment else ""
    signed = {"signed_by": one.signer_name, "in_the_role": one.signer_role}
    why = {"extension": one.extension_because, "extension_answer": one.extension_answer, "declined": one.declined_because}
    return {"invited": str(one), "email": one.email, "state": one.state, "answer_by": one.due_at.isoformat(), "statement": code, **signed, **why}


def _full_responses(phase: Phase) -> Iterator[dict[str, Any]]:
    along = ("answers__choice", "answers__row", "answers__question")
    responses = (
        Response.objects.sent().filter(phase=phase).select_related("person", "area", "invitation__organisation", "invitation__body").prefetch_related(*along)
    )
    for response in responses.order_by("sent_at", "id").iterator(chunk_size=500):
        yield {
            "sent": response.sent_at.isoformat() if response.sent_at else "",
            "channel": response.channel,
            "language": response.language,
            "in_time": response.lateness,
            "age": response.age_band,
            "village": str(response.area) if response.area else "",
            "person": response.person.name if response.person else "",
            "speaks_for": str(response.invitation) if hasattr(response, "invitation") else "",
            "answers": [
                {
                    "question": str(answer.question.text),
                    "choice": str(answer.choice.text) if answer.choice else "",
                    "row": str(answer.row.text) if answer.row else "",
                    "words": answer.words,
                    "number": str(answer.number.normalize()) if answer.number is not None else "",
                    "day": answer.day.isoformat() if answer.day else "",
                    "drawing": answer.geometry,
                }
                for answer in response.answers.all()
            ],
        }
