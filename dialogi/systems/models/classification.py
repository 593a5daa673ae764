"""What systems are sorted by: Function, DataGroup, Vendor."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import InLanguage, has_both, line
from dialogi.commons.models import Noun
from dialogi.people.models import NounQuerySet

BUSINESS_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


class Function(Noun):
    """What a municipality does, by the national classification of municipal services (palveluluokitus)."""

    code = models.CharField(_("code in the classification"), max_length=20, unique=True)
    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts", verbose_name=_("part of"))
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=has_both("name"), name="function_named_in_both", violation_error_message=_("Give the name in both Swedish and Finnish.")
            ),
            models.CheckConstraint(condition=~Q(part_of=models.F("id")), name="function_not_in_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class DataGroup(models.Model):
    """A group of data that stores and integrations share by name: customers, invoices, pupils. Equal groups are one row."""

    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    is_personal = models.BooleanField(_("personal data"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_sv="", name_fi="", name_en=""), name="data_group_named", violation_error_message=_("Give the data group a name.")
            ),
            models.UniqueConstraint(
                fields=["name_sv", "name_fi"], name="data_group_once", violation_error_message=_("There is already a data group of this name.")
            ),
        ]
        indexes = [models.Index(fields=["name_fi"], name="data_group_by_name_fi")]

    def __str__(self) -> str:
        return str(self.name)


class Vendor(Noun):
    """Who makes, sells or runs systems for us. A company's name is the same in all languages."""

    name = models.CharField(_("name"), max_length=200, unique=True, error_messages={"unique": _("There is already a vendor of this name.")})
    business_id = models.CharField(_("business ID"), max_length=12, blank=True, default="", help_text=_("For example 1234567-1."))
    website = models.URLField(_("web address"), blank=True, default="")
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business_id"],
                condition=~Q(business_id=""),
                name="vendor_business_id_once",
                violation_error_message=_("Another vendor has this business ID."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A Finnish business ID carries a check digit; one from elsewhere is taken as it is."""
        number, dash, _check = self.business_id.partition("-")
        if dash and number.isdigit() and len(number) <= len(BUSINESS_ID_WEIGHTS) and not is_business_id(self.business_id):
            raise ValidationError({"business_id": _("The check digit of this business ID is wrong. Look at the number once more.")})


def is_business_id(text: str) -> bool:
    """Tell whether a Finnish business ID (Y-tunnus, 1234567-8) is right by its check digit."""
    number, dash, check = text.partition("-")
    digits = number.zfill(len(BUSINESS_ID_WEIGHTS))
    if not (dash and digits.isdigit() and len(digits) == len(BUSINESS_ID_WEIGHTS) and check.isdigit() and len(check) == 1):
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(digits, BUSINESS_ID_WEIGHTS, strict=True)) % 11
    return rest != 1 and int(check) == (11 - rest if rest else 0)
