"""Wording: one translated text of a Subject, and whether its languages still say the same."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import LANGUAGES, REQUIRED
from dialogi.commons.models.subjects import visibility


class WordingQuerySet(models.QuerySet["Wording"]):
    """Wordings, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only those of Subjects that the actor may see."""
        return self.filter(visibility(actor, "subject__"))

    def open(self) -> Self:
        """Only those in which some language waits or is outdated."""
        return self.filter(open_since__isnull=False)

    def lacking(self, language: str) -> Self:
        """Only those whose text in this language waits or is outdated."""
        return self.filter(**{f"since_{language}__isnull": False})

    def outdated(self, *languages: str) -> Self:
        """Only those whose words in one of these languages, or in any, are older than those of another language."""
        found = Q()
        for language in languages or LANGUAGES:
            found |= Q(**{f"stale_{language}": True})
        return self.filter(found)

    def waiting(self, *languages: str) -> Self:
        """Only those that have no words in one of these languages, or in any that is required."""
        found = Q(pk__in=[])
        for language in set(languages or REQUIRED) & set(REQUIRED):
            found |= Q(**{f"waits_{language}": True})
        return self.filter(found)

    def promised(self) -> Self:
        """Only those that somebody has promised by a day."""
        return self.filter(promised_until__isnull=False)

    def overdue(self) -> Self:
        """Only those whose promised day has passed."""
        return self.filter(promised_until__lt=clock.today())


class Wording(models.Model):
    """One text in up to three languages: `key` says which of the Subject's texts. Written by the door, which sees every change.

    A digest is that of the words, empty where there are none. A language is *stale* when another one was changed after it, and *waits* when it
    has no words while another one has; English is offered and never waits. `since_*` says since when a language is either.
    """

    subject = models.ForeignKey("commons.Subject", on_delete=models.CASCADE, related_name="wordings")
    key = models.CharField(max_length=120)
    digest_sv = models.CharField(max_length=32, blank=True, default="")
    digest_fi = models.CharField(max_length=32, blank=True, default="")
    digest_en = models.CharField(max_length=32, blank=True, default="")
    changed_sv = models.DateTimeField(null=True, blank=True)
    changed_fi = models.DateTimeField(null=True, blank=True)
    changed_en = models.DateTimeField(null=True, blank=True)
    stale_sv = models.BooleanField(default=False)
    stale_fi = models.BooleanField(default=False)
    stale_en = models.BooleanField(default=False)
    waits_sv = models.BooleanField(default=False)
    waits_fi = models.BooleanField(default=False)
    since_sv = models.DateTimeField(null=True, blank=True)
    since_fi = models.DateTimeField(null=True, blank=True)
    since_en = models.DateTimeField(null=True, blank=True)
    open_since = models.DateTimeField(null=True, blank=True, help_text="the earliest of since_*; empty when nothing is left to do")
    promised_language = models.CharField(max_length=2, blank=True, default="")
    promised_by = models.ForeignKey("commons.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    promised_until = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[WordingQuerySet] = WordingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "key"], name="wording_once"),
            models.CheckConstraint(condition=Q(promised_language="") ^ Q(promised_until__isnull=False), name="wording_promise_is_whole"),
            models.CheckConstraint(condition=Q(promised_language__in=["", *LANGUAGES]), name="wording_promise_in_a_language"),
        ]
        indexes = [models.Index(fields=["open_since", "id"], condition=Q(open_since__isnull=False), name="wording_open")]

    def __str__(self) -> str:
        return f"{self.key} of {self.subject_id}"
