"""How often one may: limits kept in the shared cache (see `caching`), by account or by an address that nobody can read back."""

import hashlib
import hmac
import ipaddress
import math
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import ngettext

from dialogi.commons import clock
from dialogi.commons.actors import Actor
from dialogi.commons.permissions import NotPossible


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times within so many seconds."""

    name: str
    count: int
    seconds: int


class TooMany(NotPossible):
    """Too often (429); `retry_after` is in seconds."""

    def __init__(self, *, retry_after: int) -> None:
        minutes = max(1, math.ceil(retry_after / 60))
        words = ngettext(
            "This was done too many times from here. Wait %(minutes)s minute and try again.",
            "This was done too many times from here. Wait %(minutes)s minutes and try again.",
            minutes,
        )
        super().__init__(words % {"minutes": minutes})
        self.retry_after = retry_after


def check(limit: Limit, *, actor: Actor | None = None, request: HttpRequest | None = None, key: str = "") -> None:
    """Count this time and go on only within the limit; raises TooMany.

    Counted by `key` (hashed: a receiver, say), else by account, else by the sender's network address.
    """
    now = int(clock.now().timestamp())
    window, spent = divmod(now, limit.seconds)
    name = f"limit:{limit.name.replace(chr(32), chr(45))}:{_who(actor, request, key)}:{window}"
    cache.add(name, 0, limit.seconds)
    try:
        count = cache.incr(name)
    except ValueError:
        # The counter expired or was thrown out between the two lines; the count begins again.
        cache.set(name, 1, limit.seconds)
        count = 1
    if count > limit.count:
        raise TooMany(retry_after=limit.seconds - spent)


def address_of(request: HttpRequest) -> str:
    """Return the sender's network address; a forwarded one is believed only from as many proxies as the settings name."""
    hops = settings.TRUSTED_PROXIES
    if hops:
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(forwarded) >= hops and forwarded[-hops]:
            return forwarded[-hops]
    return request.META.get("REMOTE_ADDR", "")


def _who(actor: Actor | None, request: HttpRequest | None, key: str) -> str:
    if key:
        return _hashed(f"key {key}")
    if actor is not None and actor.account_id is not None:
        return f"account-{actor.account_id}"
    address = address_of(request) if request is not None else actor.address if actor is not None else ""
    return _hashed(f"address {_network(address)}")


def _network(address: str) -> str:
    """A household has many addresses of version 6: the first half names it."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def _hashed(text: str) -> str:
    # The salt changes every day, so that counters of two days cannot be laid side by side.
    salt = f"limits\n{settings.SECRET_KEY}\n{clock.today().isoformat()}"
    return hmac.new(salt.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]
