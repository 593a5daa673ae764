"""What the author of a voice is told, in the author's language."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _

from dialogi.commons.languages import current_language
from dialogi.commons.messages import Message
from dialogi.commons.models import Duty, LedgerEntry
from dialogi.commons.registry import registry
from dialogi.voices.kinds import Happened
from dialogi.voices.messages.parts import day, joined, public_address, reply_of, to_author, voice_of, words_of
from dialogi.voices.models import Appeal, Channel, ModerationDecision, Publication, Reply, State, Voice
from dialogi.voices.models.moderation import Outcome
from dialogi.voices.queries.reach import author_of, code_of
from dialogi.voices.rules import ANSWER_DUTY, APPEAL_WITHIN_DAYS

# Whoever stood at the counter has the receipt in their hand.
GIVEN_BY_HAND = {Channel.COUNTER, Channel.MEETING}
OUTCOMES = {Happened.MASKED.value: Outcome.MASKED, Happened.REFUSED.value: Outcome.REFUSED, Happened.WITHDRAWN.value: Outcome.WITHDRAWN}


@registry.message_for(Happened.GIVEN)
def receipt(entry: LedgerEntry) -> Iterable[Message]:
    """The receipt: the follow-up code, who answers and by when."""
    voice = voice_of(entry)
    if voice is None:
        return
    to = author_of(voice)
    if to is None or (to.channel == "letter" and voice.channel in GIVEN_BY_HAND):
        return
    duty = Duty.objects.filter(subject=voice.subject_id, what=ANSWER_DUTY).order_by("-id").first()
    code = code_of(voice)

    def paragraphs() -> list[str]:
        secret = _("Your follow-up code is %(code)s. Whoever has it can read the answer: show it only to those you trust.") % {"code": code} if code else ""
        check = _("Others can read your words when they have been checked. You are told when that is done.") if voice.publication == Publication.WAITING else ""
        return [_("Thank you. A person reads your words and takes them to the right place."), _promised(voice, duty), secret, check]

    yield from to_author(voice, heading=lambda: _("We have received your words"), paragraphs=paragraphs)


def _promised(voice: Voice, duty: Duty | None) -> str:
    if duty is None:
        return ""
    if voice.unit is None:
        return _("You get an answer by %(day)s.") % {"day": day(duty.due_at)}
    return _("%(unit)s answers by %(day)s.") % {"unit": voice.unit.name, "day": day(duty.due_at)}


@registry.message_for(Happened.REPLIED, Happened.FORWARDED, Happened.MERGED)
def answered(entry: LedgerEntry) -> Iterable[Message]:
    """The answer itself, and where the matter stands now."""
    voice = voice_of(entry)
    reply = reply_of(entry, voice) if voice else None
    if voice is None or reply is None:
        return
    openings = {Happened.FORWARDED.value: _forwarded, Happened.MERGED.value: _merged}
    opening = openings.get(entry.kind, _themed if reply.theme_id else _own)

    def paragraphs() -> list[str]:
        signed = _("Answered by %(unit)s.") % {"unit": reply.unit.name} if reply.unit else ""
        return [opening(voice, reply), words_of(reply, current_language()), signed]

    yield from to_author(voice, heading=lambda: _("You have got an answer"), paragraphs=paragraphs)
    yield from _to_authors_of_the_same(voice, reply)


def _own(voice: Voice, reply: Reply) -> str:
    return _("You have got an answer to what you said. The matter now stands as: %(state)s.") % {"state": State(reply.state).label}


def _themed(voice: Voice, reply: Reply) -> str:
    words = _("Several people have said the same as you, and you are answered together. The matter now stands as: %(state)s.")
    return words % {"state": State(reply.state).label}


def _merged(voice: Voice, reply: Reply) -> str:
    other = voice.same_as
    if other is None:
        return _own(voice, reply)
    parts = [_("Somebody else has said the same as you. The two are handled together, and you are told when the other one is answered.")]
    if other.is_public:
        parts.append(_("The other one: %(address)s") % {"address": public_address(other)})
    return "\n\n".join(parts)


def _forwarded(voice: Voice, reply: Reply) -> str:
    organisation = voice.forwarded_to
    if organisation is None:
        return _own(voice, reply)
    parts = [_("The matter does not belong to the municipality. It was handed on to %(organisation)s.") % {"organisation": organisation.name}]
    parts.append(str(organisation.advice))
    parts.append(", ".join(way for way in (organisation.phone, organisation.email, organisation.website) if way))
    parts.append(_what_travels(voice))
    return joined(lambda: parts)()


def _what_travels(voice: Voice) -> str:
    if voice.may_pass_words and voice.may_pass_contact:
        return _("As you agreed, they also get your words and how to reach you.")
    if voice.may_pass_words:
        return _("As you agreed, they also get your words, but not your contact details.")
    if voice.may_pass_contact:
        return _("As you agreed, they also get to know how to reach you, but not your words.")
    return _("They get to know only that somebody has asked, what kind of matter it is and in which village. On your own page you can let them have more.")


def _to_authors_of_the_same(voice: Voice, reply: Reply) -> Iterable[Message]:
    """Those whose voices were found to be the same were promised to be told; the words only where everybody may read them."""
    for same in voice.duplicates.filter(state=State.SAME_AS).select_related("subject", "contact", "consent", "author__account"):

        def paragraphs() -> list[str]:
            told = _("What somebody else said, and which is about the same thing as yours, has been answered.")
            return [told, words_of(reply, current_language()), public_address(voice)] if voice.is_public else [told]

        yield from to_author(same, heading=lambda: _("The same matter has been answered"), paragraphs=paragraphs)


@registry.message_for(Happened.PUBLISHED)
def published(entry: LedgerEntry) -> Iterable[Message]:
    """The words are public now."""
    voice = voice_of(entry)
    if voice is None:
        return

    def paragraphs() -> list[str]:
        told = _("Your words have been checked and everybody can read them now. Your name and contact details are not shown.")
        return [told, _("The public page: %(address)s") % {"address": public_address(voice)}]

    yield from to_author(voice, heading=lambda: _("Your words are public now"), paragraphs=paragraphs)


@registry.message_for(Happened.MASKED, Happened.REFUSED, Happened.WITHDRAWN)
def not_as_written(entry: LedgerEntry) -> Iterable[Message]:
    """A decision that goes against the author: its rule, its reason, and how to have it reviewed."""
    voice = voice_of(entry)
    decisions = ModerationDecision.objects.filter(voice=voice, outcome=OUTCOMES.get(entry.kind), decided_at__lte=entry.happened_at)
    decision = decisions.select_related("rule").first() if voice else None
    if voice is None or decision is None or decision.rule is None:
        return
    rule = decision.rule

    def paragraphs() -> list[str]:
        until = day(decision.decided_at + timedelta(days=APPEAL_WITHIN_DAYS))
        review = _("If you disagree, ask for a review on your own page by %(day)s. Somebody else than the one who decided looks at it.") % {"day": until}
        public = _("The public page: %(address)s") % {"address": public_address(voice)} if entry.kind == Happened.MASKED.value else ""
        named = _("The rule: %(name)s. %(explanation)s") % {"name": rule.name, "explanation": rule.explanation}
        return [_outcome_words(entry.kind), named, decision.explanation, public, _("Your matter is handled and answered all the same."), review]

    yield from to_author(voice, heading=lambda: _outcome_heading(entry.kind), paragraphs=paragraphs, is_essential=True)


def _outcome_heading(kind: str) -> str:
    if kind == Happened.MASKED.value:
        return _("Your words are public, with a part hidden")
    return _("Your words were not made public") if kind == Happened.REFUSED.value else _("Your words were taken out of public view")


def _outcome_words(kind: str) -> str:
    if kind == Happened.MASKED.value:
        return _("Your words have been checked. Everybody can read them now, but a part is hidden.")
    if kind == Happened.REFUSED.value:
        return _("Your words have been checked. They are not shown to others, because a rule for what is made public forbids it.")
    return _("Your words are not shown to others any more, because a rule for what is made public forbids it.")


@registry.message_for(Happened.APPEAL_DECIDED)
def appeal_decided(entry: LedgerEntry) -> Iterable[Message]:
    """The review is ready, with its reason."""
    voice = voice_of(entry)
    decided = Appeal.objects.filter(decision__voice=voice, decided_at__isnull=False).order_by("-decided_at").first() if voice else None
    if voice is None or decided is None:
        return

    def paragraphs() -> list[str]:
        agreed = _("The review agreed with you. Everybody can read your words now: %(address)s") % {"address": public_address(voice)}
        outcome = agreed if decided.upheld else _("The review kept the decision.")
        return [outcome, _("The reason: %(reason)s") % {"reason": decided.answer}]

    yield from to_author(voice, heading=lambda: _("The review that you asked for is ready"), paragraphs=paragraphs, is_essential=True)


@registry.message_for(Happened.ASKED_HELPFUL)
def did_it_help(entry: LedgerEntry) -> Iterable[Message]:
    """Four weeks later: did the answer help?"""
    voice = voice_of(entry)
    if voice is None:
        return

    def paragraphs() -> list[str]:
        asked = _("Four weeks ago you got an answer to what you told the municipality. Did it help?")
        return [asked, _("Say yes or no on your own page. If it did not help, you can open the matter again there and you get a new promised day.")]

    yield from to_author(voice, heading=lambda: _("Did the answer help?"), paragraphs=paragraphs)
