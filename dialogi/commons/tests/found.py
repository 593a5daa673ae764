"""Subjects to be found in tests of search."""

from datetime import timedelta
from itertools import count
from typing import Any

from dialogi.commons import clock
from dialogi.commons.actors import Actor, ActorKind
from dialogi.commons.models import Subject
from dialogi.commons.search import SearchText, index

STAFF = Actor(kind=ActorKind.PERSON, account_id=None, audiences=frozenset({"public", "officials", "staff"}))
_numbers = count(1)


def subject(body: str = "", *, title: str = "", language: str = "fi", kind: str = "room.noun", audience: str = "public", days_old: float = 0, **fields: Any) -> Subject:
    """Make a Subject that is found by these words."""
    number = next(_numbers)
    made = Subject.objects.create(
        kind=kind, code=f"T{number}", address=f"/things/T{number}/", audience=audience, created_at=clock.now() - timedelta(days=days_old), **fields
    )
    index(made, [SearchText(language, title, body)])
    return made
