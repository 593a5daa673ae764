"""How the author of a voice is reached, and what opens its page without an account."""

from dialogi.commons.codes import normalise, receipt_code_given
from dialogi.commons.messages import Receiver
from dialogi.people.models import Contact
from dialogi.voices.models import Voice

WITH_AUTHOR = ("subject", "unit__subject", "contact", "consent", "author__account", "area", "service")


def author_of(voice: Voice) -> Receiver | None:
    """Return where the author is told something: the e-mail left with the voice, the account, or the postal address; None when nowhere.

    The language is the one that an organisation is written to in, or that the author chose for the account, else that of the words.
    """
    contact = usable_contact(voice)
    account = voice.author.account if voice.author and voice.author.account and voice.author.account.is_active else None
    language = voice.author.language if voice.author else voice.language
    if contact and voice.speaks_for_id:
        language = contact.language
    if contact and contact.email:
        return Receiver("email", contact.email, language, account.pk if account else None)
    if account is not None:
        return Receiver("email", account.email, language, account.pk)
    if contact and contact.postal_address:
        return Receiver("letter", f"{contact.name}\n{contact.postal_address}".strip(), language)
    return None


def usable_contact(voice: Voice) -> Contact | None:
    """Return the contact details, unless the consent to keep them was taken back."""
    is_withdrawn = voice.consent is not None and voice.consent.withdrawn_at is not None
    return None if is_withdrawn else voice.contact


def is_only_by_phone(voice: Voice) -> bool:
    """Tell whether the phone is the only way to tell the author something."""
    contact = usable_contact(voice)
    return contact is not None and bool(contact.phone) and author_of(voice) is None


def code_of(voice: Voice) -> str:
    """Return the secret follow-up code as it is printed, for its author's eyes only; empty when the server's key of that day is gone.

    The code is stored nowhere: it follows from the form's key and the server's.
    """
    return receipt_code_given(voice.form_key, stored=voice.receipt_digest)


def status_path(voice: Voice, language: str) -> str:
    """Return the address, from the slash on, of the page that the author's code opens."""
    code = code_of(voice)
    return f"/{language}/status/{normalise(code)}/" if code else f"/{language}/status/"
