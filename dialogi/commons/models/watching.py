"""What the operator is told of: troubles, and backups that were taken."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock


class TroubleKind(models.TextChoices):
    """What can be wrong with the machinery."""

    WORKER = "worker", _("The worker is silent")
    JOBS = "jobs", _("A job fails again and again")
    QUEUE = "queue", _("What happened is not carried on")
    MAIL = "mail", _("Messages are not sent")
    DISK = "disk", _("The disk is nearly full")
    BACKUP = "backup", _("The latest backup is too old")


class Trouble(models.Model):
    """Something was wrong with the machinery from one moment to another; the operator is told once, and once more when it is mended."""

    kind = models.CharField(max_length=10, choices=TroubleKind)
    since = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True, blank=True)
    mended_at = models.DateTimeField(null=True, blank=True)
    mending_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(mended_at__isnull=True), name="trouble_open_once"),
            models.CheckConstraint(condition=Q(kind__in=TroubleKind.values), name="trouble_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} since {self.since}"


class BackupTaken(models.Model):
    """A backup was written; where it lies now is the operator's business."""

    taken_at = models.DateTimeField(default=clock.now, db_index=True)
    name = models.CharField(max_length=200, help_text="the file's name, without its folder")
    size = models.BigIntegerField(help_text="bytes")
    rows = models.BigIntegerField()
    files = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name
