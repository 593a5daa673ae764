"""Decision: of a body or of an office-holder, and what it decides on."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import InLanguage, has_both, line, prose
from dialogi.commons.models import Subject
from dialogi.commons.models.subjects import visibility
from dialogi.commons.states import Flow
from dialogi.decisions.models.matter import Matter
from dialogi.decisions.models.mention import Mentionable
from dialogi.people.models import Body, Post, Unit


class DecisionState(models.TextChoices):
    """Whether it has been made public."""

    DRAFT = "draft", _("Not public yet")
    PUBLISHED = "published", _("Public")
    DISCARDED = "discarded", _("Discarded")


DECISION_FLOW = Flow({DecisionState.DRAFT: {DecisionState.PUBLISHED, DecisionState.DISCARDED}})


class Outcome(models.TextChoices):
    """What was decided."""

    APPROVED = "approved", _("Approved")
    CHANGED = "changed", _("Approved with changes")
    REJECTED = "rejected", _("Rejected")
    APPOINTED = "appointed", _("Somebody was chosen")
    NOTED = "noted", _("Noted")
    PROPOSED = "proposed", _("Proposed to the body that decides")
    RETURNED = "returned", _("Sent back to be prepared again")
    TABLED = "tabled", _("Put off to a later meeting")


# After these nothing is left to decide.
SETTLING = frozenset({Outcome.APPROVED, Outcome.CHANGED, Outcome.REJECTED, Outcome.APPOINTED, Outcome.NOTED})


class Remedy(models.TextChoices):
    """What somebody can do who disagrees."""

    RECTIFICATION = "rectification", _("Rectification can be asked for within 14 days")
    APPEAL = "appeal", _("It can be appealed within 30 days")
    NONE = "none", _("It cannot be appealed")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only decisions whose Subject the actor may see."""
        return self.filter(visibility(actor, "subject__"))

    def published(self) -> Self:
        """Only those that everybody may read, or read a mention of."""
        return self.filter(state=DecisionState.PUBLISHED)

    def drafts(self) -> Self:
        """Written down and not public yet."""
        return self.filter(state=DecisionState.DRAFT)

    def for_units(self, units: frozenset[int] | None) -> Self:
        """Only decisions of these units (ids of their Subjects); None means all."""
        return self.all() if units is None else self.filter(unit__subject__in=sorted(units))

    def newest(self) -> Self:
        """Decided last first."""
        return self.order_by("-decided_on", "-id")


class Decision(Mentionable):
    """What a body or an office-holder decided, in a matter or by itself. Of an office-holder the office is named as it was called then, never the person."""

    matter = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("matter"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("unit that prepared it"))
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("body that decided"))
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("post that decided"))
    office_sv, office_fi, office_en = line(), line(), line()
    office = InLanguage("office")
    title_sv, title_fi, title_en = line(), line(), line()
    title = InLanguage("title")
    text_sv, text_fi, text_en = prose(), prose(), prose()
    text = InLanguage("text")
    reasons_sv, reasons_fi, reasons_en = prose(), prose(), prose()
    reasons = InLanguage("reasons")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    decided_on = models.DateField(_("decided on"), default=clock.today)
    section = models.CharField(_("section"), max_length=20, blank=True, default="")
    minutes_url = models.URLField(_("address of the minutes"), max_length=400, blank=True, default="")
    remedy = models.CharField(_("if somebody disagrees"), max_length=14, choices=Remedy)
    remedy_law = models.CharField(_("section of law"), max_length=200, blank=True, default="")
    state = models.CharField(max_length=10, choices=DecisionState, default=DecisionState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DecisionQuerySet] = DecisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Mentionable.Meta):
        constraints = [
            *Mentionable.Meta.constraints,
            models.CheckConstraint(
                condition=has_both("title"), name="decision_titled_in_both", violation_error_message=_("Give the title in both Swedish and Finnish.")
            ),
            models.CheckConstraint(
                condition=~Q(text_sv="", text_fi="", text_en=""), name="decision_has_words", violation_error_message=_("Write what was decided.")
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=False, post__isnull=True, office_sv="", office_fi="", office_en="") | (Q(body__isnull=True) & has_both("office")),
                name="decision_by_body_or_office",
                violation_error_message=_("A decision is made either by a body or by an office-holder, whose office is named in Swedish and in Finnish."),
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_outcome_known"),
            models.CheckConstraint(condition=Q(remedy__in=Remedy.values), name="decision_remedy_known"),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False) | Q(state__in=["draft", "discarded"], published_at__isnull=True),
                name="decision_published_has_moment",
            ),
            models.UniqueConstraint(
                fields=["body", "decided_on", "section"],
                condition=~Q(section="") & ~Q(state="discarded"),
                name="decision_section_once_a_meeting",
                violation_error_message=_("This body has already decided something under this section on this day."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-decided_on", "-id"], name="decision_newest"),
            models.Index(fields=["matter", "state", "-decided_on"], name="decision_by_matter"),
            models.Index(fields=["body", "state", "-decided_on"], name="decision_by_body"),
            models.Index(fields=["unit", "state", "-decided_on"], name="decision_by_unit"),
        ]

    def __str__(self) -> str:
        return str(self.public_title)

    @property
    def is_published(self) -> bool:
        """Everybody may read it, or a mention of it."""
        return self.state == DecisionState.PUBLISHED

    @property
    def is_draft(self) -> bool:
        """It can still be changed without a word."""
        return self.state == DecisionState.DRAFT

    @property
    def settles(self) -> bool:
        """Nothing is left to decide in its matter."""
        return self.outcome in SETTLING


class DecidedOn(models.Model):
    """What a decision decides on, and the version that it had then: what is changed later shows as changed since it was approved."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="decides_on")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="decided_by")
    version = models.PositiveIntegerField(help_text="version of the Subject when it was decided on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "subject"], name="decided_on_once")]

    def __str__(self) -> str:
        return f"decision {self.decision_id} on {self.subject_id}"
