"""Statement round: who was invited, who has answered, who is silent."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models.attachments import Attachment
from dialogi.commons.models.subjects import visibility
from dialogi.commons.states import Flow
from dialogi.consultations.models.comments import Comment
from dialogi.consultations.models.consultation import Phase
from dialogi.consultations.models.surveys import Response
from dialogi.people.models import LANGUAGE_CHOICES, Body, Organisation, Person


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
        InvitationState.WITHDRAWN: {InvitationState.INVITED},
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

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.exclude(state=InvitationState.WITHDRAWN)


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
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="when it was reminded before the day")
    reminded_after_at = models.DateTimeField(null=True, blank=True, help_text="when it was reminded after the day")
    extension_asked_until = models.DateField(null=True, blank=True)
    extension_because = models.TextField(blank=True, default="")
    extension_answer = models.TextField(blank=True, default="", help_text="what the planner answered to the request")
    extension_granted = models.BooleanField(null=True, blank=True, help_text="empty: nobody has asked, or nobody has decided")
    declined_because = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="", help_text="the statement in free words, as last saved; what was sent stands in the voice")
    signer = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="who signed, when signed in")
    signer_name = models.CharField(_("name"), max_length=150, blank=True, default="")
    signer_role = models.CharField(_("role"), max_length=150, blank=True, default="")
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
            models.CheckConstraint(
                condition=Q(extension_granted__isnull=True) | ~Q(extension_answer=""),
                name="invitation_extension_with_reason",
                violation_error_message=_("Give a reason."),
            ),
        ]
        indexes = [
            models.Index(fields=["phase", "state"], name="invitation_by_state"),
            models.Index(fields=["due_at"], condition=Q(state="invited"), name="invitation_to_remind"),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.body)

    @property
    def invited(self) -> Organisation | Body:
        """Who was asked."""
        return self.organisation or self.body  # type: ignore[return-value]

    @property
    def is_due(self) -> bool:
        """The day has passed."""
        return clock.now() >= self.due_at

    @property
    def waits_for_extension(self) -> bool:
        """More time was asked for and nobody has decided."""
        return self.extension_asked_until is not None and self.extension_granted is None

    @property
    def is_council(self) -> bool:
        """One of the municipality's own bodies: its statement is that body's position."""
        return self.body_id is not None


class StatementFile(models.Model):
    """A file that belongs to a statement. Until the statement is sent, only those who prepare the matter see it."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.file.name
