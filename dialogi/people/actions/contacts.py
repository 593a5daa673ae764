"""Verbs of contacts: how somebody can be reached about one voice."""

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
    email = email.strip()
    return save_clean(
        Contact(
            person=person,
            name=name.strip(),
            email=email,
            phone=phone.strip(),
            postal_address=postal_address.strip(),
            email_index=blind_index(email, purpose=EMAIL_PURPOSE) if email else "",
            language=language,
        )
    )


def erase_contact_details(contact_id: int, *, by: Actor) -> bool:
    """Erase a contact that belongs to nothing any more, consents and all. Called inside the verb that parted with it, which records it."""
    require(by, LEAVE_CONTACT)
    return bool(Contact.objects.filter(pk=contact_id).delete()[0])
