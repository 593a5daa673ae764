"""Verbs of contacts: how somebody can be reached about one voice."""

from collections.abc import Iterable, Mapping

from dialogi.commons.actors import Actor
from dialogi.commons.door import save_clean
from dialogi.commons.encryption import blind_index
from dialogi.commons.permissions import require
from dialogi.people.models import Contact, Person
from dialogi.people.rules import LEAVE_CONTACT

EMAIL_PURPOSE = "email"


def save_contact(
    *, by: Actor, language: str, name: str = "", email: str = "", phone: str = "", postal_address: str = "", person: Person | None = None
) -> Contact:
    """Keep how somebody wants to be reached, encrypted. Called inside the transaction of what it belongs to, which records it."""
    require(by, LEAVE_CONTACT)
    contact = _drafted(language=language, name=name, email=email, phone=phone, postal_address=postal_address)
    contact.person = person
    return save_clean(contact)


def _drafted(*, language: str, name: str = "", email: str = "", phone: str = "", postal_address: str = "") -> Contact:
    email = email.strip()
    return Contact(
        name=name.strip(),
        email=email,
        phone=phone.strip(),
        postal_address=postal_address.strip(),
        email_index=blind_index(email, purpose=EMAIL_PURPOSE) if email else "",
        language=language,
    )


def bring_in_contacts(details: Iterable[Mapping[str, str]], *, by: Actor) -> list[Contact]:
    """Keep the contact details of many at once, each as the names and values that `save_contact` takes; part of an import, which records it."""
    require(by, LEAVE_CONTACT)
    return Contact.objects.bulk_create(_drafted(**one) for one in details)


def erase_contact_details(contact_id: int, *, by: Actor) -> bool:
    """Erase a contact that belongs to nothing any more, consents and all. Called inside the verb that parted with it, which records it."""
    require(by, LEAVE_CONTACT)
    return bool(Contact.objects.filter(pk=contact_id).delete()[0])
