"""What a browser would make of a page: its forms, its links, and whatever of a stranger's words came alive in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ADDRESSES = {"href", "src", "action", "formaction", "poster", "data", "srcset", "xlink:href", "hx-get", "hx-post"}
# The words of the corpus: an element, an attribute, an address or a template of this name is a stranger's word come alive.
MARK = "xssq"
ARITHMETIC = "191191"


@dataclass
class Field:
    """A control of a form."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)

    @property
    def is_written(self) -> bool:
        """Whether a person types into it."""
        return self.kind in {"text", "textarea", "email", "url", "tel", "search"}


@dataclass
class Form:
    """A form as it lies on a page."""

    page: str
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where it is sent."""
        return urlsplit(urljoin(self.page, self.action)).path


class Reader(HTMLParser):
    """Reads a page as a browser's parser does: attributes decoded, raw text left alone."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.alive: list[str] = []
        self.text: list[str] = []
        self._form: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._select: Field | None = None
        self._area: Field | None = None
        self._loose: list[tuple[str, str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        found = {name: value or "" for name, value in attrs}
        self._look_at(tag, found)
        if tag == "a" and found.get("href"):
            self.links.append(urljoin(self.path, found["href"]))
        if tag == "form":
            self._form = Form(self.path, found.get("action", ""), found.get("method", "get").lower())
            self.forms.append(self._form)
            self._by_id[found.get("id", "")] = self._form
        elif tag in {"input", "select", "textarea", "button"} and "disabled" not in found:
            self._control(tag, found)
        elif tag == "option" and self._select is not None:
            self._select.options.append(found.get("value", ""))
            if "selected" in found:
                self._select.value = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        """Text, decoded."""
        self.text.append(data)
        if self._area is not None:
            self._area.value += data
        if ARITHMETIC in data:
            self.alive.append("a template was run")

    def _look_at(self, tag: str, attrs: dict[str, str]) -> None:
        if MARK in tag:
            self.alive.append(f"<{tag}>")
        if tag == "script" and not attrs.get("src") and attrs.get("type") not in {"application/json", "application/ld+json"}:
            self.alive.append("an inline script")
        for name, value in attrs.items():
            if MARK in name or name.startswith("on") or name in {"style", "srcdoc"}:
                self.alive.append(f"{tag} {name}={value[:60]!r}")
            if name in ADDRESSES:
                scheme = "".join(sign for sign in value if sign > " ").lower().split(":")[0]
                if scheme in {"javascript", "vbscript"} or (scheme == "data" and name != "src"):
                    self.alive.append(f"{tag} {name}={value[:60]!r}")

    def _control(self, tag: str, attrs: dict[str, str]) -> None:
        form = self._by_id.get(attrs["form"]) if "form" in attrs else self._form
        name = attrs.get("name", "")
        if form is None:
            return
        kind = tag if tag != "input" else attrs.get("type", "text").lower()
        if kind in {"submit", "button"}:
            if attrs.get("type", "submit") == "submit":
                form.buttons.append((name, attrs.get("value", "")))
            return
        if not name:
            return
        control = form.fields.setdefault(name, Field(name, kind))
        if kind in {"radio", "checkbox"}:
            control.options.append(attrs.get("value", "on"))
            if "checked" in attrs:
                control.value = attrs.get("value", "on")
        elif kind == "select":
            self._select = control
        elif kind == "textarea":
            self._area = control
        else:
            control.value = attrs.get("value", "")


def read(html: str, path: str = "/") -> Reader:
    """Read a page."""
    reader = Reader(path)
    reader.feed(html)
    reader.close()
    return reader


def own_links(reader: Reader) -> Iterator[str]:
    """Paths of links to this site, without what follows a question mark or a hash."""
    for link in reader.links:
        parts = urlsplit(link)
        if not parts.netloc and parts.scheme in {"", "http", "https"} and parts.path.startswith("/"):
            yield parts.path


# What a person writes where only some things make sense.
SENSIBLE = {"phone": "040 123 4567", "slug": "bra-sa", "code": "bra-sa", "email": "nagon@town.example", "url": "https://town.example/"}
SENSIBLE |= {"latitude": "63.12", "longitude": "21.68", "same_as": "", "number": "1/00/2026", "website": ""}


def filled(form: Form, *, words: str, everywhere: bool = False) -> dict[str, str]:
    """What a person sends who writes `words` into every field and takes what is offered; `everywhere`: even where they make no sense."""
    sent: dict[str, str] = {}
    for name, control in form.fields.items():
        offered = [option for option in control.options if option]
        if control.kind in {"radio", "select"}:
            sent[name] = control.value or (offered[0] if offered else "")
        elif control.kind == "checkbox":
            sent[name] = control.value or (offered[0] if offered else "on")
        elif control.kind == "hidden" or name == "website":  # the trap that people do not see
            sent[name] = control.value
        elif control.is_written and not everywhere and (known := next((key for key in (control.kind, name.rsplit("_", 1)[-1]) if key in SENSIBLE), None)):
            sent[name] = SENSIBLE[known]
        elif control.is_written:
            sent[name] = words
        elif control.kind in {"number", "date", "datetime-local", "time"}:
            sent[name] = control.value or {"number": "1", "date": "2026-01-15", "datetime-local": "2026-01-15T10:00", "time": "10:00"}[control.kind]
    return sent
