"""Forgetting: what expires by itself, and a person who is erased."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.attachments import remove
from dialogi.commons.door import change, record
from dialogi.commons.models import Subject
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.permissions import require
from dialogi.commons.text.masking import PersonalData, placeholder
from dialogi.people.models import Erasure, ErasureRequest
from dialogi.people.rules import SWEEP
from dialogi.voices.actions.keeping import erase_contact, forget_author
from dialogi.voices.kinds import Happened
from dialogi.voices.models import Appeal, Publication, Support, Voice
from dialogi.voices.queries.keeping import with_expired_contact, with_expired_papers
from dialogi.voices.rules import SUPPORT_MONTHS

DAYS_IN_MONTH = 30.44
# Of a request that waits or was granted: the words leave public view. A granted one erases them too.
WANTS_OUT = (Erasure.ASKED, Erasure.PARTLY, Erasure.GRANTED)


def expire_contacts(*, by: Actor) -> int:
    """Erase contact details and helpers' names of voices closed 24 months ago; return of how many."""
    require(by, SWEEP)
    erased = 0
    for voice in with_expired_contact():
        with change(voice) as voice:
            if voice.helped_by:
                voice.helped_by = ""
                voice.save(update_fields=["helped_by"])
                if voice.contact_id is None:
                    record(Happened.CONTACT_ERASED, on=voice, by=by)
            erase_contact(voice, by=by)
        erased += 1
    return erased


def expire_papers(*, by: Actor) -> int:
    """Erase internal notes and handed-in originals of voices closed 24 months ago that started no matter; return of how many."""
    require(by, SWEEP)
    erased = 0
    for voice in with_expired_papers():
        with change(voice) as voice:
            voice.notes.all().delete()
            _remove(voice, "original")
            record(Happened.PAPERS_ERASED, on=voice, by=by)
        erased += 1
    return erased


def expire_support_keys(*, by: Actor) -> int:
    """Empty the browser keys of supports given 12 months ago; the count stays. Return how many."""
    require(by, SWEEP)
    before = clock.now() - timedelta(days=SUPPORT_MONTHS * DAYS_IN_MONTH)
    with transaction.atomic():
        return Support.objects.filter(given_at__lt=before).exclude(browser_key="").update(browser_key="")


def forget_in_voices(person_id: int, *, by: Actor) -> int:
    """Detach a person who is erased from their voices and supports; return how many rows changed.

    When the person asked for erasure, the voices leave public view, and where everything was granted the words go too,
    but for a voice that started a matter: that record stays by law (Archives Act 831/1994).
    """
    require(by, SWEEP)
    # The room of people has emptied the person by now; whose account it was still stands on the Subject.
    account = Subject.objects.filter(as_person=person_id, owner__isnull=False).values("owner")
    count = Support.objects.filter(account__in=account).update(account=None)
    asked = set(ErasureRequest.objects.filter(person=person_id, state__in=WANTS_OUT).values_list("state", flat=True))
    voices: Iterable[Voice] = Voice.objects.filter(author=person_id).select_related("subject")
    for voice in voices:
        if asked:
            _leave_public_view(voice, by=by, erasing=Erasure.GRANTED in asked and not voice.case_number)
        forget_author(voice, by=by)
        count += 1
    return count


def _leave_public_view(voice: Voice, *, by: Actor, erasing: bool) -> None:
    with change(voice) as voice:
        if voice.publication in {Publication.PUBLISHED, Publication.STAFF, Publication.WAITING}:
            voice.publication = Publication.NOT_ASKED
            voice.save(update_fields=["publication"])
            record(Happened.TAKEN_BACK, on=voice, by=by)
        if erasing:
            voice.text, voice.published_text, voice.place_words = placeholder(PersonalData.OTHER, voice.language), "", ""
            voice.latitude, voice.longitude = None, None
            voice.save(update_fields=["text", "published_text", "place_words", "latitude", "longitude"])
            voice.translations.all().delete()
            Appeal.objects.filter(decision__voice=voice).update(text=placeholder(PersonalData.OTHER, voice.language))
            _remove(voice, "photo", "original")
            record(Happened.WORDS_ERASED, on=voice, by=by)


def _remove(voice: Voice, *roles: str) -> None:
    for attachment in Attachment.objects.filter(subject=voice.subject_id).in_role(*roles):
        remove(attachment)
