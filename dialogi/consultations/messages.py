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
from dialogi.consultations.models import Consultation, Invitation, InvitationState, OpinionStatement
from dialogi.consultations.queries.invitations import link_of
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


def _invited(keys: object) -> list[Invitation]:
    """Return the invitations that an entry names and that still stand."""
    found = Invitation.objects.standing().filter(pk__in=keys if isinstance(keys, list) else [keys])
    return list(
        found.select_related(
            "phase__consultation__subject", "phase__consultation__unit", "phase__consultation__planner__account", "organisation", "body"
        ).order_by("pk")
    )


def _to_invited(invitation: Invitation, *, heading: Callable[[], str], paragraphs: Callable[[], list[str]]) -> Iterable[Message]:
    """Yield a message to the one who was invited, in the language of the invitation; whoever has no address gets a letter from the planner."""
    if invitation.email:
        to = Receiver("email", invitation.email, invitation.language)
        body = lambda: "\n\n".join(part for part in paragraphs() if part)  # noqa: E731
        yield Message(to, heading, body, lambda: _("You get this message because the municipality asks you for a statement."), is_essential=True)


def _about(invitation: Invitation) -> dict[str, str]:
    due = date_format(timezone.localtime(invitation.due_at), "DATETIME_FORMAT")
    return {"title": str(in_language(invitation.phase.consultation, "title")), "due": due, "link": link_of(invitation)}


def _otherwise(consultation: Consultation) -> str:
    """How to answer without the link."""
    words = _("You can also answer by post, by e-mail or at any service point: name the code %(code)s.") % {"code": consultation.subject.code}
    ways = [way for way in (consultation.contact_name, consultation.contact_email, consultation.contact_phone) if way]
    return " ".join([words, _("Ask more: %(ways)s.") % {"ways": ", ".join(ways)} if ways else ""]).strip()


@registry.message_for(Happened.INVITED, Happened.INVITATION_CHANGED)
def please_state(entry: LedgerEntry) -> Iterable[Message]:
    """The invitation itself, with its secret link; sent again when the planner wants so."""
    for one in _invited(entry.data.get("invitations", [])):

        def paragraphs(one: Invitation = one) -> list[str]:
            consultation, about = one.phase.consultation, _about(one)
            return [
                _("%(unit)s asks you for a statement on this: %(title)s") % {"unit": in_language(consultation.unit, "name"), **about},
                str(in_language(consultation, "summary")),
                _("Answer by %(due)s.") % about,
                _("Read what it is about and give your statement here: %(link)s") % about,
                _("The link is yours alone. There you can also ask for more time, or say that you give no statement."),
                _otherwise(consultation),
            ]

        yield from _to_invited(one, heading=lambda one=one: _("Request for a statement: %(title)s") % _about(one), paragraphs=paragraphs)  # type: ignore[misc]


@registry.message_for(Happened.INVITATION_REMINDED)
def still_silent(entry: LedgerEntry) -> Iterable[Message]:
    """A reminder, before the day or after it; whoever has answered meanwhile hears nothing."""
    for one in _invited(entry.data.get("invitation")):
        if one.state != InvitationState.INVITED:
            return
        is_after = entry.data.get("moment") == "after"

        def paragraphs(one: Invitation = one, is_after: bool = is_after) -> list[str]:
            late = _("The day was %(due)s. You can still answer: the statement is marked late, and a person decides whether it is taken into account.")
            return [
                (late if is_after else _("Answer by %(due)s.")) % _about(one),
                _("Give your statement, ask for more time or say that you give none: %(link)s") % _about(one),
                _otherwise(one.phase.consultation),
            ]

        yield from _to_invited(one, heading=lambda one=one: _("We wait for your statement: %(title)s") % _about(one), paragraphs=paragraphs)  # type: ignore[misc]


@registry.message_for(Happened.EXTENSION_DECIDED)
def time_decided(entry: LedgerEntry) -> Iterable[Message]:
    """Whoever asked for more time hears what was decided and why."""
    for one in _invited(entry.data.get("invitation")):

        def paragraphs(one: Invitation = one) -> list[str]:
            given = _("You have more time. Answer by %(due)s.") if one.extension_granted else _("The day stays as it was. Answer by %(due)s.")
            return [given % _about(one), _("Reason: %(reason)s") % {"reason": one.extension_answer}, _about(one)["link"]]

        yield from _to_invited(one, heading=lambda one=one: _("Your request for more time: %(title)s") % _about(one), paragraphs=paragraphs)  # type: ignore[misc]


@registry.message_for(Happened.EXTENSION_ASKED, Happened.STATEMENT_GIVEN, Happened.STATEMENT_DECLINED)
def planner_hears(entry: LedgerEntry) -> Iterable[Message]:
    """The planner hears at once what an invited one did."""
    headings = {
        Happened.EXTENSION_ASKED.value: lambda who: _("%(name)s asks for more time") % {"name": who.invited.name},
        Happened.STATEMENT_GIVEN.value: lambda who: _("%(name)s has given a statement") % {"name": who.invited.name},
        Happened.STATEMENT_DECLINED.value: lambda who: _("%(name)s gives no statement") % {"name": who.invited.name},
    }
    for one in _invited(entry.data.get("invitation")):
        consultation = one.phase.consultation
        yield from to_people(
            planners_of(consultation),
            heading=lambda one=one: headings[entry.kind](one),  # type: ignore[misc]
            paragraphs=lambda one=one: [str(in_language(one.phase.consultation, "title")), _desk_invitation(one)],  # type: ignore[misc]
        )


def _desk_invitation(invitation: Invitation) -> str:
    return site_url(f"/{current_language()}/desk/consultations/invitations/{invitation.pk}/")
