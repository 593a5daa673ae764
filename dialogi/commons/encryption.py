"""Personal fields encrypted at rest, with a blind index where they must be found again."""

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models
from django.utils.encoding import force_bytes


@lru_cache(maxsize=1)
def _box() -> MultiFernet:
    # The first key encrypts; the others still open what was written before a key was changed.
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in settings.PERSONAL_KEYS])


def encrypt(text: str) -> str:
    """Return the text encrypted with the first key."""
    return _box().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Return the text; raises InvalidToken when no key opens it."""
    return _box().decrypt(token.encode()).decode()


def blind_index(text: str, *, purpose: str) -> str:
    """Return a keyed hash (64 hexadecimal digits) of a value, to be kept beside it: what is kept is looked up by `blind_indexes`."""
    return blind_indexes(text, purpose=purpose)[0]


def blind_indexes(text: str, *, purpose: str) -> tuple[str, ...]:
    """Return the keyed hashes to look a value up by: today's server key first, then those it replaced (SECRET_KEY_FALLBACKS)."""
    return tuple(_blind_index(text, secret, purpose) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def _blind_index(text: str, secret: str | bytes, purpose: str) -> str:
    key = hashlib.sha256(b"blind index\n" + force_bytes(secret) + f"\n{purpose}".encode()).digest()
    return hmac.new(key, text.strip().casefold().encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField[str, str]):
    """Text that lies encrypted in the database; empty stays empty. It cannot be searched: keep a blind index beside it."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in."""
        return encrypt(str(value)) if value else ""

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        """Decrypt on the way out."""
        return decrypt(value) if value else ""
