"""The demo's people, by role."""

from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from dialogi.people.models import Person, Role, Seat

# Nobody else may be signed in as, even where a demo holds real accounts.
DEMO_ADDRESSES = "@demo.invalid"
FEW_RESIDENTS = 6


@dataclass(frozen=True, slots=True)
class Group:
    """People with one role."""

    label: str | Lazy
    people: list[Person]


def demo_people() -> list[Group]:
    """Return those who may be signed in as: residents first, then each role in its order; everybody once."""
    people = Person.objects.filter(account__email__endswith=DEMO_ADDRESSES, account__is_active=True).select_related("account", "subject").order_by("pk")
    roles: dict[int, str] = {}
    for person_id, role in Seat.objects.current().filter(person__in=people.values("pk")).order_by("pk").values_list("person_id", "role"):
        roles.setdefault(person_id, role)
    residents = list(people.exclude(name="").exclude(pk__in=list(roles))[:FEW_RESIDENTS])
    groups = [Group(_("Residents"), residents)]
    working = {person.pk: person for person in people.filter(pk__in=list(roles))}
    groups += [Group(role.label, [working[pk] for pk, held in roles.items() if held == role]) for role in Role]
    return [group for group in groups if group.people]
