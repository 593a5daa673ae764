"""Subject: everything that is shown under one address. Link: the red thread between Subjects."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.languages import InLanguage, current_language, line, prose


class Audience(models.TextChoices):
    """Who may see a Subject."""

    PUBLIC = "public", _("Everybody")
    OFFICIALS = "officials", _("Elected officials and staff")
    STAFF = "staff", _("Staff")
    REVIEW = "review", _("Those who check it before it is public")
    UNIT = "unit", _("The responsible unit and the author")
    NOBODY = "nobody", _("Nobody")


class SubjectQuerySet(models.QuerySet["Subject"]):
    """Subjects, asked as adjectives."""

    def visible_to(self, actor: Actor) -> Self:
        """Only those the actor may see; used by every list, count, search, feed and export."""
        return self.filter(visibility(actor))

    def public(self) -> Self:
        """Only those everybody may see."""
        return self.filter(audience=Audience.PUBLIC)

    def of_kind(self, *kinds: str) -> Self:
        """Only Subjects of these kinds (`room.noun`)."""
        return self.filter(kind__in=kinds)


def visibility(actor: Actor, prefix: str = "") -> Q:
    """Return the condition on Subject columns (behind `prefix`, such as "subject__") under which the actor sees it."""
    if actor.is_machine:
        return Q()
    # As few conditions as there can be: a database that meets many alternatives reads every row.
    audiences = {str(audience) for audience in actor.audiences & {Audience.PUBLIC, Audience.OFFICIALS, Audience.STAFF}}
    guarded = {Audience.UNIT.value, Audience.REVIEW.value}
    units = actor.case_units()
    if units is None:
        audiences |= guarded
    elif actor.reviews:
        audiences.add(Audience.REVIEW.value)
    seen = Q(**{f"{prefix}audience__in": sorted(audiences)})
    if units:
        seen |= Q(**{f"{prefix}audience__in": sorted(guarded), f"{prefix}unit__in": sorted(units)})
    sees_all = audiences >= set(Audience.values) - {Audience.NOBODY.value}
    if actor.account_id is not None and not sees_all:
        seen |= Q(**{f"{prefix}owner": actor.account_id}) & ~Q(**{f"{prefix}audience": Audience.NOBODY})
    return seen


class Subject(models.Model):
    """The face of a noun: what it is called, where it is, who sees it, who answers for it, where it stands."""

    kind = models.CharField(max_length=60)
    code = models.CharField(max_length=12, unique=True, help_text="public short code for paper and phone")
    address = models.CharField(max_length=200, unique=True, help_text="path without the language, such as /voices/K4M7Q2/")
    title_sv, title_fi, title_en = line(300), line(300), line(300)
    title = InLanguage("title")
    summary_sv, summary_fi, summary_en = prose(), prose(), prose()
    summary = InLanguage("summary")
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.STAFF)
    owner = models.ForeignKey("commons.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="held_subjects")
    post = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_subjects")
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    area = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="located_subjects")
    place_words = models.CharField(max_length=300, blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    state = models.CharField(max_length=40, blank=True, default="")
    speaking_from = models.DateTimeField(null=True, blank=True)
    speaking_until = models.DateTimeField(null=True, blank=True)
    is_need = models.BooleanField(default=False)
    voice_count = models.PositiveIntegerField(default=0)
    support_count = models.PositiveIntegerField(default=0)
    follower_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    search_digest = models.CharField(max_length=64, blank=True, default="")
    wording_digest = models.CharField(max_length=32, blank=True, default="", help_text="of all translated texts; empty until the door has seen them")
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[SubjectQuerySet] = SubjectQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="subject_audience_known"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="subject_place_on_earth",
                violation_error_message=_("The place must have both a latitude and a longitude."),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "audience", "-created_at", "-id"], name="subject_by_kind_newest"),
            models.Index(fields=["kind", "audience", "-support_count", "-id"], name="subject_by_support"),
            models.Index(fields=["unit", "kind", "state"], name="subject_by_unit_state"),
            models.Index(fields=["part_of"], name="subject_by_whole"),
        ]

    def __str__(self) -> str:
        return str(self.title) or self.code

    def get_absolute_url(self) -> str:
        """Return the address in the language of the page."""
        return f"/{current_language()}{self.address}"

    def url_in(self, language: str) -> str:
        """Return the address in a given language."""
        return f"/{language}{self.address}"


class Noun(models.Model):
    """Parent of every noun that has a page: it holds exactly one Subject."""

    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="as_%(class)s")

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Return the address of the noun's page in the language of the page."""
        return self.subject.get_absolute_url()


class LinkKind(models.TextChoices):
    """How two Subjects are tied; read from the source to the target."""

    MOVED = "moved", _("moved")
    DECIDED_IN = "decided_in", _("was decided in")
    CARRIED_OUT_BY = "carried_out_by", _("is carried out by")
    CHANGES = "changes", _("changes")
    SERVES = "serves", _("serves")
    ANSWERS = "answers", _("answers")
    MERGED_INTO = "merged_into", _("is the same as")
    GATHERED_IN = "gathered_in", _("is gathered in")


class Link(models.Model):
    """One knot of the red thread, shown from both ends."""

    source = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=20, choices=LinkKind)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="link_once"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="link_not_to_itself"),
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
