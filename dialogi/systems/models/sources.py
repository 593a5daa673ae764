"""Where systems were brought in from: ImportSource with its remembered mapping, SourceKey, and the ImportRun that waits or is done."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.systems.models.system import System


class ImportSource(models.Model):
    """A list that systems come from again and again: how its columns are understood, and what people decided about it."""

    slug = models.SlugField(_("short name of the list"), max_length=60, unique=True)
    mapping = models.JSONField(default=dict, blank=True, help_text="as in a mapping file")
    decisions = models.JSONField(default=dict, blank=True, help_text='answers to questions, by "key|field"')

    def __str__(self) -> str:
        return self.slug


class SourceKey(models.Model):
    """By what a source knows a system, so that its rows find it again under any name."""

    source = models.ForeignKey(ImportSource, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=250)
    system = models.ForeignKey(System, on_delete=models.CASCADE, related_name="source_keys")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="source_key_once")]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.key}"


class RunState(models.TextChoices):
    """Where an import stands."""

    WAITING = "waiting", pgettext_lazy("an import", "Being prepared")
    DONE = "done", pgettext_lazy("an import", "Done")


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Imports, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """The staff may see that there were imports; what may be done with one is asked for by itself."""
        return self if actor.is_staff or actor.is_machine else self.none()


class ImportRun(models.Model):
    """One file that somebody sent: kept until it is imported, and what came of it."""

    source = models.ForeignKey(ImportSource, on_delete=models.CASCADE, related_name="runs")
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(help_text="emptied when the import is done or has waited too long")
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING)
    made_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict, blank=True)

    objects: ClassVar[ImportRunQuerySet] = ImportRunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=RunState.values), name="run_state_known")]
        indexes = [models.Index(fields=["state", "-made_at"], name="run_by_state")]

    def __str__(self) -> str:
        return self.file_name
