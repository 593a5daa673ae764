"""Bounds on what comes in, the actor of the request, and refusals as pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.commons.registry import registry

GetResponse = Callable[[HttpRequest], HttpResponse]
MAX_ADDRESS = 4096
MAX_COOKIES = 8192


class RequestBounds:
    """Refuses what no honest client sends, before anything else looks at it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if len(request.get_full_path()) > MAX_ADDRESS or len(request.META.get("HTTP_COOKIE", "")) > MAX_COOKIES:
            return HttpResponse("The address is too long.", status=414, content_type="text/plain; charset=utf-8")
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponse("The address is malformed.", status=400, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class ActorMiddleware:
    """Gives every request its actor, read when first asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        source = registry.actor_source
        request.actor = SimpleLazyObject(lambda: source(request)) if source else ANONYMOUS  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusalMiddleware:
    """Turns refusals into pages with the reason in the reader's language."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer NotAllowed with 403 (or 404 when hidden) and NotPossible with 409; leave the rest alone."""
        if isinstance(error, NotAllowed):
            if error.hidden:
                return render(request, "404.html", status=404)
            return render(request, "403.html", {"reason": error.reason or _("You may not open this page.")}, status=403)
        if isinstance(error, NotPossible):
            return render(request, "409.html", {"reason": error.reason}, status=409)
        return None
