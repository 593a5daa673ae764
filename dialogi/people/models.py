"""Nouns: Person, Contact, Unit, Body, Seat, Area, Organisation, Consent."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.encryption import EncryptedTextField
from dialogi.commons.languages import InLanguage, has_both, line, prose
from dialogi.commons.models import Noun
from dialogi.commons.models.subjects import visibility
from dialogi.commons.states import Flow
from dialogi.people.kinds import Kind

__all__ = [
    "CASE_ROLES",
    "LANGUAGE_CHOICES",
    "STAFF_ROLES",
    "WHOLE_HOUSE_ROLES",
    "Area",
    "Body",
    "Consent",
    "Contact",
    "ErasureRequest",
    "Kind",
    "Municipality",
    "NounQuerySet",
    "Organisation",
    "Person",
    "Role",
    "Seat",
    "Tombstone",
    "Unit",
]

LANGUAGE_CHOICES = [("sv", _("Swedish")), ("fi", _("Finnish")), ("en", _("English"))]


class NounQuerySet(models.QuerySet[models.Model]):
    """What every noun's QuerySet can do."""

    def visible_to(self, actor: Actor) -> Self:
        """Only those whose Subject the actor may see."""
        return self.filter(visibility(actor, "subject__"))

    def active(self) -> Self:
        """Only those in use."""
        return self.filter(is_active=True)


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


class Body(Noun):
    """A body by law (council, board, committee) or a working group; its names change over the years, so they are data."""

    name_sv, name_fi, name_en = line(), line(), line()
    name = InLanguage("name")
    is_statutory = models.BooleanField(_("body by law"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=has_both("name"), name="body_named_in_both", violation_error_message=_("Give the name in both Swedish and Finnish.")
            )
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


class Person(Noun):
    """A resident with an account, an elected official, or a member of staff. A person without an account cannot sign in."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    name = models.CharField(_("name"), max_length=150, blank=True, default="")
    title_sv, title_fi, title_en = line(), line(), line()
    title = InLanguage("title")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, default="sv")
    digest = models.CharField(
        _("how often"), max_length=10, default="at_once", choices=[("at_once", _("At once")), ("daily", _("Once a day")), ("never", _("Never by e-mail"))]
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    idle_told_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="when told that the unused account will be erased")

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(language__in=["sv", "fi", "en"]), name="person_language_known")]

    def __str__(self) -> str:
        return self.name or str(self.title) or f"person {self.pk}"


class Role(models.TextChoices):
    """What a seat lets its holder do. Rules name roles; pages show these words."""

    HANDLER = "handler", _("Handler")
    HEAD = "head", _("Head of unit")
    CLERK = "clerk", _("Clerk at a service point")
    COMMUNICATIONS = "communications", _("Communications")
    REGISTRAR = "registrar", _("Registrar")
    ADMINISTRATOR = "administrator", _("Administrator")
    EMPLOYEE = "employee", _("Employee")
    ICT_TEAM = "ict_team", _("Member of the ICT team")
    OFFICIAL = "official", _("Elected official")


STAFF_ROLES = frozenset({Role.HANDLER, Role.HEAD, Role.CLERK, Role.COMMUNICATIONS, Role.REGISTRAR, Role.ADMINISTRATOR, Role.EMPLOYEE, Role.ICT_TEAM})
CASE_ROLES = frozenset({Role.HANDLER, Role.HEAD, Role.REGISTRAR})
WHOLE_HOUSE_ROLES = frozenset({Role.CLERK, Role.COMMUNICATIONS, Role.REGISTRAR, Role.ADMINISTRATOR, Role.ICT_TEAM, Role.OFFICIAL, Role.EMPLOYEE})


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats, asked as adjectives."""

    def current(self, on: date | None = None) -> Self:
        """Only seats whose term covers the day (today)."""
        day = on or clock.today()
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gte=day))


class Seat(models.Model):
    """A person's role in a unit or a body, for a term, by a decision."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    since = models.DateField(_("from"), default=clock.today)
    until = models.DateField(_("until"), null=True, blank=True)
    decision = models.CharField(_("appointing decision"), max_length=200, blank=True, default="")

    objects: ClassVar[SeatQuerySet] = SeatQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="seat_role_known"),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(body__isnull=True),
                name="seat_in_unit_or_body",
                violation_error_message=_("A seat is either in a unit or in a body, not in both."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="seat_ends_after_start",
                violation_error_message=_("The term cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["handler", "head"]) | Q(unit__isnull=False),
                name="seat_handler_has_unit",
                violation_error_message=_("A handler and a head of unit need a unit."),
            ),
        ]
        indexes = [models.Index(fields=["person", "until"], name="seat_by_person")]

    def __str__(self) -> str:
        return f"{self.person} - {self.get_role_display()}"


class Contact(models.Model):
    """How somebody can be reached about one voice, with or without an account. Encrypted; never shown to the public."""

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="contacts")
    name = EncryptedTextField(blank=True, default="")
    email = EncryptedTextField(blank=True, default="")
    phone = EncryptedTextField(blank=True, default="")
    postal_address = EncryptedTextField(blank=True, default="")
    email_index = models.CharField(max_length=64, blank=True, default="", db_index=True)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES, default="sv")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def is_reachable(self) -> bool:
        """Somebody can be told something."""
        return bool(self.email or self.phone or self.postal_address or self.person_id)


class Consent(models.Model):
    """Somebody agreed to something: to which wording, when, given to whom; can be withdrawn."""

    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="consents")
    what = models.CharField(max_length=60)
    wording = models.TextField()
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.what} {self.given_at:%Y-%m-%d}"


class Erasure(models.TextChoices):
    """Where a request for erasure stands."""

    ASKED = "asked", _("Waits for a decision")
    GRANTED = "granted", _("Everything erased")
    PARTLY = "partly", _("Erased as far as the law allows")
    REFUSED = "refused", _("Not erased")
    WITHDRAWN = "withdrawn", _("Taken back")


ERASURE_FLOW = Flow({Erasure.ASKED: {Erasure.GRANTED, Erasure.PARTLY, Erasure.REFUSED, Erasure.WITHDRAWN}})


class ErasureRequest(models.Model):
    """Somebody asks that what is stored about them be erased (Regulation 2016/679 article 17); answered with a reason within a month."""

    State: ClassVar[type[Erasure]] = Erasure

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasure_requests")
    words = EncryptedTextField(_("what you want to say about it"), blank=True, default="")
    state = models.CharField(max_length=10, choices=Erasure, default=Erasure.ASKED)
    reason = EncryptedTextField(_("reason"), blank=True, default="")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Erasure.values), name="erasure_state_known"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="asked"),
                name="erasure_asked_once",
                violation_error_message=_("You have already asked for this. You get the decision within a month."),
            ),
            models.CheckConstraint(condition=~Q(state__in=["granted", "partly", "refused"]) | Q(decided_at__isnull=False), name="erasure_decided_when"),
        ]

    def __str__(self) -> str:
        return f"erasure request {self.pk}"


class Tombstone(models.Model):
    """That a person was erased, without saying who it was, so that the erasure can be done again after a backup is restored."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="tombstone")
    account_number = models.BigIntegerField(null=True, blank=True, help_text="number of the account that is gone")
    erased_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"tombstone of person {self.person_id}"
