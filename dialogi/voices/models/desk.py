"""What handlers work with: notes among themselves, templates for answers, routes to the responsible unit."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.languages import InLanguage, prose
from dialogi.people.models import LANGUAGE_CHOICES, Area, Person, Unit
from dialogi.services.models import Service
from dialogi.voices.models.voice import Kind, State, Voice


class InternalNote(models.Model):
    """A note among those who handle the voice; never public."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class ReplyTemplate(models.Model):
    """A ready start for an answer, in each language."""

    name = models.CharField(_("name"), max_length=120)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="reply_templates", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True, default="")
    state = models.CharField(_("state after the answer"), max_length=12, choices=State, blank=True, default="")
    text_sv, text_fi, text_en = prose(), prose(), prose()
    text = InLanguage("text")
    is_active = models.BooleanField(_("in use"), default=True)

    def __str__(self) -> str:
        return self.name


class Route(models.Model):
    """Which unit answers for a service, kind, area and language; the most exact route wins, then the lowest order."""

    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="routes", verbose_name=_("service"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True, default="")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.CASCADE, related_name="routes", verbose_name=_("area"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, blank=True, default="")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="routes", verbose_name=_("responsible unit"))
    order = models.PositiveSmallIntegerField(_("order"), default=50)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Coalesce("service", 0),
                "kind",
                Coalesce("area", 0),
                "language",
                name="route_once",
                violation_error_message=_("There is already a route for this service, kind and area."),
            ),
            models.CheckConstraint(condition=Q(order__lte=1000), name="route_order_bounded"),
        ]

    def __str__(self) -> str:
        return f"route to {self.unit_id}"
