"""What the author reads: the receipt and the status of a voice."""

from dataclasses import dataclass

from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.attachments.links import open_address
from dialogi.commons.codes import grouped, normalise, spoken
from dialogi.commons.languages import current_language
from dialogi.commons.models import Duty
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.thread import Knot, thread_of
from dialogi.voices.models import ModerationDecision, Publication, Reply, Voice
from dialogi.voices.prints import ReceiptData
from dialogi.voices.queries.story import Told, replies_to, story
from dialogi.voices.rules import ANSWER_DUTY


@dataclass(frozen=True, slots=True)
class OwnPhoto:
    """A photo as its sender sees it: the addresses open it for an hour, also when it is not public."""

    address: str
    picture: str
    description: str
    language: str


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that the holder of the code sees."""

    duty: Duty | None
    told: list[Told]
    replies: list[Reply]
    thread: list[Knot]
    decision: ModerationDecision | None
    may_reopen: bool
    may_appeal: bool
    photos: list[OwnPhoto]


def status_of(voice: Voice) -> Status:
    """Read where a voice stands, as its author may see it: the public timeline, every answer, the red thread."""
    replies = replies_to(voice)
    decision = voice.decisions.exclude(outcome="published").select_related("rule", "appeal").first()
    appealed = decision is not None and hasattr(decision, "appeal")
    hidden = voice.publication in {Publication.REFUSED, Publication.WITHDRAWN} or bool(voice.published_text)
    return Status(
        duty=Duty.objects.filter(subject=voice.subject, what=ANSWER_DUTY).order_by("-id").first(),
        told=story(voice, actor=ANONYMOUS, replies=replies),
        replies=replies,
        thread=thread_of(voice.subject, actor=ANONYMOUS),
        decision=decision,
        may_reopen=voice.is_answered,
        may_appeal=decision is not None and hidden and not appealed,
        photos=_photos(voice),
    )


def _photos(voice: Voice) -> list[OwnPhoto]:
    photos = Attachment.objects.filter(subject=voice.subject, role="photo", audience="").available().order_by("id")
    return [OwnPhoto(open_address(photo), open_address(photo, "thumbnail"), photo.description, photo.language) for photo in photos]


def receipt_data(voice: Voice, code: str, *, address: str) -> ReceiptData:
    """Return what is printed on the receipt; the words of the voice are not on it."""
    duty = Duty.objects.filter(subject=voice.subject, what=ANSWER_DUTY).order_by("-id").first()
    bare = normalise(code)
    return ReceiptData(
        code=grouped(bare),
        spoken=list(spoken(bare, current_language())),
        short_code=voice.subject.code,
        address=address,
        arrived_at=voice.arrived_at,
        due_at=duty.due_at if duty else None,
        unit=str(voice.unit.name) if voice.unit else "",
        kind=str(voice.get_kind_display()),
    )
