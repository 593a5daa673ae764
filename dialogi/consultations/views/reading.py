"""Reading: the list, one consultation, the feed, the preview of a draft."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dialogi.commons.feeds import FeedItem, atom
from dialogi.commons.languages import current_language
from dialogi.commons.panels import panels_for
from dialogi.commons.public_door import public_page
from dialogi.commons.versions import of_anything, of_kinds
from dialogi.commons.web import DialogiRequest, needs, open_to_all, page
from dialogi.commons.wordings import outdated_on_page
from dialogi.consultations.exports import EXPORTS
from dialogi.consultations.forms.reading import ListForm
from dialogi.consultations.models import Consultation
from dialogi.consultations.parts import parts_for
from dialogi.consultations.queries import reading as reads
from dialogi.consultations.rules import READ

OF_CONSULTATIONS = of_kinds("consultations.*")


@require_GET
@open_to_all("shows only what is public")
@public_page(OF_CONSULTATIONS)
def consultations(request: DialogiRequest) -> HttpResponse:
    """Show the public list with its filters."""
    form = ListForm(request.GET)
    shown = Paginator(reads.public_consultations(form.wanted()), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    request.public_until = reads.next_change()  # type: ignore[attr-defined]
    return page(request, "consultations/consultation_list.html", form=form, shown=shown, query=query.urlencode())


@require_GET
@open_to_all("shows only what is public")
@public_page(OF_CONSULTATIONS)
def feed(request: DialogiRequest) -> HttpResponse:
    """Return the public list as an Atom feed, with the same filters."""
    found = reads.public_consultations(ListForm(request.GET).wanted()).order_by("-published_at", "-id")[:50]
    items = [
        FeedItem(f"consultation:{one.subject.code}", str(one.title), one.get_absolute_url(), one.published_at, str(one.summary))
        for one in found
        if one.published_at
    ]
    return atom(request, title=_("Consultations"), path=f"/{current_language()}/consultations/", items=items)


@require_GET
@needs(READ, Consultation)
@public_page(of_anything)
def consultation(request: DialogiRequest, consultation: Consultation) -> HttpResponse:
    """Show one consultation: why, what can be influenced, the timetable, and each way of taking part."""
    return _page(request, consultation)


def _page(request: DialogiRequest, consultation: Consultation, **context: Any) -> HttpResponse:
    shown = reads.public_consultation(consultation, actor=request.actor)
    request.public_until = shown.changes_at  # type: ignore[attr-defined]
    annexes = consultation.annexes.select_related("file_sv", "file_fi", "file_en")
    context["outdated"] = outdated_on_page(consultation.subject)
    exports = [(slug, made.label) for slug, made in EXPORTS.items()]
    context |= {"exports": exports, "subject": consultation.subject, "shown": shown, "parts": parts_for(consultation), "annexes": annexes}
    return page(request, "consultations/consultation_page.html", consultation=consultation, panels=panels_for(request, consultation.subject), **context)


@never_cache
@require_GET
@open_to_all("whoever has the preview link may read the draft; the link can be taken back")
def preview(request: DialogiRequest, key: str, secret: str) -> HttpResponse:
    """Show a draft to whoever has the link, as it will look, with nothing that can be sent."""
    found = Consultation.objects.filter(subject__code=key).exclude(preview_key="").select_related("subject", "unit", "area").first()
    if found is None or not constant_time_compare(found.preview_key, secret):
        raise Http404
    return _page(request, found, is_preview=True)
