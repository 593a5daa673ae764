"""The room of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, units, bodies, seats, areas, organisations, contacts, consents."""

    name = "dialogi.people"
    label = "people"
