"""Verbs of persons: who they are, what they agreed to, whether they can sign in."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.door import change, new_subject, record, save_clean
from dialogi.commons.models import Account
from dialogi.commons.permissions import NotPossible, require
from dialogi.people.administering import keep_administered_by_others
from dialogi.people.models import Consent, Contact, Kind, Person
from dialogi.people.rules import ADMINISTER, BE_ONESELF, LEAVE_CONTACT, OWN_ACCOUNT

ADDRESS = "/people/{code}/"


def create_person(*, by: Actor, name: str, email: str = "", language: str = "sv", title_sv: str = "", title_fi: str = "", title_en: str = "") -> Person:
    """Add a person; with an e-mail address they get an account and can sign in with a code sent there."""
    with transaction.atomic():
        require(by, ADMINISTER)
        account = _new_account(email) if email else None
        titles = {"title_sv": title_sv, "title_fi": title_fi, "title_en": title_en}
        person = save_clean(Person(subject=new_subject("people.person", address=ADDRESS), account=account, name=name.strip(), language=language, **titles))
        record(Kind.PERSON_CREATED, on=person, by=by)
    return person


def edit_person(person: Person, *, by: Actor, expecting: int | None = None, **fields: Any) -> Person:
    """Change name, title_sv, title_fi, title_en or language; an `email` gives a person without an account one."""
    if unknown := sorted(set(fields) - {"name", "title_sv", "title_fi", "title_en", "language", "email"}):
        raise TypeError(f"no such fields: {', '.join(unknown)}")
    with change(person, expecting=expecting) as person:
        require(by, ADMINISTER, person)
        email = fields.pop("email", "")
        if email and person.account is None:
            person.account = _new_account(email)
        changed = sorted(name for name, value in fields.items() if getattr(person, name) != value)
        for name in changed:
            setattr(person, name, fields[name])
        save_clean(person)
        record(Kind.PERSON_CHANGED, on=person, by=by, data={"fields": changed})
    return person


def ensure_person(account: Account, *, by: Actor, language: str = "sv") -> Person:
    """Return the account's person, made on the first sign-in."""
    with transaction.atomic():
        require(by, OWN_ACCOUNT, account)
        person = Person.objects.filter(account=account).select_related("subject").first()
        if person is None:
            person = save_clean(Person(subject=new_subject("people.person", address=ADDRESS), account=account, language=language))
            record(Kind.PERSON_CREATED, on=person, by=by)
    return person


def edit_preferences(person: Person, *, by: Actor, name: str, language: str, digest: str) -> Person:
    """Change how the person wants to be called and told: name, language and digest (at_once, daily, never)."""
    with change(person) as person:
        require(by, BE_ONESELF, person)
        person.name, person.language, person.digest = name.strip(), language, digest
        save_clean(person)
        record(Kind.PREFERENCES_CHANGED, on=person, by=by)
    return person


def close_account(person: Person, *, by: Actor) -> Person:
    """Stop a person from signing in; open sessions lose their rights with the next request."""
    return _set_active(person, by, Kind.ACCOUNT_CLOSED, active=False)


def open_account(person: Person, *, by: Actor) -> Person:
    """Let a person sign in again."""
    return _set_active(person, by, Kind.ACCOUNT_OPENED, active=True)


def note_second_factor(person: Person, *, by: Actor) -> None:
    """Write down that the person added a passkey or an authenticator app."""
    with change(person) as person:
        require(by, BE_ONESELF, person)
        record(Kind.SECOND_FACTOR_ADDED, on=person, by=by)


def remove_second_factors(person: Person, *, by: Actor) -> None:
    """Take away all passkeys and authenticator apps of a person who lost them; they set up new ones at the next sign-in."""
    with change(person) as person:
        require(by, ADMINISTER, person)
        Authenticator.objects.filter(user_id=person.account_id).delete()
        record(Kind.SECOND_FACTOR_REMOVED, on=person, by=by)


def give_consent(*, by: Actor, what: str, wording: str, person: Person | None = None, contact: Contact | None = None) -> Consent:
    """Keep that somebody agreed to a wording. Of a contact: called inside the transaction of what it belongs to, which records it."""
    with transaction.atomic():
        require(by, LEAVE_CONTACT if person is None else BE_ONESELF, person)
        consent = save_clean(Consent(person=person, contact=contact, what=what, wording=wording))
        if person is not None:
            record(Kind.CONSENT_GIVEN, on=person, by=by, data={"what": what})
    return consent


def withdraw_consent(consent: Consent, *, by: Actor) -> Consent:
    """Take a consent back; what was done before stays lawful (Regulation 2016/679 article 7(3)), nothing new is done on it."""
    if consent.person is None:
        raise NotPossible(_("This consent was given without an account. Write to the registrar to withdraw it."))
    with change(consent.person) as person:
        require(by, BE_ONESELF, person)
        consent = Consent.objects.select_for_update().get(pk=consent.pk)
        if consent.withdrawn_at is None:
            consent.withdrawn_at = clock.now()
            consent.save(update_fields=["withdrawn_at"])
            record(Kind.CONSENT_WITHDRAWN, on=person, by=by, data={"what": consent.what})
    return consent


def _new_account(email: str) -> Account:
    account = Account(email=email.strip().casefold())
    account.set_unusable_password()
    save_clean(account)
    # Confirmed by the first code that comes back from there.
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=False)
    return account


def _set_active(person: Person, by: Actor, kind: Kind, *, active: bool) -> Person:
    with change(person) as person:
        require(by, ADMINISTER, person)
        if person.account is None:
            raise NotPossible(_("The person has no account."))
        if not active:
            keep_administered_by_others(person, by=by)
        person.account.is_active = active
        person.account.save(update_fields=["is_active"])
        record(kind, on=person, by=by)
    return person
