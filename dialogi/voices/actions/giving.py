"""Giving a voice: through the web by the author, or recorded by a clerk for somebody else. The same rights, the same clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.attachments import Upload, attach
from dialogi.commons.calendar import WorkingDays
from dialogi.commons.codes import digest, read_code, receipt_code_for, receipt_code_given
from dialogi.commons.door import Draft, begin, change, draft, record, save_clean
from dialogi.commons.duties import bring_in_duties, draft_duty
from dialogi.commons.models import Duty, Subject
from dialogi.commons.permissions import NotAllowed, NotPossible, require
from dialogi.people.actions import give_consent, save_contact
from dialogi.people.models import Area, Consent, Contact, Person
from dialogi.services.models import Service
from dialogi.voices.kinds import Happened
from dialogi.voices.models import Channel, Kind, Publication, SpeaksAs, Voice
from dialogi.voices.queries import route_for, term_for
from dialogi.voices.rules import ANSWER_DUTY, CHECK_DUTY, CHECK_PROMISE_DAYS, GIVE, MAX_PHOTOS, RECORD_FOR_OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is, always possible in words alone. Degrees in WGS 84."""

    words: str = ""
    latitude: float | None = None
    longitude: float | None = None
    area: Area | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """How the author wants to be reached; each part optional. Never public. `language` is that of the words unless another is chosen."""

    name: str = ""
    email: str = ""
    phone: str = ""
    postal_address: str = ""
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.email or self.phone or self.postal_address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said: the words come first, all else is offered."""

    text: str
    language: str
    kind: str = Kind.FEEDBACK
    publication: str = Publication.NOT_ASKED
    speaks_as: str = SpeaksAs.RESIDENT
    about: Subject | None = None
    service: Service | None = None
    place: Place = field(default_factory=Place)
    photos: Sequence[Upload] = ()
    contact: ContactDetails | None = None
    misdirected: str = ""
    is_answered_together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """How a clerk received it: the channel, when it reached the municipality, the original, and that it was read back."""

    channel: str
    arrived_at: datetime
    original: Sequence[Upload] = ()
    post_address: str = ""
    helped_by: str = ""
    was_read_back: bool = False
    consent_wording: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The voice and its secret follow-up code, shown once and stored only as a digest."""

    voice: Voice
    code: str


def give_voice(said: Said, *, form_key: str, by: Actor) -> Receipt:
    """Receive a voice from its author. The same `form_key` always gives the same voice and the same receipt.

    Raises NotAllowed when the author claims a capacity they do not have, ValidationError for words that cannot be kept.
    """
    require(by, GIVE)
    if said.publication == Publication.STAFF and not by.is_staff and "officials" not in by.audiences:
        raise NotAllowed(_("Only staff and elected officials can speak to staff alone."))
    if said.speaks_as not in capacities(by):
        raise NotAllowed(_("You cannot speak in that capacity."))
    return _receive(said, Recorded(channel=Channel.WEB, arrived_at=clock.now()), form_key=form_key, by=by)


def give_statement(said: Said, *, speaks_for: Subject, form_key: str, by: Actor) -> Receipt:
    """Receive the statement of an organisation or council from whoever holds its invitation, which the calling verb has checked."""
    require(by, GIVE)
    return _receive(
        replace(said, speaks_as=SpeaksAs.ORGANISATION), Recorded(channel=Channel.WEB, arrived_at=clock.now()), form_key=form_key, by=by, speaks_for=speaks_for
    )


def change_statement(voice: Voice, *, text: str, language: str, by: Actor) -> Voice:
    """Put other words in the place of a statement's; the calling verb has checked who changes it and until when."""
    with change(voice) as voice:
        require(by, GIVE)
        if voice.speaks_as != SpeaksAs.ORGANISATION or voice.answered_at is not None:
            raise NotPossible(_("It has been answered and stays as it was."))
        voice.text, voice.language, voice.published_text = text, language, ""
        save_clean(voice)
        record(Happened.STATEMENT_CHANGED, on=voice, by=by)
    return voice


def record_voice(said: Said, recorded: Recorded, *, form_key: str, by: Actor, speaks_for: Subject | None = None) -> Receipt:
    """Record a voice for somebody else. The clerk is never its author; the clock counts from the arrival.

    Raises NotPossible when the arrival lies in the future.
    """
    require(by, RECORD_FOR_OTHER)
    if recorded.arrived_at > clock.now():
        raise NotPossible(_("The arrival cannot be in the future. Check the day and the time."))
    return _receive(said, recorded, form_key=form_key, by=by if by.is_machine else by.on_behalf(), speaks_for=speaks_for)


def capacities(actor: Actor) -> tuple[str, ...]:
    """Return the capacities in which the actor may speak on the common page; residents first."""
    roles: list[str] = [SpeaksAs.RESIDENT.value]
    if actor.is_staff or actor.is_machine:
        roles.append(SpeaksAs.STAFF)
    if actor.holds("official", anywhere=True) or actor.is_machine:
        roles.append(SpeaksAs.OFFICIAL)
    return tuple(roles)


