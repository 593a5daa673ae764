"""Who must sit in a body: CompositionRule."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import InLanguage, has_both, prose
from dialogi.commons.models.subjects import visibility
from dialogi.people.models.posts import Post
from dialogi.people.models.seats import Position
from dialogi.people.models.structure import Body, Unit


class Demand(models.TextChoices):
    """What a rule demands."""

    POSITION_BY_POST = "position_by_post", _("A position belongs to the holder of a post")
    EACH_SECTOR = "each_sector", _("Every sector has a representative")
    FROM_UNIT = "from_unit", _("At least so many represent a unit")
    NUMBER = "number", _("So many members")
    LED_BY_REPRESENTATIVE = "led_by_representative", _("The chair represents a sector in another body")


class CompositionRuleQuerySet(models.QuerySet["CompositionRule"]):
    """Rules, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only rules of bodies that the actor may see."""
        return self.filter(visibility(actor, "body__subject__"))


def _needs(demand: Demand, **filled: object) -> Q:
    return ~Q(demand=demand.value) | Q(**filled)


class CompositionRule(models.Model):
    """One thing that the composition of a body must fulfil, with its reason.

    Which fields count follows from `demand`: a position and a post; nothing; a unit and `least`; `least` and `most`; a sector (`unit`) and the body in
    which it is represented (`of_body`). Rules are data: a decision changes them, not a release.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="composition_rules", verbose_name=_("body"))
    demand = models.CharField(_("what it demands"), max_length=30, choices=Demand)
    position = models.CharField(_("in the body"), max_length=20, choices=Position, blank=True, default="")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="composition_rules", verbose_name=_("post"))
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="composition_rules", verbose_name=_("unit or sector"))
    of_body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("the other body"))
    least = models.PositiveSmallIntegerField(_("at least"), null=True, blank=True)
    most = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)
    reason_sv, reason_fi, reason_en = prose(), prose(), prose()
    reason = InLanguage("reason")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = CompositionRuleQuerySet.as_manager()

    class Meta:
        ordering = ["body", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(demand__in=Demand.values), name="composition_demand_known"),
            models.CheckConstraint(
                condition=has_both("reason"), name="composition_reason_in_both", violation_error_message=_("Give the reason in both Swedish and Finnish.")
            ),
            models.CheckConstraint(
                condition=_needs(Demand.POSITION_BY_POST, position__in=Position.values, post__isnull=False),
                name="composition_position_and_post",
                violation_error_message=_("Say which position belongs to the holder of which post."),
            ),
            models.CheckConstraint(
                condition=_needs(Demand.FROM_UNIT, unit__isnull=False, least__isnull=False, least__gte=1),
                name="composition_unit_and_number",
                violation_error_message=_("Say which unit, and how many represent it at least."),
            ),
            models.CheckConstraint(
                condition=_needs(Demand.NUMBER, least__isnull=False, least__gte=1) | _needs(Demand.NUMBER, most__isnull=False, most__gte=1),
                name="composition_some_number",
                violation_error_message=_("Say how many members there are, at least or at most."),
            ),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(most__gte=models.F("least")),
                name="composition_numbers_in_order",
                violation_error_message=_("At most cannot be fewer than at least."),
            ),
            models.CheckConstraint(
                condition=_needs(Demand.LED_BY_REPRESENTATIVE, unit__isnull=False, of_body__isnull=False),
                name="composition_sector_and_body",
                violation_error_message=_("Say which sector leads, and in which other body it is represented."),
            ),
            models.CheckConstraint(
                condition=~Q(of_body=models.F("body")),
                name="composition_of_another_body",
                violation_error_message=_("The other body cannot be the body itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_demand_display()}"
