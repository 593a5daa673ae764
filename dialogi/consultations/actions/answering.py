"""Answering the questions: saved as one goes, sent, changed until closing, received late, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.attachments import Upload, attach, remove
from dialogi.commons.codes import digest, read_code, receipt_code_for, receipt_code_given
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.models import Audience
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.permissions import Conflict, NotAllowed, NotPossible, require
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Access, AccessCode, Answer, Choice, Lateness, Phase, Question, Response
from dialogi.consultations.queries.codes import code_of
from dialogi.consultations.queries.timing import lateness_of
from dialogi.consultations.rules import ANSWER_POINTS, OWN_RESPONSE, RECORD_FOR_OTHER, TAKE_PART
from dialogi.people.models import Area
from dialogi.voices.models import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One row of an answer, as the form parsed it."""

    question: Question
    choice: Choice | None = None
    row: Choice | None = None
    words: str = ""
    number: Decimal | None = None
    day: date | None = None
    geometry: str = ""
    file: Upload | Attachment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form as far as it is filled in."""

    language: str
    given: Sequence[Given] = field(default_factory=tuple)
    age_band: str = ""
    area: Area | None = None
    is_sent: bool = True


@dataclass(frozen=True, slots=True)
class Responded:
    """The response and its secret follow-up code, which opens it again."""

    response: Response
    code: str


def respond(filled: Filled, *, phase: Phase, form_key: str, by: Actor, access_code: str = "") -> Responded:
    """Begin a response, sent or merely saved. The same `form_key` always gives the same response and follow-up code.

    Raises NotAllowed where the phase asks for an account or a code that is not there, NotPossible when one has answered already,
    before the opening, and for a code that opens nothing.
    """
    require(by, TAKE_PART, phase)
    person_id, code = _let_in(phase, access_code=access_code, by=by)
    return _begin(filled, phase=phase, form_key=form_key, by=by, person_id=person_id, code=code)


def record_response(filled: Filled, *, phase: Phase, channel: str, arrived_at: datetime, form_key: str, by: Actor, access_code: str = "") -> Responded:
    """Write down a response that came on paper, by phone or at the counter. The code on the paper is used up; lateness is judged by the arrival."""
    require(by, RECORD_FOR_OTHER, phase)
    if arrived_at > clock.now():
        raise NotPossible(_("The arrival cannot be in the future. Check the day and the time."))
    needs_code = phase.access == Access.CODE or bool(access_code)
    code = _unused(phase, access_code) if needs_code else None
    return _begin(filled, phase=phase, form_key=form_key, by=by.on_behalf(), code=code, channel=channel, arrived_at=arrived_at, recorded_by_id=by.person_id)


def change_response(response: Response, *, filled: Filled, by: Actor, with_code: bool = False, expecting: int | None = None) -> Response:
    """Fill in more, or change an answer, until closing. `with_code`: whoever calls has shown the follow-up code."""
    with change(response) as response:
        if not with_code:
            require(by, OWN_RESPONSE, response)
        if expecting is not None and response.version != expecting:
            raise Conflict(_("The answer was changed in another window. Your words are kept below: compare them and save again."))
        first_sending = filled.is_sent and response.sent_at is None
        lateness = lateness_of(response.phase, arrived_at=clock.now())
        if response.sent_at is not None and lateness != Lateness.IN_TIME:
            raise NotPossible(_("The time is over. Your answer stays as it was when you last sent it."))
        if first_sending:
            response.sent_at, response.lateness = clock.now(), lateness
        save_response(response, filled)
        write_answers(response, filled.given, by=by)
        if response.sent_at is not None:
            kind = Happened.RESPONDED if first_sending else Happened.RESPONSE_CHANGED
            record(kind, on=response.phase.consultation, by=by, data={"channel": response.channel, "language": response.language})
    return response


def take_back_response(response: Response, *, by: Actor, with_code: bool = False) -> None:
    """Take an answer back while the phase is open: it is erased, and its single-use code can be used again."""
    with change(response) as response:
        if not with_code:
            require(by, OWN_RESPONSE, response)
        if response.phase.is_over():
            raise NotPossible(_("The time is over. Ask those who prepare the matter, or ask for erasure on your page."))
        consultation = response.phase.consultation
        response.delete()
        record(Happened.RESPONSE_TAKEN_BACK, on=consultation, by=by)


def decide_late_response(response: Response, *, taken: bool, because: str, by: Actor) -> Response:
    """Count a late response, or leave it out, with a reason."""
    with change(response) as response:
        require(by, ANSWER_POINTS, response.phase.consultation)
        if response.lateness == Lateness.IN_TIME:
            raise NotPossible(_("It came in time."))
        response.lateness, response.late_because = (Lateness.TAKEN if taken else Lateness.LEFT_OUT), because.strip()
        save_clean(response)
        record(Happened.LATE_DECIDED, on=response.phase.consultation, by=by)
    return response


def _let_in(phase: Phase, *, access_code: str, by: Actor) -> tuple[int | None, AccessCode | None]:
    """Who answers: a person's id, or a code, or neither where anybody may."""
    if phase.access == Access.OPEN:
        return None, None
    takes_account = phase.access in {Access.ACCOUNT, Access.ACCOUNT_OR_CODE}
    takes_code = phase.access in {Access.CODE, Access.ACCOUNT_OR_CODE}
    if takes_code and access_code.strip():
        return None, _unused(phase, access_code)
    if takes_account and by.person_id is not None:
        if Response.objects.filter(phase=phase, person=by.person_id).exists():
            raise NotPossible(_("You have already answered. You can change your answer until closing."))
        return by.person_id, None
    if takes_code and not takes_account:
        raise NotAllowed(_("Write the single-use code that you were given."))
    raise NotAllowed(_("Sign in to answer: one answer for each account."))


