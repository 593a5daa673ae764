"""Parts that several messages are put together from. Each is called while the receiver's language is on."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dialogi.commons.languages import LANGUAGES, current_language, in_language
from dialogi.commons.messages import Message, Receiver, Text, site_url, subject_url
from dialogi.commons.models import LedgerEntry, LedgerNote
from dialogi.people.models import Person
from dialogi.voices.models import Reply, Voice
from dialogi.voices.queries.reach import WITH_AUTHOR, author_of, code_of, status_path

Paragraphs = Callable[[], Iterable[str]]


def voice_of(entry: LedgerEntry) -> Voice | None:
    """Return the voice that an entry is about, with what the messages read of it; None when it is a theme's."""
    return Voice.objects.filter(subject=entry.subject_id).select_related(*WITH_AUTHOR).first()


def day(moment: datetime | None) -> str:
    """Return a day in the receiver's way of writing."""
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def joined(paragraphs: Paragraphs) -> Callable[[], str]:
    """Return a function that joins what is not empty."""
    return lambda: "\n\n".join(part for part in paragraphs() if part)


def to_author(voice: Voice, *, heading: Text, paragraphs: Paragraphs, is_essential: bool = False, follow: bool = True) -> Iterable[Message]:
    """Yield the message to a voice's author, if there is a way to reach them; ends with how to see what happens."""
    to = author_of(voice)
    if to is None:
        return
    body = joined(lambda: [*paragraphs(), how_to_follow(voice, to) if follow else ""])
    reason = lambda: _("You get this message because you told the municipality something and left your contact details.")  # noqa: E731
    yield Message(to, heading, body, reason, is_essential=is_essential)


def how_to_follow(voice: Voice, to: Receiver) -> str:
    """Say how to see what happens: the link that the code opens, or on paper the code itself."""
    code = code_of(voice)
    if to.channel == "letter" and code:
        words = _("See what happens: write your follow-up code %(code)s at %(address)s. You can also say the code by phone or at any service point.")
        return words % {"code": code, "address": site_url(f"/{current_language()}/status/")}
    return _("See what happens, and say what you think of it: %(address)s") % {"address": site_url(status_path(voice, current_language()))}


def desk_address(voice: Voice, *, part: str = "voices") -> str:
    """Return the full address of a voice's page at the desk."""
    return site_url(f"/{current_language()}/desk/{part}/{voice.subject.code}/")


def public_address(voice: Voice) -> str:
    """Return the full address of the public page."""
    return subject_url(voice.subject, language=current_language())


def words_of(reply: Reply, language: str) -> str:
    """Return the words of an answer in the language, or in another with a line that says which."""
    words = in_language(reply, "text", language)
    if words.language == current_language():
        return str(words)
    return "\n\n".join([written_in(words.language), str(words)])


def written_in(language: str) -> str:
    """Say in which language something is written."""
    return {
        "sv": _("The answer is written in Swedish:"),
        "fi": _("The answer is written in Finnish:"),
        "en": _("The answer is written in English:"),
    }[language]


def to_person(person: Person, *, heading: Text, paragraphs: Paragraphs, reason: Text) -> Iterable[Message]:
    """Yield a message to somebody with an account, as often as they wish to be told."""
    account = person.account
    if account is not None and account.is_active:
        language = person.language if person.language in LANGUAGES else LANGUAGES[0]
        yield Message(Receiver("email", account.email, language, account.pk), heading, joined(paragraphs), reason)


def doer_of(entry: LedgerEntry) -> int | None:
    """Return the id of the account that did it: nobody is told of what they did themselves."""
    return LedgerNote.objects.filter(entry=entry).values_list("account_id", flat=True).first()


def reply_of(entry: LedgerEntry, voice: Voice) -> Reply | None:
    """Return the answer that an entry tells of: the voice's own, or that of the theme which it names."""
    given = Reply.objects.filter(given_at__lte=entry.happened_at).select_related("unit").order_by("-given_at", "-id")
    theme = entry.data.get("theme_id")
    return given.filter(theme__subject=theme).first() if theme else given.filter(voice=voice).first()
