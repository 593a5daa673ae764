"""What the server serves: the house, the house with nothing stored, and plain Django beside it, all in the same processes.

`X-Anew: 1` asks the house to make a page anew; `X-Count: 1` asks how many statements an answer took, told in `X-Queries`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dialogi.wsgi import application as house

# isort: split
# Django is set up now.
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest
from django.urls import ResolverMatch

from dialogi.commons.doorstep import Application, Environ, Start
from dialogi.commons.public_door import PublicDoor

REFERENCE = "/reference/"


class NothingStored(PublicDoor):
    """The door as it is when it has no page in store, and keeps none."""

    def key(self, request: HttpRequest) -> str:
        """No page has a place in the store."""
        return ""


class Plain(WSGIHandler):
    """Django with the references' addresses alone."""

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """Look among the references."""
        request.urlconf = "benchmarks._references"
        return super().resolve_request(request)


def _handler(kind: type[WSGIHandler], middleware: list[str]) -> WSGIHandler:
    """A handler with a middleware of its own; it is read once, while the handler is made."""
    usual = settings.MIDDLEWARE
    settings.MIDDLEWARE = middleware
    try:
        return kind()
    finally:
        settings.MIDDLEWARE = usual


DOOR = f"{PublicDoor.__module__}.{PublicDoor.__qualname__}"
anew = _handler(WSGIHandler, [f"{__name__}.NothingStored" if name == DOOR else name for name in settings.MIDDLEWARE])
plain = _handler(Plain, [])


def application(environ: Environ, start_response: Start) -> Iterable[bytes]:
    """Send the request to the handler that it is for."""
    handler = plain if environ["PATH_INFO"].startswith(REFERENCE) else anew if "HTTP_X_ANEW" in environ else house
    return _counted(handler, environ, start_response) if "HTTP_X_COUNT" in environ else handler(environ, start_response)


def _counted(handler: Application, environ: Environ, start_response: Start) -> Iterable[bytes]:
    count = 0

    def counting(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*arguments)

    def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("X-Queries", str(count))], *rest)

    with connection.execute_wrapper(counting):
        return handler(environ, started)
