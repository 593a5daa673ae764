"""The desk's reads: the inbox, one case, themes, promises of a unit."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import current_language
from dialogi.commons.models import Duty
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.paging import total_of
from dialogi.commons.search import similar
from dialogi.people.models import Person, Role, Seat, Unit
from dialogi.voices.models import OPEN_STATES, InternalNote, Publication, Reply, ReplyTemplate, State, Theme, Translation, Voice, VoiceQuerySet
from dialogi.voices.queries.story import replies_to
from dialogi.voices.rules import ANSWER_DUTY, HANDLING

PAGE_SIZE = 30
SOON_DAYS = 3
IN_A_ROW = ("subject", "unit", "handler", "service", "area", "theme__subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilter:
    """What the inbox shows; every part lies in the address, so that a view can be kept as a bookmark."""

    view: str = "unit"
    kind: str = ""
    language: str = ""
    channel: str = ""
    state: str = ""
    service: int | None = None
    area: int | None = None
    theme: str = ""
    words: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class InboxCount:
    """How many lie in a view of the inbox."""

    view: str
    count: int


@dataclass(frozen=True, slots=True)
class UnitPromises:
    """How a unit keeps its promises: open, overdue, due soon, and kept of those done in the last 90 days."""

    unit: Unit
    open: int
    overdue: int
    soon: int
    done: int
    kept: int

    @property
    def kept_percent(self) -> int | None:
        """Whole per cent kept; None when nothing was due."""
        return round(100 * self.kept / self.done) if self.done else None


def _with_due(voices: VoiceQuerySet) -> VoiceQuerySet:
    due = Duty.objects.filter(subject=OuterRef("subject"), what=ANSWER_DUTY).order_by(F("done_at").desc(nulls_first=True)).values("due_at")[:1]
    return voices.annotate(due_at=Subquery(due))


def _reach(actor: Actor) -> VoiceQuerySet:
    return Voice.objects.visible_to(actor).for_units(actor.units(*HANDLING, Role.REGISTRAR))


def _views(actor: Actor) -> dict[str, Q]:
    """What lies in each view of the inbox; said once, for the list and for its number."""
    unanswered, unfinished = Q(answered_at__isnull=True), Q(state__in=OPEN_STATES)
    return {
        "mine": unfinished & Q(handler=actor.person_id or 0),
        "unit": unfinished,
        "unanswered": unanswered,
        "overdue": unanswered & Q(due_at__lt=clock.now()),
        "unpublished": Q(publication=Publication.WAITING),
        "planned": Q(state=State.PLANNED),
        "unrouted": Q(unit__isnull=True),
        "all": Q(),
    }


VIEWS = ("mine", "unit", "unanswered", "overdue", "unpublished", "planned", "unrouted", "all")


def inbox(actor: Actor, wanted: InboxFilter) -> QuerySet[Voice]:
    """Return the voices of the actor's units in a view, those due first; each carries `due_at`. Page it in the database."""
    views = _views(actor)
    voices = _with_due(_reach(actor)).filter(views.get(wanted.view, views["unit"]))
    exact = {"kind": wanted.kind, "language": wanted.language, "channel": wanted.channel, "state": wanted.state}
    voices = voices.filter(**{name: value for name, value in exact.items() if value})
    if wanted.service:
        voices = voices.filter(service=wanted.service)
    if wanted.area:
        voices = voices.filter(area=wanted.area)
    if wanted.theme:
        voices = voices.filter(theme__subject__code=wanted.theme)
    if wanted.words:
        voices = voices.filter(Q(text__icontains=wanted.words) | Q(subject__code__iexact=wanted.words.strip()) | Q(case_number__iexact=wanted.words.strip()))
    # What is answered is not due any more, and there is much of it.
    order = ("-arrived_at", "-id") if wanted.view in {"all", "planned"} else (F("due_at").asc(nulls_last=True), "arrived_at", "id")
    return voices.select_related(*IN_A_ROW).order_by(*order)


