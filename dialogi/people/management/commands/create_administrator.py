"""The first administrator of a new installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from dialogi.commons.actors import machine
from dialogi.people.actions import appoint, create_person
from dialogi.people.models import Person, Role


class Command(BaseCommand):
    """./manage create_administrator EMAIL --name NAME"""

    help = "Give a person the administrator's role, so that somebody can appoint the others."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an address and, for a new person, a name and a language."""
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--language", choices=["sv", "fi", "en"], default="sv")

    def handle(self, **options: Any) -> None:
        """Appoint the person with that address; make them first when they are new."""
        by = machine("setup")
        with transaction.atomic():
            person = Person.objects.filter(account__email=options["email"].strip().casefold()).first()
            if person is None:
                if not options["name"]:
                    raise CommandError("Nobody has that address yet: give a --name too.")
                person = create_person(by=by, name=options["name"], email=options["email"], language=options["language"])
            appoint(person, by=by, role=Role.ADMINISTRATOR)
        self.stdout.write("The administrator can now sign in with a code sent to that address, and is asked to add a second factor.")
