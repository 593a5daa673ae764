"""PublicDoor: a page that everybody may read is made once and served to many, for as long as nothing on it has changed.

A view opts in with `@public_page(of_subject)` or `@public_page(of_kinds("voices.voice.*"))`; every other answer is
`private, no-store`. A reader without a session cookie gets the stored page when its versions, read by one raw query,
are still those it was made from: what is hidden is gone at the next request, not when a time has run out.

What a public view sees carries no cookies, so that what one reader brings can never reach another.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from dialogi.commons import clock
from dialogi.commons.versions import Version, VersionOf, are_current

# A page may show a little of what its versions do not speak of, such as the title of something it is tied to. What is hidden
# must be gone everywhere within a minute, so our own time and that of a shared cache outside stay under it together.
KEPT_SECONDS = 25
SHARED_SECONDS = 25
LONGEST_QUERY = 500
LARGEST_PAGE = 1_000_000
SMALLEST_COMPRESSED = 500
STORED_TYPES = ("text/html", "application/atom+xml", "application/json", "application/geo+json", "image/svg+xml")
PRIVATE = "private, no-store"
OWN_VARY = {"accept-encoding", "cookie"}
KEPT_HEADERS = (
    "Content-Type",
    "Content-Language",
    "Content-Disposition",
    "Last-Modified",
    "Link",
    "X-Robots-Tag",
    "X-Frame-Options",
    "Content-Security-Policy",
)
# What a view's decorators tell the middleware that writes the content security policy.
KEPT_MARKS = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Stored:
    """A page as it was made: its versions, headers, and body in the shapes that browsers take."""

    versions: tuple[Version, ...]
    headers: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, Any], ...]
    etag: str
    length: int
    gzipped: bytes
    brotlied: bytes
    until: datetime | None
    kept_until: datetime


def public_page(*versions_of: VersionOf) -> Callable[[View], View]:
    """Mark a view whose page is the same for everybody, with what its content depends on; put it nearest to the function.

    The versions are read before the page is made. A page that changes at a certain moment sets `request.public_until`.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _may_be_public(request):
                return view(request, *args, **kwargs)
            request.COOKIES = {}
            versions = tuple(version_of(request, args, kwargs) for version_of in versions_of)
            response = view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()
            if _is_shareable(request, response) and all(version.value for version in versions):
                response.public_versions = versions  # type: ignore[attr-defined]
            return response

        shown.public_versions_of = versions_of  # type: ignore[attr-defined]
        return shown

    return decorate


class PublicDoor:
    """The outermost door but for headers and static files; see the module."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_public(request):
            return _closed(self.get_response(request))
        key = self.key(request) if settings.PUBLIC_DOOR else ""
        stored = caches["pages"].get(key) if key else None
        if isinstance(stored, Stored) and (stored.until is None or clock.now() < stored.until) and are_current(stored.versions):
            return _shared(_served(request, stored), stored)
        response = self.get_response(request)
        versions = getattr(response, "public_versions", None)
        if versions is None or not _is_storable(response):
            return _closed(response)
        made = _made(request, response, versions)
        if key and request.method == "GET" and (left := _seconds_left(made.until)) > 0:
            caches["pages"].set(key, made, min(KEPT_SECONDS, left))
            return _shared(_served(request, made), made)
        return _served(request, made)

    def key(self, request: HttpRequest) -> str:
        """Return under what a page is kept; empty when it is not to be."""
        return _key(request)


def _may_be_public(request: HttpRequest) -> bool:
    """Only a plain reader: no session, no key of another kind."""
    return request.method in {"GET", "HEAD"} and settings.SESSION_COOKIE_NAME not in request.COOKIES and "HTTP_AUTHORIZATION" not in request.META


def _is_shareable(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Asked right after the view: it looked at nobody's session and made no form token."""
    session = getattr(request, "session", None)
    touched = bool(session is not None and (session.accessed or session.modified)) or bool(request.META.get("CSRF_COOKIE_NEEDS_UPDATE"))
    return not touched and not response.cookies and "cookie" not in _vary(response)


