"""Candidate: two systems that might do the same work, as they were last reckoned; Reckoning: when that was; DayKind: what days ahead are about."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import pgettext_lazy

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models.subjects import visibility
from dialogi.systems.models.harmonisation import Dismissal
from dialogi.systems.models.system import System


class DayKind(models.TextChoices):
    """What happens on a day ahead."""

    NOTICE = "notice", pgettext_lazy("harmonisation", "Last day to give notice")
    END = "end", pgettext_lazy("harmonisation", "The contract ends")
    SUPPORT = "support", pgettext_lazy("harmonisation", "Support ends")


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Candidates, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only those of systems that the actor may both see."""
        return self.filter(visibility(actor, "first__subject__") & visibility(actor, "second__subject__"))

    def with_more_than_words(self) -> Self:
        """Candidates; what only shares words is a suggestion."""
        return self.filter(is_suggestion=False)

    def with_words_alone(self) -> Self:
        """Suggestions, which count for nothing."""
        return self.filter(is_suggestion=True)

    def to_look_at(self) -> Self:
        """Not dismissed; or dismissed until a day that has passed, or before something new spoke for them."""
        return self.filter(~Exists(self._dismissals()))

    def dismissed(self) -> Self:
        """Dismissed today, and nothing new speaks for them."""
        return self.filter(Exists(self._dismissals()))

    def _dismissals(self) -> models.QuerySet[Dismissal]:
        same = Dismissal.objects.standing().filter(first=OuterRef("first"), second=OuterRef("second"))
        known = ExpressionWrapper(F("signals").bitand(OuterRef("signals")), output_field=models.IntegerField())  # type: ignore[arg-type]
        return same.annotate(known=known).filter(known=OuterRef("signals"))


class Candidate(models.Model):
    """What was found in a pair of systems. Reckoned anew as a whole; nothing that a person said stands here."""

    first = models.ForeignKey(System, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(System, on_delete=models.CASCADE, related_name="+")
    signals = models.PositiveSmallIntegerField(help_text="harmonising.signals.Signal, without words")
    details = models.JSONField(default=dict, help_text="numbers of the shared functions and data groups, and shared words")
    is_suggestion = models.BooleanField(default=False)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, help_text="running costs of both; empty unless both are known")
    window_on = models.DateField(null=True, help_text="the first day on which either can be changed")
    place = models.PositiveSmallIntegerField(help_text="0 both cost and day known, 1 cost, 2 day, 3 neither")

    objects: ClassVar[CandidateQuerySet] = CandidateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="candidate_once_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="candidate_in_order"),
        ]
        indexes = [models.Index(fields=["is_suggestion", "place", "window_on", "-cost", "id"], name="candidate_in_turn")]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"


class Reckoning(models.Model):
    """The last time candidates were looked for: one row."""

    only_one = models.BooleanField(default=True, unique=True, editable=False)
    made_at = models.DateTimeField(default=clock.now)
    seen_entry = models.PositiveBigIntegerField(default=0, help_text="the last entry of the ledger that it knew of")
    systems = models.PositiveIntegerField(default=0)
    compared = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    coverage = models.JSONField(default=dict, help_text="how many systems have what the method needs, and how much of the known cost they are")
    crowds = models.JSONField(default=list, help_text="[function, sector, systems] that are too many to be told pair by pair")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only_one=True), name="reckoning_is_one")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