def _unused(phase: Phase, access_code: str) -> AccessCode:
    """The code of this phase that nobody has used. Wrong and used codes get sentences of their own."""
    found = code_of(phase, code=access_code)
    if hasattr(found, "response"):
        raise NotPossible(_("This code has been used. With the follow-up code you can change that answer until closing."))
    return found


def _begin(
    filled: Filled,
    *,
    phase: Phase,
    form_key: str,
    by: Actor,
    person_id: int | None = None,
    code: AccessCode | None = None,
    channel: str = Channel.WEB,
    arrived_at: datetime | None = None,
    recorded_by_id: int | None = None,
) -> Responded:
    receipt = receipt_code_for(form_key)
    moment = arrived_at or clock.now()
    known = Response.objects.filter(form_key=form_key).first()
    if known is not None:
        return Responded(known, receipt_code_given(form_key, stored=known.receipt_digest) or receipt)
    made = Response(
        phase=phase,
        person_id=person_id,
        code=code,
        receipt_digest=digest(read_code(receipt)),
        form_key=form_key,
        channel=channel,
        recorded_by_id=recorded_by_id,
        begun_at=moment,
        sent_at=moment if filled.is_sent else None,
        lateness=lateness_of(phase, arrived_at=moment),
    )
    try:
        with change(phase.consultation) as consultation:
            made.phase.consultation = consultation
            save_response(made, filled)
            write_answers(made, filled.given, by=by)
            if filled.is_sent:
                record(Happened.RESPONDED, on=consultation, by=by, data={"channel": channel, "language": filled.language})
    except (IntegrityError, ValidationError):
        # The same form, account or code arrived twice at the same moment: the other one won.
        known = Response.objects.filter(form_key=form_key).first()
        if known is None and not _has_answered(made):
            raise
        if known is None:
            raise NotPossible(_("You have already answered. You can change your answer until closing.")) from None
        return Responded(known, receipt_code_given(form_key, stored=known.receipt_digest) or receipt)
    return Responded(made, receipt)


def _has_answered(made: Response) -> bool:
    by_person = made.person_id is not None and Response.objects.filter(phase=made.phase_id, person=made.person_id).exists()
    return by_person or (made.code_id is not None and Response.objects.filter(code=made.code_id).exists())


def save_response(response: Response, filled: Filled) -> None:
    """Keep a response as far as it is filled in, inside the verb that takes it in."""
    response.language, response.age_band, response.area = filled.language, filled.age_band, filled.area
    response.changed_at, response.version = clock.now(), response.version + 1
    save_clean(response)


def write_answers(response: Response, given: Sequence[Given], *, by: Actor) -> None:
    """Put the rows of the answers in the place of those that were there."""
    subject = response.phase.consultation.subject
    old = {answer.file_id: answer.file for answer in response.answers.exclude(file=None).select_related("file") if answer.file}
    response.answers.all().delete()
    rows = []
    for one in given:
        file = one.file if one.file is None or isinstance(one.file, Attachment) else attach(one.file, owner=subject, by=by, audience=Audience.UNIT)
        columns = {"choice": one.choice, "row": one.row, "words": one.words, "number": one.number, "day": one.day, "geometry": one.geometry, "file": file}
        rows.append(Answer(response=response, question=one.question, **columns))
    Answer.objects.bulk_create(rows)
    for file in [file for pk, file in old.items() if pk not in {row.file_id for row in rows}]:
        remove(file)