def _receive(said: Said, recorded: Recorded, *, form_key: str, by: Actor, speaks_for: Subject | None = None) -> Receipt:
    code = receipt_code_for(form_key)
    if received := _received(form_key, code):
        return received
    if len(said.photos) > MAX_PHOTOS:
        raise NotPossible(_("At most five photos can be sent."))
    drafted = _drafted(said, recorded, form_key=form_key, code=code, by=by, speaks_for=speaks_for)
    duties = _duties(drafted.noun)
    try:
        with transaction.atomic():
            _save(drafted, duties, said, recorded, by=by)
    except (IntegrityError, ValidationError, NotPossible):
        # When the same form arrived twice at the same moment, the other one won, and both get its receipt.
        if received := _received(form_key, code):
            return received
        drafted.noun.validate_constraints()
        raise
    return Receipt(drafted.noun, code)


def _received(form_key: str, code: str) -> Receipt | None:
    known = Voice.objects.filter(form_key=form_key).select_related("subject").first()
    return Receipt(known, receipt_code_given(form_key, stored=known.receipt_digest) or code) if known is not None else None


def _drafted(said: Said, recorded: Recorded, *, form_key: str, code: str, by: Actor, speaks_for: Subject | None) -> Draft[Voice]:
    """Do all that is slow before the transaction: who answers, the words that it is found by."""
    assisted = recorded.channel != Channel.WEB
    voice = Voice(
        text=said.text,
        language=said.language,
        kind=said.kind,
        publication=_publication(said),
        speaks_as=said.speaks_as,
        channel=recorded.channel,
        speaks_for=speaks_for,
        is_answered_together=said.is_answered_together,
        post_address=recorded.post_address,
        about=said.about,
        service=said.service,
        area=said.place.area,
        place_words=said.place.words,
        latitude=said.place.latitude,
        longitude=said.place.longitude,
        author_id=by.person_id if _is_own(recorded, by=by, speaks_for=speaks_for) else None,
        recorded_by_id=by.person_id if assisted else None,
        helped_by=recorded.helped_by,
        was_read_back=recorded.was_read_back,
        receipt_digest=digest(read_code(code)),
        form_key=form_key,
        unit=route_for(service=said.service, kind=said.kind, area=said.place.area, about=said.about, language=said.language),
        misdirected=said.misdirected,
        arrived_at=recorded.arrived_at,
        recorded_at=clock.now(),
    )
    return draft(voice, address="/voices/{code}/", since=clock.now())


def _is_own(recorded: Recorded, *, by: Actor, speaks_for: Subject | None) -> bool:
    """A statement is the organisation's: it stays when whoever wrote it asks to be forgotten."""
    return recorded.channel == Channel.WEB and speaks_for is None and not by.is_machine


def _duties(voice: Voice) -> list[Duty]:
    """An answer by the day that was promised, and a look at what somebody wants to be public."""
    duties = []
    if not voice.is_answered_together:
        unit_id = voice.unit.subject_id if voice.unit else None
        term = term_for(kind=voice.kind, unit=voice.unit)
        duties.append(draft_duty(voice.subject, what=ANSWER_DUTY, unit_id=unit_id, days=term, started_at=voice.arrived_at))
    if voice.publication == Publication.WAITING:
        duties.append(draft_duty(voice.subject, what=CHECK_DUTY, unit_id=None, days=WorkingDays(CHECK_PROMISE_DAYS), started_at=voice.recorded_at))
    return duties


def _save(drafted: Draft[Voice], duties: Sequence[Duty], said: Said, recorded: Recorded, *, by: Actor) -> None:
    voice = drafted.noun
    voice.contact = _contact(said, by=by, is_own=voice.author_id is not None)
    voice.consent = _consent(recorded, voice.contact, by=by)
    begin(drafted, kind=Happened.GIVEN, by=by, data={"channel": voice.channel, "language": voice.language, "kind": voice.kind})
    bring_in_duties(duties)
    for photo in said.photos:
        attach(photo, owner=voice.subject, role="photo", by=by, language=voice.language)
    for original in recorded.original:
        attach(original, owner=voice.subject, role="original", audience="unit", by=by)
    if voice.about_id:
        Subject.objects.filter(pk=voice.about_id).update(voice_count=F("voice_count") + 1)


def _contact(said: Said, *, by: Actor, is_own: bool) -> Contact | None:
    if not said.contact:
        return None
    person = None if not is_own or by.person_id is None else Person.objects.get(pk=by.person_id)
    details = said.contact
    return save_contact(
        by=by,
        language=details.language or said.language,
        name=details.name,
        email=details.email,
        phone=details.phone,
        postal_address=details.postal_address,
        person=person,
    )


def _consent(recorded: Recorded, contact: Contact | None, *, by: Actor) -> Consent | None:
    if not recorded.consent_wording:
        return None
    return give_consent(by=by, what="voices.recorded_for_me", wording=recorded.consent_wording, contact=contact)


def _publication(said: Said) -> str:
    """What staff and elected officials say in public under their role waits for no check; a stranger's words do."""
    if said.publication == Publication.WAITING and said.speaks_as != SpeaksAs.RESIDENT:
        return Publication.PUBLISHED
    return said.publication
