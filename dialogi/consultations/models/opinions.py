"""Opinion map: short statements, votes on them, and the groups that the votes show."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import InLanguage, has_both, line
from dialogi.commons.models.subjects import visibility
from dialogi.consultations.models.comments import AgeBand
from dialogi.consultations.models.consultation import Phase
from dialogi.consultations.models.surveys import AccessCode
from dialogi.people.models import LANGUAGE_CHOICES, Area, Person
from dialogi.voices.models import Channel, ModerationRule


class StatementState(models.TextChoices):
    """Whether a statement can be voted on."""

    WAITING = "waiting", _("Waits for a check")
    OPEN = "open", _("Can be voted on")
    REFUSED = "refused", _("Not taken in")
    HIDDEN = "hidden", _("Taken out")


class OpinionStatementQuerySet(models.QuerySet["OpinionStatement"]):
    """Statements, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only statements of consultations that the actor may see; the rules say who reads those that wait."""
        return self.filter(visibility(actor, "phase__consultation__subject__"))

    def open(self) -> Self:
        """Only those that can be voted on."""
        return self.filter(state=StatementState.OPEN)

    def proposed(self) -> Self:
        """Only what participants wrote, not the planner."""
        return self.exclude(said_in="")

    def waiting(self) -> Self:
        """Only what participants wrote and nobody has checked yet."""
        return self.proposed().filter(state=StatementState.WAITING)

    def worded(self) -> Self:
        """Only those whose words are the municipality's to write in every language: the planner's own, and what was taken in."""
        return self.filter(Q(said_in="") | Q(state=StatementState.OPEN))


class OpinionStatement(models.Model):
    """A short statement that one can agree with. Its languages are one statement: votes in Swedish and Finnish are counted together.

    What a participant proposed stays as it was written in its own language; communications writes the others.
    """

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="opinion_statements")
    number = models.PositiveIntegerField()
    text_sv, text_fi, text_en = line(240), line(240), line(240)
    text = InLanguage("text")
    state = models.CharField(max_length=10, choices=StatementState, default=StatementState.WAITING)
    said_in = models.CharField(max_length=2, choices=LANGUAGE_CHOICES, blank=True, default="", help_text="its writer's language; empty: the planner's")
    author = models.ForeignKey(
        "consultations.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="statements", help_text="who proposed it; never shown"
    )
    rule = models.ForeignKey(ModerationRule, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="why it was not taken in")
    explanation = models.TextField(blank=True, default="")
    made_at = models.DateTimeField(default=clock.now)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = OpinionStatementQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "number"], name="opinion_statement_number_once"),
            models.CheckConstraint(condition=Q(state__in=StatementState.values), name="opinion_statement_state_known"),
            models.CheckConstraint(
                condition=~Q(state="open") | has_both("text"),
                name="opinion_statement_in_both",
                violation_error_message=_("A statement can be voted on when it is written in both Swedish and Finnish."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "hidden"]) | Q(rule__isnull=False),
                name="opinion_statement_refused_by_rule",
                violation_error_message=_("Name the rule: nothing is refused or hidden without one."),
            ),
        ]
        indexes = [models.Index(fields=["phase", "state"], name="opinion_statement_by_state")]

    def __str__(self) -> str:
        return str(self.text)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Participants, asked as adjectives."""

    def voted(self) -> Self:
        """Only those who have voted on something."""
        return self.filter(Exists(OpinionVote.objects.filter(participant=OuterRef("pk"))))


class Participant(models.Model):
    """Somebody who votes: an account, a single-use code, a browser that is known by a key that names nobody, or a person whom a clerk helps."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    code = models.OneToOneField(AccessCode, null=True, blank=True, on_delete=models.PROTECT, related_name="participant")
    key = models.CharField(max_length=64, blank=True, default="", help_text="keyed hash of the first form: sent twice, it makes one participant")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    age_band = models.CharField(max_length=10, choices=AgeBand, blank=True, default="")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="the clerk who voted for somebody")

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phase", "person"], condition=Q(person__isnull=False), name="participant_person_once"),
            models.UniqueConstraint(fields=["phase", "key"], condition=~Q(key=""), name="participant_key_once"),
            models.CheckConstraint(condition=Q(age_band__in=["", *AgeBand.values]), name="participant_age_band_known"),
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"


class VoteValue(models.IntegerChoices):
    """A pass is an answer; not having seen the statement is none."""

    DISAGREE = -1, _("Disagree")
    PASS = 0, _("Pass")
    AGREE = 1, _("Agree")


class OpinionVote(models.Model):
    """One participant's vote on one statement; a later one takes its place."""

    statement = models.ForeignKey(OpinionStatement, on_delete=models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(choices=VoteValue)
    voted_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "participant"], name="opinion_vote_once"),
            models.CheckConstraint(condition=Q(value__in=[-1, 0, 1]), name="opinion_vote_known"),
        ]
        indexes = [models.Index(fields=["statement", "voted_at"], name="opinion_vote_newest")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.value} {self.statement_id}"


class OpinionResult(models.Model):
    """The groups as they were computed from the votes up to a moment; the newest one is shown."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="opinion_results")
    computed_at = models.DateTimeField(default=clock.now)
    votes = models.PositiveIntegerField()
    voted_up_to = models.DateTimeField(null=True, blank=True, help_text="the newest vote that is in it")
    participants = models.PositiveIntegerField()
    result = models.JSONField(help_text="what dialogi.consultations.opinion returns: groups, consensus, representative statements; no participant by id")

    class Meta:
        indexes = [models.Index(fields=["phase", "-computed_at"], name="opinion_result_newest")]

    def __str__(self) -> str:
        return f"{self.phase_id} {self.computed_at:%Y-%m-%d %H:%M}"
