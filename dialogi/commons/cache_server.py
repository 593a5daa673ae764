"""A cache on a server that may be away."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.redis import RedisCache
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from dialogi.commons.caching import FileCache

logger = logging.getLogger(__name__)
SPARES: dict[str, Callable[..., BaseCache]] = {"file": FileCache, "nothing": DummyCache}
AWAY_SECONDS = 5
# Server -> until when it is left alone; for all threads of the process.
_away: dict[str, float] = {}


class ServerCache(RedisCache):
    """A Redis or Valkey server that may be away: an error is logged, and for some seconds a spare answers in its stead.

    OPTIONS name the `spare` ("file" or "nothing") and where it lies (`spare_location`); what else stands there is for the library.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = dict(params.get("OPTIONS", {}))
        spare, location = options.pop("spare", "nothing"), options.pop("spare_location", "")
        if spare not in SPARES:
            raise ImproperlyConfigured(f"a cache has no spare {spare}")
        # A server that is far away or silent must not hold up a page.
        options = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "retry": Retry(NoBackoff(), 0), **options}
        super().__init__(server, {**params, "OPTIONS": options})
        self._server = server
        self.spare = SPARES[spare](location, {})

    def _try(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _away.get(self._server, 0):
            try:
                return getattr(super(), name)(*args, **kwargs)
            except (RedisError, OSError):
                _away[self._server] = time.monotonic() + AWAY_SECONDS
                logger.exception("The cache server does not answer; for %s seconds the spare does.", AWAY_SECONDS)
        return getattr(self.spare, name)(*args, **kwargs)


def _guarded(name: str) -> Callable[..., Any]:
    def ask(self: ServerCache, *args: Any, **kwargs: Any) -> Any:
        return self._try(name, *args, **kwargs)

    ask.__name__ = name
    return ask


for _name in ("add", "get", "set", "touch", "delete", "get_many", "has_key", "incr", "set_many", "delete_many", "clear"):
    setattr(ServerCache, _name, _guarded(_name))
