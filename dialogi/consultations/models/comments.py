"""Comment: a voice about a consultation, with where it stands in it and what became of it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons.actors import Actor
from dialogi.commons.models.subjects import visibility
from dialogi.consultations.models.consultation import Consultation, Phase
from dialogi.consultations.models.drafts import Alternative, DraftVersion
from dialogi.voices.models import Publication, Voice


class AgeBand(models.TextChoices):
    """Asked for, never demanded. Wide enough that nobody is recognised by it."""

    UNDER_18 = "under_18", _("Under 18")
    UNDER_30 = "18_29", _("18–29")
    UNDER_45 = "30_44", _("30–44")
    UNDER_65 = "45_64", _("45–64")
    UNDER_75 = "65_74", _("65–74")
    FROM_75 = "75_up", _("75 or older")


class Lateness(models.TextChoices):
    """What came after the closing is received all the same; the preparer decides, with a reason."""

    IN_TIME = "in_time", _("In time")
    LATE = "late", _("Late, not decided on yet")
    TAKEN = "taken", _("Late, taken into account")
    LEFT_OUT = "left_out", _("Late, not taken into account")


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only comments whose voice the actor may see."""
        return self.filter(visibility(actor, "voice__subject__"))

    def published(self) -> Self:
        """Only comments that everybody may read."""
        return self.filter(voice__publication=Publication.PUBLISHED)

    def counted(self) -> Self:
        """Only those that the consultation takes into account, or has not decided on yet."""
        return self.exclude(lateness=Lateness.LEFT_OUT)

    def ungathered(self) -> Self:
        """Only those that are in no point yet."""
        return self.filter(point_comments__isnull=True)


class Comment(models.Model):
    """Beside its voice: which phase, which paragraph in which version, which drawing, and whether it came in time.

    Who wrote it, its words, its publication and its answer are the voice's own.
    """

    voice = models.OneToOneField(Voice, on_delete=models.PROTECT, related_name="comment")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="comments")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="comments")
    version = models.ForeignKey(DraftVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="comments", help_text="the wording that was read")
    alternative = models.ForeignKey(Alternative, null=True, blank=True, on_delete=models.PROTECT, related_name="comments")
    anchor = models.CharField(max_length=40, blank=True, default="", help_text="the paragraph's; empty: about the whole")
    geometry = models.TextField(blank=True, default="", help_text="GeoJSON geometry (RFC 7946): Point, LineString or Polygon, WGS 84")
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, blank=True, default="")
    lateness = models.CharField(max_length=10, choices=Lateness, default=Lateness.IN_TIME)
    late_because = models.TextField(blank=True, default="", help_text="why it was taken, or left out, although it was late")
    told_at = models.DateTimeField(null=True, blank=True, help_text="when its author was told which points it became and what they were answered")

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(lateness__in=Lateness.values), name="comment_lateness_known"),
            models.CheckConstraint(condition=Q(age_band__in=["", *AgeBand.values]), name="comment_age_band_known"),
            models.CheckConstraint(
                condition=~Q(lateness__in=["taken", "left_out"]) | ~Q(late_because=""),
                name="comment_late_decided_with_reason",
                violation_error_message=_("Give a reason."),
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "anchor", "-id"], name="comment_by_anchor"),
            models.Index(fields=["phase", "-id"], name="comment_by_phase"),
            models.Index(fields=["consultation", "lateness"], name="comment_by_lateness"),
            models.Index(fields=["consultation"], condition=Q(told_at__isnull=True), name="comment_to_tell"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"
