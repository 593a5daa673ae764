"""Consultation, its phases on the timetable, its annexes."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import InLanguage, has_both, line, prose
from dialogi.commons.models import Noun, Subject
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.models.subjects import visibility
from dialogi.commons.states import Flow
from dialogi.people.models import Area, Body, Person, Unit


class State(models.TextChoices):
    """Where its preparation stands. Whether it is open is never stored: the clock and the phases say it, to the second."""

    DRAFT = "draft", _("Being prepared")
    PUBLISHED = "published", _("Published")
    ANSWERED = "answered", _("Answered")
    DECIDED = "decided", _("Decided")
    CANCELLED = "cancelled", _("Cancelled")


FLOW = Flow(
    {
        State.DRAFT: {State.PUBLISHED},
        State.PUBLISHED: {State.ANSWERED, State.CANCELLED},
        State.ANSWERED: {State.DECIDED},
    }
)


class Stage(models.TextChoices):
    """What a reader is told: the state, and for what is published the clock."""

    DRAFT = "draft", _("Being prepared")
    ANNOUNCED = "announced", _("Opens later")
    OPEN = "open", _("Open for answers")
    CLOSED = "closed", _("Closed, being summarised")
    ANSWERED = "answered", _("Answered")
    DECIDED = "decided", _("Decided")
    CANCELLED = "cancelled", _("Cancelled")


class PhaseKind(models.TextChoices):
    """What happens in a phase. Several kinds of taking part can follow or overlap each other in one consultation."""

    INFORM = "inform", _("Information")
    HEARING = "hearing", _("Comments on a draft")
    SURVEY = "survey", _("Survey")
    STATEMENTS = "statements", _("Statement round")
    IDEAS = "ideas", _("Collection of ideas")
    OPINION_MAP = "opinion_map", _("Opinion map")
    SUMMARY = "summary", _("Summary")
    ANSWER = "answer", _("Answers to the points")
    DECISION = "decision", _("Decision")


TALKING_KINDS = (PhaseKind.HEARING, PhaseKind.SURVEY, PhaseKind.STATEMENTS, PhaseKind.IDEAS, PhaseKind.OPINION_MAP)


class Access(models.TextChoices):
    """Who may answer, and how often. The page says it in words."""

    OPEN = "open", _("Anybody, without an account. The same person can answer more than once.")
    ACCOUNT = "account", _("One answer for each signed-in account")
    CODE = "code", _("One answer for each single-use code that was handed out")
    ACCOUNT_OR_CODE = "account_or_code", _("One answer for each signed-in account or single-use code")
    VERIFIED = "verified", _("One answer for each person who proves who they are")


class MapTools(models.TextChoices):
    """What may be drawn on a map. Words alone are always enough."""

    NONE = "none", _("No map")
    POINT = "point", _("A point")
    ANY = "any", _("A point, a line or an area")


class Shown(models.TextChoices):
    """When others see the counts and results."""

    LIVE = "live", _("While it is open")
    AFTER = "after", _("When it has closed")


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only those whose Subject the actor may see."""
        return self.filter(visibility(actor, "subject__"))

    def published(self) -> Self:
        """Only those that everybody may read."""
        return self.exclude(state=State.DRAFT)

    def open(self, at: datetime | None = None) -> Self:
        """Open for answers at the moment (now)."""
        moment = at or clock.now()
        return self.filter(state=State.PUBLISHED, opens_at__lte=moment, closes_at__gt=moment)

    def announced(self, at: datetime | None = None) -> Self:
        """Published and not open yet at the moment (now)."""
        return self.filter(state=State.PUBLISHED, opens_at__gt=at or clock.now())

    def closed(self, at: datetime | None = None) -> Self:
        """Closed, and not answered yet, at the moment (now)."""
        return self.filter(state=State.PUBLISHED, closes_at__lte=at or clock.now())


