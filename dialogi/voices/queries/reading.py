"""What anybody reads: the list, one voice, themes, what changed because somebody spoke."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS, Actor
from dialogi.commons.encryption import blind_indexes
from dialogi.commons.languages import Words, current_language, in_language
from dialogi.commons.models import Audience, Duty, Subject
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.search import matching
from dialogi.commons.thread import Knot, thread_of
from dialogi.people.models import Area
from dialogi.services.models import Service
from dialogi.voices.models import OPEN_STATES, Publication, Reply, State, Support, Theme, Translation, Voice
from dialogi.voices.queries.story import Told, replies_to, story
from dialogi.voices.rules import ANSWER_DUTY

PAGE_SIZE = 20
MOST_HITS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """What the public list shows; every part lies in the address."""

    words: str = ""
    kind: str = ""
    state: str = ""
    language: str = ""
    channel: str = ""
    service: Service | None = None
    area: Area | None = None
    theme: Theme | None = None
    since: date | None = None
    until: date | None = None
    unanswered: bool = False
    overdue: bool = False
    order: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One voice as a list shows it."""

    code: str
    kind_label: str
    state: str
    state_label: str
    words: str
    lang: str
    url: str
    when: datetime
    place: str
    supports: int
    answer: str
    answered_by: str
    answer_lang: str


