"""Tags of the look: shapes that stand beside words, pages of a list, codes in groups."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dialogi.commons.codes import grouped

register = template.Library()

# Drawn on 24 by 24, in the colour of the text beside them. A shape never stands without its word.
_STROKES = {
    "received": '<circle cx="12" cy="12" r="8"/>',
    "in_hand": '<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>',
    "planned": '<circle cx="12" cy="12" r="8"/><path d="M12 7v5l3.5 2"/>',
    "done": '<circle cx="12" cy="12" r="8" fill="currentColor"/><path d="m8.4 12.2 2.5 2.5 4.8-5.2" class="cut"/>',
    "not_ours": '<path d="M4 12h15m-5.5-6 6 6-6 6"/>',
    "cannot": '<rect x="4.5" y="4.5" width="15" height="15" rx="2"/><path d="M8.5 12h7"/>',
    "same_as": '<circle cx="9" cy="12" r="5.5"/><circle cx="15" cy="12" r="5.5"/>',
    "waiting": '<path d="M7 4h10M7 20h10M8 4c0 5 8 7 8 16M16 4c0 5-8 7-8 16"/>',
    "hidden": '<path d="M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM4 20 20 4"/>',
    "staff": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "due": '<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>',
    "overdue": '<path d="M12 3.5 21.5 20h-19z"/><path d="M12 10v4.5M12 17.2v.2"/>',
    "kept": '<path d="m4.5 12.5 5 5 10-11"/>',
    "late": '<path d="m4.5 12.5 5 5 10-11M14 19h6"/>',
    "paused": '<path d="M9 6v12M15 6v12"/>',
    "none": '<path d="M6 12h12"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.6v.2"/>',
    "good": '<circle cx="12" cy="12" r="8.5"/><path d="m8 12.3 2.7 2.7 5.3-5.6"/>',
    "watch": '<path d="M12 3.5 21.5 20h-19z"/><path d="M12 10v4.5M12 17.2v.2"/>',
    "stop": '<path d="M8.2 3.5h7.6l4.7 4.7v7.6l-4.7 4.7H8.2l-4.7-4.7V8.2z"/><path d="M12 7.5v5.5M12 16.2v.2"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>',
    "place": '<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.3"/>',
    "support": '<path d="M12 20C6 16 3.5 12.5 3.5 9A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8.5 2c0 3.5-2.5 7-8.5 11z"/>',
    "up": '<path d="m6 14 6-6 6 6"/>',
    "down": '<path d="m6 10 6 6 6-6"/>',
    "onward": '<path d="M4 12h15m-6-6 6 6-6 6"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"/>',
    "feed": '<path d="M5 12a7 7 0 0 1 7 7M5 5a14 14 0 0 1 14 14M6 18v.2"/>',
}
_ALIASES = {"not_asked": "hidden", "published": "good", "refused": "cannot", "withdrawn": "hidden", "masked": "hidden"}
_TONES = {
    **dict.fromkeys(("received", "in_hand", "planned", "waiting", "draft", "announced", "open", "closed"), "open"),
    **dict.fromkeys(("done", "published", "answered", "decided"), "done"),
}


@register.simple_tag
@lru_cache(maxsize=256)
def shape(name: str) -> SafeString:
    """Draw a shape by its name; an unknown name draws nothing, because the word beside it says the same."""
    strokes = _STROKES.get(_ALIASES.get(str(name), str(name)), "")
    if not strokes:
        return mark_safe("")
    # The strokes are our own constants above.
    return format_html('<svg class="shape" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', mark_safe(strokes))


@register.simple_tag
def options(choices: Sequence[Mapping[str, Any]]) -> SafeString:
    """Write the options of a select at once: a template for each of them would take longer than the rest of a page."""
    written = ((option["value"], flatatt(option["attrs"]) if option["attrs"] else "", _label(option)) for option in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', written)


def _label(option: Mapping[str, Any]) -> object:
    """What Django marks with dashes alone is said in words."""
    return _("Choose …") if option["value"] == "" and option["label"] == "---------" else option["label"]


@register.filter
def tone(state: object) -> str:
    """Return how strongly a state speaks: open, done or stop."""
    return _TONES.get(str(state), "stop")


@register.filter
def code_groups(code: str) -> list[str]:
    """Split a receipt code or short code into the groups in which it is printed."""
    return grouped(str(code)).split("-")


@register.simple_tag
def page_numbers(page: Page) -> list[int | None]:
    """Return the page numbers to show, with None where some are left out."""
    last, here = page.paginator.num_pages, page.number
    shown = sorted({1, last, *(number for number in range(here - 1, here + 2) if 1 <= number <= last)})
    numbers: list[int | None] = []
    for number in shown:
        if numbers and number - (numbers[-1] or 0) == 2:
            numbers.append(number - 1)
        elif numbers and number - (numbers[-1] or 0) > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers
