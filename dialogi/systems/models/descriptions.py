"""Description and its versions: what is made from the register, approved and published; Correction: "this looks wrong"."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons import clock
from dialogi.commons.languages import InLanguage, line, prose
from dialogi.commons.models import Noun
from dialogi.commons.states import Flow
from dialogi.decisions.models import Decision
from dialogi.people.models import LANGUAGE_CHOICES, Contact, NounQuerySet, Person, Post
from dialogi.systems.models.parts import OfSystemQuerySet
from dialogi.systems.models.stores import InformationStore
from dialogi.systems.models.system import System


class DescriptionKind(models.TextChoices):
    """What is described. The first and the last are made for one system, the others for the whole municipality."""

    CARD = "card", pgettext_lazy("description", "Description of the system")
    MODEL = "model", pgettext_lazy("description", "Information-management model (Act 906/2019, section 5)")
    PUBLICITY = "publicity", pgettext_lazy("description", "Description of document publicity (Act 906/2019, section 28)")
    PROCESSING = "processing", pgettext_lazy("description", "Record of processing (GDPR, article 30)")
    CONTRACTS = "contracts", pgettext_lazy("description", "Calendar of contracts")
    ALGORITHM = "algorithm", pgettext_lazy("description", "Algorithm card")


OF_ONE_SYSTEM = frozenset({DescriptionKind.CARD, DescriptionKind.ALGORITHM})


class DescriptionQuerySet(NounQuerySet):
    """Descriptions, asked as adjectives."""

    def of_the_house(self) -> Self:
        """Those of the whole municipality."""
        return self.filter(system=None)


class Description(Noun):
    """One kind of description, of one system or of the whole municipality; its versions say what stood in it when."""

    kind = models.CharField(_("kind"), max_length=12, choices=DescriptionKind)
    system = models.ForeignKey(System, null=True, blank=True, on_delete=models.PROTECT, related_name="descriptions", verbose_name=_("system"))

    objects: ClassVar[DescriptionQuerySet] = DescriptionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=sorted(OF_ONE_SYSTEM), system__isnull=False)
                | (Q(kind__in=sorted(set(DescriptionKind) - OF_ONE_SYSTEM)) & Q(system__isnull=True)),
                name="description_of_its_kind",
            ),
            models.UniqueConstraint(fields=["kind", "system"], condition=Q(system__isnull=False), name="description_once_a_system"),
            models.UniqueConstraint(fields=["kind"], condition=Q(system__isnull=True), name="description_once_a_house"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class DescriptionState(models.TextChoices):
    """Where a version of a description stands."""

    DRAFT = "draft", pgettext_lazy("version of a description", "Draft")
    APPROVED = "approved", pgettext_lazy("version of a description", "Approved")
    PUBLISHED = "published", pgettext_lazy("version of a description", "Published")
    SUPERSEDED = "superseded", pgettext_lazy("version of a description", "Replaced by a newer one")


DESCRIPTION_FLOW = Flow(
    {
        DescriptionState.DRAFT: {DescriptionState.APPROVED, DescriptionState.SUPERSEDED},
        DescriptionState.APPROVED: {DescriptionState.PUBLISHED, DescriptionState.SUPERSEDED},
        DescriptionState.PUBLISHED: {DescriptionState.SUPERSEDED},
    }
)


class DescriptionVersion(models.Model):
    """What the register said on a day, frozen: `snapshot` holds one document for everybody and one for staff (describing.documents), neither with secrets."""

    description = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(pgettext_lazy("of a description", "version"))
    snapshot = models.JSONField()
    preface_sv, preface_fi, preface_en = prose(), prose(), prose()
    preface = InLanguage("preface")
    free = models.JSONField(
        default=dict, blank=True, help_text="what people wrote themselves: {field: {language: words}}; describing.fields.FREE names the fields"
    )
    state = models.CharField(max_length=10, choices=DescriptionState, default=DescriptionState.DRAFT)
    made_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved by the post"))
    approved_at = models.DateTimeField(null=True, blank=True)
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="descriptions_approved", verbose_name=_("decision that approved it")
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["description", "number"], name="description_version_once"),
            models.UniqueConstraint(fields=["description"], condition=Q(state=DescriptionState.PUBLISHED), name="description_published_once"),
            models.CheckConstraint(condition=Q(state__in=DescriptionState.values), name="description_state_known"),
            models.CheckConstraint(
                condition=~Q(state=DescriptionState.PUBLISHED) | Q(published_at__isnull=False, approved_at__isnull=False),
                name="description_published_was_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.description_id} v{self.number}"


class CorrectionState(models.TextChoices):
    """What became of "this looks wrong"."""

    OPEN = "open", pgettext_lazy("correction", "To be looked at")
    ACCEPTED = "accepted", pgettext_lazy("correction", "Accepted")
    REFUSED = "refused", pgettext_lazy("correction", "Refused")


CORRECTION_FLOW = Flow({CorrectionState.OPEN: {CorrectionState.ACCEPTED, CorrectionState.REFUSED}})


class Correction(models.Model):
    """Somebody says that the register is wrong about a system or about one of its stores; the responsible post accepts or refuses with a reason."""

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("system"))
    store = models.ForeignKey(
        InformationStore, null=True, blank=True, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("information store")
    )
    field = models.CharField(max_length=40, blank=True, default="", help_text="name of the field that looks wrong; empty for the whole")
    text = models.TextField(_("what looks wrong"))
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    form_key = models.CharField(max_length=32, blank=True, default="", help_text="the same form sent twice is one correction")
    given_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.OPEN)
    reason_sv, reason_fi, reason_en = line(500), line(500), line(500)
    reason = InLanguage("reason")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by the post"))

    objects: ClassVar[OfSystemQuerySet[Self]] = OfSystemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correction_has_words", violation_error_message=_("Write what looks wrong.")),
            models.CheckConstraint(condition=Q(state__in=CorrectionState.values), name="correction_state_known"),
            models.UniqueConstraint(fields=["form_key"], condition=~Q(form_key=""), name="correction_form_once"),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.OPEN, decided_at__isnull=True) | (~Q(state=CorrectionState.OPEN) & Q(decided_at__isnull=False)),
                name="correction_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.REFUSED) | ~Q(reason_sv="", reason_fi="", reason_en=""),
                name="correction_refused_has_reason",
                violation_error_message=_("Say why the correction is refused."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "given_at"], name="correction_by_state"),
            models.Index(fields=["system", "state"], name="correction_by_system"),
        ]

    def __str__(self) -> str:
        return f"correction of {self.system_id}"
