"""Matter: something the municipality prepares, decides and carries out."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import InLanguage, has_both, line, prose
from dialogi.commons.models.subjects import visibility
from dialogi.commons.states import Flow
from dialogi.decisions.models.mention import Mentionable
from dialogi.people.models import Post, Unit
from dialogi.services.models import Service


class MatterState(models.TextChoices):
    """Where the matter stands."""

    PREPARATION = "preparation", _("Under preparation")
    DECIDED = "decided", pgettext_lazy("matter", "Decided")
    EXECUTION = "execution", _("Being carried out")
    CLOSED = "closed", _("Finished")
    DROPPED = "dropped", _("Dropped")


MATTER_FLOW = Flow(
    {
        MatterState.PREPARATION: {MatterState.DECIDED, MatterState.DROPPED},
        MatterState.DECIDED: {MatterState.EXECUTION, MatterState.CLOSED, MatterState.PREPARATION},
        MatterState.EXECUTION: {MatterState.CLOSED, MatterState.PREPARATION},
        MatterState.CLOSED: {MatterState.PREPARATION},
        MatterState.DROPPED: {MatterState.PREPARATION},
    }
)
_LOOKS = {
    MatterState.PREPARATION: "in_hand",
    MatterState.DECIDED: "done",
    MatterState.EXECUTION: "planned",
    MatterState.CLOSED: "done",
    MatterState.DROPPED: "cannot",
}
OPEN_STATES = (MatterState.PREPARATION, MatterState.DECIDED, MatterState.EXECUTION)


class MatterQuerySet(models.QuerySet["Matter"]):
    """Matters, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only matters whose Subject the actor may see."""
        return self.filter(visibility(actor, "subject__"))

    def open(self) -> Self:
        """Neither finished nor dropped."""
        return self.filter(state__in=OPEN_STATES)

    def for_units(self, units: frozenset[int] | None) -> Self:
        """Only matters of these units (ids of their Subjects); None means all."""
        return self.all() if units is None else self.filter(unit__subject__in=sorted(units))

    def newest(self) -> Self:
        """Opened last first."""
        return self.order_by("-opened_on", "-id")


class Matter(Mentionable):
    """Something the municipality prepares, decides and carries out, under one number in the case register."""

    title_sv, title_fi, title_en = line(), line(), line()
    title = InLanguage("title")
    summary_sv, summary_fi, summary_en = prose(), prose(), prose()
    summary = InLanguage("summary")
    case_number = models.CharField(_("case number"), max_length=40, blank=True, default="")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="matters", verbose_name=_("unit that prepares it"))
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="matters", verbose_name=_("service"))
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="matters", verbose_name=_("post that answers"))
    state = models.CharField(max_length=12, choices=MatterState, default=MatterState.PREPARATION)
    opened_on = models.DateField(_("opened on"), default=clock.today)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects: ClassVar[MatterQuerySet] = MatterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Mentionable.Meta):
        constraints = [
            *Mentionable.Meta.constraints,
            models.CheckConstraint(
                condition=has_both("title"), name="matter_titled_in_both", violation_error_message=_("Give the title in both Swedish and Finnish.")
            ),
            models.CheckConstraint(
                condition=has_both("summary"),
                name="matter_summed_up_in_both",
                violation_error_message=_("Say in both Swedish and Finnish what it is about."),
            ),
            models.CheckConstraint(condition=Q(state__in=MatterState.values), name="matter_state_known"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, state__in=OPEN_STATES) | Q(closed_on__isnull=False, state__in=["closed", "dropped"]),
                name="matter_closed_has_day",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
                name="matter_closes_after_opening",
                violation_error_message=_("A matter cannot be closed before it was opened."),
            ),
            models.UniqueConstraint(
                fields=["case_number"],
                condition=~Q(case_number=""),
                name="matter_case_number_once",
                violation_error_message=_("Another matter has this case number already."),
            ),
        ]
        indexes = [
            models.Index(fields=["-opened_on", "-id"], name="matter_newest"),
            models.Index(fields=["state", "-opened_on", "-id"], name="matter_by_state"),
            models.Index(fields=["unit", "-opened_on", "-id"], name="matter_by_unit"),
            models.Index(fields=["service", "-opened_on", "-id"], name="matter_by_service"),
        ]

    def __str__(self) -> str:
        return str(self.public_title)

    @property
    def look(self) -> str:
        """The shape that stands beside the state's word."""
        return _LOOKS[MatterState(self.state)]

    @property
    def is_open(self) -> bool:
        """Neither finished nor dropped."""
        return self.state in OPEN_STATES
