"""What people are told about systems: those who answer, of corrections; and whoever gave one, of what was found."""

from collections.abc import Callable, Iterable
from typing import cast

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dialogi.commons.languages import LANGUAGES, current_language, in_language
from dialogi.commons.messages import Message, Receiver, site_url, subject_url
from dialogi.commons.models import Duty, LedgerEntry
from dialogi.commons.registry import registry
from dialogi.systems.kinds import Happened
from dialogi.systems.models import Correction, CorrectionState, System
from dialogi.systems.queries.correcting import asker_of, deciders_of
from dialogi.systems.rules import CORRECT_DUTY


def _system_of(entry: LedgerEntry) -> System | None:
    along = ("subject", "unit__subject", "post", "deputy")
    return cast(System | None, System.objects.filter(subject=entry.subject_id).select_related(*along).first())


def _joined(paragraphs: Callable[[], Iterable[str]]) -> Callable[[], str]:
    return lambda: "\n\n".join(part for part in paragraphs() if part)


def _promised(system: System) -> str:
    duty = Duty.objects.open().filter(subject=system.subject_id, what=CORRECT_DUTY).first()
    return _("An answer is promised by %(day)s.") % {"day": date_format(timezone.localtime(duty.due_at), "DATE_FORMAT")} if duty else ""


@registry.message_for(Happened.SAID_WRONG, Happened.CORRECTION_REMINDED)
def correction_waits(entry: LedgerEntry) -> Iterable[Message]:
    """Those who answer for the system: somebody says that the register is wrong. The words stay at the desk."""
    system = _system_of(entry)
    if system is None:
        return
    heading = lambda: _("A correction waits: %(title)s") % {"title": in_language(system, "name")}  # noqa: E731
    body = _joined(
        lambda: [
            _("Somebody says that something in the register looks wrong. Accept it and mend the register, or refuse it with a reason."),
            _promised(system),
            site_url(f"/{current_language()}/desk/corrections/"),
        ]
    )
    for person in deciders_of(system):
        account = person.account
        if account is not None and account.is_active:
            language = person.language if person.language in LANGUAGES else LANGUAGES[0]
            yield Message(Receiver("email", account.email, language, account.pk), heading, body, lambda: _("You get this message because of your work."))


@registry.message_for(Happened.CORRECTION_ACCEPTED, Happened.CORRECTION_REFUSED)
def correction_decided(entry: LedgerEntry) -> Iterable[Message]:
    """Whoever said it: what was found, and why."""
    along = ("system__subject", "contact", "given_by__account", "decided_by")
    correction = Correction.objects.filter(pk=entry.data.get("correction")).select_related(*along).first()
    to = asker_of(correction) if correction else None
    if correction is None or to is None:
        return
    system, is_accepted = correction.system, correction.state == CorrectionState.ACCEPTED

    def paragraphs() -> list[str]:
        title = {"title": in_language(system, "name")}
        accepted = _("You said that something about “%(title)s” looks wrong. You were right, and the register is being mended. Thank you.")
        refused = _("You said that something about “%(title)s” looks wrong. It was looked into, and the register is left as it is.")
        reason = _("The reason: %(reason)s") % {"reason": correction.reason} if correction.reason else ""
        decided = _("Decided by the post: %(post)s.") % {"post": correction.decided_by.title} if correction.decided_by else ""
        again = "" if is_accepted else _("If you disagree, say so on the page of the system: it goes to the responsible unit, and you get an answer.")
        address = subject_url(system.subject, language=current_language()) if system.is_public else ""
        return [(accepted if is_accepted else refused) % title, reason, decided, again, address]

    heading = lambda: _("You said that something looks wrong: now it has been looked into")  # noqa: E731
    yield Message(to, heading, _joined(paragraphs), lambda: _("You get this message because you left your contact details with a correction."))
