"""Whether bodies are composed as their rules demand: what is missing today, in sentences for those who can mend it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogi.commons import clock
from dialogi.people.models import Body, CompositionRule, Demand, Holding, Person, Position, Seat, Unit

# Deputies and secretaries do not make a body.
COUNTED = frozenset({Position.CHAIR, Position.VICE_CHAIR, Position.MEMBER})


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is not kept on a day, and what is missing."""

    rule: CompositionRule
    says: str


@dataclass(frozen=True, slots=True)
class _Day:
    """Everything the rules ask about on one day; six queries, however many bodies there are."""

    units: dict[int, Unit]
    seats: dict[int, list[Seat]]
    homes: dict[int, set[int]]
    holders: dict[int, Person]

    def members(self, body_id: int) -> list[Seat]:
        return [seat for seat in self.seats[body_id] if seat.position in COUNTED]

    def stands_for(self, seat: Seat) -> set[int]:
        """The units that a member represents, with all above them: what the seat says, else where the person works."""
        reached: set[int] = set()
        waiting = {seat.represents_id} if seat.represents_id else set(self.homes[seat.person_id])
        while waiting:
            unit_id = waiting.pop()
            reached.add(unit_id)
            parent = self.units[unit_id].parent_id if unit_id in self.units else None
            if parent is not None and parent not in reached:
                waiting.add(parent)
        return reached

    def representing(self, body_id: int, unit_id: int | None) -> list[Seat]:
        return [seat for seat in self.members(body_id) if unit_id in self.stands_for(seat)]


def breaches(bodies: Iterable[Body], on: date | None = None) -> list[Breach]:
    """Return the rules that these bodies break on the day (today), in the order of bodies and rules."""
    rules = CompositionRule.objects.filter(body__in=[body.pk for body in bodies], body__is_active=True)
    rules = rules.select_related("body__subject", "post", "unit", "of_body").order_by("body__name_sv", "pk")
    found = list(rules)
    if not found:
        return []
    day = _on(on or clock.today(), found)
    return [Breach(rule, says) for rule in found if (says := CHECKS[Demand(rule.demand)](rule, day))]


def _on(day: date, rules: list[CompositionRule]) -> _Day:
    concerned = {rule.body_id for rule in rules} | {rule.of_body_id for rule in rules if rule.of_body_id}
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.current(day).filter(body__in=concerned).select_related("person").order_by("since", "pk"):
        if seat.body_id is not None:
            seats[seat.body_id].append(seat)
    people = {seat.person_id for held in seats.values() for seat in held}
    homes: dict[int, set[int]] = defaultdict(set)
    for person_id, unit_id in Seat.objects.current(day).filter(person__in=people, unit__isnull=False).values_list("person_id", "unit_id"):
        homes[person_id].add(unit_id)
    holders: dict[int, Person] = {}
    for holding in Holding.objects.current(day).select_related("person", "post"):
        holders[holding.post_id] = holding.person
        homes[holding.person_id].add(holding.post.unit_id)
    return _Day({unit.pk: unit for unit in Unit.objects.active()}, seats, homes, holders)


def _position_by_post(rule: CompositionRule, day: _Day) -> str:
    holder = day.holders.get(rule.post_id or 0)
    words = {"position": str(rule.get_position_display()).lower(), "post": rule.post, "person": holder}
    if holder is None:
        return _("The post %(post)s is vacant, and so nobody is %(position)s by virtue of it.") % words
    if any(seat.person_id == holder.pk and seat.position == rule.position for seat in day.seats[rule.body_id]):
        return ""
    return _("%(person)s, who holds the post %(post)s, is not %(position)s.") % words


def _each_sector(rule: CompositionRule, day: _Day) -> str:
    sectors = [unit for unit in day.units.values() if unit.parent_id is None]
    reached = {unit_id for seat in day.members(rule.body_id) for unit_id in day.stands_for(seat)}
    missing = sorted(str(sector.name) for sector in sectors if sector.pk not in reached)
    if not missing:
        return ""
    return ngettext("This sector has no representative: %(sectors)s.", "These sectors have no representative: %(sectors)s.", len(missing)) % {
        "sectors": ", ".join(missing)
    }


def _from_unit(rule: CompositionRule, day: _Day) -> str:
    there, least = len(day.representing(rule.body_id, rule.unit_id)), rule.least or 0
    if there >= least:
        return ""
    told = ngettext(
        "%(unit)s has %(there)s representative, and should have at least %(least)s.",
        "%(unit)s has %(there)s representatives, and should have at least %(least)s.",
        there,
    )
    return told % {"unit": rule.unit, "there": there, "least": least}


def _number(rule: CompositionRule, day: _Day) -> str:
    there = len(day.members(rule.body_id))
    words = {"there": there, "least": rule.least, "most": rule.most}
    if rule.least is not None and there < rule.least:
        told = ngettext(
            "There is %(there)s member, and at least %(least)s are needed.", "There are %(there)s members, and at least %(least)s are needed.", there
        )
        return told % words
    if rule.most is not None and there > rule.most:
        return _("There are %(there)s members, and at most %(most)s may sit here.") % words
    return ""


def _led_by_representative(rule: CompositionRule, day: _Day) -> str:
    if rule.of_body_id is None:
        return ""
    able = {seat.person_id: seat.person for seat in day.representing(rule.of_body_id, rule.unit_id)}
    if any(seat.person_id in able for seat in day.seats[rule.body_id] if seat.position == Position.CHAIR):
        return ""
    words = {"sector": rule.unit, "body": rule.of_body, "people": ", ".join(sorted(str(person) for person in able.values()))}
    if not able:
        return _("Nobody represents %(sector)s in %(body)s, and so nobody can lead this group.") % words
    return _("The chair should be who represents %(sector)s in %(body)s: %(people)s.") % words


CHECKS: dict[Demand, Callable[[CompositionRule, _Day], str]] = {
    Demand.POSITION_BY_POST: _position_by_post,
    Demand.EACH_SECTOR: _each_sector,
    Demand.FROM_UNIT: _from_unit,
    Demand.NUMBER: _number,
    Demand.LED_BY_REPRESENTATIVE: _led_by_representative,
}


def in_words(rule: CompositionRule) -> str:
    """Return what a rule demands as a sentence."""
    words = {"position": rule.get_position_display(), "post": rule.post, "unit": rule.unit, "body": rule.of_body, "least": rule.least, "most": rule.most}
    if rule.demand == Demand.POSITION_BY_POST:
        return _("%(position)s: whoever holds the post %(post)s.") % words
    if rule.demand == Demand.EACH_SECTOR:
        return _("Every sector has a representative.")
    if rule.demand == Demand.FROM_UNIT:
        return ngettext("At least %(least)s member represents %(unit)s.", "At least %(least)s members represent %(unit)s.", rule.least or 0) % words
    if rule.demand == Demand.LED_BY_REPRESENTATIVE:
        return _("The chair is who represents %(unit)s in %(body)s.") % words
    return _number_in_words(words)


def _number_in_words(words: Mapping[str, object]) -> str:
    if words["most"] is None:
        return _("At least %(least)s members.") % words
    if words["least"] is None:
        return _("At most %(most)s members.") % words
    return _("%(least)s–%(most)s members.") % words
