"""Who may do what: Role, and the Seat that gives it to a person for a term."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.people.models.persons import Person
from dialogi.people.models.posts import Post
from dialogi.people.models.structure import Body, Unit
from dialogi.people.models.terms import Term, TermQuerySet


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


class Position(models.TextChoices):
    """What a member of a body is there, in the order in which members are listed."""

    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice chair")
    MEMBER = "member", _("Member")
    DEPUTY_MEMBER = "deputy_member", _("Deputy member")
    SECRETARY = "secretary", _("Secretary")


class Seat(Term):
    """A person's role in a unit or a body, for a term, by a decision."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    position = models.CharField(_("in the body"), max_length=20, choices=Position, blank=True, default="")
    represents = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="represented_by", verbose_name=_("represents"))
    by_post = models.ForeignKey(
        Post,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats",
        verbose_name=_("by virtue of the post"),
        help_text="the seat goes on to whoever holds the post next",
    )

    objects: ClassVar[TermQuerySet[Self]] = TermQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.CheckConstraint(condition=Q(role__in=Role.values), name="seat_role_known"),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(body__isnull=True),
                name="seat_in_unit_or_body",
                violation_error_message=_("A seat is either in a unit or in a body, not in both."),
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=True, position="") | Q(body__isnull=False, position__in=Position.values),
                name="seat_position_in_body",
                violation_error_message=_("Whoever is in a body is something there: its chair, a member. Elsewhere this is left empty."),
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=False) | Q(represents__isnull=True, by_post__isnull=True),
                name="seat_represents_in_body",
                violation_error_message=_("Only in a body does somebody represent a unit, or sit by virtue of a post."),
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["handler", "head"]) | Q(unit__isnull=False),
                name="seat_handler_has_unit",
                violation_error_message=_("A handler and a head of unit need a unit."),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "until"], name="seat_by_person"),
            models.Index(fields=["body", "since"], condition=Q(body__isnull=False), name="seat_by_body"),
        ]

    def __str__(self) -> str:
        return f"{self.person} - {self.get_role_display()}"
