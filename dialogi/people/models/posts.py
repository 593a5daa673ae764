"""Who answers for what: Post, and the Holding that says who held it when."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.languages import InLanguage, has_both, line
from dialogi.commons.models import Noun
from dialogi.people.models.nouns import NounQuerySet
from dialogi.people.models.persons import Person
from dialogi.people.models.structure import Unit
from dialogi.people.models.terms import Term, TermQuerySet


class PostQuerySet(NounQuerySet):
    """Posts, asked as adjectives."""

    def held_by(self, person: Person, on: date | None = None) -> Self:
        """Only those that the person holds on the day (today)."""
        return self.filter(pk__in=Holding.objects.current(on).filter(person=person).values("post"))

    def vacant(self, on: date | None = None) -> Self:
        """Only those in use that nobody holds on the day (today)."""
        return self.active().exclude(pk__in=Holding.objects.current(on).values("post"))


class Post(Noun):
    """A post that answers for something, whoever holds it; responsibility is given to posts, so that it outlives people."""

    title_sv, title_fi, title_en = line(), line(), line()
    title = InLanguage("title")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", verbose_name=_("unit"))
    deputy = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in_for", verbose_name=_("deputy"))
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[PostQuerySet] = PostQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=has_both("title"), name="post_titled_in_both", violation_error_message=_("Give the title in both Swedish and Finnish.")
            ),
            models.CheckConstraint(
                condition=~Q(deputy=models.F("id")), name="post_not_its_own_deputy", violation_error_message=_("A post cannot be its own deputy.")
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def holder_on(self, day: date) -> Person | None:
        """Return who held the post on the day. No query of its own when `holdings__person` is prefetched."""
        return next((holding.person for holding in self.holdings.all() if holding.covers(day)), None)

    @property
    def holder(self) -> Person | None:
        """Who holds the post today."""
        return self.holder_on(clock.today())

    def answers_on(self, day: date) -> Person | None:
        """Return who answered on the day: the holder, or while the post was vacant the holder of the post that stands in."""
        return self.holder_on(day) or (self.deputy.holder_on(day) if self.deputy else None)


class Holding(Term):
    """That a person held a post, for a term, by a decision."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("post"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("person"))

    objects: ClassVar[TermQuerySet[Self]] = TermQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(until__isnull=True),
                name="post_held_by_one",
                violation_error_message=_("Somebody already holds this post until further notice. First give their term a last day."),
            ),
        ]
        indexes = [models.Index(fields=["person", "until"], name="holding_by_person")]

    def __str__(self) -> str:
        return f"{self.person} - {self.post}"
