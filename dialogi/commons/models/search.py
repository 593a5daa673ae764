"""SearchEntry: what a Subject is found by, in one language. Synonym: words that mean the same. GramWeights: how rare letters in a row are."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.models.subjects import Subject

ONE_WORD = RegexValidator(r"^[^\W_]+(-[^\W_]+)*$", _("Write one word, without spaces or signs."))


class SearchEntry(models.Model):
    """A Subject's words in one language. The full-text indexes beside this table are kept by the database itself."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="search_entries")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=300, blank=True, default="")
    body = models.TextField(blank=True, default="", help_text="the beginning of the text, for excerpts")
    terms = models.TextField(help_text="base forms made by the analyser, separated by spaces")
    grams = models.TextField(blank=True, default="", help_text="rare runs of letters, hashed, for finding similar texts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "language"], name="search_entry_once_per_language")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.language}"


class Synonym(models.Model):
    """A word and the name of the group it belongs to; words of one group find each other, within and across languages."""

    language = models.CharField(max_length=8, verbose_name=_("Language"))
    word = models.CharField(max_length=60, validators=[ONE_WORD], verbose_name=_("Word"), help_text=_("In its base form."))
    same_as = models.CharField(max_length=60, validators=[ONE_WORD], verbose_name=_("Means the same as"), db_index=True)
    is_shipped = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "word", "same_as"], name="synonym_once", violation_error_message=_("This pair of words is already in the list.")
            )
        ]
        ordering = ["same_as", "language", "word"]

    def __str__(self) -> str:
        return f"{self.word} ({self.language}) = {self.same_as}"


class GramWeights(models.Model):
    """How rare each run of letters is among the newest texts; replaced whole by a job, read by every process."""

    made_at = models.DateTimeField(default=clock.now)
    texts = models.PositiveIntegerField(help_text="texts counted")
    weights = models.BinaryField(help_text="one byte a bucket, sixteenths of the natural logarithm, compressed")

    class Meta:
        get_latest_by = "made_at"

    def __str__(self) -> str:
        return f"{self.texts} texts, {self.made_at:%Y-%m-%d}"
