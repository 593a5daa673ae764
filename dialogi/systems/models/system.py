"""System: what the municipality runs; TechnicalDetails: what never leaves the building."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons import clock
from dialogi.commons.languages import InLanguage, has_both, line, prose
from dialogi.commons.models import Noun
from dialogi.commons.states import Flow
from dialogi.decisions.models import Decision
from dialogi.people.models import NounQuerySet, Post, Unit
from dialogi.services.models import Service
from dialogi.systems.models.classification import Vendor


class SystemState(models.TextChoices):
    """Where a system stands in its life. Passive: nobody uses it, but it still holds data."""

    PLANNED = "planned", pgettext_lazy("state of a system", "Planned")
    PHASING_IN = "phasing_in", pgettext_lazy("state of a system", "Being taken into use")
    IN_USE = "in_use", pgettext_lazy("state of a system", "In use")
    PHASING_OUT = "phasing_out", pgettext_lazy("state of a system", "Being phased out")
    PASSIVE = "passive", pgettext_lazy("state of a system", "Passive, still holds data")
    RETIRED = "retired", pgettext_lazy("state of a system", "Retired")


SYSTEM_FLOW = Flow(
    {
        SystemState.PLANNED: {SystemState.PHASING_IN, SystemState.IN_USE, SystemState.RETIRED},
        SystemState.PHASING_IN: {SystemState.IN_USE, SystemState.PHASING_OUT},
        SystemState.IN_USE: {SystemState.PHASING_OUT, SystemState.PASSIVE},
        SystemState.PHASING_OUT: {SystemState.IN_USE, SystemState.PASSIVE, SystemState.RETIRED},
        SystemState.PASSIVE: {SystemState.IN_USE, SystemState.RETIRED},
        SystemState.RETIRED: {SystemState.PASSIVE},
    }
)


class Known(models.TextChoices):
    """Yes, no, or nobody has said yet."""

    YES = "yes", pgettext_lazy("known", "Yes")
    NO = "no", pgettext_lazy("known", "No")
    UNKNOWN = "unknown", pgettext_lazy("known", "Not known")


class Hosting(models.TextChoices):
    """Where a system is run."""

    OWN = "own", pgettext_lazy("hosting", "By ourselves")
    PARTNER = "partner", pgettext_lazy("hosting", "By another municipality or an in-house company")
    VENDOR = "vendor", pgettext_lazy("hosting", "By the vendor, for us alone")
    CLOUD = "cloud", pgettext_lazy("hosting", "As a cloud service")
    UNKNOWN = "unknown", pgettext_lazy("hosting", "Not known")


class DataLocation(models.TextChoices):
    """Where the data of a system lies."""

    FINLAND = "finland", pgettext_lazy("data location", "In Finland")
    EU = "eu", pgettext_lazy("data location", "In the EU or the EEA")
    OUTSIDE = "outside", pgettext_lazy("data location", "Also outside the EU and the EEA")
    UNKNOWN = "unknown", pgettext_lazy("data location", "Not known")


def _known(label: object) -> models.CharField[str, str]:
    return models.CharField(label, max_length=10, choices=Known, default=Known.UNKNOWN)  # type: ignore[arg-type]


class SystemQuerySet(NounQuerySet):
    """Systems, asked as adjectives."""

    def current(self) -> Self:
        """Not retired: run, planned, or still holding data."""
        return self.exclude(state=SystemState.RETIRED)

    def running(self) -> Self:
        """Used today, if only for a while more."""
        return self.filter(state__in=[SystemState.PHASING_IN, SystemState.IN_USE, SystemState.PHASING_OUT])

    def published(self) -> Self:
        """Only those whose card everybody may read."""
        return self.filter(is_public=True)

    def without_owner(self) -> Self:
        """Not retired and no post answers for them."""
        return self.current().filter(post=None)


class System(Noun):
    """An information system: one product as the municipality runs it, however many units use it (SystemUse)."""

    identifier = models.CharField(_("own identifier"), max_length=60, blank=True, default="", help_text=_("The code that your own lists know it by."))
    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    purpose_sv, purpose_fi, purpose_en = prose(), prose(), prose()
    purpose = InLanguage("purpose")
    kind = models.CharField(
        pgettext_lazy("of a system", "type"), max_length=80, blank=True, default="", help_text=_("For example system, e-service, database.")
    )
    product = models.CharField(_("product"), max_length=200, blank=True, default="")
    vendor = models.ForeignKey(Vendor, null=True, blank=True, on_delete=models.PROTECT, related_name="systems", verbose_name=_("vendor"))
    main_system = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts", verbose_name=_("main system"))
    services = models.ManyToManyField(Service, blank=True, related_name="systems", verbose_name=_("services that it carries"))
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="systems", verbose_name=_("responsible unit"))
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="systems", verbose_name=_("responsible post"))
    deputy = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="deputy_systems", verbose_name=_("deputy"))
    named_by = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="systems_named", verbose_name=_("decision that named them")
    )
    post_since = models.DateField(_("responsible since"), null=True, blank=True)
    state = models.CharField(pgettext_lazy("of a system", "state"), max_length=12, choices=SystemState, default=SystemState.IN_USE)
    personal_data = _known(_("personal data"))
    hosting = models.CharField(pgettext_lazy("of a system", "run by"), max_length=10, choices=Hosting, default=Hosting.UNKNOWN)
    data_location = models.CharField(_("where the data lies"), max_length=10, choices=DataLocation, default=DataLocation.UNKNOWN)
    taken_into_use = models.DateField(_("in use since"), null=True, blank=True)
    end_of_support = models.DateField(_("support ends"), null=True, blank=True)
    uses_ai = _known(_("uses artificial intelligence"))
    makes_automated_decisions = _known(_("makes automated decisions"))
    energy_sv, energy_fi, energy_en = line(300), line(300), line(300)
    energy = InLanguage("energy")
    hardware_life_sv, hardware_life_fi, hardware_life_en = line(300), line(300), line(300)
    hardware_life = InLanguage("hardware_life")
    reuse_sv, reuse_fi, reuse_en = line(300), line(300), line(300)
    reuse = InLanguage("reuse")
    is_public = models.BooleanField(_("everybody may read its card"), default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("confirmed by the post"))
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[SystemQuerySet] = SystemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name_sv="", name_fi="", name_en=""), name="system_named", violation_error_message=_("Give the system a name.")),
            models.CheckConstraint(
                condition=Q(is_public=False) | has_both("name", "purpose"),
                name="system_public_in_both",
                violation_error_message=_("What everybody may read has its name and purpose in both Swedish and Finnish."),
            ),
            models.UniqueConstraint(
                fields=["identifier"],
                condition=~Q(identifier=""),
                name="system_identifier_once",
                violation_error_message=_("Another system has this identifier."),
            ),
            models.CheckConstraint(condition=Q(state__in=SystemState.values), name="system_state_known"),
            models.CheckConstraint(condition=Q(personal_data__in=Known.values), name="system_personal_data_known"),
            models.CheckConstraint(condition=Q(hosting__in=Hosting.values, data_location__in=DataLocation.values), name="system_hosting_known"),
            models.CheckConstraint(
                condition=~Q(main_system=models.F("id")), name="system_not_its_own_main", violation_error_message=_("A system cannot be its own main system.")
            ),
            models.CheckConstraint(
                condition=Q(post__isnull=True) | Q(deputy__isnull=True) | ~Q(post=models.F("deputy")),
                name="system_deputy_is_another",
                violation_error_message=_("The deputy must be another post than the responsible one."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "end_of_support"], name="system_by_state"),
            models.Index(fields=["vendor", "product"], name="system_by_product"),
            models.Index(fields=["post", "state"], name="system_by_post"),
            models.Index(fields=["unit", "state"], name="system_by_unit"),
            models.Index(fields=["confirmed_at"], name="system_by_confirmation"),
            models.Index(fields=["name_sv"], name="system_by_name_sv"),
            models.Index(fields=["name_fi"], name="system_by_name_fi"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class TechnicalDetails(models.Model):
    """What helps an attacker lies in a table of its own: no public page, export or description reads it (Act 621/1999, section 24)."""

    system = models.OneToOneField(System, on_delete=models.CASCADE, related_name="technical")
    version = models.CharField(pgettext_lazy("of a system", "version"), max_length=80, blank=True, default="")
    network = models.TextField(_("network and servers"), blank=True, default="")
    sign_in = models.CharField(_("how people sign in"), max_length=200, blank=True, default="")
    backup = models.CharField(_("backup"), max_length=200, blank=True, default="")
    recovery_hours = models.PositiveIntegerField(_("must be running again within hours"), null=True, blank=True)
    confidentiality = models.PositiveSmallIntegerField(_("need of confidentiality, 0–4"), null=True, blank=True)
    integrity = models.PositiveSmallIntegerField(_("need of integrity, 0–4"), null=True, blank=True)
    availability = models.PositiveSmallIntegerField(_("need of availability, 0–4"), null=True, blank=True)
    notes = models.TextField(_("other security matters"), blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lte": 4}),
                name=f"technical_{name}_scale",
                violation_error_message=_("Give a number from 0 to 4."),
            )
            for name in ("confidentiality", "integrity", "availability")
        ]

    def __str__(self) -> str:
        return f"technical details of {self.system_id}"
