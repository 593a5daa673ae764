"""Who may do what with people, units and what is stored about them."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.models import Account
from dialogi.commons.permissions import YES, Permission, Verdict, when
from dialogi.people.models import Person, Role

BUILDERS = frozenset({"demo", "setup"})
SWEEPER = "retention"


def is_builder(actor: Actor) -> bool:
    """A named job that fills an empty house."""
    return actor.is_machine and actor.name in BUILDERS


def _administers(actor: Actor, obj: object) -> Verdict:
    return when(actor.holds(Role.ADMINISTRATOR) or is_builder(actor), _("Only an administrator may change this."))


def _adds_organisations(actor: Actor, obj: object) -> Verdict:
    adding = (Role.ADMINISTRATOR, Role.COMMUNICATIONS, Role.HANDLER, Role.HEAD)
    return when(actor.holds(*adding, anywhere=True) or is_builder(actor), _("Only those who prepare matters add organisations."))


def _rewords(actor: Actor, obj: object) -> Verdict:
    return when(actor.holds(Role.ADMINISTRATOR, Role.COMMUNICATIONS) or is_builder(actor), _("Only communications and the administrator change texts."))


def _sees_staff(actor: Actor, obj: object) -> Verdict:
    return when(actor.is_staff or actor.is_machine, _("This page is for the municipality's staff."))


def _sees_officials(actor: Actor, obj: object) -> Verdict:
    return when("officials" in actor.audiences, _("This page is for the staff and for elected officials."))


def _is_oneself(actor: Actor, obj: Person | None) -> Verdict:
    own = actor.account_id is not None if obj is None else obj.account_id is not None and actor.account_id == obj.account_id
    return when(own or is_builder(actor), _("Sign in first. Only you can see and change what concerns you."))


def _owns_account(actor: Actor, obj: Account) -> Verdict:
    return when(actor.account_id == obj.pk or is_builder(actor), _("Sign in first. Only you can see and change what concerns you."))


def _keeps_records(actor: Actor, obj: object) -> Verdict:
    return when(
        actor.holds(Role.REGISTRAR, Role.ADMINISTRATOR) or (actor.is_machine and actor.name == SWEEPER),
        _("Only the registrar or an administrator decides what is kept and what is erased."),
    )


def _ends_seats(actor: Actor, obj: object) -> Verdict:
    return _administers(actor, obj) or _keeps_records(actor, obj)


def _sees_breaches(actor: Actor, obj: object) -> Verdict:
    return when(
        actor.holds(Role.ADMINISTRATOR, Role.ICT_TEAM) or is_builder(actor),
        _("What is missing in a body is shown to those who can mend it: the administrator and the ICT team."),
    )


def _sweeps(actor: Actor, obj: object) -> Verdict:
    return when(actor.is_machine and actor.name in {SWEEPER, *BUILDERS}, _("This is done by itself when its time comes."))


def _anybody(actor: Actor, obj: object) -> Verdict:
    return YES


ADMINISTER = Permission("people.administer", _administers)
ADD_ORGANISATION = Permission("people.add_organisation", _adds_organisations)
REWORD = Permission("people.reword", _rewords)
SEE_STAFF = Permission("people.see_staff", _sees_staff)
SEE_OFFICIALS = Permission("people.see_officials", _sees_officials)
BE_ONESELF = Permission("people.be_oneself", _is_oneself)
OWN_ACCOUNT = Permission("people.own_account", _owns_account)
DECIDE_ERASURE = Permission("people.decide_erasure", _keeps_records)
SEE_RETENTION = Permission("people.see_retention", _sees_staff)
END_SEATS = Permission("people.end_seats", _ends_seats)
SEE_BREACHES = Permission("people.see_breaches", _sees_breaches)
SWEEP = Permission("people.sweep", _sweeps)
SEE = Permission("people.see", _anybody)
LEAVE_CONTACT = Permission("people.leave_contact", _anybody)
