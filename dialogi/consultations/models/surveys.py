"""Survey: questions, who has answered, and the answers.

Every kind of question has a printed shape, so that one definition makes the page and the paper:
text - ruled lines; one, several - a row of boxes for each choice; scale - a row of numbered boxes with words at both ends; ranking - a box for a
number before each choice; matrix - a grid of boxes; number, date - boxes for digits; place - a line for words (and the sheet's own map when there is one);
file - "enclose a paper and write the number of the question on it"; heading - words alone.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import InLanguage, line, prose
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.models.subjects import visibility
from dialogi.consultations.models.comments import AgeBand, Lateness
from dialogi.consultations.models.consultation import Phase
from dialogi.people.models import LANGUAGE_CHOICES, Area, Person
from dialogi.voices.models import Channel


class QuestionKind(models.TextChoices):
    """The kinds that the page, paper and phone can all carry."""

    HEADING = "heading", _("Heading with text")
    TEXT = "text", _("Own words")
    ONE = "one", _("One of")
    SEVERAL = "several", _("Several of")
    SCALE = "scale", _("Scale")
    RANKING = "ranking", _("Order of importance")
    MATRIX = "matrix", _("Grid: one choice in each row")
    NUMBER = "number", _("Number")
    DATE = "date", _("Day")
    PLACE = "place", _("Place")
    FILE = "file", _("File")


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only questions of consultations that the actor may see."""
        return self.filter(visibility(actor, "phase__consultation__subject__"))


class Question(models.Model):
    """One question of a survey or a statement round. `least` and `most` mean: signs of a text, choices of several, ends of a scale, bounds of a number."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind)
    text_sv, text_fi, text_en = line(500), line(500), line(500)
    text = InLanguage("text")
    help_sv, help_fi, help_en = prose(), prose(), prose()
    help = InLanguage("help")
    low_sv, low_fi, low_en = line(80), line(80), line(80)
    low = InLanguage("low")
    high_sv, high_fi, high_en = line(80), line(80), line(80)
    high = InLanguage("high")
    is_required = models.BooleanField(_("required"), default=False)
    is_open_to_other = models.BooleanField(_("with room for another answer in own words"), default=False)
    least = models.IntegerField(_("at least"), null=True, blank=True)
    most = models.IntegerField(_("at most"), null=True, blank=True)
    only_if = models.ForeignKey(
        "consultations.Choice", null=True, blank=True, on_delete=models.PROTECT, related_name="opens_questions", verbose_name=_("only if this was chosen")
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_kind_known"),
            models.CheckConstraint(condition=~Q(text_sv="") | ~Q(text_fi=""), name="question_has_words", violation_error_message=_("Write the question.")),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(most__gte=models.F("least")),
                name="question_bounds_in_order",
                violation_error_message=_("The upper limit is not below the lower one."),
            ),
            models.CheckConstraint(condition=~Q(kind="heading") | Q(is_required=False), name="question_heading_not_required"),
        ]

    def __str__(self) -> str:
        return str(self.text)


class Choice(models.Model):
    """A choice of a question; in a grid also a row."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField(default=0)
    is_row = models.BooleanField(default=False, help_text="a row of a grid, not a column")
    text_sv, text_fi, text_en = line(300), line(300), line(300)
    text = InLanguage("text")

    class Meta:
        ordering = ["is_row", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text_sv="") | ~Q(text_fi=""), name="choice_has_words", violation_error_message=_("Write the choice."))
        ]

    def __str__(self) -> str:
        return str(self.text)


class AccessCode(models.Model):
    """A single-use code that was handed out, on paper too. Only its digest is kept: a copy of the database answers nothing."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    batch = models.CharField(_("batch"), max_length=80, blank=True, default="")
    made_at = models.DateTimeField(default=clock.now)
    is_void = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["phase", "batch"], name="access_code_by_batch")]

    def __str__(self) -> str:
        return f"code {self.pk}"


class ResponseQuerySet(models.QuerySet["Response"]):
    """Responses, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only responses to consultations that the actor may see; the rules say who reads a single one."""
        return self.filter(visibility(actor, "phase__consultation__subject__"))

    def sent(self) -> Self:
        """Sent, not merely begun."""
        return self.filter(sent_at__isnull=False)

    def counted(self) -> Self:
        """Only those that the consultation takes into account, or has not decided on yet."""
        return self.sent().exclude(lateness=Lateness.LEFT_OUT)


class Response(models.Model):
    """One filled-in form: begun, saved as one goes, sent, and editable until closing. Opened again with its follow-up code or the account."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="responses")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="responses")
    code = models.OneToOneField(AccessCode, null=True, blank=True, on_delete=models.PROTECT, related_name="response")
    receipt_digest = models.CharField(max_length=64, unique=True, help_text="keyed hash of the secret follow-up code")
    form_key = models.CharField(max_length=40, unique=True, help_text="a form sent twice makes one response")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.WEB)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    recorded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="recorded_responses")
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, blank=True, default="")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="responses")
    begun_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="when it reached the municipality; on paper the day it arrived")
    changed_at = models.DateTimeField(default=clock.now)
    lateness = models.CharField(max_length=10, choices=Lateness, default=Lateness.IN_TIME)
    late_because = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "person"],
                condition=Q(person__isnull=False),
                name="response_once_for_each_person",
                violation_error_message=_("You have already answered. You can change your answer until closing."),
            ),
            models.CheckConstraint(condition=Q(language__in=["sv", "fi", "en"]), name="response_language_known"),
            models.CheckConstraint(condition=Q(lateness__in=Lateness.values), name="response_lateness_known"),
            models.CheckConstraint(condition=Q(age_band__in=["", *AgeBand.values]), name="response_age_band_known"),
            models.CheckConstraint(
                condition=~Q(lateness__in=["taken", "left_out"]) | ~Q(late_because=""),
                name="response_late_decided_with_reason",
                violation_error_message=_("Give a reason."),
            ),
        ]
        indexes = [models.Index(fields=["phase", "sent_at", "id"], name="response_by_phase")]

    def __str__(self) -> str:
        return f"response {self.pk}"


class Answer(models.Model):
    """What one response says to one question: one row, or one for each chosen choice, ranked choice or row of a grid."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    choice = models.ForeignKey(Choice, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    row = models.ForeignKey(Choice, null=True, blank=True, on_delete=models.PROTECT, related_name="row_answers")
    words = models.TextField(blank=True, default="", help_text="own words, 'other', or a place in words")
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True, help_text="number, place on a scale, or rank (1 first)")
    day = models.DateField(null=True, blank=True)
    geometry = models.TextField(blank=True, default="", help_text="GeoJSON geometry (RFC 7946), WGS 84")
    file = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question", "choice"], condition=Q(choice__isnull=False, row__isnull=True), name="answer_choice_once"),
            models.UniqueConstraint(fields=["response", "question", "row"], condition=Q(row__isnull=False), name="answer_row_once"),
            models.UniqueConstraint(fields=["response", "question"], condition=Q(choice__isnull=True, row__isnull=True, file__isnull=True), name="answer_once"),
        ]
        indexes = [models.Index(fields=["question", "choice"], name="answer_by_question")]

    def __str__(self) -> str:
        return f"answer {self.pk}"
