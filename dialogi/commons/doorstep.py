"""The doorstep: what PublicDoor answered is answered again to the next who asks the same, before Django makes a request of it.

Nothing is decided here. PublicDoor says which answers are shared; their versions are asked at every answer, as inside; and whoever
brings a session or a key of another kind is let in. What is remembered is the whole answer, with every header it went out with.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import Error
from django.http import HttpResponse

from dialogi.commons import clock
from dialogi.commons.public_door import LONGEST_QUERY, SHARED_SECONDS, Stored, packing_for
from dialogi.commons.versions import are_current

MOST = 400
LARGEST = 200_000
LONGEST_TAG = 100

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Asked = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it went out, and the stored page that it was."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    page: Stored


class Doorstep:
    """Around the whole of Django; each process has its own."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._given: dict[Asked, Given] = {}
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        asked = _asked(environ)
        given = self._given.get(asked) if asked else None
        if given is not None and _still_holds(given.page):
            start_response(given.status, list(given.headers))
            return [given.body]
        response = self.application(environ, start_response)
        if asked:
            self._remember(asked, response)
        return response

    def _remember(self, asked: Asked, response: Iterable[bytes]) -> None:
        page = getattr(response, "shared", None)
        if not isinstance(page, Stored) or not isinstance(response, HttpResponse) or response.cookies or len(response.content) > LARGEST:
            return
        # How long a cache outside may keep it stands in its headers, and must not come to differ while we repeat them.
        if page.until is not None and (page.until - page.kept_until).total_seconds() < SHARED_SECONDS:
            return
        given = Given(f"{response.status_code} {response.reason_phrase}", tuple(response.items()), response.content, page)
        with self._lock:
            self._given.pop(asked, None)
            while len(self._given) >= MOST:
                del self._given[next(iter(self._given))]
            self._given[asked] = given


def _asked(environ: Environ) -> Asked | None:
    """What the answer depends on, as it came over the wire; None when it is a reader of their own, or no plain question."""
    cookies, tag, query = environ.get("HTTP_COOKIE", ""), environ.get("HTTP_IF_NONE_MATCH", ""), environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_HOST" not in environ or "HTTP_AUTHORIZATION" in environ:
        return None
    # Wherever it stands: a name that only looks like it costs a little time and nothing else.
    if settings.SESSION_COOKIE_NAME in cookies or len(tag) > LONGEST_TAG or len(query) > LONGEST_QUERY:
        return None
    packing = packing_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    scheme, said = environ.get("wsgi.url_scheme"), environ.get("HTTP_X_FORWARDED_PROTO")
    return (scheme, said, environ["HTTP_HOST"], environ.get("SCRIPT_NAME"), environ.get("PATH_INFO"), query, tag, packing)


def _still_holds(page: Stored) -> bool:
    try:
        return clock.now() < page.kept_until and are_current(page.versions)
    except Error:
        # The database is away; inside, Django mends its connection or says what is wrong.
        return False
