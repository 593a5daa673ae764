"""Tags and filters that every template has."""

from collections.abc import Hashable
from datetime import datetime
from functools import lru_cache
from typing import Literal

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from dialogi.commons import clock
from dialogi.commons.languages import Words, current_language

PARTS_KEPT = 2_000

register = template.Library()


@register.filter
def own_language(words: object, most: int = 0) -> str | SafeString:
    """Show translated content, cut to at most so many signs; where the page fell back to another language, say which in `lang`."""
    text = Truncator(str(words)).chars(most) if most else str(words)
    if isinstance(words, Words) and words and words.language != current_language():
        return format_html('<span lang="{}">{}</span>', words.language, text)
    return text


@register.filter
def day(moment: datetime | None) -> str:
    """Show a moment as a day in the municipality's time zone, in the way of the language."""
    return formats.date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT") if moment else ""


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: object) -> str:
    """Return the address's query with some keys changed; None or "" removes a key."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.simple_tag
def part(template_name: str, **shown: Hashable) -> SafeString:
    """Show a part of a page that depends on nothing but what it is given here, such as a card: what was written before is not written again.

    What it is given compares by what it says (a frozen dataclass, a number, a string), so that nothing old is ever shown.
    """
    write = _write if settings.DEBUG else _written
    return write(template_name, current_language(), tuple(shown.items()))


def _write(template_name: str, language: str, shown: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(template_name, dict(shown))


_written = lru_cache(maxsize=PARTS_KEPT)(_write)


@register.inclusion_tag("commons/_promise.html")
def promise(due_at: datetime | Literal[""] | None, done_at: datetime | Literal[""] | None = None, paused_at: object = None) -> dict[str, object]:
    """Show where a promise stands: due, overdue, paused, kept, late, or none, in words and a shape. "" is a name that the template lacks."""
    if not due_at:
        kind = "none"
    elif done_at:
        kind = "kept" if done_at <= due_at else "late"
    elif paused_at:
        kind = "paused"
    else:
        kind = "overdue" if due_at < clock.now() else "due"
    return {"kind": kind, "date": due_at}
