"""Moderation in the open: every refusal or mask names its rule, and can be appealed."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.calendar import WorkingDays
from dialogi.commons.door import change, record, save_clean
from dialogi.commons.duties import finish_duty, open_duty
from dialogi.commons.models import Audience
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.permissions import NotAllowed, NotPossible, require
from dialogi.voices.actions.calling import wait_for_call
from dialogi.voices.kinds import Happened
from dialogi.voices.models import Appeal, ModerationDecision, ModerationRule, Publication, Voice
from dialogi.voices.models.moderation import Outcome
from dialogi.voices.rules import APPEAL_DUTY, APPEAL_WITHIN_DAYS, CHECK_DUTY, DECIDE_APPEAL, MODERATE, is_author

APPEAL_PROMISE_DAYS = 10


def publish(voice: Voice, *, by: Actor, masked_text: str = "", rule: ModerationRule | None = None, explanation: str = "") -> ModerationDecision:
    """Make a voice public: as written, or with a part hidden under a named rule."""
    with change(voice) as voice:
        require(by, MODERATE, voice)
        if voice.publication not in {Publication.WAITING, Publication.REFUSED, Publication.WITHDRAWN}:
            raise NotPossible(_("The author did not ask for this to be public, or it already is."))
        is_masked = bool(masked_text.strip()) and masked_text.strip() != voice.text
        if is_masked and rule is None:
            raise NotPossible(_("Name the rule: nothing is refused or hidden without one."))
        voice.publication = Publication.PUBLISHED
        voice.published_text = masked_text.strip() if is_masked else ""
        return _decide(voice, Outcome.MASKED if is_masked else Outcome.PUBLISHED, rule=rule if is_masked else None, explanation=explanation, by=by)


def refuse(voice: Voice, *, rule: ModerationRule, explanation: str, by: Actor) -> ModerationDecision:
    """Do not make a voice public. It is still answered like any other."""
    with change(voice) as voice:
        require(by, MODERATE, voice)
        if voice.publication != Publication.WAITING:
            raise NotPossible(_("It does not wait for a check any more."))
        voice.publication = Publication.REFUSED
        return _decide(voice, Outcome.REFUSED, rule=rule, explanation=explanation, by=by)


def withdraw(voice: Voice, *, rule: ModerationRule, explanation: str, by: Actor) -> ModerationDecision:
    """Take a public voice out of public view, under a named rule."""
    with change(voice) as voice:
        require(by, MODERATE, voice)
        if voice.publication != Publication.PUBLISHED:
            raise NotPossible(_("It is not public."))
        voice.publication = Publication.WITHDRAWN
        return _decide(voice, Outcome.WITHDRAWN, rule=rule, explanation=explanation, by=by)


_KINDS = {
    Outcome.PUBLISHED: Happened.PUBLISHED,
    Outcome.MASKED: Happened.MASKED,
    Outcome.REFUSED: Happened.REFUSED,
    Outcome.WITHDRAWN: Happened.WITHDRAWN,
}


def _decide(voice: Voice, outcome: Outcome, *, rule: ModerationRule | None, explanation: str, by: Actor) -> ModerationDecision:
    voice.save(update_fields=["publication", "published_text"])
    decision = save_clean(
        ModerationDecision(voice=voice, outcome=outcome, rule=rule, explanation=explanation.strip(), decided_by_id=by.person_id, decided_at=clock.now())
    )
    finish_duty(voice.subject, what=CHECK_DUTY)
    if outcome != Outcome.PUBLISHED:
        wait_for_call(voice)
    record(_KINDS[outcome], on=voice, by=by, data={"check": outcome.value, **({"rule_key": rule.code} if rule else {})})
    return decision


def appeal(voice: Voice, *, text: str, by: Actor, with_receipt: bool = False) -> Appeal:
    """The author asks for another look at the last publication decision, within 30 days."""
    with change(voice) as voice:
        if not with_receipt and not is_author(by, voice):
            raise NotAllowed(_("Only the author can say this. Open your case with the follow-up code."))
        decision = voice.decisions.exclude(outcome=Outcome.PUBLISHED).first()
        if decision is None or hasattr(decision, "appeal"):
            raise NotPossible(_("There is no decision that could be reviewed, or a review was already asked for."))
        if (clock.now() - decision.decided_at).days > APPEAL_WITHIN_DAYS:
            raise NotPossible(_("The time for asking for a review has passed. You can write anew."))
        made = save_clean(Appeal(decision=decision, text=text))
        open_duty(voice.subject, what=APPEAL_DUTY, unit_id=None, days=WorkingDays(APPEAL_PROMISE_DAYS), started_at=clock.now())
        record(Happened.APPEALED, on=voice, by=by)
    return made


def decide_appeal(made: Appeal, *, upheld: bool, answer: str, by: Actor) -> Appeal:
    """Decide on an appeal with a reason; somebody else than the one who decided first. Upheld: the voice becomes public as written."""
    with change(made.decision.voice) as voice:
        require(by, DECIDE_APPEAL, voice)
        made = Appeal.objects.select_for_update().select_related("decision").get(pk=made.pk)
        if made.decided_at is not None:
            raise NotPossible(_("The review is already decided."))
        if not by.is_machine and made.decision.decided_by_id == by.person_id:
            raise NotAllowed(_("Somebody else than the one who made the decision must review it."))
        made.upheld, made.answer, made.decided_by_id, made.decided_at = upheld, answer.strip(), by.person_id, clock.now()
        save_clean(made)
        if upheld:
            voice.publication, voice.published_text = Publication.PUBLISHED, ""
            voice.save(update_fields=["publication", "published_text"])
        finish_duty(voice.subject, what=APPEAL_DUTY)
        wait_for_call(voice)
        record(Happened.APPEAL_DECIDED, on=voice, by=by, data={"upheld": upheld})
    return made


def show_photo(voice: Voice, *, photo: Attachment, shown: bool, by: Actor) -> Attachment:
    """Take a photo out of public view, or put it back; those who handle the voice see it all the same."""
    with change(voice) as voice:
        require(by, MODERATE, voice)
        if photo.subject_id != voice.subject_id or photo.role != "photo":
            raise NotPossible(_("The photo belongs to something else."))
        photo.audience = "" if shown else Audience.UNIT
        photo.save(update_fields=["audience"])
        record(Happened.PHOTO_SHOWN if shown else Happened.PHOTO_HIDDEN, on=voice, by=by)
    return photo
