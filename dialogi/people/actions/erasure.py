"""Verbs of forgetting: a request for erasure, its decision, accounts nobody uses, and doing it again after a restore."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock, tombstones
from dialogi.commons.actors import Actor
from dialogi.commons.calendar import Months
from dialogi.commons.door import change, record, save_clean, set_state
from dialogi.commons.duties import finish_duty, open_duty
from dialogi.commons.models import Account, Delivery, Follow, LedgerNote, Wording
from dialogi.commons.permissions import require
from dialogi.commons.registry import registry
from dialogi.people.actions.posts import leave_posts
from dialogi.people.administering import keep_administered_by_others
from dialogi.people.messages import erasure_decided, receiver_of
from dialogi.people.models import ERASURE_FLOW, Consent, Contact, Erasure, ErasureRequest, Kind, Person, Role, Seat, Tombstone
from dialogi.people.queries import idle_people, registry_unit_id
from dialogi.people.rules import BE_ONESELF, DECIDE_ERASURE, SWEEP

DUTY = "people.erasure"
WARNING_DAYS = 30


def ask_erasure(person: Person, *, by: Actor, words: str = "") -> ErasureRequest:
    """Ask that what is stored about oneself be erased; the answer is due within a month (Regulation 2016/679 article 12(3))."""
    with change(person) as person:
        require(by, BE_ONESELF, person)
        return _asked(person, by, words)


def note_erasure_request(person: Person, *, by: Actor) -> ErasureRequest:
    """Note a request that came by letter or at the counter, from somebody whose identity the registrar has checked."""
    with change(person) as person:
        require(by, DECIDE_ERASURE, person)
        return _asked(person, by)


def _asked(person: Person, by: Actor, words: str = "") -> ErasureRequest:
    request = save_clean(ErasureRequest(person=person, words=words.strip()))
    open_duty(person.subject, what=DUTY, unit_id=registry_unit_id(), days=Months(1, _("Regulation (EU) 2016/679, article 12(3)")))
    record(Kind.ERASURE_ASKED, on=person, by=by)
    return request


def withdraw_erasure(request: ErasureRequest, *, by: Actor) -> ErasureRequest:
    """Take the request back before it is decided."""
    with change(request.person) as person:
        require(by, BE_ONESELF, person)
        request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
        ERASURE_FLOW.require(request.state, Erasure.WITHDRAWN)
        set_state(request, Erasure.WITHDRAWN)
        finish_duty(person.subject, what=DUTY)
        record(Kind.ERASURE_WITHDRAWN, on=person, by=by)
    return request


def decide_erasure(request: ErasureRequest, *, by: Actor, outcome: str, reason: str) -> ErasureRequest:
    """Decide with a reason: granted, partly (what law keeps leaves public view and stays) or refused. The person is told in their language.

    Each room forgets in its own way: it erases what it may and takes the rest out of public view.
    """
    with change(request.person) as person:
        require(by, DECIDE_ERASURE, request)
        request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
        ERASURE_FLOW.require(request.state, outcome)
        if outcome != Erasure.REFUSED:
            keep_administered_by_others(person, by=by)
        to = receiver_of(person)
        set_state(request, outcome, reason=reason.strip(), decided_at=clock.now(), decided_by_id=by.person_id)
        finish_duty(person.subject, what=DUTY)
        record(Kind.ERASURE_DECIDED, on=person, by=by, data={"outcome": str(outcome)})
        if outcome != Erasure.REFUSED:
            _erase(person, by)
        erasure_decided(to, outcome=outcome, reason=reason)
    return request


def warn_idle_accounts(*, by: Actor) -> int:
    """Tell those whose account nobody used for 24 months that it will be erased in thirty days; return how many."""
    require(by, SWEEP)
    told = 0
    for person in idle_people().filter(idle_told_at__isnull=True):
        with change(person) as person:
            person.idle_told_at = clock.now()
            person.save(update_fields=["idle_told_at"])
            record(Kind.TOLD_OF_IDLENESS, on=person, by=by)
        told += 1
    return told


def erase_idle_accounts(*, by: Actor) -> int:
    """Erase those who were told thirty days ago and did not sign in since; return how many."""
    require(by, SWEEP)
    erased = 0
    for person in idle_people().filter(idle_told_at__lt=clock.now() - timedelta(days=WARNING_DAYS)):
        with change(person) as person:
            _erase(person, by)
        erased += 1
    return erased


def forget_person(person_id: int) -> int:
    """Empty a person of what this room knows: name, titles, contacts, the account; detach consents. Called by `decide_erasure` through the registry."""
    contacts = Contact.objects.filter(person_id=person_id)
    # That somebody consented, and to which words, stays with what was done on it; who it was goes.
    count = Consent.objects.filter(person_id=person_id).update(person=None)
    count += contacts.update(name="", email="", phone="", postal_address="", email_index="", person=None)
    Person.objects.filter(pk=person_id).update(name="", title_sv="", title_fi="", title_en="", account=None, idle_told_at=None)
    return count + 1


def repeat_erasures(*, by: Actor) -> int:
    """Erase again whom a restored backup brought back; return how many."""
    require(by, SWEEP)
    repeated = 0
    for person_id, account_number in tombstones.written():
        person = Person.objects.filter(pk=person_id).exclude(account__isnull=True, name="").select_related("subject").first()
        if person is None or (person.account_id is not None and person.account_id != account_number):
            continue
        with change(person) as person:
            _erase(person, by)
        repeated += 1
    return repeated


def _erase(person: Person, by: Actor) -> None:
    account = person.account
    has_worked_here = Seat.objects.filter(person=person).exclude(role=Role.OFFICIAL).exists() or person.holdings.exists()
    leave_posts(person, by=by)
    # From the top of the house down: what a room keeps beside another's noun is found by that noun, while it still knows the person.
    for plug in reversed(registry.nouns.values()):
        if plug.forget is not None:
            plug.forget(person.pk)
    if account is not None:
        notes = LedgerNote.objects.filter(account=account)
        # Who handled a matter belongs to the matter and is kept with it; it stands in no public place.
        (notes.filter(entry__subject=person.subject_id) if has_worked_here else notes).delete()
        Delivery.objects.filter(receiver_key__in=receiver_of(person, account=account).keys).delete()
        Follow.objects.filter(account=account).delete()
        Wording.objects.filter(promised_by=account).update(promised_by=None)
    LedgerNote.objects.filter(entry__subject=person.subject_id).exclude(entry__kind=Kind.ERASURE_DECIDED.value).delete()
    ErasureRequest.objects.filter(person=person).update(words="")
    number = account.pk if account else None
    Tombstone.objects.update_or_create(person=person, defaults={"account_number": number, "erased_at": clock.now()})
    person.refresh_from_db()
    if account is not None:
        if not has_worked_here:
            for log in (AccessLog, AccessAttempt, AccessFailureLog):
                log.objects.filter(username=account.email).delete()
        _empty_account(account)
    record(Kind.ERASED, on=person, by=by)
    transaction.on_commit(lambda: tombstones.write(person.pk, number))


def _empty_account(account: Account) -> None:
    """Take away everything that names an account or opens it. The empty row stays, so that numbers that point to it point to nobody."""
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user_id=account.pk).delete()
    account.email, account.is_active, account.last_login = f"erased-{account.pk}@erased.invalid", False, None
    account.set_unusable_password()
    account.save()
