"""What is told to people about their own account and what is stored about them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dialogi.commons.messages import Message, Receiver, queue, receiver_keys, site_url
from dialogi.commons.models import Account, LedgerEntry
from dialogi.commons.registry import registry
from dialogi.people.models import Erasure, Kind, Person


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a person is reached, kept while the person is being erased."""

    receiver: Receiver | None

    @property
    def keys(self) -> tuple[str, ...]:
        """The blind indexes of what was sent there."""
        return receiver_keys(self.receiver) if self.receiver else ()


def receiver_of(person: Person, *, account: Account | None = None) -> Reached:
    """Return how a person is reached by e-mail; nowhere without an account."""
    account = account or person.account
    return Reached(Receiver("email", account.email, person.language, account.pk) if account else None)


def erasure_decided(to: Reached, *, outcome: str, reason: str) -> None:
    """Tell the person how their request for erasure was decided and why, and how to go on. Called inside the decision."""
    if to.receiver is None:
        return
    opening = {
        Erasure.GRANTED: lambda: _("What was stored about you has been erased. Your account is gone."),
        Erasure.PARTLY: lambda: _("What was stored about you has been erased as far as the law allows. The rest is shown only to those who must keep it."),
        Erasure.REFUSED: lambda: _("Your request for erasure was not granted."),
    }[Erasure(outcome)]
    appeal = lambda: _("If you think this is wrong, you can complain to the Data Protection Ombudsman (tietosuoja.fi).")  # noqa: E731
    message = Message(
        to=Receiver("email", to.receiver.address, to.receiver.language),
        heading=lambda: _("Decision on your request for erasure"),
        body_text=lambda: "\n\n".join([opening(), _("Reason: %(reason)s") % {"reason": reason.strip()}, appeal()]),
        reason=lambda: _("You get this message because you asked for erasure."),
        is_essential=True,
    )
    queue([message])


@registry.message_for(Kind.TOLD_OF_IDLENESS)
def idle_account(entry: LedgerEntry) -> Iterable[Message]:
    """Tell the owner of an unused account that it will be erased."""
    person = Person.objects.select_related("account").filter(subject=entry.subject_id).first()
    to = receiver_of(person).receiver if person else None
    if to is None:
        return
    address = site_url(f"/{to.language}/me/")
    yield Message(
        to=to,
        heading=lambda: _("Your account will be erased in a month"),
        body_text=lambda: (
            _("You have not signed in for two years. If you want to keep the account, sign in within thirty days: %(address)s") % {"address": address}
        ),
        reason=lambda: _("You get this message because you have an account."),
        is_essential=True,
    )
