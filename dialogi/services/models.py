"""Nouns: Service, ServicePoint, Promise."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import InLanguage, has_both, line, prose
from dialogi.commons.models import Noun
from dialogi.people.models import NounQuerySet, Organisation, Unit


class Service(Noun):
    """Something done for people. One that somebody else provides is kept too, so that people find the right door."""

    slug = models.SlugField(_("short name in the address"), max_length=60, unique=True)
    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    description_sv, description_fi, description_en = prose(), prose(), prose()
    description = InLanguage("description")
    without_device_sv, without_device_fi, without_device_en = prose(), prose(), prose()
    without_device = InLanguage("without_device")
    words = models.TextField(_("other words people use"), blank=True, default="", help_text=_("Separate the words with commas, in both languages."))
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="services", verbose_name=_("responsible unit"))
    provider = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="services", verbose_name=_("provided by somebody else")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=has_both("name"), name="service_named_in_both", violation_error_message=_("Give the name in both Swedish and Finnish.")
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) ^ Q(provider__isnull=False),
                name="service_has_one_provider",
                violation_error_message=_("A service has either a responsible unit of ours or another provider."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class ServicePoint(Noun):
    """A place where people are served in person."""

    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    hours_sv, hours_fi, hours_en = prose(), prose(), prose()
    hours = InLanguage("hours")
    address_sv, address_fi, address_en = line(), line(), line()
    address = InLanguage("address")
    access_sv, access_fi, access_en = prose(), prose(), prose()
    access = InLanguage("access")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="service_points", verbose_name=_("responsible unit"))
    services = models.ManyToManyField(Service, blank=True, related_name="service_points")
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=has_both("name"), name="service_point_named_in_both", violation_error_message=_("Give the name in both Swedish and Finnish.")
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


class Promise(models.Model):
    """In how many working days a unit answers a kind of voice. The most exact promise wins: unit and kind, unit, kind, all."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="promises", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=20, blank=True, default="")
    working_days = models.PositiveSmallIntegerField(_("working days"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Coalesce("unit", 0),
                "kind",
                name="promise_once",
                violation_error_message=_("There is already a promise for this unit and kind."),
            ),
            models.CheckConstraint(
                condition=Q(working_days__range=(1, 250)),
                name="promise_within_a_year",
                violation_error_message=_("A promise is at least one and at most 250 working days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind or 'all'}: {self.working_days}"
