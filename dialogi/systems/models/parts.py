"""What a system is made of and tied to: SystemUse, Integration, Assessment."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import InLanguage, line
from dialogi.commons.models.subjects import visibility
from dialogi.people.models import Person, Post, Unit
from dialogi.systems.models.classification import DataGroup, Function
from dialogi.systems.models.system import System

T = TypeVar("T", bound=models.Model)


class FunctionState(models.TextChoices):
    """Whether a person has confirmed the function of a use; a proposed one counts as unconfirmed everywhere."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("function of a use", "Unconfirmed")
    CONFIRMED = "confirmed", pgettext_lazy("function of a use", "Confirmed")


class Coverage(models.TextChoices):
    """How much of the function the system carries in this unit."""

    PRIMARY = "primary", pgettext_lazy("coverage of a function", "Mainly this system")
    PARTIAL = "partial", pgettext_lazy("coverage of a function", "Partly this system")


class UserBand(models.TextChoices):
    """How many people use a system in a unit."""

    FEW = "few", pgettext_lazy("number of users", "At most 10")
    SOME = "some", pgettext_lazy("number of users", "11–50")
    MANY = "many", pgettext_lazy("number of users", "51–100")
    MOST = "most", pgettext_lazy("number of users", "More than 100")
    RESIDENTS = "residents", pgettext_lazy("number of users", "Residents use it")
    UNKNOWN = "unknown", pgettext_lazy("number of users", "Not known")


class Criticality(models.TextChoices):
    """What happens when a system stands still."""

    CRITICAL = "critical", pgettext_lazy("criticality", "Work stops at once")
    IMPORTANT = "important", pgettext_lazy("criticality", "Work stops within days")
    ORDINARY = "ordinary", pgettext_lazy("criticality", "Work goes on for a while")
    UNKNOWN = "unknown", pgettext_lazy("criticality", "Not known")


class OfSystemQuerySet(models.QuerySet[T]):
    """Rows that belong to a system and are seen by whoever sees it."""

    def visible_to(self, actor: Actor) -> Self:
        """Only those of systems that the actor may see."""
        return self.filter(visibility(actor, "system__subject__"))


class SystemUseQuerySet(OfSystemQuerySet["SystemUse"]):
    """Uses, asked as adjectives."""

    def current(self) -> Self:
        """Going on today, or without a last day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=clock.today()))

    def confirmed(self) -> Self:
        """With a function that a person has confirmed."""
        return self.filter(function__isnull=False, function_state=FunctionState.CONFIRMED)


class SystemUse(models.Model):
    """That a unit uses a system for a function, under a name and with a weight of its own."""

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="uses", verbose_name=_("system"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="system_uses", verbose_name=_("unit"))
    function = models.ForeignKey(Function, null=True, blank=True, on_delete=models.PROTECT, related_name="uses", verbose_name=_("function"))
    function_state = models.CharField(max_length=12, choices=FunctionState, default=FunctionState.UNCONFIRMED)
    coverage = models.CharField(_("how much of the function"), max_length=8, choices=Coverage, default=Coverage.PRIMARY)
    local_name = models.CharField(_("name in the unit"), max_length=200, blank=True, default="")
    user_band = models.CharField(_("number of users"), max_length=10, choices=UserBand, default=UserBand.UNKNOWN)
    criticality = models.CharField(_("if it stands still"), max_length=10, choices=Criticality, default=Criticality.UNKNOWN)
    since = models.DateField(_("used since"), null=True, blank=True)
    until = models.DateField(_("used until"), null=True, blank=True)
    opt_out_reason = models.TextField(
        _("why the unit does not use the common system"), blank=True, default="", help_text=_("Only when there is a common one for this function.")
    )
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="system_uses", verbose_name=_("responsible post in the unit"))

    objects: ClassVar[SystemUseQuerySet] = SystemUseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "system", "unit", Coalesce("function", 0), name="use_once", violation_error_message=_("This unit already uses this system for this function.")
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="use_period_in_order",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(function_state=FunctionState.UNCONFIRMED) | Q(function_state=FunctionState.CONFIRMED, function__isnull=False),
                name="use_confirmed_has_function",
                violation_error_message=_("Choose the function before you confirm it."),
            ),
        ]
        indexes = [
            models.Index(fields=["function", "function_state", "system"], name="use_by_function"),
            models.Index(fields=["unit", "function"], name="use_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.system} – {self.unit}"


class IntegrationKind(models.TextChoices):
    """How data goes from one system to another."""

    API = "api", pgettext_lazy("kind of integration", "Interface")
    FILE = "file", pgettext_lazy("kind of integration", "File")
    DATABASE = "database", pgettext_lazy("kind of integration", "Straight into the database")
    MANUAL = "manual", pgettext_lazy("kind of integration", "By hand")
    OTHER = "other", pgettext_lazy("kind of integration", "In another way")
    UNKNOWN = "unknown", pgettext_lazy("kind of integration", "Not known")


class Frequency(models.TextChoices):
    """How often data goes over."""

    AT_ONCE = "at_once", pgettext_lazy("how often", "At once")
    DAILY = "daily", pgettext_lazy("how often", "Every day")
    WEEKLY = "weekly", pgettext_lazy("how often", "Every week")
    MONTHLY = "monthly", pgettext_lazy("how often", "Every month")
    YEARLY = "yearly", pgettext_lazy("how often", "Once or a few times a year")
    ON_DEMAND = "on_demand", pgettext_lazy("how often", "When needed")
    UNKNOWN = "unknown", pgettext_lazy("how often", "Not known")


class Integration(models.Model):
    """Data that goes from a system (`system`) to another one of ours (`target`) or to somebody else's (`other_end`), also by hand."""

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="integrations_out", verbose_name=pgettext_lazy("of an integration", "from"))
    target = models.ForeignKey(
        System, null=True, blank=True, on_delete=models.PROTECT, related_name="integrations_in", verbose_name=pgettext_lazy("of an integration", "to")
    )
    other_end = models.CharField(_("to somebody else’s system"), max_length=200, blank=True, default="")
    kind = models.CharField(pgettext_lazy("of an integration", "how"), max_length=10, choices=IntegrationKind, default=IntegrationKind.UNKNOWN)
    frequency = models.CharField(pgettext_lazy("of an integration", "how often"), max_length=10, choices=Frequency, default=Frequency.UNKNOWN)
    data_sv, data_fi, data_en = line(300), line(300), line(300)
    data = InLanguage("data")
    data_groups = models.ManyToManyField(DataGroup, blank=True, related_name="integrations", verbose_name=_("data groups"))
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[OfSystemQuerySet[Self]] = OfSystemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(target__isnull=False, other_end="") | (Q(target__isnull=True) & ~Q(other_end="")),
                name="integration_has_other_end",
                violation_error_message=_("Say where the data goes: to a system of ours, or to whose system."),
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(target=F("system")),
                name="integration_not_to_itself",
                violation_error_message=_("Data goes from one system to another one."),
            ),
        ]
        indexes = [models.Index(fields=["kind"], name="integration_by_kind")]

    def __str__(self) -> str:
        return f"{self.system} → {self.target or self.other_end}"


