"""Sort keys: å, ä and ö come after z, v and w are letters of their own, other accents do not count.

A key holds 0-9 and a-z alone, so that every database sorts it alike whatever its collation.
"""

import re
import unicodedata

# After every word that begins with z followed by another letter than z.
NORDIC = {"å": "zza", "ä": "zzb", "æ": "zzb", "ö": "zzc", "ø": "zzc"}
PLAIN = {"đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ł": "l", "æ": "ae", "ø": "o"}
FOREIGN = "zzz"
MAX_KEY = 400


def sort_key(text: str, language: str = "sv") -> str:
    """Return a key that sorts as fi and sv sort; en puts accented letters with their plain ones. Numbers sort by value."""
    plain = unicodedata.normalize("NFC", text[:MAX_KEY]).lower().strip()
    return "".join(_number(part) if part.isdecimal() else "".join(_letter(sign, language) for sign in part) for part in _runs(plain))[:MAX_KEY]


def _runs(text: str) -> list[str]:
    return [part for part in re.split(r"(\d+)", text) if part]


def _number(digits: str) -> str:
    value = "".join(str(unicodedata.digit(sign)) for sign in digits).lstrip("0") or "0"
    return f"1{min(len(value), 99):02}{value}"


def _letter(sign: str, language: str) -> str:
    if language != "en" and sign in NORDIC:
        return NORDIC[sign]
    stripped = "".join(PLAIN.get(part, part) for part in unicodedata.normalize("NFKD", sign).lower() if not unicodedata.combining(part))
    if not stripped.isascii():
        return FOREIGN + f"{ord(stripped[0]):05x}"
    return "".join(part if part.isalnum() else "0" for part in stripped)
