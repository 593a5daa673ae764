"""Bringing in voices with their history from another system, some hundreds at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.calendar import Clock, WorkingDays
from dialogi.commons.codes import digest, read_code, receipt_code_for
from dialogi.commons.door import Draft, Happening, bring_in, draft, record_many
from dialogi.commons.duties import bring_in_duties, draft_duty
from dialogi.commons.models import Duty, Subject
from dialogi.commons.models.subjects import LinkKind
from dialogi.commons.permissions import NotPossible, require
from dialogi.commons.thread import tie_many
from dialogi.people.actions import bring_in_contacts
from dialogi.people.models import Unit
from dialogi.voices.actions.giving import Recorded, Said
from dialogi.voices.answers import CLOSED_STATES, Answer, check_answer, kind_of, told_of
from dialogi.voices.kinds import Happened
from dialogi.voices.models import ModerationDecision, Publication, Reply, Support, Voice
from dialogi.voices.models.moderation import Outcome
from dialogi.voices.queries import route_for, term_for
from dialogi.voices.rules import ANSWER_DUTY, BRING_IN, CHECK_DUTY, CHECK_PROMISE_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtAnswer:
    """An answer that was given elsewhere, by whom and when."""

    answer: Answer
    given_at: datetime
    by: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A voice that was given elsewhere, and what came of it. `form_key` is its lasting key there: what was brought in before is left out.

    The unit is the one that answered; None lets the routes say. Moments come in order.
    """

    said: Said
    recorded: Recorded
    form_key: str
    unit: Unit | None = None
    published_at: datetime | None = None
    answers: Sequence[BroughtAnswer] = ()
    supported_by: Sequence[str] = ()
    supported_at: datetime | None = None


def import_voices(rows: Sequence[Brought], *, by: Actor) -> list[Voice]:
    """Bring in voices with their answers, in one transaction, and return those that are new; nobody is told anew of what is long past.

    The same rules hold as when they are given and answered here. Raises NotPossible or ValidationError that names the row.
    """
    require(by, BRING_IN)
    known = set(Voice.objects.filter(form_key__in=[row.form_key for row in rows]).values_list("form_key", flat=True))
    new = [row for row in rows if row.form_key not in known]
    drafts = []
    for row in new:
        try:
            drafts.append(_drafted(row))
        except (NotPossible, ValidationError) as error:
            raise NotPossible(_("%(key)s cannot be brought in: %(reason)s") % {"key": row.form_key, "reason": _reason(error)}) from error
    with transaction.atomic():
        _save(new, drafts, by=by)
    return [one.noun for one in drafts]


def _reason(error: NotPossible | ValidationError) -> str:
    return str(error.reason) if isinstance(error, NotPossible) else " ".join(error.messages)


def _drafted(row: Brought) -> Draft[Voice]:
    said, recorded = row.said, row.recorded
    if recorded.arrived_at > clock.now():
        raise NotPossible(_("The arrival cannot be in the future. Check the day and the time."))
    publication = said.publication
    if row.published_at is not None:
        if publication != Publication.WAITING:
            raise NotPossible(_("The author did not ask for this to be public, or it already is."))
        publication = Publication.PUBLISHED.value
    voice = Voice(
        text=said.text,
        language=said.language,
        kind=said.kind,
        publication=publication,
        speaks_as=said.speaks_as,
        channel=recorded.channel,
        post_address=recorded.post_address,
        about=said.about,
        service=said.service,
        area=said.place.area,
        place_words=said.place.words,
        latitude=said.place.latitude,
        longitude=said.place.longitude,
        helped_by=recorded.helped_by,
        was_read_back=recorded.was_read_back,
        receipt_digest=digest(read_code(receipt_code_for(row.form_key))),
        form_key=row.form_key,
        unit=row.unit or route_for(service=said.service, kind=said.kind, area=said.place.area, about=said.about, language=said.language),
        misdirected=said.misdirected,
        arrived_at=recorded.arrived_at,
        recorded_at=clock.now(),
    )
    for given in row.answers:
        check_answer(voice, given.answer)
        _take(voice, given)
    return draft(voice, address="/voices/{code}/", since=recorded.arrived_at)


def _take(voice: Voice, given: BroughtAnswer) -> None:
    answer = given.answer
    voice.state = answer.state
    voice.answered_at = voice.answered_at or given.given_at
    voice.closed_at = given.given_at if answer.state in CLOSED_STATES else None
    voice.forwarded_to = answer.forwarded_to or voice.forwarded_to
    voice.same_as = answer.same_as or voice.same_as


