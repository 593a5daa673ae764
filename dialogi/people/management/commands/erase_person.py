"""./manage erase_person WHO --by WHOM --reason WHY: the registrar's decision about somebody who asked outside the house."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import override

from dialogi.commons.actors import Actor
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.commons.registry import registry
from dialogi.people.actions import decide_erasure, note_erasure_request
from dialogi.people.models import Erasure, Person
from dialogi.people.queries import actor_for, everything_about

KEPT = (
    "Kept: what happened (the ledger's entries, which name nobody), consents and roles without a name, cases that have a number, and that somebody was erased.",
    "Kept of a member of staff: who handled which matter, with the matter; the log of sign-ins until its time is up.",
)


class Command(BaseCommand):
    """Decide about an erasure from the machine, with the same verbs as the page."""

    help = "Erase a person who asked by letter or at the counter, or decide a request that waits. Tells what is erased and kept; --dry-run does no more."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, by whose decision, why."""
        parser.add_argument("who", metavar="WHO", help="the e-mail address of the account, or the person's code")
        parser.add_argument("--by", metavar="WHOM", help="who decides: e-mail address or code of a registrar or an administrator")
        parser.add_argument("--reason", default="", help="the reason, in the person's language: it is sent to them")
        parser.add_argument("--partly", action="store_true", help="something is kept because the law says so; the reason says what and by which law")
        parser.add_argument("--dry-run", action="store_true", help="only tell")

    def handle(self, *, who: str, by: str | None, reason: str, **options: Any) -> None:
        """Tell, then decide."""
        person = _found(who)
        self._tell(person)
        if options["dry_run"]:
            self.stdout.write("Nothing was done.")
            return
        if not by or not reason.strip():
            raise CommandError("Nothing was done: say who decides (--by) and why (--reason).")
        actor = _decider(by)
        try:
            with transaction.atomic():
                request = person.erasure_requests.filter(state=Erasure.ASKED).first() or note_erasure_request(person, by=actor)
                decide_erasure(request, by=actor, outcome=Erasure.PARTLY if options["partly"] else Erasure.GRANTED, reason=reason)
        except (NotAllowed, NotPossible, ValidationError) as error:
            raise CommandError(f"Nothing was erased: {'; '.join(error.messages) if isinstance(error, ValidationError) else error}") from error
        self.stdout.write(f"{person.subject.code} is erased. Whoever has an address is told of the decision.")

    def _tell(self, person: Person) -> None:
        with override("en"):
            self.stdout.write(
                f"{person.subject.code}, in the house since {person.subject.created_at:%Y-%m-%d}. What is stored, and is erased or loses its name:"
            )
            for kind, rows in everything_about(person)["records"].items():
                self.stdout.write(f"{len(rows):>6}  {registry.nouns[kind].label_plural}")
        for line in KEPT:
            self.stdout.write(line)


def _found(who: str) -> Person:
    people = Person.objects.select_related("subject", "account")
    wanted = who.strip()
    found = people.filter(account__email=wanted.casefold()) if "@" in wanted else people.filter(subject__code=wanted.upper())
    person = found.first()
    if person is None:
        raise CommandError(f"Nobody has the {'address' if '@' in wanted else 'code'} {wanted}.")
    return person


def _decider(by: str) -> Actor:
    person = _found(by)
    if person.account is None:
        raise CommandError(f"{by} has no account, so they cannot decide.")
    return actor_for(person.account)
