"""What every page's frame needs to know."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from dialogi.commons.actors import Actor
from dialogi.commons.languages import current_language
from dialogi.commons.registry import registry

LANGUAGE_LABELS = (("sv", "Svenska"), ("fi", "Suomi"), ("en", "English"))


@dataclass(frozen=True, slots=True)
class NavLink:
    """A link of the frame."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in a language."""

    code: str
    label: str
    url: str
    current: bool


class House:
    """The frame of a page, made when a template asks for it. Public parts never touch the session."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.demo = settings.DEMO
        self.site_address = settings.SITE_ADDRESS

    @property
    def name(self) -> str:
        """The municipality's name in the language of the page."""
        return settings.MUNICIPALITY[f"name_{current_language()}"]

    @property
    def languages(self) -> list[LanguageLink]:
        """This address in every language."""
        path, query = self._request.path, self._request.META.get("QUERY_STRING", "")
        rest = path[3:] if path[1:3] in {code for code, _ in LANGUAGE_LABELS} and path[3:4] == "/" else "/"
        suffix = f"?{query}" if query else ""
        return [LanguageLink(code, label, f"/{code}{rest}{suffix}", code == current_language()) for code, label in LANGUAGE_LABELS]

    def _links(self, place: str, actor: Actor | None = None) -> list[NavLink]:
        items = sorted((item for item in registry.nav if item.place == place), key=lambda item: item.order)
        path = self._request.path
        shown = [item for item in items if item.when is None or (actor is not None and item.when(actor))]
        best = max((len(item.address) for item in shown if path[3:].startswith(item.address)), default=0)
        return [NavLink(str(i.label), f"/{current_language()}{i.address}", path[3:].startswith(i.address) and len(i.address) == best) for i in shown]

    @property
    def nav(self) -> list[NavLink]:
        """The public main navigation."""
        return self._links("main")

    @property
    def footer(self) -> list[NavLink]:
        """The footer's links."""
        return self._links("footer")

    @property
    def desk_nav(self) -> list[NavLink]:
        """The desk's navigation, as far as this actor's rights reach."""
        return self._links("desk", getattr(self._request, "actor", None))


def house(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `house`, and the language of the page."""
    return {"house": House(request), "page_language": current_language()}
