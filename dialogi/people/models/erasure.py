"""Being forgotten: ErasureRequest, Tombstone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.encryption import EncryptedTextField
from dialogi.commons.states import Flow
from dialogi.people.models.persons import Person


class Erasure(models.TextChoices):
    """Where a request for erasure stands."""

    ASKED = "asked", _("Waits for a decision")
    GRANTED = "granted", _("Everything erased")
    PARTLY = "partly", _("Erased as far as the law allows")
    REFUSED = "refused", _("Not erased")
    WITHDRAWN = "withdrawn", _("Taken back")


ERASURE_FLOW = Flow({Erasure.ASKED: {Erasure.GRANTED, Erasure.PARTLY, Erasure.REFUSED, Erasure.WITHDRAWN}})


class ErasureRequest(models.Model):
    """Somebody asks that what is stored about them be erased (Regulation 2016/679 article 17); answered with a reason within a month."""

    State: ClassVar[type[Erasure]] = Erasure

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasure_requests")
    words = EncryptedTextField(_("what you want to say about it"), blank=True, default="")
    state = models.CharField(max_length=10, choices=Erasure, default=Erasure.ASKED)
    reason = EncryptedTextField(_("reason"), blank=True, default="")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Erasure.values), name="erasure_state_known"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="asked"),
                name="erasure_asked_once",
                violation_error_message=_("You have already asked for this. You get the decision within a month."),
            ),
            models.CheckConstraint(condition=~Q(state__in=["granted", "partly", "refused"]) | Q(decided_at__isnull=False), name="erasure_decided_when"),
        ]

    def __str__(self) -> str:
        return f"erasure request {self.pk}"


class Tombstone(models.Model):
    """That a person was erased, without saying who it was, so that the erasure can be done again after a backup is restored."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="tombstone")
    account_number = models.BigIntegerField(null=True, blank=True, help_text="number of the account that is gone")
    erased_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"tombstone of person {self.person_id}"
