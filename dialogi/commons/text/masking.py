"""Finding personal data in what somebody wrote, so that it can be masked before the words are public.

It finds what has a form: identity codes, account numbers, addresses, plates. Names have none; a person masks those.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override


class PersonalData(TextChoices):
    """What was found, or marked by hand."""

    IDENTITY_CODE = "identity_code", gettext_lazy("personal identity code")
    ACCOUNT = "account", gettext_lazy("bank account number")
    EMAIL = "email", gettext_lazy("e-mail address")
    PHONE = "phone", gettext_lazy("phone number")
    ADDRESS = "address", gettext_lazy("home address")
    PLATE = "plate", gettext_lazy("vehicle registration number")
    NAME = "name", gettext_lazy("name")
    OTHER = "other", gettext_lazy("other personal data")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: characters `start` up to but not with `end`."""

    kind: PersonalData
    start: int
    end: int


_DASH = r"[-‐‑‒–—−]"
_CENTURIES = {"+": 1800, **dict.fromkeys("-UVWXY", 1900), **dict.fromkeys("ABCDEF", 2000)}
_CHECK_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_IDENTITY_CODE = re.compile(rf"(?<![\w+])(\d{{2}})(\d{{2}})(\d{{2}}) ?({_DASH}|[+ABCDEFUVWXY]) ?(\d{{3}})([0-9A-Z])(?!\w)", re.IGNORECASE)
_ACCOUNT = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?=(?: ?[A-Z0-9]){11})", re.IGNORECASE)
_ACCOUNT_LENGTHS = {"FI": 18, "SE": 24, "EE": 20, "NO": 15, "DK": 18, "DE": 22, "LV": 21, "LT": 20, "GB": 22, "NL": 18, "BE": 16, "FR": 27, "ES": 24}
_ACCOUNT_LENGTHS |= {"IT": 27, "PL": 28, "AT": 20, "CH": 21, "IE": 22, "PT": 25, "UA": 29, "IS": 26, "LU": 20, "HU": 28, "CZ": 24, "RO": 24}
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}(?:@| ?[(\[](?:at|ät|a|@)[)\]] ?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", re.IGNORECASE)
_GAP = r"[ \u00a0/‐‑–-]?"
_PHONE = re.compile(
    rf"(?<![\w+])(?:(?:\+|00)[1-9]\d{{0,2}}{_GAP}(?:\(0\){_GAP})?|\(0\d{{1,3}}\){_GAP}|0\d){_GAP}(?:\d{_GAP}){{4,11}}\d(?!\w)",
)
_DATE = re.compile(r"\d{1,2}\D\d{1,2}\D\d{4}|\d{4}\D\d{1,2}\D\d{1,2}")
_ROADS = "gatan|gata|vägen|väg|stigen|stig|gränden|gränd|allén|allé|esplanaden|stranden|backen|svängen|bågen|leden|torget|plan|åsen"
_ROADS += "|katu|tie|polku|kuja|kaari|raitti|rinne|ranta|mäki|puistikko|esplanadi|tori|penger|kulma|väylä|kaarre"
_ADDRESS = re.compile(
    rf"(?<![\w-])(?:[A-ZÅÄÖ][\w-]{{1,30}} )?[\w-]{{0,40}}(?i:{_ROADS})(?:en|n)? ?\d{{1,4}} ?[a-z]?,? ?"
    # A lone i or o is the Swedish or colloquial word between two numbers, not a stairway.
    r"(?:[A-ZÅÄÖa-hj-np-z] ?\d{1,3}|(?i:as|asunto|bst|lgh|lägenhet|bostad|lok|apt|läg)\.? ?\d{1,3})(?!\w)"
)
_PLATE = re.compile(rf"(?<![\w-])(?:[A-ZÅÄÖ]{{3}}{_DASH}\d{{2,3}}|[a-zåäö]{{3}}{_DASH}\d{{3}})(?![\w-])")


def mask_personal_data(text: str) -> list[Span]:
    """Find identity codes (check sign verified), account numbers (verified), e-mail, phone, home addresses with a flat number, and plates.

    The spans come in the order of the text and never overlap.
    """
    found: list[Span] = []
    taken = bytearray(len(text))
    for kind, find in _FINDERS.items():
        for start, end in find(text):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(Span(kind, start, end))
    return sorted(found, key=attrgetter("start"))


def placeholder(kind: PersonalData, language: str) -> str:
    """Return the words that stand in place of masked data, in the language of the text."""
    with override(language):
        return {
            PersonalData.IDENTITY_CODE: _("[personal identity code removed]"),
            PersonalData.ACCOUNT: _("[account number removed]"),
            PersonalData.EMAIL: _("[e-mail address removed]"),
            PersonalData.PHONE: _("[phone number removed]"),
            PersonalData.ADDRESS: _("[home address removed]"),
            PersonalData.PLATE: _("[registration number removed]"),
            PersonalData.NAME: _("[name removed]"),
            PersonalData.OTHER: _("[personal data removed]"),
        }[kind]


def masked(text: str, spans: Iterable[Span], *, language: str) -> str:
    """Return the text with each span replaced by its placeholder. Spans that overlap become one, named after the first."""
    pieces: list[str] = []
    done = 0
    for span in sorted(spans, key=attrgetter("start")):
        start, end = max(0, span.start), min(len(text), span.end)
        if end <= done or end <= start:
            continue
        if start >= done:
            pieces += [text[done:start], placeholder(span.kind, language)]
        done = end
    return "".join([*pieces, text[done:]])


def _identity_codes(text: str) -> Iterator[tuple[int, int]]:
    for match in _IDENTITY_CODE.finditer(text):
        day, month, year, sign, number, check = match.groups()
        century = _CENTURIES.get(sign.upper(), 1900)  # any sort of dash is the sign of the 1900s
        if _CHECK_SIGNS[int(day + month + year + number) % 31] == check.upper() and _is_day(century + int(year), int(month), int(day)):
            yield match.span()


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    for match in _ACCOUNT.finditer(text):
        length = _ACCOUNT_LENGTHS.get(match.group()[:2].upper(), 0)
        signs, end = "", match.start()
        while end < len(text) and len(signs) < length and (text[end].isalnum() or text[end] == " "):
            signs += text[end].strip()
            end += 1
        # ISO 13616: the four first signs go last, letters count from 10, and 97 leaves 1.
        if length and len(signs) == length and signs.isascii() and int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1:
            yield match.start(), end


def _emails(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _EMAIL.finditer(text))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):
        digits = sum(sign.isdigit() for sign in match.group())
        if 7 <= digits <= 15 and not _DATE.fullmatch(match.group()):
            yield match.span()


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _ADDRESS.finditer(text))


def _plates(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _PLATE.finditer(text))


# The surest first: what one has found, the next leaves alone.
_FINDERS: dict[PersonalData, Callable[[str], Iterator[tuple[int, int]]]] = {
    PersonalData.ACCOUNT: _accounts,
    PersonalData.IDENTITY_CODE: _identity_codes,
    PersonalData.EMAIL: _emails,
    PersonalData.PHONE: _phones,
    PersonalData.ADDRESS: _addresses,
    PersonalData.PLATE: _plates,
}
