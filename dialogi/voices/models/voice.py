"""Voice, Theme, Reply, Support, Translation."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import InLanguage, has_both, line, prose
from dialogi.commons.models import Noun, Subject
from dialogi.commons.models.subjects import visibility
from dialogi.commons.states import Flow
from dialogi.people.models import LANGUAGE_CHOICES, Area, Consent, Contact, NounQuerySet, Organisation, Person, Unit
from dialogi.services.models import Service


class Kind(models.TextChoices):
    """What sort of thing is said. Offered, never demanded: feedback is the plain choice."""

    FEEDBACK = "feedback", _("Feedback")
    QUESTION = "question", _("Question")
    IDEA = "idea", _("Idea")
    NEED = "need", _("Need")
    FAULT = "fault", _("Fault report")
    THANKS = "thanks", _("Thanks")
    ACCESSIBILITY = "accessibility", _("Accessibility feedback")
    OPINION = "opinion", _("Opinion")
    POSITION = "position", _("Position")


# Said when the municipality asks, in a consultation; not offered where people speak of their own accord.
ASKED_FOR = (Kind.OPINION, Kind.POSITION)
OWN_KINDS = tuple((kind.value, kind.label) for kind in Kind if kind not in ASKED_FOR)


class Channel(models.TextChoices):
    """How the voice came. All channels have the same rights and the same deadline."""

    WEB = "web", _("Web")
    COUNTER = "counter", _("Service point")
    PHONE = "phone", _("Phone")
    LETTER = "letter", _("Letter")
    EMAIL = "email", _("E-mail")
    MEETING = "meeting", _("Meeting")
    PAPER = "paper", _("Paper form")
    SOCIAL = "social", _("Social media")


class State(models.TextChoices):
    """Where the voice stands, in words that mean something to the one who spoke."""

    RECEIVED = "received", _("Received")
    IN_HAND = "in_hand", _("In hand")
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")
    NOT_OURS = "not_ours", _("Not ours, forwarded")
    CANNOT = "cannot", _("Cannot be done")
    SAME_AS = "same_as", _("Same as another")


FLOW = Flow(
    {
        State.RECEIVED: {State.IN_HAND, State.PLANNED, State.DONE, State.NOT_OURS, State.CANNOT, State.SAME_AS},
        State.IN_HAND: {State.PLANNED, State.DONE, State.NOT_OURS, State.CANNOT, State.SAME_AS},
        State.PLANNED: {State.IN_HAND, State.DONE, State.CANNOT, State.NOT_OURS, State.SAME_AS},
        State.DONE: {State.IN_HAND},
        State.NOT_OURS: {State.IN_HAND},
        State.CANNOT: {State.IN_HAND},
        State.SAME_AS: {State.IN_HAND},
    }
)
OPEN_STATES = (State.RECEIVED, State.IN_HAND)


class Publication(models.TextChoices):
    """Whether others may read it."""

    NOT_ASKED = "not_asked", _("Not public")
    WAITING = "waiting", _("Waits for a check")
    PUBLISHED = "published", _("Public")
    REFUSED = "refused", _("Not published")
    STAFF = "staff", _("For staff only")
    WITHDRAWN = "withdrawn", _("Withdrawn from public view")


class SpeaksAs(models.TextChoices):
    """In which capacity the author speaks."""

    RESIDENT = "resident", _("Resident")
    STAFF = "staff", _("Member of staff")
    OFFICIAL = "official", _("Elected official")
    ORGANISATION = "org", _("Organisation or council")


class Theme(Noun):
    """Several voices about one thing, answered once."""

    title_sv, title_fi, title_en = line(), line(), line()
    title = InLanguage("title")
    summary_sv, summary_fi, summary_en = prose(), prose(), prose()
    summary = InLanguage("summary")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="themes")
    is_need = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=has_both("title"), name="theme_titled_in_both", violation_error_message=_("Give the title in both Swedish and Finnish.")
            )
        ]

    def __str__(self) -> str:
        return str(self.title)


class VoiceQuerySet(models.QuerySet["Voice"]):
    """Voices, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only voices the actor may see."""
        return self.filter(visibility(actor, "subject__"))

    def published(self) -> Self:
        """Only voices that everybody may read."""
        return self.filter(publication=Publication.PUBLISHED)

    def open(self) -> Self:
        """Not answered yet."""
        return self.filter(answered_at__isnull=True)

    def answered(self) -> Self:
        """Answered."""
        return self.filter(answered_at__isnull=False)

    def on_own_clock(self) -> Self:
        """Answered by a promise of its own, not together with what it is about."""
        return self.filter(is_answered_together=False)

    def unpublished(self) -> Self:
        """Waiting for a publication check."""
        return self.filter(publication=Publication.WAITING)

    def about(self, subject: Subject) -> Self:
        """About a Subject."""
        return self.filter(about=subject)

    def for_units(self, units: frozenset[int] | None) -> Self:
        """Only voices of these units (ids of their Subjects); None means all."""
        return self.all() if units is None else self.filter(unit__subject__in=sorted(units))

    def newest(self) -> Self:
        """Newest arrival first."""
        return self.order_by("-arrived_at", "-id")


class Voice(Noun):
    """What somebody said. The words are the author's own, in their own language, and are never translated in place."""

    text = models.TextField(_("your words"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.FEEDBACK)
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    publication = models.CharField(max_length=12, choices=Publication, default=Publication.NOT_ASKED)
    published_text = models.TextField(blank=True, default="", help_text="what the public reads when personal data was masked; empty: the text itself")
    speaks_as = models.CharField(max_length=10, choices=SpeaksAs, default=SpeaksAs.RESIDENT)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.WEB)
    speaks_for = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="the organisation or council whose statement it is"
    )
    is_answered_together = models.BooleanField(default=False, help_text="answered with what it is about, such as a consultation, not by a clock of its own")
    post_address = models.URLField(_("address of the post"), max_length=400, blank=True, default="")

    about = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="voices_about")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="voices")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="voices")
    place_words = models.CharField(_("place"), max_length=300, blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="voices")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="voices")
    recorded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="recorded_voices")
    helped_by = models.CharField(_("who helped"), max_length=150, blank=True, default="")
    was_read_back = models.BooleanField(_("read back to the person"), default=False)
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    receipt_digest = models.CharField(max_length=64, unique=True, help_text="keyed hash of the secret follow-up code")
    form_key = models.CharField(max_length=40, unique=True, help_text="a form sent twice makes one voice")

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="voices")
    handler = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="handled_voices")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="voices")
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates")
    forwarded_to = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="forwarded_voices")
    misdirected = models.CharField(max_length=20, blank=True, default="", help_text="appeal, information_request or wellbeing: recognised with the sender")
    may_pass_contact = models.BooleanField(default=False, help_text="the author agreed that another organisation gets to know how to reach them")
    may_pass_words = models.BooleanField(default=False, help_text="the author agreed that another organisation gets the words")

    arrived_at = models.DateTimeField(default=clock.now, help_text="when the voice reached the municipality; the clock counts from it")
    recorded_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True, help_text="first answer since it was last opened")
    closed_at = models.DateTimeField(null=True, blank=True)
    asked_helpful_at = models.DateTimeField(null=True, blank=True)
    was_helpful = models.BooleanField(null=True, blank=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    case_number = models.CharField(_("case number"), max_length=40, blank=True, default="")
    retention_class = models.CharField(_("retention class"), max_length=40, blank=True, default="voices.feedback")

    objects: ClassVar[VoiceQuerySet] = VoiceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="voice_has_words", violation_error_message=_("Write what you want to say.")),
            models.CheckConstraint(condition=Q(state__in=State.values), name="voice_state_known"),
            models.CheckConstraint(condition=Q(publication__in=Publication.values), name="voice_publication_known"),
            models.CheckConstraint(condition=Q(is_answered_together=False) | Q(about__isnull=False), name="voice_answered_with_something"),
            models.CheckConstraint(condition=~Q(speaks_as="org") | Q(speaks_for__isnull=False), name="voice_organisation_named"),
            models.CheckConstraint(condition=Q(language__in=["sv", "fi", "en"]), name="voice_language_known"),
            models.CheckConstraint(condition=~Q(state="same_as") | Q(same_as__isnull=False), name="voice_same_as_names_it"),
            models.CheckConstraint(condition=~Q(state="not_ours") | Q(forwarded_to__isnull=False), name="voice_not_ours_names_whose"),
            models.CheckConstraint(condition=Q(same_as__isnull=True) | ~Q(same_as=models.F("id")), name="voice_not_same_as_itself"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="voice_place_on_earth",
            ),
        ]
        indexes = [
            models.Index(fields=["publication", "-arrived_at", "-id"], name="voice_public_newest"),
            models.Index(fields=["unit", "state", "-arrived_at"], name="voice_by_unit_state"),
            models.Index(fields=["handler", "answered_at"], name="voice_by_handler"),
            models.Index(fields=["publication", "kind", "-arrived_at"], name="voice_public_by_kind"),
            models.Index(fields=["answered_at", "arrived_at"], name="voice_by_answer"),
            models.Index(fields=["publication", "-answered_at", "-id"], name="voice_public_by_answer"),
            models.Index(fields=["publication", "-arrived_at", "-id"], condition=Q(answered_at__isnull=True), name="voice_public_open"),
            models.Index(fields=["unit", "arrived_at"], condition=Q(answered_at__isnull=True), name="voice_open_by_unit"),
            models.Index(fields=["publication", "state", "-answered_at", "-id"], condition=Q(was_helpful=True), name="voice_public_helped"),
            models.Index(fields=["about", "publication", "-arrived_at", "-id"], name="voice_about_newest"),
            models.Index(fields=["publication", "service", "-arrived_at", "-id"], name="voice_public_by_service"),
            models.Index(fields=["publication", "area", "-arrived_at", "-id"], name="voice_public_by_area"),
            models.Index(fields=["publication", "state", "-arrived_at", "-id"], name="voice_public_by_state"),
            models.Index(fields=["publication", "language", "-arrived_at", "-id"], name="voice_public_by_language"),
            models.Index(fields=["publication", "channel", "-arrived_at", "-id"], name="voice_public_by_channel"),
            models.Index(fields=["publication", "latitude", "longitude"], condition=Q(latitude__isnull=False), name="voice_public_on_map"),
            models.Index(fields=["theme", "publication", "-arrived_at", "-id"], condition=Q(theme__isnull=False), name="voice_by_theme"),
            models.Index(fields=["publication", "state", "-answered_at", "-id"], name="voice_public_changed"),
            models.Index(fields=["state", "-arrived_at", "-id"], name="voice_by_state"),
            models.Index(fields=["-arrived_at", "-id"], name="voice_newest"),
            models.Index(fields=["case_number"], condition=~Q(case_number=""), name="voice_by_case_number"),
        ]

    def __str__(self) -> str:
        return self.subject.code

    @property
    def place_told(self) -> str:
        """Where it is: the author's words, and the village unless the words name it already, in whatever language."""
        names = {name for name in (self.area.name_sv, self.area.name_fi, self.area.name_en) if name} if self.area else set()
        is_named = any(name.casefold() in self.place_words.casefold() for name in names)
        return ", ".join(part for part in (self.place_words, str(self.area.name) if self.area and not is_named else "") if part)

    @property
    def is_public(self) -> bool:
        """Everybody may read it."""
        return self.publication == Publication.PUBLISHED

    @property
    def public_words(self) -> str:
        """The words that the public reads: the text, or the text with personal data masked."""
        return self.published_text or self.text

    @property
    def is_answered(self) -> bool:
        """Answered since it was last opened."""
        return self.answered_at is not None


