"""What another organisation is told when a matter turns out to be theirs: the bare fact, and what the author agreed to. Nothing else travels."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from dialogi.commons.languages import REQUIRED, current_language
from dialogi.commons.messages import Message, Receiver
from dialogi.commons.models import LedgerEntry
from dialogi.commons.registry import registry
from dialogi.voices.kinds import Happened
from dialogi.voices.messages.parts import day, joined, voice_of
from dialogi.voices.models import State, Voice
from dialogi.voices.queries.reach import usable_contact


@registry.message_for(Happened.FORWARDED, Happened.AGREED)
def handed_on(entry: LedgerEntry) -> Iterable[Message]:
    """Tell the organisation that a matter is theirs; tell it more when the author agrees to more later."""
    voice = voice_of(entry)
    if voice is None or voice.state != State.NOT_OURS or voice.forwarded_to is None or not voice.forwarded_to.email:
        return
    if entry.kind == Happened.AGREED.value and not entry.data.get("parts"):
        return
    # Both languages are theirs by law; the author's is the one in which they will answer.
    language = voice.language if voice.language in REQUIRED else REQUIRED[0]
    yield Message(
        Receiver("email", voice.forwarded_to.email, language),
        lambda: _("A matter that belongs to you: %(code)s") % {"code": voice.subject.code},
        joined(lambda: _paragraphs(voice)),
        lambda: _("You get this message because somebody told the municipality what belongs to you."),
        is_essential=True,
    )


def _paragraphs(voice: Voice) -> list[str]:
    house = settings.MUNICIPALITY[f"name_{current_language()}"]
    told = _("Somebody told %(municipality)s something on %(day)s that is yours to answer.") % {"municipality": house, "day": day(voice.arrived_at)}
    return [told, "\n".join(_facts(voice)), _reach(voice), _words(voice), _("Nothing more is handed on without the author's consent.")]


def _facts(voice: Voice) -> list[str]:
    facts = [_("What kind: %(kind)s") % {"kind": voice.get_kind_display()}]
    facts += [_("Village: %(area)s") % {"area": voice.area.name}] if voice.area else []
    return [*facts, _("Language: %(language)s") % {"language": voice.get_language_display()}, _("Our code: %(code)s") % {"code": voice.subject.code}]


def _reach(voice: Voice) -> str:
    contact = usable_contact(voice)
    if not voice.may_pass_contact:
        return ""
    ways = [contact.name, contact.phone, contact.email, contact.postal_address] if contact else []
    if not any(ways[1:]) and voice.author and voice.author.account:
        ways = [voice.author.name, voice.author.account.email]
    return _("The author agrees that you know how to reach them: %(ways)s") % {"ways": ", ".join(way for way in ways if way)}


def _words(voice: Voice) -> str:
    return "\n\n".join([_("The author agrees that you get the words:"), voice.text]) if voice.may_pass_words else ""
