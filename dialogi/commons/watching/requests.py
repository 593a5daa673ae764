"""Each request has a name in the log, and is counted by view and status where somebody wants to see the figures."""

import re
import secrets
import time
from collections.abc import Callable, Iterable
from logging import getLogger
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

from dialogi.commons.watching.naming import name_of_request

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
VIEW = "HOUSE_VIEW"
BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 2, 5)
# Whoever sends words of their own as a name shall not write them into the log.
GIVEN = re.compile(r"[0-9a-f-]{8,36}")

log = getLogger("requests")
REQUESTS = Counter("dialogi_requests", "Answers by view and status", ["view", "method", "status"])
SECONDS = Histogram("dialogi_request_seconds", "Seconds until an answer begins, by view", ["view"], buckets=BUCKETS)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class NamedRequests:
    """Outermost: gives the request a name, or takes the one from our own proxy, and writes one line about it: view, status and time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "") if settings.TRUSTED_PROXIES else ""
        # Kept until the next request of this thread: Django writes its own line about an answer when we are done.
        name_of_request.set(given if GIVEN.fullmatch(given) else secrets.token_hex(8))
        begun = time.perf_counter()
        response = self.get_response(request)
        facts = {"view": request.META.get(VIEW, ""), "method": _method(request.method), "status": response.status_code}
        log.info("answered", extra={"facts": facts | {"ms": round((time.perf_counter() - begun) * 1000)}})
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Note which view answers; whoever stands outside of Django reads it too."""
        request.META[VIEW] = request.resolver_match.view_name if request.resolver_match else ""


class Counted:
    """Around everything that answers, the doorstep too: counts and times."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        begun, status = time.perf_counter(), "500"

        def starting(line: str, *rest: Any) -> Any:
            nonlocal status
            status = line[:3]
            return start_response(line, *rest)

        try:
            return self.application(environ, starting)
        finally:
            view = environ.get(VIEW) or "(no view)"
            REQUESTS.labels(view, _method(environ.get("REQUEST_METHOD")), status).inc()
            SECONDS.labels(view).observe(time.perf_counter() - begun)


def _method(method: str | None) -> str:
    return method if method in METHODS else "other"