def inbox_counts(actor: Actor) -> list[InboxCount]:
    """Return how many lie in each view: one query for what waits, one for what is open, and one for each view that may hold the whole town."""
    views, reached = _views(actor), _reach(actor)
    counts: dict[str, int] = {}
    for whole, parts in (("unanswered", ("unanswered", "overdue")), ("unit", ("unit", "mine"))):
        counted = _with_due(reached).filter(views[whole]).aggregate(**{f"in_{view}": Count("id", filter=views[view]) for view in parts})
        counts |= {view: counted[f"in_{view}"] for view in parts}
    counts |= {view: total_of(reached.filter(views[view])) for view in VIEWS if view not in counts}
    return [InboxCount(view, counts[view]) for view in VIEWS]


@dataclass(frozen=True, slots=True)
class Case:
    """Everything about one voice that its handlers need, read in a constant number of queries."""

    duty: Duty | None
    replies: list[Reply]
    notes: list[InternalNote]
    translations: list[Translation]
    attachments: list[Attachment]
    templates: list[ReplyTemplate]
    similar: list[Voice]
    earlier: list[Voice]


def case(voice: Voice, *, actor: Actor) -> Case:
    """Read one case: its clock, answers, notes, files, fitting templates, similar voices and the author's earlier ones."""
    hits = [hit.subject_id for hit in similar(voice.text, language=voice.language, actor=actor, kinds=("voices.voice",), limit=6)]
    alike = {v.subject_id: v for v in Voice.objects.visible_to(actor).filter(subject__in=hits).exclude(pk=voice.pk).select_related("subject", "theme__subject")}
    earlier = Voice.objects.visible_to(actor).filter(author=voice.author_id).exclude(pk=voice.pk) if voice.author_id else Voice.objects.none()
    return Case(
        duty=Duty.objects.filter(subject=voice.subject, what=ANSWER_DUTY).order_by("-id").first(),
        replies=replies_to(voice),
        notes=list(voice.notes.select_related("author")),
        translations=list(voice.translations.select_related("made_by")),
        attachments=list(Attachment.objects.filter(subject=voice.subject).visible_to(actor)),
        templates=list(templates_for(voice)),
        similar=[alike[subject_id] for subject_id in hits if subject_id in alike][:5],
        earlier=list(earlier.select_related("subject").newest()[:5]),
    )


def next_case(actor: Actor, wanted: InboxFilter, *, after: Voice) -> Voice | None:
    """Return the most urgent unanswered voice in the actor's list, or else of the actor's units, other than this one."""
    for view in (wanted, InboxFilter(view="unanswered")):
        found = inbox(actor, view).filter(answered_at__isnull=True).exclude(pk=after.pk).first()
        if found is not None:
            return found
    return None


def colleagues(unit: Unit | None) -> QuerySet[Person]:
    """Return those who handle voices in a unit."""
    if unit is None:
        return Person.objects.none()
    seats = Seat.objects.current().filter(unit=unit, role__in=HANDLING)
    return Person.objects.filter(pk__in=seats.values("person")).select_related("account").order_by("name")


def templates_for(voice: Voice) -> QuerySet[ReplyTemplate]:
    """Return the reply templates that fit a voice's unit and kind, the most exact first."""
    fitting = ReplyTemplate.objects.filter(Q(unit=voice.unit_id) | Q(unit__isnull=True), Q(kind=voice.kind) | Q(kind=""), is_active=True)
    return fitting.order_by(F("unit").asc(nulls_last=True), "name")


def themes_to_gather_in(actor: Actor) -> QuerySet[Theme]:
    """Return every theme that the actor sees: a voice of one unit may belong in the theme of another."""
    return Theme.objects.visible_to(actor).select_related("unit").order_by(f"title_{current_language()}", "title_sv", "id")


