"""HarmonisationCase: what is examined together, what was decided, what came of it; Dismissal: what was found to be no overlap."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons import clock
from dialogi.commons.languages import InLanguage, has_both, line, prose
from dialogi.commons.models import Noun
from dialogi.commons.states import Flow
from dialogi.decisions.models import Decision
from dialogi.people.models import NounQuerySet, Person, Post, Unit
from dialogi.systems.models.system import System


class CaseState(models.TextChoices):
    """Where a harmonisation case stands."""

    SUGGESTED = "suggested", pgettext_lazy("state of a harmonisation case", "Suggested")
    EXAMINED = "examined", pgettext_lazy("state of a harmonisation case", "Examined")
    DECIDED = "decided", pgettext_lazy("state of a harmonisation case", "Decided")
    UNDER_WAY = "under_way", pgettext_lazy("state of a harmonisation case", "Under way")
    REALISED = "realised", pgettext_lazy("state of a harmonisation case", "Realised")
    DROPPED = "dropped", pgettext_lazy("state of a harmonisation case", "Dropped")


CASE_FLOW = Flow(
    {
        CaseState.SUGGESTED: {CaseState.EXAMINED, CaseState.DROPPED},
        CaseState.EXAMINED: {CaseState.DECIDED, CaseState.DROPPED},
        CaseState.DECIDED: {CaseState.UNDER_WAY, CaseState.REALISED, CaseState.EXAMINED},
        CaseState.UNDER_WAY: {CaseState.REALISED, CaseState.EXAMINED},
        CaseState.DROPPED: {CaseState.EXAMINED},
    }
)


class Option(models.TextChoices):
    """What can be done with systems that seem to overlap."""

    KEEP_BOTH = "keep_both", pgettext_lazy("harmonisation", "Keep them as they are")
    MERGE = "merge", pgettext_lazy("harmonisation", "Merge into one of them")
    REPLACE = "replace", pgettext_lazy("harmonisation", "Replace them with another one")
    RETIRE = "retire", pgettext_lazy("harmonisation", "Retire without a successor")
    NO_OVERLAP = "no_overlap", pgettext_lazy("harmonisation", "There is no overlap")


class HarmonisationCase(Noun):
    """Systems that are looked at together; a body decides. What is known on the day of the decision is frozen in `baseline`."""

    title_sv, title_fi, title_en = line(), line(), line()
    title = InLanguage("title")
    summary_sv, summary_fi, summary_en = prose(), prose(), prose()
    summary = InLanguage("summary")
    systems = models.ManyToManyField(System, related_name="harmonisation_cases", verbose_name=_("systems"))
    survivor = models.ForeignKey(System, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_survived", verbose_name=_("the one that stays"))
    reasons = models.JSONField(default=list, blank=True, help_text="the signals as they were when the case was opened")
    baseline = models.JSONField(default=dict, blank=True, help_text="costs, functions and integrations frozen at the decision; never written again")
    option = models.CharField(_("what is proposed or decided"), max_length=12, choices=Option, blank=True, default="")
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.SUGGESTED)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="harmonisation_cases", verbose_name=_("responsible unit"))
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="harmonisation_cases", verbose_name=_("responsible post"))
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="harmonisation_cases", verbose_name=_("decision"))
    expected_low = models.DecimalField(_("expected saving a year, at least"), max_digits=12, decimal_places=2, null=True, blank=True)
    expected_high = models.DecimalField(_("expected saving a year, at most"), max_digits=12, decimal_places=2, null=True, blank=True)
    assumptions_sv, assumptions_fi, assumptions_en = prose(), prose(), prose()
    assumptions = InLanguage("assumptions")
    migration_cost = models.DecimalField(_("cost of the change itself"), max_digits=12, decimal_places=2, null=True, blank=True)
    realised_from = models.DateField(_("realised on"), null=True, blank=True)
    is_public = models.BooleanField(_("everybody may read it"), default=False)
    opened_at = models.DateTimeField(default=clock.now)
    decided_on = models.DateField(null=True, blank=True)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=has_both("title"), name="case_titled_in_both", violation_error_message=_("Give the title in both Swedish and Finnish.")
            ),
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(is_public=False) | has_both("summary"),
                name="case_public_in_both",
                violation_error_message=_("What everybody may read has its summary in both Swedish and Finnish."),
            ),
            models.CheckConstraint(condition=Q(option="") | Q(option__in=Option.values), name="case_option_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[CaseState.DECIDED, CaseState.UNDER_WAY, CaseState.REALISED]) | (Q(decision__isnull=False) & ~Q(option="")),
                name="case_decided_by_decision",
                violation_error_message=_("A body decides the case: name the decision and what was decided."),
            ),
            models.CheckConstraint(
                condition=Q(expected_low__isnull=True, expected_high__isnull=True) | Q(expected_high__gte=F("expected_low")),
                name="case_saving_is_a_range",
                violation_error_message=_("Give the expected saving as a range, the smaller sum first."),
            ),
        ]
        indexes = [models.Index(fields=["state", "-opened_at"], name="case_by_state")]

    def __str__(self) -> str:
        return str(self.title)


class DismissalQuerySet(models.QuerySet["Dismissal"]):
    """Dismissals, asked as adjectives."""

    def standing(self) -> Self:
        """Those that hold today."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=clock.today()))


class Dismissal(models.Model):
    """That two systems do not overlap, or are looked at later: who said so, why, until when. `first` has the smaller number."""

    first = models.ForeignKey(System, on_delete=models.CASCADE, related_name="dismissals_as_first")
    second = models.ForeignKey(System, on_delete=models.CASCADE, related_name="dismissals_as_second")
    reason = models.TextField(_("reason"))
    signals = models.PositiveSmallIntegerField(default=0, editable=False, help_text="what spoke for the pair then; anything new brings it back")
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Leave empty when it holds for good."))
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[DismissalQuerySet] = DismissalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="dismissal_once_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="dismissal_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="dismissal_has_reason", violation_error_message=_("Say why.")),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"
