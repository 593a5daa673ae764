"""Reading: the public list, its map and feed, one voice, support, themes."""

import secrets
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dialogi.commons.feeds import FeedItem, atom
from dialogi.commons.languages import current_language
from dialogi.commons.limits import Limit, check
from dialogi.commons.paging import TownPages
from dialogi.commons.permissions import may
from dialogi.commons.places import places_answer, places_picture
from dialogi.commons.public_door import public_page, release
from dialogi.commons.versions import of_kinds, of_subject
from dialogi.commons.web import DialogiRequest, needs, open_to_all, page
from dialogi.commons.wordings import outdated_on_page
from dialogi.voices import actions
from dialogi.voices.forms.reading import ListForm
from dialogi.voices.models import Theme, Voice
from dialogi.voices.queries import reading as reads
from dialogi.voices.queries.cards import cards, for_cards
from dialogi.voices.rules import READ, SUPPORT

SUPPORTING = Limit("support", 60, 3600)
COOKIE = "supporter"
OF_VOICES = of_kinds("voices.*")
OF_CHOICES = of_kinds("people.area.*", "services.service.*")


@require_GET
@open_to_all("shows only what is public")
@public_page(OF_VOICES)
def voices(request: DialogiRequest) -> HttpResponse:
    """Show the public list with its filters, as a list or as a map with the same list beside it."""
    filters = SimpleLazyObject(lambda: ListForm(request.GET))
    asks = any(name in request.GET for name in ListForm.base_fields)
    voices = reads.public_voices(filters.wanted() if asks else reads.ListFilter())
    shown = TownPages(for_cards(voices), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"filters": filters, "chips": filters.chips() if asks else [], "query": query.urlencode()}
    # The form is made anew when it is asked something else, or when what it offers has changed.
    context |= {"made_of": f"{release()} {OF_CHOICES(request, (), {}).value}", "on_map": request.GET.get("view") == "map"}
    return page(request, "voices/voice_list.html", shown=shown, cards=cards(list(shown)), **context)


@require_GET
@open_to_all("shows only what is public")
@public_page(OF_VOICES)
def places(request: DialogiRequest) -> HttpResponse:
    """Return the places of the public voices that the filters let through, for the map."""

    def properties(voice: Voice) -> dict[str, Any]:
        labels = {"state": voice.state, "state_label": str(voice.get_state_display())}
        return {"title": str(voice.subject.title), "href": voice.get_absolute_url(), "lang": voice.language, **labels}

    return places_answer(request, reads.public_voices(ListForm(request.GET).wanted()), properties=properties)


@require_GET
@open_to_all("shows only what is public")
@public_page(OF_VOICES)
def places_map(request: DialogiRequest) -> HttpResponse:
    """Return the same places as a still picture."""
    return places_picture(reads.public_voices(ListForm(request.GET).wanted()), state="state")


@require_GET
@open_to_all("shows only what is public")
@public_page(OF_VOICES)
def feed(request: DialogiRequest) -> HttpResponse:
    """Return the public list as an Atom feed, with the same filters."""
    found = list(reads.public_voices(ListForm(request.GET).wanted())[:50])
    items = [FeedItem(f"voice:{v.subject.code}", str(v.subject.title), v.get_absolute_url(), v.arrived_at, v.public_words) for v in found]
    return atom(request, title=_("Feedback and answers"), path=f"/{current_language()}/voices/", items=items)


@require_GET
@needs(READ, Voice, along=("about", "area", "unit"))
@public_page(of_subject)
def voice(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Show one voice with its answers and its thread."""
    return page(request, "voices/voice_page.html", voice=voice, subject=voice.subject, shown=reads.public_voice(voice, actor=request.actor))


@never_cache
@require_http_methods(["GET", "POST"])
@needs(READ, Voice)
def support(request: DialogiRequest, voice: Voice) -> HttpResponse:
    """Ask for, count or take back a support; a cookie that names nobody counts a browser once."""
    verdict = may(request.actor, SUPPORT, voice)
    browser = request.COOKIES.get(COOKIE, "")[:64]
    key = reads.browser_key_of(voice, browser)
    if request.method == "GET":
        mine = reads.is_supported(voice, actor=request.actor, browser_key=key)
        response = page(request, "voices/support.html", voice=voice, verdict=verdict, mine=mine)
        if not browser and request.actor.is_anonymous:
            response.set_cookie(COOKIE, secrets.token_urlsafe(24), max_age=365 * 86400, httponly=True, samesite="Lax", secure=request.is_secure())
        return response
    check(SUPPORTING, actor=request.actor, request=request)
    act = actions.end_support if request.POST.get("do") == "end" else actions.support
    act(voice, by=request.actor, browser_key=key)
    return redirect("voices:support", key=voice.subject.code)


@require_GET
@open_to_all("shows only what is public")
@public_page(OF_VOICES)
def themes(request: DialogiRequest) -> HttpResponse:
    """Show the themes, the largest first; needs alone when asked for."""
    only = request.GET.get("needs") == "1"
    shown = Paginator(reads.themes(needs_only=only), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "voices/theme_list.html", shown=shown, needs_only=only)


@require_GET
@needs(READ, Theme)
@public_page(of_subject, OF_VOICES)
def theme(request: DialogiRequest, theme: Theme) -> HttpResponse:
    """Show a theme: its voices, its answer, its thread."""
    voices = for_cards(reads.public_voices(reads.ListFilter(theme=theme)))
    shown = TownPages(voices, reads.PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"details": reads.public_theme(theme, actor=request.actor), "outdated": outdated_on_page(theme.subject)}
    return page(request, "voices/theme_page.html", theme=theme, subject=theme.subject, shown=shown, cards=cards(list(shown)), **context)


@require_GET
@open_to_all("shows only what is public")
@public_page(OF_VOICES)
def themes_feed(request: DialogiRequest) -> HttpResponse:
    """Return the themes as an Atom feed."""
    found = reads.themes().order_by("-created_at", "-id")[:50]
    items = [FeedItem(f"theme:{t.subject.code}", str(t.title), t.get_absolute_url(), t.created_at, str(t.summary)) for t in found]
    return atom(request, title=_("Themes"), path=f"/{current_language()}/themes/", items=items)