def public_voices(wanted: ListFilter) -> QuerySet[Voice]:
    """Return the public voices that the filter lets through; page it in the database."""
    voices = Voice.objects.published()
    exact = {"kind": wanted.kind, "state": wanted.state, "language": wanted.language, "channel": wanted.channel}
    voices = voices.filter(**{name: value for name, value in exact.items() if value})
    nouns = {"service": wanted.service, "area": wanted.area, "theme": wanted.theme}
    voices = voices.filter(**{name: noun for name, noun in nouns.items() if noun is not None})
    if wanted.since:
        voices = voices.filter(arrived_at__gte=_midnight(wanted.since))
    if wanted.until:
        voices = voices.filter(arrived_at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.unanswered:
        voices = voices.open().filter(state__in=OPEN_STATES)
    if wanted.overdue:
        late = Duty.objects.overdue().filter(what=ANSWER_DUTY)
        voices = voices.filter(subject__in=late.values("subject"))
    if wanted.words:
        voices = voices.filter(subject__in=_found(wanted.words))
    voices = voices.select_related("subject", "area", "service", "unit")
    if wanted.order == "support":
        # What is published is public; said again, so that the database can walk the Subjects by their support.
        return voices.filter(subject__kind="voices.voice", subject__audience=Audience.PUBLIC).order_by("-subject__support_count", "-arrived_at", "-id")
    return voices.newest()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def _found(words: str) -> list[int]:
    """Ids of the Subjects that the words find, in every language, best first; bounded."""
    languages = [current_language(), *(code for code in ("sv", "fi", "en") if code != current_language())]
    return matching(words, languages=languages, actor=ANONYMOUS, kinds=["voices.voice"], across_languages=True, limit=MOST_HITS)


def cards(voices: list[Voice]) -> list[Card]:
    """Return the cards of some voices, with the newest answer of each, in one more query."""
    newest: dict[int, Reply] = {}
    themes: dict[int, Reply] = {}
    ids, theme_ids = [v.pk for v in voices], {v.theme_id for v in voices if v.theme_id}
    for reply in Reply.objects.filter(Q(voice__in=ids) | Q(theme__in=theme_ids)).select_related("unit").order_by("given_at", "id"):
        if reply.voice_id:
            newest[reply.voice_id] = reply
        elif reply.theme_id:
            themes[reply.theme_id] = reply
    return [_card(voice, newest.get(voice.pk) or (themes.get(voice.theme_id) if voice.theme_id and voice.is_answered else None)) for voice in voices]


def _card(voice: Voice, reply: Reply | None) -> Card:
    text = in_language(reply, "text", voice.language) if reply else Words("", voice.language)
    return Card(
        code=voice.subject.code,
        kind_label=str(voice.get_kind_display()),
        state=voice.state,
        state_label=str(voice.get_state_display()),
        words=_short(voice.public_words, 220),
        lang=voice.language,
        url=voice.get_absolute_url(),
        when=voice.arrived_at,
        place=voice.place_told,
        supports=voice.subject.support_count,
        answer=_short(str(text), 180),
        answered_by=str(reply.unit.name) if reply and reply.unit else "",
        answer_lang=text.language,
    )


def _short(text: str, length: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True, slots=True)
class PublicVoice:
    """One voice as everybody reads it."""

    duty: Duty | None
    told: list[Told]
    replies: list[Reply]
    photos: list[Attachment]
    translations: list[Translation]
    thread: list[Knot]
    masked: bool


def public_voice(voice: Voice, *, actor: Actor) -> PublicVoice:
    """Read one voice with its answers, timeline, photos, translations and red thread; a constant number of queries."""
    replies = replies_to(voice)
    return PublicVoice(
        duty=Duty.objects.filter(subject=voice.subject, what=ANSWER_DUTY).order_by("-id").first(),
        told=story(voice, actor=actor, replies=replies),
        replies=replies,
        photos=list(Attachment.objects.filter(subject=voice.subject, role="photo").visible_to(actor)),
        translations=[] if voice.published_text else list(voice.translations.all()),
        thread=thread_of(voice.subject, actor=actor),
        masked=bool(voice.published_text),
    )


def themes(*, needs_only: bool = False) -> QuerySet[Theme]:
    """Return the themes with how many public voices each gathers and how many support them, the largest first."""
    public = Q(voices__publication=Publication.PUBLISHED)
    answered = Exists(Reply.objects.filter(theme=OuterRef("pk")))
    found = Theme.objects.select_related("subject", "unit")
    found = found.annotate(voice_total=Count("voices", filter=public), all_total=Count("voices"), is_answered=answered)
    if needs_only:
        found = found.filter(is_need=True)
    return found.order_by("-all_total", "-created_at", "-id")


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the front page says: what is open, what was answered, what changed because somebody spoke."""

    open_count: int
    answered_lately: int
    done_lately: int
    open: list[Card]
    answered: list[Card]
    changed: list[Card]


def front_page() -> FrontPage:
    """Read the front page; every list is short and every count runs on an index."""
    month = clock.now() - timedelta(days=30)
    public = Voice.objects.published()
    lists = public.select_related("subject", "area", "unit")
    done = lists.filter(state=State.DONE, answered_at__isnull=False).exclude(kind__in=["thanks", "question"]).order_by("-answered_at", "-id")
    changed = list(done.filter(was_helpful=True)[:3]) or list(done[:3])
    answered = lists.answered().exclude(pk__in=[voice.pk for voice in changed]).order_by("-answered_at", "-id")
    lately = Voice.objects.filter(answered_at__gte=month).aggregate(answered=Count("id"), done=Count("id", filter=Q(state=State.DONE)))
    return FrontPage(
        open_count=public.open().count(),
        answered_lately=lately["answered"],
        done_lately=lately["done"],
        open=cards(list(lists.open().newest()[:4])),
        answered=cards(list(answered[:4])),
        changed=cards(changed),
    )


def voices_about(subject: Subject, limit: int = 5) -> tuple[list[Card], int]:
    """Return the newest public voices about a Subject, and how many there are."""
    voices = Voice.objects.published().about(subject)
    return cards(list(voices.select_related("subject", "area", "unit").newest()[:limit])), voices.count()


def browser_key_of(voice: Voice, browser: str) -> str:
    """Return under what this browser's support for the voice is counted, or would be; empty for a browser that keeps no cookie."""
    if not browser:
        return ""
    now, *before = blind_indexes(browser, purpose="support")
    # A support from before the server's key was changed lies under the old one.
    kept = Support.objects.filter(voice=voice, browser_key__in=before).values_list("browser_key", flat=True).first() if before else None
    return kept or now


def is_supported(voice: Voice, *, actor: Actor, browser_key: str) -> bool:
    """Tell whether this account, or this browser, supports the voice."""
    if actor.account_id is not None:
        return Support.objects.filter(voice=voice, account=actor.account_id).exists()
    return bool(browser_key) and Support.objects.filter(voice=voice, browser_key=browser_key).exists()


@dataclass(frozen=True, slots=True)
class PublicTheme:
    """One theme as everybody reads it."""

    replies: list[Reply]
    thread: list[Knot]
    total: int
    not_public: int
    waiting: int


def public_theme(theme: Theme, *, actor: Actor) -> PublicTheme:
    """Read a theme's answers and thread; voices that are not public are only counted."""
    counted = Voice.objects.filter(theme=theme).aggregate(
        total=Count("id"), public=Count("id", filter=Q(publication=Publication.PUBLISHED)), waiting=Count("id", filter=Q(answered_at__isnull=True))
    )
    replies = list(Reply.objects.filter(theme=theme).select_related("unit"))
    return PublicTheme(replies, thread_of(theme.subject, actor=actor), counted["total"], counted["total"] - counted["public"], counted["waiting"])
