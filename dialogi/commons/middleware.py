"""Headers on every answer, bounds on what comes in, the actor of the request, and refusals as pages."""

from collections.abc import Callable
from dataclasses import replace

from csp.constants import HEADER as CSP_HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from dialogi.commons.actors import ANONYMOUS, Actor
from dialogi.commons.languages import current_language
from dialogi.commons.limits import TooMany, address_of
from dialogi.commons.permissions import NotAllowed, NotPossible
from dialogi.commons.registry import registry

GetResponse = Callable[[HttpRequest], HttpResponse]
MAX_ADDRESS = 4096
MAX_COOKIES = 8192


class HouseHeaders:
    """Outermost: whatever answers - page, file, stored copy, refusal, crash - says how browsers must treat it. Views may say otherwise."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), interest-cohort=()",
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
        }
        if settings.IS_SECURE:
            # Said here too, because the server may stand behind a proxy that speaks plain HTTP to us.
            self.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        if not response.has_header(CSP_HEADER) and not getattr(response, "_csp_exempt", False):
            response[CSP_HEADER] = build_policy()
        return response


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
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    # Without a session cookie nobody is signed in, and looking would touch the session: no public page could be shared then.
    if registry.actor_source is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return replace(ANONYMOUS, language=current_language(), address=address_of(request))
    return registry.actor_source(request)


class RefusalMiddleware:
    """Turns refusals into pages with the reason in the reader's language."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer NotAllowed with 403 (or 404 when hidden), TooMany with 429 and NotPossible with 409; leave the rest alone."""
        if isinstance(error, NotAllowed):
            if error.hidden:
                return render(request, "404.html", status=404)
            return render(request, "403.html", {"reason": error.reason or _("You may not open this page.")}, status=403)
        if isinstance(error, TooMany):
            response = render(request, "429.html", {"reason": error.reason}, status=429)
            response["Retry-After"] = str(error.retry_after)
            return response
        if isinstance(error, NotPossible):
            return render(request, "409.html", {"reason": error.reason}, status=409)
        return None
