"""InformationStore: what data there is; StorePlace: in which system, and where the data goes when that one retires."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons.languages import InLanguage, line, prose
from dialogi.commons.models import Noun
from dialogi.people.models import NounQuerySet, Post, Unit
from dialogi.systems.models.classification import DataGroup
from dialogi.systems.models.parts import OfSystemQuerySet
from dialogi.systems.models.system import Known, System


class Openness(models.TextChoices):
    """Whether the data of a store can be had through a technical interface."""

    OPEN = "open", pgettext_lazy("openness of data", "Open data")
    ON_REQUEST = "on_request", pgettext_lazy("openness of data", "On request")
    RESTRICTED = "restricted", pgettext_lazy("openness of data", "Not open")
    UNKNOWN = "unknown", pgettext_lazy("openness of data", "Not known")


class InformationStore(Noun):
    """A store of information (Act 906/2019, sections 5 and 28): what data, why, by what one finds it, how long, to whom it goes."""

    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    purpose_sv, purpose_fi, purpose_en = prose(), prose(), prose()
    purpose = InLanguage("purpose")
    content_sv, content_fi, content_en = prose(), prose(), prose()
    content = InLanguage("content")
    data_groups = models.ManyToManyField(DataGroup, blank=True, related_name="stores", verbose_name=_("data groups"))
    search_factors_sv, search_factors_fi, search_factors_en = prose(), prose(), prose()
    search_factors = InLanguage("search_factors")
    retention_sv, retention_fi, retention_en = prose(), prose(), prose()
    retention = InLanguage("retention")
    archiving_sv, archiving_fi, archiving_en = prose(), prose(), prose()
    archiving = InLanguage("archiving")
    personal_data = models.CharField(_("personal data"), max_length=10, choices=Known, default=Known.UNKNOWN)
    special_categories = models.CharField(_("special categories of personal data"), max_length=10, choices=Known, default=Known.UNKNOWN)
    people_sv, people_fi, people_en = prose(), prose(), prose()
    people = InLanguage("people")
    legal_basis_sv, legal_basis_fi, legal_basis_en = prose(), prose(), prose()
    legal_basis = InLanguage("legal_basis")
    recipients_sv, recipients_fi, recipients_en = prose(), prose(), prose()
    recipients = InLanguage("recipients")
    transfers_sv, transfers_fi, transfers_en = prose(), prose(), prose()
    transfers = InLanguage("transfers")
    openness = models.CharField(_("openness"), max_length=10, choices=Openness, default=Openness.UNKNOWN)
    is_case_register = models.BooleanField(_("belongs to the case register or to the register of services"), default=False)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="information_stores", verbose_name=_("responsible unit"))
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="information_stores", verbose_name=_("responsible post"))
    systems = models.ManyToManyField(System, through="StorePlace", through_fields=("store", "system"), related_name="stores")
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_sv="", name_fi="", name_en=""), name="store_named", violation_error_message=_("Give the information store a name.")
            ),
            models.CheckConstraint(condition=Q(personal_data__in=Known.values, special_categories__in=Known.values), name="store_personal_data_known"),
            models.CheckConstraint(condition=Q(openness__in=Openness.values), name="store_openness_known"),
        ]
        indexes = [
            models.Index(fields=["name_sv"], name="store_by_name_sv"),
            models.Index(fields=["unit"], name="store_by_unit"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Destination(models.TextChoices):
    """Where the data goes when the system that holds it retires."""

    UNDECIDED = "undecided", pgettext_lazy("destination of data", "Not decided")
    MOVED = "moved", pgettext_lazy("destination of data", "Moved to another system")
    ARCHIVED = "archived", pgettext_lazy("destination of data", "Archived")
    DESTROYED = "destroyed", pgettext_lazy("destination of data", "Destroyed")


class StorePlace(models.Model):
    """That a system holds a store; and what becomes of the data when the system retires."""

    store = models.ForeignKey(InformationStore, on_delete=models.PROTECT, related_name="places", verbose_name=_("information store"))
    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="store_places", verbose_name=_("system"))
    destination = models.CharField(_("where the data goes"), max_length=10, choices=Destination, default=Destination.UNDECIDED)
    moved_to = models.ForeignKey(System, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("moved to"))
    destination_note = models.CharField(_("where and how, in words"), max_length=300, blank=True, default="")

    objects: ClassVar[OfSystemQuerySet[Self]] = OfSystemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "system"], name="store_once_a_system", violation_error_message=_("This system already holds this store.")),
            models.CheckConstraint(
                condition=(Q(destination=Destination.MOVED, moved_to__isnull=False) & ~Q(moved_to=models.F("system")))
                | (Q(moved_to__isnull=True) & ~Q(destination=Destination.MOVED)),
                name="store_moved_somewhere_else",
                violation_error_message=_("Say to which other system the data is moved."),
            ),
            models.CheckConstraint(
                condition=Q(destination__in=[Destination.UNDECIDED, Destination.MOVED]) | ~Q(destination_note=""),
                name="store_end_is_explained",
                violation_error_message=_("Say where the data is archived, or how it is destroyed and by which rule."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.store} – {self.system}"