class AssessmentKind(models.TextChoices):
    """What was assessed. The first two are the axes of the TIME picture."""

    FUNCTIONAL_FIT = "functional_fit", pgettext_lazy("assessment", "How well it serves the work")
    TECHNICAL_FIT = "technical_fit", pgettext_lazy("assessment", "How good it is technically")
    CHANGE_IMPACT = "change_impact", pgettext_lazy("assessment", "Effects of the change (Act 906/2019, section 5)")
    DPIA = "dpia", pgettext_lazy("assessment", "Effects on data protection (DPIA)")
    SECURITY = "security", pgettext_lazy("assessment", "Information security")
    ACCESSIBILITY = "accessibility", pgettext_lazy("assessment", "Accessibility")
    AI_IMPACT = "ai_impact", pgettext_lazy("assessment", "Effects of artificial intelligence")


FIT_KINDS = frozenset({AssessmentKind.FUNCTIONAL_FIT, AssessmentKind.TECHNICAL_FIT})


class Assessment(models.Model):
    """What one assessor found on one day. Never leaves the building; several assessors stand side by side."""

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("system"))
    kind = models.CharField(_("what is assessed"), max_length=16, choices=AssessmentKind)
    score = models.PositiveSmallIntegerField(_("mark, 0–4"), null=True, blank=True)
    summary = models.TextField(_("what was found"), blank=True, default="")
    assessor = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("assessed by the post"))
    assessed_on = models.DateField(_("assessed on"), default=clock.today)
    expires_on = models.DateField(_("to be assessed again by"), null=True, blank=True)

    objects: ClassVar[OfSystemQuerySet[Self]] = OfSystemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AssessmentKind.values), name="assessment_kind_known"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=4), name="assessment_score_scale", violation_error_message=_("Give a number from 0 to 4.")
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=False) | ~Q(kind__in=[str(kind) for kind in sorted(FIT_KINDS)]),
                name="assessment_fit_has_score",
                violation_error_message=_("Give a mark from 0 to 4."),
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=False) | ~Q(summary=""), name="assessment_says_something", violation_error_message=_("Write what was found.")
            ),
            models.UniqueConstraint(
                fields=["system", "kind", "assessor", "assessed_on"],
                name="assessment_once_a_day",
                violation_error_message=_("You have already assessed this today. Change that one."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "system", "assessed_on"], name="assessment_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.system_id}"
