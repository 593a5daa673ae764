"""Moderation in the open: rules, decisions that name their rule, appeals."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.languages import InLanguage, has_both, line, prose
from dialogi.people.models import Person
from dialogi.voices.models.voice import Voice


class ModerationRule(models.Model):
    """A published rule by which words may be refused or masked."""

    code = models.SlugField(max_length=40, unique=True)
    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    explanation_sv, explanation_fi, explanation_en = prose(), prose(), prose()
    explanation = InLanguage("explanation")
    order = models.PositiveSmallIntegerField(default=50)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "code"]
        constraints = [models.CheckConstraint(condition=has_both("name", "explanation"), name="moderation_rule_in_both")]

    def __str__(self) -> str:
        return str(self.name)


class Outcome(models.TextChoices):
    """What the publication check came to."""

    PUBLISHED = "published", _("Published as written")
    MASKED = "masked", _("Published with a part hidden")
    REFUSED = "refused", _("Not published")
    WITHDRAWN = "withdrawn", _("Taken out of public view")


class ModerationDecision(models.Model):
    """One publication decision. The public log shows the rule, outcome, language and day, never the words or the moderator."""

    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    rule = models.ForeignKey(ModerationRule, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    explanation = models.TextField(_("reason in your own words"), blank=True, default="")
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="moderation_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="published") | Q(rule__isnull=False),
                name="moderation_names_its_rule",
                violation_error_message=_("Name the rule: nothing is refused or hidden without one."),
            ),
        ]
        indexes = [
            models.Index(fields=["outcome", "-decided_at", "-id"], name="decision_by_outcome"),
            models.Index(fields=["-decided_at", "-id"], name="check_newest"),
            models.Index(fields=["-decided_at", "-id"], condition=Q(rule__isnull=False), name="check_newest_by_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.voice_id}"


class Appeal(models.Model):
    """The author asks for another look; somebody else decides it, with a reason."""

    decision = models.OneToOneField(ModerationDecision, on_delete=models.PROTECT, related_name="appeal")
    text = models.TextField(_("why"))
    made_at = models.DateTimeField(default=clock.now)
    upheld = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | ~Q(answer=""),
                name="appeal_decided_with_reason",
                violation_error_message=_("Give the reason for the decision."),
            )
        ]

    def __str__(self) -> str:
        return f"appeal of {self.decision_id}"
