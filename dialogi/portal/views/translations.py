"""The translation queue: what waits and what is outdated, the texts of one noun side by side, promises."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialogi.commons.freshness import has_wordings
from dialogi.commons.models import Subject
from dialogi.commons.registry import registry
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.portal import actions
from dialogi.portal.forms import PromiseForm, QueueForm, TranslationForm
from dialogi.portal.queries import translations as reads
from dialogi.portal.rules import TRANSLATE


@never_cache
@require_GET
@needs(TRANSLATE)
def queue(request: DialogiRequest) -> HttpResponse:
    """Show what waits and what is outdated over all kinds, what has lacked something longest first."""
    form = QueueForm(request.GET)
    found = reads.wanted(request.actor, form.wanted())
    shown = Paginator(reads.grouped(found), reads.PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"rows": reads.rows(list(shown), found), "figures": reads.counts(request.actor)}
    return page(request, "portal/translation_queue.html", form=form, shown=shown, **context)


def _item(request: DialogiRequest, key: str) -> reads.Item:
    subject = Subject.objects.visible_to(request.actor).filter(code=key).first()
    plug = registry.nouns.get(subject.kind) if subject else None
    if subject is None or plug is None or not has_wordings(plug):
        raise Http404
    return reads.item_of(subject, actor=request.actor)


def _shown(request: DialogiRequest, item: reads.Item, **context: Any) -> HttpResponse:
    texts = item.texts if request.GET.get("all") else item.open
    shown = Paginator(texts, reads.TEXTS_ON_A_PAGE).get_page(request.GET.get("page"))
    form = TranslationForm(list(shown))
    context = {"form": form, "promise_form": PromiseForm(item), "shown": shown, "status": 200, **context}
    return page(request, "portal/translation_item.html", item=item, subject=item.subject, is_all=texts is item.texts, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(TRANSLATE)
def item(request: DialogiRequest, key: str) -> HttpResponse:
    """Show the texts of one noun side by side; write them, and find others still right."""
    item = _item(request, key)
    if request.method != "POST":
        return _shown(request, item)
    sent = set(request.POST.getlist("key"))
    form = TranslationForm([text for text in item.texts if text.key in sent], data=request.POST)
    if form.is_valid() and form.run(actions.translate, item.subject, texts=form.written, checked=form.checked, seen=form.seen, by=request.actor):
        messages.success(request, _("The texts were saved."))
        return redirect("portal:translation", key) if reads.item_of(item.subject, actor=request.actor).open else redirect("portal:translations")
    return _shown(request, item, form=form, status=422)


@never_cache
@require_POST
@needs(TRANSLATE)
def promise(request: DialogiRequest, key: str) -> HttpResponse:
    """Promise texts of one noun in a language by a day."""
    item = _item(request, key)
    form = PromiseForm(item, request.POST)
    if form.is_valid() and form.run(actions.promise_translation, item.subject, **form.cleaned_data, by=request.actor):
        messages.success(request, _("The promise stands in the queue until the text is up to date."))
        return redirect("portal:translation", key)
    return _shown(request, item, promise_form=form, status=422)
