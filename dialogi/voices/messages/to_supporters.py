"""What those who said "me too" are told, when they did it with an account; followers are told by the cellar."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from dialogi.commons.languages import current_language
from dialogi.commons.messages import Message
from dialogi.commons.models import LedgerEntry
from dialogi.commons.registry import registry
from dialogi.people.models import Person
from dialogi.voices.kinds import Happened
from dialogi.voices.messages.parts import public_address, reply_of, to_person, voice_of, words_of
from dialogi.voices.models import State, Support

BATCH = 500


@registry.message_for(Happened.REPLIED, Happened.FORWARDED, Happened.MERGED)
def supported_is_answered(entry: LedgerEntry) -> Iterable[Message]:
    """What you supported has been answered; told only of what everybody may read."""
    voice = voice_of(entry)
    reply = reply_of(entry, voice) if voice else None
    if voice is None or reply is None or not voice.is_public:
        return

    def paragraphs() -> list[str]:
        told = _("What you support has been answered. The matter now stands as: %(state)s.") % {"state": State(reply.state).label}
        return [told, words_of(reply, current_language()), _("The public page: %(address)s") % {"address": public_address(voice)}]

    for person in _supporters(voice.pk):
        yield from to_person(
            person,
            heading=lambda: _("What you support has been answered"),
            paragraphs=paragraphs,
            reason=lambda: _("You get this message because you support it."),
        )


def _supporters(voice_id: int) -> Iterator[Person]:
    accounts = Support.objects.filter(voice=voice_id, account__isnull=False).values("account")
    return Person.objects.filter(account__in=accounts).select_related("account").order_by("pk").iterator(chunk_size=BATCH)
