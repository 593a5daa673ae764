"""My page: what is mine, how I am told, what is stored about me, and having it erased."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dialogi.commons import clock
from dialogi.commons.registry import registry
from dialogi.commons.web import DialogiRequest, needs, open_to_all, page
from dialogi.people.actions import ask_erasure, edit_preferences, ensure_person, withdraw_consent, withdraw_erasure
from dialogi.people.forms.me import AskErasureForm, PreferencesForm
from dialogi.people.models import Consent, ErasureRequest, Person
from dialogi.people.queries import everything_about
from dialogi.people.rules import BE_ONESELF
from dialogi.people.sign_in import account_of, is_fresh


def _me(request: DialogiRequest) -> Person:
    return ensure_person(account_of(request), by=request.actor, language=request.actor.language)


@never_cache
@open_to_all("strangers are led to the sign-in from here")
def my_page(request: DialogiRequest) -> HttpResponse:
    """Show what is mine; upper rooms put their panels here."""
    if request.actor.is_anonymous:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    person = _me(request)
    shown = (
        (panel, panel.context(request, person.subject)) for panel in sorted(registry.panels, key=lambda panel: panel.order) if panel.kind == "people.person"
    )
    panels = [(panel.template, values) for panel, values in shown if values is not None]
    follows = person.account.follows.select_related("subject").order_by("-created_at")[:50] if person.account else []
    seats = person.seats.current().select_related("unit", "body")
    return page(request, "people/me.html", person=person, panels=panels, follows=follows, seats=seats)


@never_cache
@needs(BE_ONESELF)
def preferences(request: DialogiRequest) -> HttpResponse:
    """Change name, language and how often to be told."""
    person = _me(request)
    form = PreferencesForm(request.POST or None, instance=Person.objects.get(pk=person.pk))
    if form.run(edit_preferences, person, by=request.actor, **(form.cleaned_data if form.is_valid() else {})):
        messages.success(request, _("Your wishes were saved."))
        return redirect("people:me")
    return page(request, "people/preferences.html", form=form, status=422 if form.errors else 200)


@never_cache
@needs(BE_ONESELF)
def my_data(request: DialogiRequest) -> HttpResponse:
    """Tell what is stored about me, for how long and why; and where to take it, correct it and have it erased."""
    person = _me(request)
    consents = person.consents.order_by("-given_at")
    requests = person.erasure_requests.order_by("-asked_at")
    return page(request, "people/my_data.html", person=person, consents=consents, requests=requests, retentions=registry.retentions.values())


@never_cache
@needs(BE_ONESELF)
def my_file(request: DialogiRequest) -> HttpResponse:
    """Give everything stored about me as one file; asks for a fresh sign-in and has no address that works for others."""
    if not is_fresh(request):
        return page(request, "people/sign_in_again.html", next=request.get_full_path())
    person = _me(request)
    response = JsonResponse(everything_about(person), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="dialogi-{clock.today():%Y-%m-%d}.json"'
    response["Cache-Control"] = "no-store, private"
    return response


@never_cache
@needs(BE_ONESELF)
def ask_for_erasure(request: DialogiRequest) -> HttpResponse:
    """Ask that what is stored about me be erased."""
    if not is_fresh(request):
        return page(request, "people/sign_in_again.html", next=request.path)
    form = AskErasureForm(request.POST if request.method == "POST" else None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    if form.run(ask_erasure, _me(request), by=request.actor, words=words):
        messages.success(request, _("We have your request. You get the decision with its reasons within a month."))
        return redirect("people:my_data")
    return page(request, "people/ask_erasure.html", form=form, status=422 if form.errors else 200)


@require_POST
@needs(BE_ONESELF)
def take_back_erasure(request: DialogiRequest, pk: int) -> HttpResponseRedirect:
    """Take back a request that is not decided yet."""
    withdraw_erasure(get_object_or_404(ErasureRequest, pk=pk, person=_me(request)), by=request.actor)
    return redirect("people:my_data")


@require_POST
@needs(BE_ONESELF)
def take_back_consent(request: DialogiRequest, pk: int) -> HttpResponseRedirect:
    """Take back a consent."""
    withdraw_consent(get_object_or_404(Consent, pk=pk, person=_me(request)), by=request.actor)
    messages.success(request, _("Your consent is taken back. Nothing more is done on it."))
    return redirect("people:my_data")
