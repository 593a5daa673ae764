"""Pages of the portal: the front page and the search."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_safe

from dialogi.commons.languages import current_language
from dialogi.commons.limits import Limit, check
from dialogi.commons.public_door import public_page
from dialogi.commons.search import search
from dialogi.commons.versions import of_anything, of_kinds
from dialogi.commons.web import DialogiRequest, open_to_all, page
from dialogi.portal.queries.searching import SearchPages, kinds_found, with_kinds
from dialogi.voices.queries.reading import front_page, largest_themes

SEARCHING = Limit("search", 240, 600)
PAGE_SIZE = 20
# Written by hand in each language, as templates of their own: portal/standing/<name>.<language>.html.
STANDING = {
    "about": _("About this service"),
    "accessibility": _("Accessibility statement"),
    "moderation": _("How moderation works"),
    "privacy": _("Privacy notice"),
    "without-device": _("Take part without a device"),
}


@require_GET
@open_to_all("the front page")
@public_page(of_kinds("voices.*"))
def front(request: DialogiRequest) -> HttpResponse:
    """Say what is open, what was answered, and what changed because somebody spoke."""
    return page(request, "portal/front.html", shown=front_page(), themes=largest_themes(3))


@require_GET
@open_to_all("finds only what the reader may see")
@public_page(of_anything)
def find(request: DialogiRequest) -> HttpResponse:
    """Search everything that the reader may see, in words of any of the languages."""
    check(SEARCHING, actor=request.actor, request=request)
    words = request.GET.get("q", "")[:200].strip()
    kind = request.GET.get("kind", "")
    number = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() and len(request.GET["page"]) < 6 else 1
    kinds = kinds_found()
    wanted = [kind] if kind in kinds else list(kinds)
    languages = [current_language(), *(code for code in ("sv", "fi", "en") if code != current_language())]
    found = search(words, languages=languages, actor=request.actor, kinds=wanted, across_languages=True, page=number, size=PAGE_SIZE) if words else None
    pages = SearchPages.of(found.total, number, PAGE_SIZE) if found else None
    return page(request, "portal/search.html", words=words, seek_words=words, kind=kind, kinds=kinds, found=found, hits=with_kinds(found), pages=pages)


@require_safe
@open_to_all("a standing page, the same for everybody")
@public_page(of_kinds("people.unit.*"))
def standing(request: DialogiRequest, name: str) -> HttpResponse:
    """Show a standing page in the language of the address."""
    if name not in STANDING:
        raise Http404
    text = f"portal/standing/{name}.{current_language()}.html"
    return page(request, "portal/standing.html", name=name, page_title=STANDING[name], text=text, others=STANDING)
