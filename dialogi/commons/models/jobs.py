"""Jobs: when each runs next, and which workers are alive."""

from django.db import models

from dialogi.commons import clock


class ScheduledJob(models.Model):
    """The timetable of one registered job. A lease keeps two workers from running it at the same time."""

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField(default=clock.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_run_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0, help_text="failures since it last went well")
    error = models.CharField(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class WorkerBeat(models.Model):
    """The heartbeat of a worker that has work in hand; what a silent worker had begun goes back to the others."""

    worker = models.CharField(max_length=64, unique=True)
    beat_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.worker
