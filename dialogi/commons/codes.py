"""Codes for paper and phone: the public short code of a page, and the secret receipt code that opens a case.

The alphabet has seventeen signs. Left out is what is confused on paper (0 O Q D, 1 I L, U V, 2 Z, 5 S, 6 G, 8 B) and
what is confused aloud in Swedish or Finnish (B P, D T, M N, F S, H K, V W), and every vowel, so that no code spells a word.

The last sign is a check digit: the sum of value times weight is 0 modulo 17. Seventeen is prime and a code has at most
sixteen signs, so all weights are distinct and none is 0: every single wrong sign and every swap of two signs,
neighbours or not, is caught (the principle of ISO/IEC 7064, with weights as in ISBN-10).
"""

import hashlib
import hmac
import re
import secrets
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

ALPHABET = "23456789FJKMPRTWX"
SHORT_LENGTH = 6
RECEIPT_LENGTH = 16  # 15 free signs of log2(17) bits: 61.3 bits

# Number in a case register: running number, class in the records plan, year.
_CASE_NUMBER = re.compile(r"[0-9]{1,6}/[0-9]{2}\.[0-9]{2}(\.[0-9]{2}){0,2}/(19|20)[0-9]{2}")

_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_PRIME = len(ALPHABET)
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−_.,:;/·]+")
# Only where a wrong sign can have been meant as one other: S may be a misread 5 or a misheard F, so it is asked about.
_FORGIVEN = str.maketrans({"D": "T", "G": "6", "N": "M", "V": "W", "Z": "2"})