class Reply(models.Model):
    """An answer: to one voice, or once to all the voices of a theme. As public as what it answers."""

    voice = models.ForeignKey(Voice, null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="replies", db_index=False)
    text_sv, text_fi, text_en = prose(), prose(), prose()
    text = InLanguage("text")
    state = models.CharField(max_length=12, choices=State)
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="replies")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    minutes = models.PositiveSmallIntegerField(_("minutes spent"), null=True, blank=True)
    given_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(voice__isnull=False) ^ Q(theme__isnull=False), name="reply_to_voice_or_theme"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="reply_state_known"),
            models.CheckConstraint(condition=~Q(text_sv="", text_fi="", text_en=""), name="reply_has_words", violation_error_message=_("Write the answer.")),
            models.CheckConstraint(
                condition=Q(theme__isnull=True) | has_both("text"),
                name="reply_to_theme_in_both",
                violation_error_message=_("An answer to a theme is written in both Swedish and Finnish."),
            ),
        ]
        # Few answers are to a theme: an index over all of them would seem to find thousands for each.
        indexes = [models.Index(fields=["theme"], condition=Q(theme__isnull=False), name="reply_by_theme")]

    def __str__(self) -> str:
        return f"reply {self.pk}"


class Support(models.Model):
    """ "Me too", once for each account or browser; told when the answer comes if it left an address."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="supports")
    account = models.ForeignKey("commons.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="supports")
    browser_key = models.CharField(max_length=64, blank=True, default="", help_text="keyed hash of a random cookie; names nobody")
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voice", "account"], condition=Q(account__isnull=False), name="support_once_by_account"),
            models.UniqueConstraint(fields=["voice", "browser_key"], condition=~Q(browser_key=""), name="support_once_by_browser"),
        ]

    def __str__(self) -> str:
        return f"support of {self.voice_id}"


class Translation(models.Model):
    """The words of a voice in another language, with the one who made it; never in place of the author's own."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    text = models.TextField()
    made_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "language"], name="translation_once")]

    def __str__(self) -> str:
        return f"{self.language} of {self.voice_id}"
