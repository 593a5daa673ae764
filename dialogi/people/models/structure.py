"""What the municipality is made of: Unit, Municipality, Body, Area, Organisation."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import InLanguage, has_both, line, prose
from dialogi.commons.models import Noun
from dialogi.people.models.nouns import NounQuerySet


class Unit(Noun):
    """A sector, or a unit within one. Sectors have no parent."""

    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="units", verbose_name=_("part of"))
    email = models.EmailField(_("e-mail address"), blank=True, default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=has_both("name"), name="unit_named_in_both", violation_error_message=_("Give the name in both Swedish and Finnish.")
            ),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="unit_not_in_itself"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Municipality(Noun):
    """The municipality as a whole, one row: what is decided for all of it - promises, rules - is recorded here."""

    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    is_active = models.BooleanField(default=True)
    only_one = models.BooleanField(default=True, unique=True, editable=False)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only_one=True), name="municipality_is_one")]

    def __str__(self) -> str:
        return str(self.name)


class BodyKind(models.TextChoices):
    """What a body is."""

    STATUTORY = "statutory", _("Body by law")
    # Local Government Act 410/2015, sections 26-28: youth council, council of older people, council of people with disabilities.
    ADVISORY = "advisory", _("Advisory council")
    WORKING_GROUP = "working_group", _("Working group")


class Body(Noun):
    """A body by law (council, board, committee), an advisory council or a working group.

    Names change over the years, so they are data; a body whose work another one took over says which.
    """

    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind, default=BodyKind.STATUTORY)
    email = models.EmailField(_("e-mail address"), blank=True, default="")
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors", verbose_name=_("continued by"))
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=has_both("name"), name="body_named_in_both", violation_error_message=_("Give the name in both Swedish and Finnish.")
            ),
            models.CheckConstraint(condition=Q(kind__in=BodyKind.values), name="body_kind_known"),
            models.CheckConstraint(condition=~Q(successor=models.F("id")), name="body_not_its_own_successor"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Area(Noun):
    """A village or other part of the municipality that people call by name."""

    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    residents = models.PositiveIntegerField(_("residents"), null=True, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=has_both("name"), name="area_named_in_both", violation_error_message=_("Give the name in both Swedish and Finnish.")
            ),
            models.CheckConstraint(condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="area_on_earth"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Organisation(Noun):
    """Somebody else who answers for a matter: the wellbeing-services county, the state's road authority, an association."""

    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    advice_sv, advice_fi, advice_en = prose(), prose(), prose()
    advice = InLanguage("advice")
    website = models.URLField(_("web address"), blank=True, default="")
    email = models.EmailField(_("e-mail address"), blank=True, default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=has_both("name"), name="organisation_named_in_both", violation_error_message=_("Give the name in both Swedish and Finnish.")
            )
        ]

    def __str__(self) -> str:
        return str(self.name)
