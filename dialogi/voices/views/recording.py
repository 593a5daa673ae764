"""A clerk records for somebody else, and prints the receipt in that person's language."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dialogi.commons.codes import digests, explain, grouped, normalise, spoken
from dialogi.commons.web import DialogiRequest, needs, page
from dialogi.voices import actions
from dialogi.voices.forms.recording import RecordForm
from dialogi.voices.models import Voice
from dialogi.voices.queries.receipt import status_of
from dialogi.voices.rules import RECORD_FOR_OTHER


@never_cache
@require_http_methods(["GET", "POST"])
@needs(RECORD_FOR_OTHER)
def record(request: DialogiRequest) -> HttpResponse:
    """Record what somebody said at the counter, by phone, on paper or in any other way."""
    if request.method == "GET":
        return page(request, "voices/record_form.html", form=RecordForm(actor=request.actor))
    form = RecordForm(request.POST, request.FILES, actor=request.actor)
    if request.POST.get("do") == "find":
        form.is_valid()
        form.errors.clear()
        return page(request, "voices/record_form.html", form=form)
    if form.is_valid() and form.run(actions.record_voice, form.said(), form.recorded(), form_key=form.cleaned_data["form_key"], by=request.actor):
        return redirect("voices:recorded", code=normalise(form.result.code))
    return page(request, "voices/record_form.html", form=form, status=422)


@never_cache
@require_GET
@needs(RECORD_FOR_OTHER)
def recorded(request: DialogiRequest, code: str) -> HttpResponse:
    """Show the receipt to be printed and read aloud, in the resident's language."""
    voice = Voice.objects.filter(receipt_digest__in=digests(code)).select_related("subject", "unit").first() if not explain(code) else None
    if voice is None:
        raise Http404
    bare = normalise(code)
    context: dict[str, Any] = {"code": bare, "grouped": grouped(bare), "spoken": spoken(bare, voice.language)}
    return page(request, "voices/record_receipt.html", voice=voice, shown=status_of(voice), **context)
