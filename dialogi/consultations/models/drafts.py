"""The draft of a hearing: versions, paragraphs with stable numbers, alternatives side by side."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import InLanguage, has_both, line, prose
from dialogi.commons.models.subjects import visibility
from dialogi.consultations.models.consultation import Phase
from dialogi.people.models import Person


class Alternative(models.Model):
    """One of several ways (scenarios) that a hearing sets side by side, each with its own draft."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="alternatives")
    position = models.PositiveSmallIntegerField(default=0)
    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    summary_sv, summary_fi, summary_en = prose(), prose(), prose()
    summary = InLanguage("summary")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=has_both("name"), name="alternative_named_in_both", violation_error_message=_("Give the name in both Swedish and Finnish.")
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


class DraftVersionQuerySet(models.QuerySet["DraftVersion"]):
    """Versions, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only versions of consultations that the actor may see."""
        return self.filter(visibility(actor, "phase__consultation__subject__"))


class DraftVersion(models.Model):
    """The text of a draft as it stood; a later version never changes an earlier one."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="versions")
    alternative = models.ForeignKey(Alternative, null=True, blank=True, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    change_sv, change_fi, change_en = prose(), prose(), prose()
    change = InLanguage("change")
    made_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True, help_text="empty: still being written; the newest published one is commented on")

    objects = DraftVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "number"], condition=Q(alternative__isnull=True), name="draft_version_once"),
            models.UniqueConstraint(
                fields=["phase", "alternative", "number"], condition=Q(alternative__isnull=False), name="draft_version_of_alternative_once"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class BlockKind(models.TextChoices):
    """What a block of the draft is."""

    HEADING = "heading", _("Heading")
    PARAGRAPH = "paragraph", _("Paragraph")
    LIST_ITEM = "list_item", _("List item")
    TABLE = "table", _("Table")
    QUOTE = "quote", _("Quotation")


class ParagraphQuerySet(models.QuerySet["Paragraph"]):
    """Paragraphs, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only paragraphs of consultations that the actor may see."""
        return self.filter(visibility(actor, "version__phase__consultation__subject__"))


class Paragraph(models.Model):
    """A heading or paragraph, in its languages side by side, so that § 4.2 means the same to everybody.

    `anchor` stays with the paragraph through the versions; `number` ("4.2") is what people name on paper and on the phone, and may change.
    """

    version = models.ForeignKey(DraftVersion, on_delete=models.CASCADE, related_name="paragraphs")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=BlockKind)
    level = models.PositiveSmallIntegerField(default=0, help_text="1 to 3 for headings")
    number = models.CharField(max_length=20, blank=True, default="")
    marker = models.CharField(max_length=12, blank=True, default="", help_text="what stands before an item of a list")
    anchor = models.CharField(max_length=40)
    text_sv, text_fi, text_en = prose(), prose(), prose()
    text = InLanguage("text")

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="paragraph_place_once"),
            models.UniqueConstraint(fields=["version", "anchor"], name="paragraph_anchor_once"),
            models.CheckConstraint(condition=Q(kind__in=BlockKind.values), name="paragraph_kind_known"),
        ]

    def __str__(self) -> str:
        return f"§ {self.number}"