_NAMES = {
    "sv": {"F": "Filip", "J": "Johan", "K": "Kalle", "M": "Martin", "P": "Petter", "R": "Rudolf", "T": "Tore", "W": "Wilhelm", "X": "Xerxes"},
    "fi": {"F": "faarao", "J": "Jussi", "K": "Kalle", "M": "Matti", "P": "Paavo", "R": "Risto", "T": "Tyyne", "W": "wiski", "X": "äksä"},
    "en": {"F": "Foxtrot", "J": "Juliett", "K": "Kilo", "M": "Mike", "P": "Papa", "R": "Romeo", "T": "Tango", "W": "Whiskey", "X": "X-ray"},
}
_LIKE = {"sv": "{sign} som {name}", "fi": "{sign} niin kuin {name}", "en": "{sign} as in {name}"}
_DIGITS = {
    "sv": ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"],
    "fi": ["nolla", "yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
}


def is_case_number(text: str) -> bool:
    """Tell whether this has the form of a number in a case register, such as 123/00.04.01/2026."""
    return _CASE_NUMBER.fullmatch(text) is not None


def new_short_code() -> str:
    """Return a public short code of six signs, such as K4M7R2; whoever stores it sees to it that it is unique."""
    return _new(SHORT_LENGTH)


def new_receipt_code() -> str:
    """Return a secret receipt code of 61 bits as it is shown, such as KR4F-7MPT-2XWJ-983F. Store only its `digest`."""
    return grouped(_new(RECEIPT_LENGTH))


def check_sign(body: str) -> str:
    """Return the check digit that belongs after these signs of the alphabet; at most fifteen of them."""
    if len(body) >= RECEIPT_LENGTH:
        raise ValueError("the weights catch every error only up to sixteen signs")
    return ALPHABET[-_weighted(body + ALPHABET[0]) % _PRIME]


def normalise(code: str) -> str:
    """Return the bare code: upper case, no spaces or dashes, and signs that can only have been meant as one other put right."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", code[:200])).upper().translate(_FORGIVEN)


def grouped(code: str) -> str:
    """Return the code as it is printed: receipt codes in fours, short codes in threes."""
    bare = normalise(code)
    size = 3 if len(bare) <= SHORT_LENGTH else 4
    return "-".join(bare[start : start + size] for start in range(0, len(bare), size))


def explain(code: str, *, length: int = RECEIPT_LENGTH) -> str:
    """Say in the reader's language what is wrong with a code; empty when nothing is."""
    bare = normalise(code)
    if not bare:
        return _("Write the code.")
    unknown = next((sign for sign in bare if sign not in _VALUES), "")
    if unknown.isprintable() and unknown:
        return _("The sign %(sign)s is never in a code. Look at it again: the signs are %(alphabet)s.") % {"sign": unknown, "alphabet": " ".join(ALPHABET)}
    if unknown:
        return _("There is a sign in the code that cannot be read. Write the code by hand.")
    if len(bare) < length:
        words = ngettext(
            "The code is too short: %(missing)s sign is missing. It has %(length)s signs.",
            "The code is too short: %(missing)s signs are missing. It has %(length)s signs.",
            length - len(bare),
        )
        return words % {"missing": length - len(bare), "length": length}
    if len(bare) > length:
        words = ngettext(
            "The code is too long: there is %(extra)s sign too many. It has %(length)s signs.",
            "The code is too long: there are %(extra)s signs too many. It has %(length)s signs.",
            len(bare) - length,
        )
        return words % {"extra": len(bare) - length, "length": length}
    if _weighted(bare) % _PRIME:
        return _("One sign in the code is wrong, or two have changed places. Compare it with your receipt, sign by sign.")
    return ""


def read_code(code: str, *, length: int = RECEIPT_LENGTH) -> str:
    """Return the bare code when it can be a real one; raises ValidationError that says what is wrong with it."""
    if wrong := explain(code, length=length):
        raise ValidationError(wrong, code="invalid")
    return normalise(code)


def digest(code: str) -> str:
    """Return the keyed hash (64 hexadecimal digits) under which a receipt code is stored: a copy of the database opens no case."""
    return digests(code)[0]


def digests(code: str) -> tuple[str, ...]:
    """Return the keyed hashes to look a code up by: today's server key first, then those it replaced (SECRET_KEY_FALLBACKS)."""
    return tuple(_digest(code, secret) for secret in _secrets())


def spoken(code: str, language: str) -> tuple[str, ...]:
    """Return how to say each sign to somebody in sv, fi or en: "K som Kalle", "7 seitsemän"."""
    return tuple(_say(sign, language) for sign in normalise(code))


def _say(sign: str, language: str) -> str:
    if sign.isdecimal():
        return f"{sign} {_DIGITS[language][int(sign)]}"
    name = _NAMES[language].get(sign)
    return _LIKE[language].format(sign=sign, name=name) if name else sign


def _new(length: int) -> str:
    body = "".join(secrets.choice(ALPHABET) for _sign in range(length - 1))
    return body + check_sign(body)


def _weighted(bare: str) -> int:
    return sum(weight * _VALUES[sign] for weight, sign in enumerate(reversed(bare), start=1))


def _key(secret: str | bytes) -> bytes:
    return hashlib.sha256(b"receipt code\n" + force_bytes(secret)).digest()


def _secrets() -> tuple[str | bytes, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def _digest(code: str, secret: str | bytes) -> str:
    return hmac.new(_key(secret), normalise(code).encode(), hashlib.sha256).hexdigest()


def receipt_code_for(form_key: str) -> str:
    """Return the receipt code that belongs to one filled-in form, so that a form sent twice gets the same receipt.

    Derived with the server's key: who knows only the form's key cannot compute the code.
    """
    return _derived(form_key, settings.SECRET_KEY)


def receipt_code_given(form_key: str, *, stored: str) -> str:
    """Return the code that was given for a form whose digest is stored, by whichever of our keys; empty when that key is gone."""
    codes = ((_derived(form_key, secret), secret) for secret in _secrets())
    return next((code for code, secret in codes if _digest(code, secret) == stored), "")


def _derived(form_key: str, secret: str | bytes) -> str:
    number = int.from_bytes(hmac.new(_key(secret), f"receipt\n{form_key}".encode(), hashlib.sha256).digest())
    body = ""
    for _place in range(RECEIPT_LENGTH - 1):
        number, value = divmod(number, _PRIME)
        body += ALPHABET[value]
    return grouped(body + check_sign(body))
