"""What planners and heads of unit are told. Followers hear of the public entries by themselves."""

from collections.abc import Callable, Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dialogi.commons.languages import LANGUAGES, current_language, in_language
from dialogi.commons.messages import Message, Receiver, site_url
from dialogi.commons.models import Duty, LedgerEntry
from dialogi.commons.registry import registry
from dialogi.consultations.kinds import Happened
from dialogi.consultations.models import Consultation, OpinionStatement
from dialogi.consultations.rules import ANSWER_DUTY
from dialogi.people.models import Person, Role
from dialogi.people.queries import holders
from dialogi.voices.queries.staff import handlers_of, heads_of


def consultation_of(entry: LedgerEntry) -> Consultation | None:
    """Return the consultation that an entry is about."""
    return Consultation.objects.filter(subject=entry.subject_id).select_related("subject", "unit", "planner__account").first()


def planners_of(consultation: Consultation) -> list[Person]:
    """Return who is reminded: the planner, or the handlers of the unit when nobody plans it any more."""
    return [consultation.planner] if consultation.planner else handlers_of(consultation.unit)


def to_people(people: Iterable[Person], *, heading: Callable[[], str], paragraphs: Callable[[], list[str]]) -> Iterable[Message]:
    """Yield a message to each who has an account, in their language."""
    for person in people:
        account = person.account
        if account is not None and account.is_active:
            language = person.language if person.language in LANGUAGES else LANGUAGES[0]
            body = lambda: "\n\n".join(part for part in paragraphs() if part)  # noqa: E731
            yield Message(Receiver("email", account.email, language, account.pk), heading, body, lambda: _("You get this message because of your work."))


def desk_address(consultation: Consultation) -> str:
    """Return the full address of the planner's page, in the receiver's language."""
    return site_url(f"/{current_language()}/desk/consultations/{consultation.subject.code}/")


def _promised(consultation: Consultation) -> str:
    duty = Duty.objects.open().filter(subject=consultation.subject_id, what=ANSWER_DUTY).first()
    return _("The answers are promised by %(day)s.") % {"day": date_format(timezone.localtime(duty.due_at), "DATE_FORMAT")} if duty else ""


@registry.message_for(Happened.REMINDED)
def answers_wait(entry: LedgerEntry) -> Iterable[Message]:
    """The planner is reminded that people wait for the answers."""
    consultation = consultation_of(entry)
    if consultation is None:
        return
    yield from to_people(
        planners_of(consultation),
        heading=lambda: _("People wait for your answers: %(title)s") % {"title": in_language(consultation, "title")},
        paragraphs=lambda: [_promised(consultation), desk_address(consultation)],
    )


@registry.message_for(Happened.OVERDUE)
def answers_are_late(entry: LedgerEntry) -> Iterable[Message]:
    """The heads of the unit hear that the promise was not kept."""
    consultation = consultation_of(entry)
    if consultation is None:
        return
    yield from to_people(
        heads_of(consultation.unit),
        heading=lambda: _("Answers are late: %(title)s") % {"title": in_language(consultation, "title")},
        paragraphs=lambda: [_("Everybody sees on the page that the answers are late."), _promised(consultation), desk_address(consultation)],
    )


@registry.message_for(Happened.OPINION_SAID)
def proposal_waits(entry: LedgerEntry) -> Iterable[Message]:
    """Communications hears of the first proposal that waits; those that follow stand on the same page."""
    consultation = consultation_of(entry)
    if consultation is None or OpinionStatement.objects.waiting().filter(phase__consultation=consultation).count() != 1:
        return
    yield from to_people(
        holders(Role.COMMUNICATIONS),
        heading=lambda: _("A proposed statement waits for a check: %(title)s") % {"title": in_language(consultation, "title")},
        paragraphs=lambda: [_("Everybody can vote on it when you have checked it and written it in both languages."), desk_address(consultation)],
    )
