"""What the styles of an ODT mean, and what stands before headings and items of lists."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from dialogi.consultations.drafts.counting import BULLET, shaped

LEVELS = 10
_QUOTES = {"quote", "intense quote", "quotations", "block text"}


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look. None: nothing is said, the style around it decides."""

    strong: bool | None = None
    em: bool | None = None
    place: str | None = None  # "super", "sub"
    is_hidden: bool | None = None
    is_struck: bool | None = None

    def over(self, other: "Look") -> "Look":
        """Return this look, and where it says nothing, the other."""
        names = ("strong", "em", "place", "is_hidden", "is_struck")
        return replace(other, **{name: value for name in names if (value := getattr(self, name)) is not None})


@dataclass(frozen=True, slots=True)
class _Written:
    parent: str
    look: Look
    list_style: str | None
    is_automatic: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list."""

    shape: str = ""
    before: str = ""
    after: str = ""
    shown: int = 1
    start: int = 1
    is_bullet: bool = False


class Styles:
    """The styles of one document; `take` each as it comes."""

    def __init__(self) -> None:
        self._written: dict[tuple[str, str], _Written] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}

    def take(self, element: Element, *, is_automatic: bool) -> None:
        """Learn a style."""
        if element.tag == "style_style":
            key = element.get("style_family", ""), element.get("style_name", "")
            self._written[key] = _Written(element.get("style_parent-style-name", ""), _look(element), element.get("style_list-style-name"), is_automatic)
        elif element.tag == "text_list-style":
            self.lists[element.get("style_name", "")] = _levels(element)
        elif element.tag == "text_outline-style":
            self.outline = _levels(element)

    def letters(self, name: str) -> Look:
        """Return how a style of letters looks."""
        look = Look()
        for style in self._chain("text", name):
            look = look.over(style.look)
        return look

    def own_letters(self, name: str) -> Look:
        """Return how the letters of a paragraph look by its own formatting, without the named style it is based on."""
        style = self._written.get(("paragraph", name))
        return style.look if style and style.is_automatic else Look()

    def is_title(self, name: str) -> bool:
        """Return whether a style is that of a title."""
        return "title" in self._names(name)

    def is_quote(self, name: str) -> bool:
        """Return whether a style is that of a quotation."""
        return bool(_QUOTES & set(self._names(name)))

    def is_numbered(self, name: str) -> bool:
        """Return whether headings of a style take part in the numbering of headings."""
        said = next((style.list_style for style in self._chain("paragraph", name) if style.list_style is not None), None)
        return said != ""

    def _names(self, name: str) -> list[str]:
        return [_readable(name), *(_readable(style.parent) for style in self._chain("paragraph", name))]

    def _chain(self, family: str, name: str) -> Iterator[_Written]:
        seen: set[str] = set()
        while (family, name) in self._written and name not in seen:
            seen.add(name)
            yield self._written[family, name]
            name = self._written[family, name].parent


def _readable(name: str) -> str:
    return name.replace("_20_", " ").lower()


def _look(element: Element) -> Look:
    letters = element.find("style_text-properties")
    if letters is None:
        return Look()
    weight, slant = letters.get("fo_font-weight"), letters.get("fo_font-style")
    shown, line = letters.get("text_display"), letters.get("style_text-line-through-style") or letters.get("style_text-line-through-type")
    return Look(
        strong=None if weight is None else weight in {"bold", "600", "700", "800", "900"},
        em=None if slant is None else slant in {"italic", "oblique"},
        place=(letters.get("style_text-position") or "").split(" ")[0] or None,
        is_hidden=None if shown is None else shown == "none",
        is_struck=None if line is None else line != "none",
    )


def whole(value: str | None, default: int) -> int:
    """Return a number that is written in the file."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else default


def _levels(element: Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in element:
        found[whole(level.get("text_level"), 1)] = Level(
            shape=level.get("style_num-format", ""),
            before=level.get("style_num-prefix", ""),
            after=level.get("style_num-suffix", ""),
            shown=min(whole(level.get("text_display-levels"), 1), LEVELS),
            start=whole(level.get("text_start-value"), 1),
            is_bullet=level.tag in {"text_list-level-style-bullet", "text_list-level-style-image"},
        )
    return found


def marker(levels: dict[int, Level], counts: dict[int, int], place: int) -> str:
    """Return what stands before the next paragraph at a level: "•", "3.", "4.2"; empty for nothing."""
    level = levels.get(place)
    if level is None or level.is_bullet:
        return BULLET
    if not level.shape:
        return ""
    first = max(place - level.shown + 1, 1)
    shown = [shaped(counts.get(at, 1), levels[at].shape) for at in range(first, place + 1) if at in levels]
    return f"{level.before}{'.'.join(number for number in shown if number)}{level.after}".strip()
