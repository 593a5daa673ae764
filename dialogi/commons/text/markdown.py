"""Text that staff write with headings, lists and links. Residents' own words are never rendered this way."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

MOST_CHARACTERS = 100_000
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h2", "h3", "h4", "h5", "h6", "blockquote", "code", "pre", "hr"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_INLINE = {"br", "strong", "em", "a", "code"}
_SCHEMES = {"http", "https", "mailto", "tel"}


def _lower_headings(state: StateCore) -> None:
    # The page has its own h1; a text's headings begin below it.
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"


_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20}).enable("table").disable(["image", "html_block", "html_inline"])
_PARSER.core.ruler.push("lower_headings", _lower_headings)


def markdown(text: str) -> SafeString:
    """Return safe HTML of a small part of Markdown: no raw HTML, no images, no addresses but http(s), mailto, tel and our own."""
    return _allowed(_PARSER.render(text[:MOST_CHARACTERS]), _TAGS)


def inline_markdown(text: str) -> SafeString:
    """Return safe HTML of one paragraph's text without the paragraph around it: stress, links and line breaks."""
    return _allowed(_PARSER.renderInline(text[:MOST_CHARACTERS]), _INLINE)


def _allowed(html: str, tags: set[str]) -> SafeString:
    # The parser's output is not trusted either: a second, independent allow-list decides what stays.
    return mark_safe(nh3.clean(html, tags=tags, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer"))
