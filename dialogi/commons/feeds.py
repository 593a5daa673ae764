"""Atom feeds of what everybody may read; full addresses come from the settings, never from the request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks

from dialogi.commons.context import House
from dialogi.commons.languages import current_language
from dialogi.commons.messages import site_url

MOST_ITEMS = 50


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item; `path` begins with a slash and holds the language, `key` names the item for ever."""

    key: str
    title: str
    path: str
    when: datetime
    text: str = ""


def feed_key(key: str) -> str:
    """Return an address that names a thing for ever (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_ADDRESS).hostname or 'localhost'},2026:{key}"


def atom(request: HttpRequest, *, title: str, path: str, items: Iterable[FeedItem]) -> HttpResponse:
    """Return a feed in the language of the page, at most fifty items; `path` is the page that the feed belongs to."""
    house = House(request)
    feed = Atom1Feed(
        title=title,
        link=site_url(path),
        description="",
        language=current_language(),
        feed_url=site_url(request.path),
        feed_guid=feed_key(request.path),
        author_name=house.name,
    )
    for item in list(items)[:MOST_ITEMS]:
        feed.add_item(
            title=item.title,
            link=site_url(item.path),
            # A feed reader takes the summary for HTML, so a resident's words are escaped once more than the XML asks for.
            description=linebreaks(item.text or item.title, autoescape=True),
            unique_id=feed_key(item.key),
            pubdate=item.when,
            updateddate=item.when,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
