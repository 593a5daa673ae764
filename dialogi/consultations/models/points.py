"""Point: what several comments raise, numbered, answered once."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import InLanguage, has_both, line, prose
from dialogi.commons.models.subjects import visibility
from dialogi.consultations.models.comments import Comment
from dialogi.consultations.models.consultation import Consultation
from dialogi.people.models import Person


class Verdict(models.TextChoices):
    """What came of a point."""

    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Partly accepted")
    NOT = "not", _("Not accepted")
    NOTED = "noted", _("Noted, calls for no change")


class PointQuerySet(models.QuerySet["Point"]):
    """Points, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only points of consultations that the actor may see; the rules say who works on them."""
        return self.filter(visibility(actor, "consultation__subject__"))


class Point(models.Model):
    """A numbered point with its answer. Every comment stays traceable to its points; a comment may raise several."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveIntegerField()
    title_sv, title_fi, title_en = line(300), line(300), line(300)
    title = InLanguage("title")
    summary_sv, summary_fi, summary_en = prose(), prose(), prose()
    summary = InLanguage("summary")
    anchor = models.CharField(max_length=40, blank=True, default="", help_text="the paragraph it concerns, when there is one")
    verdict = models.CharField(_("what comes of it"), max_length=10, choices=Verdict, blank=True, default="")
    answer_sv, answer_fi, answer_en = prose(), prose(), prose()
    answer = InLanguage("answer")
    change_sv, change_fi, change_en = prose(), prose(), prose()
    change = InLanguage("change")
    changed_number = models.CharField(_("paragraph that changed"), max_length=20, blank=True, default="")
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0)
    comments = models.ManyToManyField(Comment, through="consultations.PointComment", related_name="points")

    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="point_number_once"),
            models.CheckConstraint(condition=~Q(title_sv="") | ~Q(title_fi=""), name="point_has_title", violation_error_message=_("Give the point a title.")),
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="point_verdict_known"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (~Q(verdict="") & has_both("title", "answer")),
                name="point_answered_in_both",
                violation_error_message=_("A point is answered in both Swedish and Finnish, and says what comes of it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class PointComment(models.Model):
    """That a comment raises a point, and who said so: nothing is merged by machine alone."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="point_comments")
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="point_comments")
    gathered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    gathered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "comment"], name="point_comment_once")]

    def __str__(self) -> str:
        return f"{self.point_id} {self.comment_id}"
