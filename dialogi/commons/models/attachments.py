"""Files: what is attached to a Subject, and what is held for a form that is not sent yet."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.models.subjects import Audience, visibility


class ScanState(models.TextChoices):
    """What the virus scanner said."""

    UNSCANNED = "unscanned", _("not scanned: no scanner is in use")
    CLEAN = "clean", _("clean")
    WAITING = "waiting", _("in quarantine until the scanner answers")
    INFECTED = "infected", _("infected")


class Role(models.TextChoices):
    """What the file is to its Subject."""

    PHOTO = "photo", _("photo")
    ORIGINAL = "original", _("the original that was handed in")
    ANSWER = "answer", _("belongs to the answer")
    DOCUMENT = "document", _("document")


class StoredFile(models.Model):
    """Parent of the two: a checked file in the storage under a random name of 128 bits."""

    storage_name = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120, help_text="made safe from the name the sender gave it")
    content_type = models.CharField(max_length=80, help_text="what was found in the file, never what the sender said")
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True, help_text="pixels, for images")
    height = models.PositiveIntegerField(null=True, blank=True, help_text="pixels, for images")
    has_thumbnail = models.BooleanField(default=False)
    scan = models.CharField(max_length=12, choices=ScanState, default=ScanState.UNSCANNED)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.storage_name

    @property
    def is_image(self) -> bool:
        """Re-encoded by us, so a browser may show it."""
        return self.content_type.startswith("image/")

    @property
    def is_quarantined(self) -> bool:
        """Shown to nobody yet, or never."""
        return self.scan in {ScanState.WAITING, ScanState.INFECTED}


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attachments, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only files of Subjects the actor may see; a file's own audience narrows that and never widens it."""
        if actor.is_machine:
            return self
        own = Q(audience="") | Q(audience__in=sorted(actor.audiences & {Audience.PUBLIC, Audience.OFFICIALS, Audience.STAFF}))
        guarded = Q(audience__in=[Audience.UNIT, Audience.REVIEW])
        units = actor.case_units()
        if units is None:
            own |= guarded
        elif units:
            own |= guarded & Q(subject__unit__in=sorted(units))
        if actor.account_id is not None:
            own |= guarded & Q(subject__owner=actor.account_id)
        return self.filter(visibility(actor, "subject__")).filter(own).available()

    def available(self) -> Self:
        """Only those that are not in quarantine."""
        return self.exclude(scan__in=[ScanState.WAITING, ScanState.INFECTED])

    def in_role(self, *roles: str) -> Self:
        """Only files with these roles."""
        return self.filter(role__in=roles)


class Attachment(StoredFile):
    """A file that belongs to a Subject and is seen by those who see it, or by fewer when it has an audience of its own."""

    subject = models.ForeignKey("commons.Subject", on_delete=models.PROTECT, related_name="attachments")
    role = models.CharField(max_length=12, choices=Role, default=Role.DOCUMENT)
    audience = models.CharField(max_length=12, choices=Audience, blank=True, default="", help_text="narrower than the Subject's own; empty means the same")
    description = models.CharField(max_length=300, blank=True, default="", help_text="text alternative, in the language of its writer")
    language = models.CharField(max_length=2, blank=True, default="", help_text="language of the description")
    account = models.ForeignKey("commons.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[AttachmentQuerySet] = AttachmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="attachment_role_known"),
            models.CheckConstraint(condition=Q(scan__in=ScanState.values), name="attachment_scan_known"),
            models.CheckConstraint(condition=Q(audience__in=["", *Audience.values]), name="attachment_audience_known"),
        ]
        indexes = [
            models.Index(fields=["subject", "role", "id"], name="attachment_by_subject"),
            models.Index(fields=["id"], condition=Q(scan="waiting"), name="attachment_in_quarantine"),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the file itself."""
        return reverse("commons:attachment", args=[self.storage_name, "original"])

    def get_thumbnail_url(self) -> str:
        """Return the address of the small picture, or of the file when it has none."""
        return reverse("commons:attachment", args=[self.storage_name, "thumbnail" if self.has_thumbnail else "original"])


class HeldUpload(StoredFile):
    """A file that waits for its form to be sent, for a day at most. Only the signed token in the form opens it."""

    expires_at = models.DateTimeField(db_index=True)
    description = models.CharField(max_length=300, blank=True, default="", help_text="what a photo shows, for those who do not see it")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(scan__in=ScanState.values), name="held_upload_scan_known")]