class Consultation(Noun):
    """Something the municipality asks: why, what can still be influenced, who decides and when, in which phases."""

    title_sv, title_fi, title_en = line(), line(), line()
    title = InLanguage("title")
    summary_sv, summary_fi, summary_en = prose(), prose(), prose()
    summary = InLanguage("summary")
    purpose_sv, purpose_fi, purpose_en = prose(), prose(), prose()
    purpose = InLanguage("purpose")
    open_to_influence_sv, open_to_influence_fi, open_to_influence_en = prose(), prose(), prose()
    open_to_influence = InLanguage("open_to_influence")
    not_open_sv, not_open_fi, not_open_en = prose(), prose(), prose()
    not_open = InLanguage("not_open")
    decision_words_sv, decision_words_fi, decision_words_en = prose(), prose(), prose()
    decision_words = InLanguage("decision_words")
    result_sv, result_fi, result_en = prose(), prose(), prose()
    result = InLanguage("result")
    cancelled_because_sv, cancelled_because_fi, cancelled_because_en = prose(), prose(), prose()
    cancelled_because = InLanguage("cancelled_because")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="consultations", verbose_name=_("responsible unit"))
    planner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="planned_consultations", verbose_name=_("planner"))
    decided_by = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="consultations", verbose_name=_("who decides"))
    decided_on = models.DateField(_("when it is decided"), null=True, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=150, blank=True, default="")
    contact_email = models.EmailField(_("e-mail address"), blank=True, default="")
    contact_phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    about = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="consultations_about", verbose_name=_("what it is about"))
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="consultations", verbose_name=_("area"))

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    opens_at = models.DateTimeField(null=True, blank=True, help_text="first opening of a phase of taking part, kept by the verbs that change phases")
    closes_at = models.DateTimeField(null=True, blank=True, help_text="last closing of a phase of taking part")
    published_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    nagged_at = models.DateTimeField(null=True, blank=True, help_text="when the planner was last reminded of late answers")
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    preview_key = models.CharField(max_length=40, blank=True, default="", help_text="opens the draft to whoever has the link; empty: no link is out")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[ConsultationQuerySet] = ConsultationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_sv="") | ~Q(title_fi=""), name="consultation_has_a_title", violation_error_message=_("Give the consultation a title.")
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | has_both("title", "summary"),
                name="consultation_published_in_both",
                violation_error_message=_("Title and summary are published in both Swedish and Finnish."),
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="consultation_state_known"),
            models.CheckConstraint(condition=Q(state="draft") | Q(published_at__isnull=False), name="consultation_published_when"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "decided"]) | (Q(answered_at__isnull=False) & has_both("result")),
                name="consultation_answered_with_result",
                violation_error_message=_("A consultation is answered with a result in both Swedish and Finnish."),
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | has_both("cancelled_because"),
                name="consultation_cancelled_because",
                violation_error_message=_("Say in both Swedish and Finnish why it is cancelled."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "closes_at"], name="consultation_by_closing"),
            models.Index(fields=["state", "-opens_at", "-id"], name="consultation_newest"),
            models.Index(fields=["unit", "state"], name="consultation_by_unit"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def stage(self, at: datetime | None = None) -> Stage:
        """Return what a reader is told at the moment (now), to the second."""
        if self.state != State.PUBLISHED:
            return Stage(self.state)
        moment = at or clock.now()
        if self.opens_at is not None and moment < self.opens_at:
            return Stage.ANNOUNCED
        return Stage.OPEN if self.closes_at is not None and moment < self.closes_at else Stage.CLOSED


class PhaseQuerySet(models.QuerySet["Phase"]):
    """Phases, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only phases of consultations that the actor may see."""
        return self.filter(visibility(actor, "consultation__subject__"))

    def talking(self) -> Self:
        """Only phases in which people take part."""
        return self.filter(kind__in=TALKING_KINDS)


class Phase(models.Model):
    """A stretch of the timetable. Instants are kept in UTC and shown in Europe/Helsinki; it closes at `closes_at`, not after it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="phases")
    kind = models.CharField(_("kind"), max_length=12, choices=PhaseKind)
    position = models.PositiveSmallIntegerField(default=0)
    title_sv, title_fi, title_en = line(), line(), line()
    title = InLanguage("title")
    intro_sv, intro_fi, intro_en = prose(), prose(), prose()
    intro = InLanguage("intro")
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    opened_at = models.DateTimeField(null=True, blank=True, help_text="when the worker told that it opened")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="when the worker told that it closed")
    access = models.CharField(_("who may answer"), max_length=16, choices=Access, default=Access.OPEN)
    map_tools = models.CharField(_("map"), max_length=6, choices=MapTools, default=MapTools.NONE)
    shown = models.CharField(_("results are shown"), max_length=6, choices=Shown, default=Shown.AFTER)
    asks_age = models.BooleanField(_("ask for an age band (always voluntary)"), default=True)
    asks_area = models.BooleanField(_("ask for a village (always voluntary)"), default=True)
    version = models.PositiveIntegerField(default=0, help_text="grows with every change of its questions, so that two planners never overwrite each other")

    objects: ClassVar[PhaseQuerySet] = PhaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "opens_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PhaseKind.values), name="phase_kind_known"),
            models.CheckConstraint(condition=Q(access__in=Access.values), name="phase_access_known"),
            models.CheckConstraint(condition=Q(map_tools__in=MapTools.values), name="phase_map_tools_known"),
            models.CheckConstraint(condition=Q(shown__in=Shown.values), name="phase_shown_known"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")),
                name="phase_closes_after_opening",
                violation_error_message=_("A phase closes after it opens."),
            ),
        ]
        indexes = [
            models.Index(fields=["opens_at"], condition=Q(opened_at__isnull=True), name="phase_to_open"),
            models.Index(fields=["closes_at"], condition=Q(closed_at__isnull=True), name="phase_to_close"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_talking(self) -> bool:
        """People take part in it."""
        return self.kind in TALKING_KINDS

    def is_open(self, at: datetime | None = None) -> bool:
        """Open at the moment (now): from the second of opening until just before the second of closing."""
        return self.opens_at <= (at or clock.now()) < self.closes_at

    def is_over(self, at: datetime | None = None) -> bool:
        """Closed at the moment (now)."""
        return (at or clock.now()) >= self.closes_at


class AnnexQuerySet(models.QuerySet["Annex"]):
    """Annexes, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only annexes of consultations that the actor may see."""
        return self.filter(visibility(actor, "consultation__subject__"))


class Annex(models.Model):
    """A file beside the text. In one language only with a summary in the other, a reason, a name and a day, all shown on the page."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="annexes")
    position = models.PositiveSmallIntegerField(default=0)
    title_sv, title_fi, title_en = line(), line(), line()
    title = InLanguage("title")
    summary_sv, summary_fi, summary_en = prose(), prose(), prose()
    summary = InLanguage("summary")
    file_sv = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_fi = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_en = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    exception_because_sv, exception_because_fi, exception_because_en = line(300), line(300), line(300)
    exception_because = InLanguage("exception_because")
    promised_by = models.CharField(_("who promises the other language"), max_length=150, blank=True, default="")
    promised_on = models.DateField(_("by which day"), null=True, blank=True)

    objects: ClassVar[AnnexQuerySet] = AnnexQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=has_both("title"), name="annex_titled_in_both", violation_error_message=_("Give the title in both Swedish and Finnish.")
            ),
            models.CheckConstraint(
                condition=Q(file_sv__isnull=False) | Q(file_fi__isnull=False), name="annex_has_a_file", violation_error_message=_("Add a file.")
            ),
            models.CheckConstraint(
                condition=Q(file_sv__isnull=False, file_fi__isnull=False)
                | (has_both("summary", "exception_because") & ~Q(promised_by="") & Q(promised_on__isnull=False)),
                name="annex_in_one_language_says_why",
                violation_error_message=_(
                    "A file in one language needs a summary in the other, a reason in both, the name of who promises the other language, and a day."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)