def _is_storable(response: HttpResponse) -> bool:
    content_type = response.get("Content-Type", "").split(";")[0].strip().lower()
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and content_type in STORED_TYPES
        and _vary(response) <= OWN_VARY
        and not response.has_header("Content-Encoding")
        and len(response.content) <= LARGEST_PAGE
    )


def _vary(response: HttpResponseBase) -> set[str]:
    return {part.strip().lower() for part in response.get("Vary", "").split(",") if part.strip()}


def _key(request: HttpRequest) -> str:
    """The full address, as Django trusts it: the host is one of ALLOWED_HOSTS, and what a proxy claims is not asked."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return ""
    parts = (release(), request.scheme or "", request.get_host(), request.path_info, query)
    return "page:" + hashlib.sha256(repr(parts).encode()).hexdigest()


def _made(request: HttpRequest, response: HttpResponse, versions: tuple[Version, ...]) -> Stored:
    body = response.content
    gzipped = gzip.compress(body, 6, mtime=0)
    return Stored(
        versions=versions,
        headers=tuple((name, response[name]) for name in KEPT_HEADERS if response.has_header(name)),
        marks=tuple((name, getattr(response, name)) for name in KEPT_MARKS if hasattr(response, name)),
        # Weak, and over the content: the same page has the same tag on every server, however it is compressed.
        etag=f'W/"{hashlib.sha256(body).hexdigest()[:32]}"',
        length=len(body),
        gzipped=gzipped,
        brotlied=brotli.compress(body, quality=5),
        until=getattr(request, "public_until", None),
        kept_until=clock.now() + timedelta(seconds=KEPT_SECONDS),
    )


def _shared(response: HttpResponse, stored: Stored) -> HttpResponse:
    """Let the doorstep know whose answer this is."""
    response.shared = stored  # type: ignore[attr-defined]
    return response


def _served(request: HttpRequest, stored: Stored) -> HttpResponse:
    if stored.etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(status=200)
        _put_body(request, response, stored)
    for name, value in stored.headers:
        response[name] = value
    for name, mark in stored.marks:
        setattr(response, name, mark)
    response["ETag"] = stored.etag
    response["Cache-Control"] = f"public, max-age=0, s-maxage={min(SHARED_SECONDS, _seconds_left(stored.until))}, must-revalidate"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def _put_body(request: HttpRequest, response: HttpResponse, stored: Stored) -> None:
    packing = packing_for(request.META.get("HTTP_ACCEPT_ENCODING", "")) if stored.length >= SMALLEST_COMPRESSED else ""
    if packing:
        response.content, response["Content-Encoding"] = stored.brotlied if packing == "br" else stored.gzipped, packing
    else:
        response.content = gzip.decompress(stored.gzipped)
    response["Content-Length"] = str(len(response.content))
    if request.method == "HEAD":
        response.content = b""


@lru_cache(maxsize=256)
def packing_for(accepted: str) -> str:
    """Return how a page is packed for who sent this Accept-Encoding: br, gzip, or not at all."""
    names = {part.split(";")[0].strip() for part in accepted.lower().split(",") if "q=0" not in part.replace("q=0.", "")}
    return next((name for name in ("br", "gzip") if name in names), "")


def _seconds_left(until: datetime | None) -> int:
    return KEPT_SECONDS if until is None else max(0, int((until - clock.now()).total_seconds()))


def _closed(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of every cache, unless its view said otherwise itself."""
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = PRIVATE
    return response


@lru_cache(maxsize=1)
def release() -> str:
    """Return a fingerprint of the code and texts that make pages: a page of an older release is never served."""
    told = hashlib.sha256(repr((sorted(settings.MUNICIPALITY.items()), settings.DEMO, settings.SITE_ADDRESS)).encode())
    package = Path(settings.BASE)
    for path in sorted(package.rglob("*")):
        if path.suffix in {".py", ".html", ".txt", ".mo", ".css", ".js"} and "tests" not in path.parts and path.is_file():
            told.update(f"{path.relative_to(package)}\n".encode())
            told.update(path.read_bytes())
    return told.hexdigest()[:16]
