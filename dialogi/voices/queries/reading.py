"""What anybody reads: the list, one voice, themes, what changed because somebody spoke."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS, Actor
from dialogi.commons.encryption import blind_indexes
from dialogi.commons.languages import current_language
from dialogi.commons.models import Audience, Duty, Subject
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.paging import total_of
from dialogi.commons.search import matching
from dialogi.commons.thread import Knot, thread_of
from dialogi.people.models import Area
from dialogi.services.models import Service
from dialogi.voices.models import OPEN_STATES, Kind, Publication, Reply, State, Support, Theme, Translation, Voice, VoiceQuerySet
from dialogi.voices.queries.cards import Card, cards, cards_of, for_cards
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
    voices = voices.select_related("subject")
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
    """Return the themes with how many public voices each gathers, how many in all, and whether it has an answer; the largest first."""
    gathered, answered = Voice.objects.filter(theme=OuterRef("pk")).order_by(), Exists(Reply.objects.filter(theme=OuterRef("pk")))
    found = Theme.objects.select_related("subject", "unit")
    found = found.annotate(voice_total=_number_of(gathered.published()), all_total=_number_of(gathered), is_answered=answered)
    if needs_only:
        found = found.filter(is_need=True)
    return found.order_by("-all_total", "-created_at", "-id")


def largest_themes(count: int) -> QuerySet[Theme]:
    """Return the largest themes with their titles and how many voices each gathers (`all_total`)."""
    gathered = _number_of(Voice.objects.filter(theme=OuterRef("pk")).order_by())
    found = Theme.objects.annotate(all_total=gathered).select_related("subject").order_by("-all_total", "-created_at", "-id")
    return found.only("title_sv", "title_fi", "title_en", "created_at", "subject__address")[:count]


def _number_of(voices: VoiceQuerySet) -> Coalesce:
    """How many of the voices each theme has; counted in an index, where a join would read and sort the rows."""
    return Coalesce(Subquery(voices.values("theme").annotate(number=Count("pk")).values("number")), 0)


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
    """Read the front page: every list is short, and no count goes on for ever."""
    public = Voice.objects.published()
    done = public.answered().filter(state=State.DONE).exclude(kind__in=[Kind.THANKS, Kind.QUESTION]).order_by("-answered_at", "-id")
    changed = _ids(done.filter(was_helpful=True)[:3]) or _ids(done[:3])
    waiting = _ids(public.open().newest()[:4])
    answered = [pk for pk in _ids(public.answered().order_by("-answered_at", "-id")[:7]) if pk not in changed][:4]
    shown = cards_of({*changed, *waiting, *answered})
    lately = Voice.objects.filter(answered_at__gte=_midnight(clock.today() - timedelta(days=30)))
    return FrontPage(
        open_count=total_of(public.open()),
        answered_lately=total_of(lately),
        done_lately=total_of(lately.filter(state=State.DONE)),
        open=[shown[pk] for pk in waiting],
        answered=[shown[pk] for pk in answered],
        changed=[shown[pk] for pk in changed],
    )


def _ids(voices: QuerySet[Voice]) -> list[int]:
    return list(voices.values_list("pk", flat=True))


def voices_about(subject: Subject, limit: int = 5) -> tuple[list[Card], int]:
    """Return the newest public voices about a Subject, and how many there are."""
    voices = Voice.objects.published().about(subject)
    return cards(list(for_cards(voices.newest())[:limit])), total_of(voices)


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
