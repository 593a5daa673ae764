"""Trim the design system to what Dialogi's pages use: whole components, then rules, then tokens nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

COMPONENTS = ("button", "input")

# Selectors of parts that no page has: switches, affixes, custom elements, right-to-left scripts, hover delegates.
UNUSED = re.compile(
    r"role=switch|u-summary|::part|affix|:dir\(|:lang\(n|click-?delegate|data-position=end|data-field=counter"
    r"|ds-icon|ds-readonly|ds-print|ds-focus|ds-checkbox|ds-list|ds-floating|ds-avatar|ds-badge|ds-card|ds-dialog"
    r"|ds-popover|ds-skeleton|ds-spinner|ds-suggestion|ds-toggle|ds-tooltip|ds-tabs|ds-chip|ds-search|ds-link"
    r"|data-size=|data-border|data-fullwidth|aria-readonly|\[readonly|aria-busy|data-sticky|aria-label=hidden"
    r"|aria-label=\"0\"|-moz-placeholder|-moz-read-only|aria-disabled|data-typography=\"secondary\""
    r"|^\[data-color-scheme=\"(light|dark)\"\]$|^\[data-color-scheme\]\[data-color"
)
UNUSED_AT = re.compile(r"ds-fade-in|_is-visible|typography\.secondary|prefers-color-scheme: light")


@dataclass
class Rule:
    """A declaration (no children, no braces) or a block with its prelude."""

    prelude: str
    children: list[Rule] | None = None


@dataclass
class Reader:
    """Reads CSS character by character: knows strings and brackets, nothing else."""

    text: str
    at: int = 0
    rules: list[Rule] = field(default_factory=list)

    def block(self) -> list[Rule]:
        found: list[Rule] = []
        start, depth, quote = self.at, 0, ""
        while self.at < len(self.text):
            char = self.text[self.at]
            self.at += 1
            if quote:
                quote = "" if char == quote else quote
            elif char in "\"'":
                quote = char
            elif char == "(":
                depth += 1
            elif char == ")":
                depth -= 1
            elif depth == 0 and char in ";{}":
                piece = " ".join(self.text[start : self.at - 1].split())
                if char == "{":
                    found.append(Rule(piece, self.block()))
                elif piece:
                    found.append(Rule(piece))
                start = self.at
                if char == "}":
                    return found
        return found


def parse(css: str) -> list[Rule]:
    """The rules of a stylesheet, without its comments."""
    return Reader(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL) + "}").block()


def write(rules: Iterable[Rule]) -> str:
    """One rule a line, so that a change of version can be read as a difference."""
    lines = []
    for rule in rules:
        if rule.children is None:
            lines.append(rule.prelude + ";")
        else:
            lines.append(rule.prelude + "{" + write(rule.children) + "}\n")
    return "".join(lines).replace(";}", "}")


def split_selectors(prelude: str) -> list[str]:
    """Split at commas outside brackets."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(prelude):
        depth += (char in "([" and 1) or (char in ")]" and -1) or 0
        if char == "," and depth == 0:
            parts.append(prelude[start:at].strip())
            start = at + 1
    return [*parts, prelude[start:].strip()]


def without_unused(rules: list[Rule]) -> list[Rule]:
    """Drop the selectors of parts that no page has, and what is then empty."""
    kept: list[Rule] = []
    for rule in rules:
        if rule.children is None:
            kept.append(rule)
            continue
        prelude = rule.prelude
        if UNUSED_AT.search(prelude):
            continue
        if not prelude.startswith("@"):
            prelude = ",".join(part for part in split_selectors(prelude) if not UNUSED.search(part))
        children = without_unused(rule.children)
        if prelude and children:
            kept.append(Rule(prelude, children))
    return kept


def names_read(css: str) -> set[str]:
    """The custom properties that some var() reads."""
    return set(re.findall(r"var\(\s*(--[\w-]+)", css))


def without_unread(rules: list[Rule], read: set[str]) -> list[Rule]:
    """Drop declarations of custom properties that nobody reads."""
    kept: list[Rule] = []
    for rule in rules:
        if rule.children is not None:
            children = without_unread(rule.children, read)
            if children:
                kept.append(Rule(rule.prelude, children))
        elif not rule.prelude.startswith("--") or rule.prelude.partition(":")[0] in read:
            kept.append(rule)
    return kept


def trim(sheets: Iterable[str], *, readers: Iterable[str]) -> str:
    """One stylesheet of the given sheets; `readers` are our own sheets that also read its tokens."""
    own = "".join(readers)
    rules = without_unused(parse("".join(sheets)))
    css = write(rules)
    while True:
        rules = without_unread(rules, names_read(css) | names_read(own))
        smaller = write(rules)
        if len(smaller) == len(css):
            return css
        css = smaller
