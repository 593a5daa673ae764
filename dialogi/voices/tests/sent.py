"""What was told to whom, as it left; and whether any of it is in a language that the receiver did not choose."""

import re
from functools import lru_cache
from pathlib import Path

import polib

from dialogi.commons import outbox
from dialogi.commons.models import Delivery
from dialogi.commons.sending import email_of

ROOMS = Path(__file__).resolve().parents[2]
LANGUAGES = ("sv", "fi", "en")
PLACEHOLDER = re.compile(r"%\(\w+\)\w|[{}<>]|%%")
SHORTEST = 12


def sent() -> list[Delivery]:
    """Carry everything that waits in the outbox and return what it came to."""
    while outbox.drain():
        pass
    return list(Delivery.objects.order_by("pk"))


def forget_sent() -> None:
    """Begin anew: what was told so far is another test's matter."""
    sent()
    Delivery.objects.all().delete()


def whole(delivery: Delivery) -> str:
    """Return everything that the receiver reads."""
    return f"{delivery.heading}\n{email_of(delivery).body}"


@lru_cache(maxsize=1)
def phrases() -> dict[str, set[str]]:
    """Return pieces of the product's own sentences by language, long enough to tell the languages apart."""
    found: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for room in ("voices", "commons"):
        for language in ("sv", "fi"):
            for entry in polib.pofile(str(ROOMS / room / "locale" / language / "LC_MESSAGES" / "django.po")):
                found[language] |= _pieces(entry.msgstr)
                found["en"] |= _pieces(entry.msgid)
    return found


def _pieces(text: str) -> set[str]:
    return {piece.strip() for piece in PLACEHOLDER.split(text) if len(piece.strip()) >= SHORTEST and " " in piece.strip()}


def foreign(text: str, language: str) -> list[str]:
    """Return the pieces of the text that are the product's words in another language."""
    known = phrases()
    own = known[language]
    return [piece for other in LANGUAGES if other != language for piece in known[other] - own if piece in text and not any(piece in mine for mine in own)]


def links(text: str) -> list[str]:
    """Return the paths of the links to this site."""
    return re.findall(r"http://localhost:8000(/\S*)", text)