def _save(rows: Sequence[Brought], drafts: Sequence[Draft[Voice]], *, by: Actor) -> None:
    pairs = [(row, one.noun) for row, one in zip(rows, drafts, strict=True)]
    _save_contacts(pairs, by=by)
    bring_in(drafts)
    Reply.objects.bulk_create(_reply(voice, given) for row, voice in pairs for given in row.answers)
    decided = [(row.published_at, voice) for row, voice in pairs if row.published_at is not None]
    ModerationDecision.objects.bulk_create(ModerationDecision(voice=voice, outcome=Outcome.PUBLISHED, decided_at=moment) for moment, voice in decided)
    _save_support(pairs)
    bring_in_duties(_duties(pairs))
    tie_many([(voice.subject, voice.same_as.subject) for _row, voice in pairs if voice.same_as], kind=LinkKind.MERGED_INTO, by=by)
    for about, count in Counter(voice.about_id for _row, voice in pairs if voice.about_id).items():
        Subject.objects.filter(pk=about).update(voice_count=F("voice_count") + count)
    record_many([happening for row, voice in pairs for happening in _history(row, voice, by=by)])


def _save_contacts(pairs: Sequence[tuple[Brought, Voice]], *, by: Actor) -> None:
    reached = [(voice, row.said.contact) for row, voice in pairs if row.said.contact]
    details = [
        {"language": voice.language, "name": left.name, "email": left.email, "phone": left.phone, "postal_address": left.postal_address}
        for voice, left in reached
    ]
    for (voice, _left), contact in zip(reached, bring_in_contacts(details, by=by), strict=True):
        voice.contact = contact


def _reply(voice: Voice, given: BroughtAnswer) -> Reply:
    answer = given.answer
    return Reply(
        voice=voice, author_id=given.by.person_id, unit=voice.unit, state=answer.state, minutes=answer.minutes, given_at=given.given_at, **answer.texts
    )


def _save_support(pairs: Sequence[tuple[Brought, Voice]]) -> None:
    rows, counted = [], []
    for row, voice in pairs:
        if row.supported_by and voice.is_public:
            keys = dict.fromkeys(row.supported_by)
            rows += [Support(voice=voice, browser_key=key, given_at=row.supported_at or voice.arrived_at) for key in keys]
            voice.subject.support_count = len(keys)
            counted.append(voice.subject)
    Support.objects.bulk_create(rows)
    Subject.objects.bulk_update(counted, ["support_count"], batch_size=400)


def _duties(pairs: Sequence[tuple[Brought, Voice]]) -> list[Duty]:
    terms: dict[tuple[str, int | None], Clock] = {}
    duties = []
    for row, voice in pairs:
        unit_id = voice.unit.subject_id if voice.unit else None
        if (voice.kind, unit_id) not in terms:
            terms[voice.kind, unit_id] = term_for(kind=voice.kind, unit=voice.unit)
        days = terms[voice.kind, unit_id]
        duties.append(draft_duty(voice.subject, what=ANSWER_DUTY, unit_id=unit_id, days=days, started_at=voice.arrived_at, done_at=voice.answered_at))
        if row.said.publication == Publication.WAITING:
            check = WorkingDays(CHECK_PROMISE_DAYS)
            duties.append(draft_duty(voice.subject, what=CHECK_DUTY, unit_id=None, days=check, started_at=voice.arrived_at, done_at=row.published_at))
    return duties


def _history(row: Brought, voice: Voice, *, by: Actor) -> list[Happening]:
    """What happened to one voice, in order."""
    told = {"channel": voice.channel, "language": voice.language, "kind": voice.kind, "brought_in": True}
    found = [Happening(kind=Happened.GIVEN, on=voice, by=by, at=voice.arrived_at, data=told)]
    if row.published_at is not None:
        found.append(Happening(kind=Happened.PUBLISHED, on=voice, by=by, at=row.published_at, data={"check": Outcome.PUBLISHED.value}))
    found += [Happening(kind=kind_of(given.answer), on=voice, by=given.by, at=given.given_at, data=told_of(given.answer)) for given in row.answers]
    if voice.subject.support_count:
        at = row.supported_at or voice.arrived_at
        found.append(Happening(kind=Happened.SUPPORTED, on=voice, by=by, at=at, data={"count": voice.subject.support_count}))
    return sorted(found, key=lambda happening: happening.at)