def themes_for(actor: Actor) -> QuerySet[Theme]:
    """Return the themes that the actor's units keep (all, for the registrar), newest first, each with how many voices it gathers and how many wait."""
    themes = Theme.objects.visible_to(actor)
    units = actor.units(*HANDLING, Role.REGISTRAR)
    if units is not None:
        themes = themes.filter(unit__subject__in=sorted(units))
    return (
        themes.annotate(voice_total=Count("voices"), waiting=Count("voices", filter=Q(voices__answered_at__isnull=True)))
        .select_related("subject", "unit")
        .order_by("-created_at", "-id")
    )


def promises_of_units(actor: Actor) -> list[UnitPromises]:
    """Return how the units that the actor leads keep their promises, the most overdue first. One query for the counts."""
    units = actor.units(Role.HEAD, Role.REGISTRAR, Role.ADMINISTRATOR)
    now, since = clock.now(), clock.now() - timedelta(days=90)
    running = Q(done_at__isnull=True)
    rows = (
        Duty.objects.filter(what=ANSWER_DUTY, unit__isnull=False)
        .for_units(units)
        .filter(running | Q(done_at__gte=since))
        .values("unit")
        .annotate(
            open=Count("id", filter=running),
            overdue=Count("id", filter=running & Q(due_at__lt=now, paused_at__isnull=True)),
            soon=Count("id", filter=running & Q(due_at__gte=now, due_at__lt=now + timedelta(days=SOON_DAYS))),
            done=Count("id", filter=~running),
            kept=Count("id", filter=~running & Q(done_at__lte=F("due_at"))),
        )
    )
    names = {unit.subject_id: unit for unit in Unit.objects.select_related("subject")}
    found = [UnitPromises(names[r["unit"]], r["open"], r["overdue"], r["soon"], r["done"], r["kept"]) for r in rows if r["unit"] in names]
    return sorted(found, key=lambda p: (-p.overdue, -p.open, str(p.unit)))


THEME_FIELDS = ("title_sv", "title_fi", "title_en", "summary_sv", "summary_fi", "summary_en", "unit", "is_need")


def classification(voice: Voice) -> dict[str, object]:
    """Return what a voice is, as the form shows it."""
    return {"kind": voice.kind, "language": voice.language, "service": voice.service_id, "area": voice.area_id}


def all_handlers() -> QuerySet[Person]:
    """Return everybody who handles voices somewhere."""
    return Person.objects.filter(pk__in=Seat.objects.current().filter(role__in=HANDLING).values("person")).order_by("name")


def voices_in(theme: Theme, *, actor: Actor) -> QuerySet[Voice]:
    """Return the voices of a theme that the actor may see, those waiting first."""
    voices = _with_due(Voice.objects.visible_to(actor)).filter(theme=theme).select_related("subject", "unit", "area")
    return voices.order_by(F("answered_at").asc(nulls_first=True), "arrived_at", "id")


def ungathered_like(theme: Theme, actor: Actor, limit: int = 8) -> list[Voice]:
    """Suggest open voices in no theme yet whose words are like the theme's; a person decides whether they belong."""
    words = " ".join([theme.title_sv, theme.summary_sv, theme.title_fi, theme.summary_fi])
    found = [hit.subject_id for hit in similar(words, actor=actor, kinds=("voices.voice",), limit=limit * 3)]
    voices = _with_due(_reach(actor)).open().filter(theme__isnull=True, subject__in=found).select_related("subject", "area")
    return sorted(voices, key=lambda voice: found.index(voice.subject_id))[:limit]


def most_overdue(actor: Actor, limit: int = 20) -> list[Voice]:
    """Return the voices that have waited longest past their promise in the units the actor leads."""
    units = actor.units(Role.HEAD, Role.REGISTRAR, Role.ADMINISTRATOR)
    voices = _with_due(Voice.objects.visible_to(actor).for_units(units)).open().filter(due_at__lt=clock.now())  # type: ignore[misc]
    return list(voices.select_related(*IN_A_ROW).order_by("due_at")[:limit])  # type: ignore[misc]
