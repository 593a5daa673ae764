"""Statement round: who was invited, who has answered, who is silent."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models.subjects import visibility
from dialogi.commons.states import Flow
from dialogi.consultations.models.comments import Comment
from dialogi.consultations.models.consultation import Phase
from dialogi.consultations.models.surveys import Response
from dialogi.people.models import LANGUAGE_CHOICES, Body, Organisation


class InvitationState(models.TextChoices):
    """Where an invited organisation or council stands."""

    INVITED = "invited", _("Has not answered yet")
    ANSWERED = "answered", _("Has given a statement")
    DECLINED = "declined", _("Gives no statement")
    WITHDRAWN = "withdrawn", _("Invitation withdrawn")


INVITATION_FLOW = Flow(
    {
        InvitationState.INVITED: {InvitationState.ANSWERED, InvitationState.DECLINED, InvitationState.WITHDRAWN},
        InvitationState.DECLINED: {InvitationState.ANSWERED, InvitationState.INVITED},
        InvitationState.ANSWERED: {InvitationState.INVITED},
    }
)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only invitations to consultations that the actor may see."""
        return self.filter(visibility(actor, "phase__consultation__subject__"))

    def silent(self) -> Self:
        """Invited, and neither answered nor declined."""
        return self.filter(state=InvitationState.INVITED)


class Invitation(models.Model):
    """A named organisation, or a council of the municipality's own, is asked for a statement by a day. Who was asked is public."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"), blank=True, default="", help_text="where the invitation goes; never shown to the public")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, default="sv")
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.INVITED)
    token_digest = models.CharField(max_length=64, unique=True, help_text="keyed hash of the secret link in the invitation")
    due_at = models.DateTimeField(_("answer by"))
    invited_at = models.DateTimeField(default=clock.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    extension_asked_until = models.DateField(null=True, blank=True)
    extension_because = models.TextField(blank=True, default="")
    extension_answer = models.TextField(blank=True, default="", help_text="what the planner answered to the request")
    comment = models.OneToOneField(Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation", help_text="the statement in words")
    response = models.OneToOneField(Response, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation", help_text="answers to the questions")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(organisation__isnull=False) ^ Q(body__isnull=False), name="invitation_to_one"),
            models.UniqueConstraint(fields=["phase", "organisation"], condition=Q(organisation__isnull=False), name="invitation_organisation_once"),
            models.UniqueConstraint(fields=["phase", "body"], condition=Q(body__isnull=False), name="invitation_body_once"),
            models.CheckConstraint(condition=Q(state__in=InvitationState.values), name="invitation_state_known"),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(comment__isnull=False) | Q(response__isnull=False), name="invitation_answered_with_something"
            ),
        ]
        indexes = [models.Index(fields=["phase", "state"], name="invitation_by_state")]

    def __str__(self) -> str:
        return str(self.organisation or self.body)
