"""What those who answer and those who check are told. No words of a voice and no contact details: mail is not a safe place for them."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from dialogi.commons.messages import Message
from dialogi.commons.models import Duty, LedgerEntry
from dialogi.commons.registry import registry
from dialogi.commons.timeline import told_in
from dialogi.people.models import Person, Role
from dialogi.people.queries import holders
from dialogi.voices.kinds import Happened
from dialogi.voices.messages.parts import day, desk_address, doer_of, to_person, voice_of
from dialogi.voices.models import Publication, Voice
from dialogi.voices.queries.staff import handlers_of, heads_of
from dialogi.voices.rules import ANSWER_DUTY, APPEAL_DUTY


def _tell(people: Iterable[Person], entry: LedgerEntry, *, heading: Callable[[], str], paragraphs: Callable[[], list[str]]) -> Iterable[Message]:
    doer = doer_of(entry)
    for person in people:
        if person.account_id != doer:
            yield from to_person(person, heading=heading, paragraphs=paragraphs, reason=lambda: _("You get this message because of your work."))


def _case(voice: Voice) -> Callable[[], list[str]]:
    """Which case, by when it is promised, and where it is."""
    duty = Duty.objects.open().filter(subject=voice.subject_id, what=ANSWER_DUTY).first()

    def parts() -> list[str]:
        named = {"kind": voice.get_kind_display(), "code": voice.subject.code, "language": voice.get_language_display()}
        facts = _("%(kind)s %(code)s. Language: %(language)s.") % named
        promised = _("An answer is promised by %(day)s.") % {"day": day(duty.due_at)} if duty else ""
        return [facts, promised, desk_address(voice)]

    return parts


@registry.message_for(Happened.GIVEN)
def new_voice(entry: LedgerEntry) -> Iterable[Message]:
    """Something new for the unit; what no unit has goes to the registrar."""
    voice = voice_of(entry)
    if voice is None:
        return
    case = _case(voice)
    if voice.unit is None:
        told = lambda: [_("Nobody knows yet which unit answers this. Give it to the right one."), *case()]  # noqa: E731
        yield from _tell(holders(Role.REGISTRAR), entry, heading=lambda: _("New without a unit: %(code)s") % {"code": voice.subject.code}, paragraphs=told)
    else:
        yield from _tell(handlers_of(voice.unit), entry, heading=lambda: _("New for your unit: %(code)s") % {"code": voice.subject.code}, paragraphs=case)


@registry.message_for(Happened.GIVEN)
def new_to_check(entry: LedgerEntry) -> Iterable[Message]:
    """Somebody's words wait for a check before they are public."""
    voice = voice_of(entry)
    if voice is None or voice.publication != Publication.WAITING:
        return

    def paragraphs() -> list[str]:
        return [_("Somebody wants their words to be public. Check them."), desk_address(voice, part="moderation")]

    yield from _tell(holders(Role.COMMUNICATIONS), entry, heading=lambda: _("To be checked: %(code)s") % {"code": voice.subject.code}, paragraphs=paragraphs)


@registry.message_for(Happened.REASSIGNED)
def moved(entry: LedgerEntry) -> Iterable[Message]:
    """A case came from another unit or was given to one person."""
    voice = voice_of(entry)
    if voice is None or voice.unit is None:
        return
    case, reason = _case(voice), told_in(entry).get("reason", "")

    def paragraphs() -> list[str]:
        return [_("It was moved to you. The promised day is the same as before."), _("The reason: %(reason)s") % {"reason": reason}, *case()]

    people = [voice.handler] if voice.handler else handlers_of(voice.unit)
    yield from _tell(people, entry, heading=lambda: _("Moved to you: %(code)s") % {"code": voice.subject.code}, paragraphs=paragraphs)


@registry.message_for(Happened.REOPENED)
def reopened(entry: LedgerEntry) -> Iterable[Message]:
    """The answer did not help."""
    voice = voice_of(entry)
    if voice is None:
        return
    case = _case(voice)

    def paragraphs() -> list[str]:
        return [_("The author says that the answer did not help. The matter is open again, with a new promised day."), *case()]

    people = [voice.handler] if voice.handler else handlers_of(voice.unit)
    yield from _tell(people, entry, heading=lambda: _("Opened again: %(code)s") % {"code": voice.subject.code}, paragraphs=paragraphs)


@registry.message_for(Happened.REMINDED)
def due_soon(entry: LedgerEntry) -> Iterable[Message]:
    """The promised day is near."""
    voice = voice_of(entry)
    if voice is None:
        return
    people = [voice.handler] if voice.handler else handlers_of(voice.unit)
    heading = lambda: _("The promised day is near: %(code)s") % {"code": voice.subject.code}  # noqa: E731
    yield from _tell(people, entry, heading=heading, paragraphs=_case(voice))


@registry.message_for(Happened.OVERDUE)
def overdue(entry: LedgerEntry) -> Iterable[Message]:
    """The promised day passed: the head of unit is told, and whoever has the case."""
    voice = voice_of(entry)
    if voice is None:
        return
    case = _case(voice)

    def paragraphs() -> list[str]:
        return [_("The promised day passed without an answer. Everybody can see that on the public timeline."), *case()]

    people = [*heads_of(voice.unit), *([voice.handler] if voice.handler else [])]
    yield from _tell(people, entry, heading=lambda: _("Overdue: %(code)s") % {"code": voice.subject.code}, paragraphs=paragraphs)


@registry.message_for(Happened.APPEALED)
def review_asked(entry: LedgerEntry) -> Iterable[Message]:
    """Somebody else than the one who decided must look again."""
    voice = voice_of(entry)
    if voice is None:
        return
    decided_by = voice.decisions.values_list("decided_by_id", flat=True).first()

    def paragraphs() -> list[str]:
        return [_("The author asks for a review. Somebody else than the one who decided gives the answer."), desk_address(voice, part="moderation")]

    people = [person for person in holders(Role.COMMUNICATIONS, Role.REGISTRAR) if person.pk != decided_by]
    yield from _tell(people, entry, heading=lambda: _("Review asked for: %(code)s") % {"code": voice.subject.code}, paragraphs=paragraphs)


@registry.message_for(Happened.CHECK_OVERDUE)
def check_overdue(entry: LedgerEntry) -> Iterable[Message]:
    """A check or a review takes longer than promised."""
    voice = voice_of(entry)
    if voice is None:
        return
    is_review = entry.data.get("duty") == APPEAL_DUTY

    def paragraphs() -> list[str]:
        late = _("A review takes longer than promised.") if is_review else _("A check for publication takes longer than promised.")
        return [late, desk_address(voice, part="moderation")]

    people = holders(Role.COMMUNICATIONS, Role.REGISTRAR)
    yield from _tell(people, entry, heading=lambda: _("Overdue: %(code)s") % {"code": voice.subject.code}, paragraphs=paragraphs)
