"""The registrar's pages: requests for erasure, and how long each kind of record is kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dialogi.commons.registry import registry
from dialogi.commons.web import DialogiRequest, needs, open_to_all, page
from dialogi.people.actions import decide_erasure
from dialogi.people.forms.me import DecideErasureForm
from dialogi.people.models import Erasure, ErasureRequest
from dialogi.people.queries import everything_about
from dialogi.people.rules import DECIDE_ERASURE


@never_cache
@needs(DECIDE_ERASURE)
def erasure_requests(request: DialogiRequest) -> HttpResponse:
    """List the requests, those that wait first."""
    found = ErasureRequest.objects.select_related("person__subject").order_by("-decided_at", "asked_at")
    waiting = [each for each in found if each.state == Erasure.ASKED]
    return page(request, "people/erasures.html", waiting=waiting, decided=[each for each in found if each.state != Erasure.ASKED][:100])


@never_cache
@needs(DECIDE_ERASURE)
def erasure_request(request: DialogiRequest, pk: int) -> HttpResponse:
    """Decide a request, with what is stored before one's eyes."""
    asked = get_object_or_404(ErasureRequest.objects.select_related("person__subject", "person__account"), pk=pk)
    form = DecideErasureForm(request.POST if request.method == "POST" else None)
    wanted = form.cleaned_data if form.is_valid() else {}
    if form.run(decide_erasure, asked, by=request.actor, outcome=wanted.get("outcome", ""), reason=wanted.get("reason", "")):
        messages.success(request, _("The decision was made and is on its way to the person."))
        return redirect("people:erasure_requests")
    held = everything_about(asked.person) if asked.state == Erasure.ASKED else {}
    counts = [(registry.nouns[kind].label_plural, len(rows)) for kind, rows in held.get("records", {}).items()]
    return page(request, "people/erasure.html", asked=asked, form=form, counts=counts, status=422 if form.errors else 200)


@open_to_all("how long records are kept is nobody's secret")
def retention(request: DialogiRequest) -> HttpResponse:
    """Show each kind of record with its legal basis and how long it is kept."""
    return page(request, "people/retention.html", retentions=sorted(registry.retentions.values(), key=lambda each: each.name))
